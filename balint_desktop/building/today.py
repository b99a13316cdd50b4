"""What Today looks at, and where its buttons lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.building import ways
from balint_desktop.i18n import tr
from balint_desktop.ui.today import TodayPlace
from balint_desktop.ui.today_look import look_at_vault, look_without_vault
from balint_desktop.vault.places import VaultPlaces

if TYPE_CHECKING:
    from balint_desktop.building.owner import Owner


def build_today(owner: Owner) -> TodayPlace:
    """Build the place one lands in."""
    vault = owner.vault
    if vault is not None:
        place = TodayPlace(lambda: look_at_vault(vault.log, owner.clock.now()), owner.messages)
    else:
        is_made = VaultPlaces(owner.data.vault).exists()
        way = "" if owner.timer_only else tr("Open the vault") if is_made else tr("Set up a vault")
        place = TodayPlace(lambda: look_without_vault(way), owner.messages)
    place.get_ready_asked.connect(owner.session.get_ready)
    place.without_group_asked.connect(owner.session.try_it_now)
    place.return_asked.connect(owner.session.return_to_unfinished)
    place.name_group_asked.connect(lambda: ways.name_group(owner.shell))
    place.vault_asked.connect(owner.gates.show)
    return place
