"""What My path works with: the log's rows on the own path, and the window's doors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app.reports import accounts_of, way_out
from balint_desktop.i18n import tr
from balint_desktop.reports.accreditation_service import AccreditationService
from balint_desktop.ui.accreditation.deps import AccreditationDeps
from balint_desktop.ui.accreditation.place import AccreditationPlace
from balint_desktop.ui.accreditation.record_section import RecordNeeds, RecordSection
from balint_desktop.ui.widgets.sections import SectionEntry

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner


def build_path(owner: Owner) -> AccreditationPlace:
    """Build the place of the facilitator's own path."""
    needs = path_needs(owner)
    accounts = accounts_of(owner)
    record = RecordNeeds(needs.desk, way_out(owner), lambda: accounts.facilitator().who)
    return AccreditationPlace(needs, (SectionEntry("record", tr("Leader’s record"), lambda: RecordSection(record)),))


def path_needs(owner: Owner) -> AccreditationDeps:
    """Return what everything about the own path works with. Raise Trouble VAULT_LOCKED where no vault is open."""
    desk = AccreditationService(owner.open_vault().log, owner.clock)
    return AccreditationDeps(desk, owner.undoing, owner.messages, owner.tables)
