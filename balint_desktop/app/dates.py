"""What the section *Dates* of a group's page works with: the vault's calendars, and the way to getting ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.domain.group.dates import day_of
from balint_desktop.ui.group.dates.section import DatesSection
from balint_desktop.ui.group.dates.service import DatesService

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_dates(owner: Owner) -> DatesSection:
    """Build the section."""
    desk = DatesService(
        owner.open_vault().log.dates, owner.messages, owner.undoing, lambda: day_of(owner.clock.now().wall)
    )
    section = DatesSection(desk)
    section.get_ready_asked.connect(owner.session.get_ready)
    return section
