"""What My path works with: the log's rows on the own path, and the window's doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.exchange.path_desk import PathDesk
from balint_desktop.ui.path.needs import PathNeeds
from balint_desktop.ui.path.place import PathPlace

if TYPE_CHECKING:
    from balint_desktop.building.owner import Owner


def build_path(owner: Owner) -> PathPlace:
    """Build the place of the facilitator's own path."""
    return PathPlace(path_needs(owner))


def path_needs(owner: Owner) -> PathNeeds:
    """Return what everything about the own path works with. Raise Trouble VAULT_LOCKED where no vault is open."""
    desk = PathDesk(owner.open_vault().log, owner.clock)
    return PathNeeds(desk, owner.undoing, owner.messages, owner.tables)
