"""What reports work with: the log's figures, the one way out, the formats, and a printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from balint_desktop.app.recordings_service import shelf_of
from balint_desktop.domain.trouble import Trouble
from balint_desktop.reports.service import ReportService
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.export.printing import print_hour_card
from balint_desktop.ui.group.reports.deps import ReportDeps
from balint_desktop.ui.group.reports.section import ReportsSection

if TYPE_CHECKING:
    from balint_desktop.app.context import Owner
    from balint_desktop.domain.session.session_record import KeptSession
    from balint_desktop.domain.values import GroupId


def build_reports(owner: Owner) -> ReportsSection:
    """Build the section *Reports* of a group's page."""
    accounts = accounts_of(owner)
    out = FileExport(accounts.note_taken_out, owner.messages)
    return ReportsSection(ReportDeps(accounts, out, owner.messages, owner.formats.load, print_hour_card))


def accounts_of(owner: Owner) -> ReportService:
    """Return the reports' way into the log. Raise Trouble VAULT_LOCKED where no vault is open."""
    vault = owner.open_vault()
    shelf = shelf_of(vault)

    def sessions(group: GroupId) -> tuple[KeptSession, ...]:
        return shelf.sessions([row.id for row in vault.log.sessions.sessions(group)])

    def format_name(key: str) -> str:
        try:
            return owner.formats.load(key).name
        except Trouble:
            # A format of one's own that was taken away since: its key is what the log has.
            return key

    return ReportService(vault, sessions, format_name, owner.clock)


def way_out(owner: Owner) -> FileExport:
    """Return the one way out of the log. Raise Trouble VAULT_LOCKED where no vault is open."""
    return FileExport(accounts_of(owner).note_taken_out, owner.messages)
