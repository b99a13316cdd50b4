"""What Today looks at, and where its buttons lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app import navigation
from balint_desktop.i18n import tr
from balint_desktop.ui.today.gather import look_at_presented, look_at_vault, look_without_vault
from balint_desktop.ui.today.place import Presented, TodayPlace
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.open_sessions import LogMatters
from balint_desktop.vault.open_retention import RetentionMatters

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.domain.open_matters import OpenMatters
    from balint_desktop.domain.values import GroupId


def open_sources(owner: Owner) -> tuple[OpenMatters, ...]:
    """Return the parts that know of open matters: one that does is a line here."""
    vault = owner.open_vault()
    return (LogMatters(vault.log), vault.log.consent_matters, RetentionMatters(vault.log, vault.rosters.has))


def build_today(owner: Owner) -> TodayPlace:
    """Build the place one lands in."""
    vault = owner.vault
    if vault is not None:
        log = vault.log

        def presented(group: GroupId) -> Presented | None:
            # Nothing of it while somebody of the group might see the screen.
            return None if owner.session.has_room else look_at_presented(log, group, owner.clock.now())

        place = TodayPlace(
            lambda: look_at_vault(log, owner.clock.now(), open_sources(owner)), owner.messages, presented
        )
    else:
        is_made = VaultLayout(owner.data.vault).exists()
        way = "" if owner.timer_only else tr("Open the vault") if is_made else tr("Set up a vault")
        place = TodayPlace(lambda: look_without_vault(way), owner.messages)
    place.get_ready_asked.connect(owner.session.get_ready)
    place.without_group_asked.connect(owner.session.try_it_now)
    place.return_asked.connect(owner.session.return_to_unfinished)
    place.name_group_asked.connect(lambda: navigation.name_group(owner.shell))
    place.vault_asked.connect(owner.gates.show)
    place.open_asked.connect(lambda matter: navigation.show_open(owner.shell, matter))
    return place
