"""Dependencies of the reports section."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.people import Group
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.study.access import AccessRequest
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.reports.group_account import AuditHead, GroupAccount
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.log.audit import AuditRow


class ReportBook(Protocol):
    """Where reports have their figures from; each method raises Trouble."""

    def account(self, group: Group) -> GroupAccount:
        """Return everything that a report on a group is made of."""
        ...

    def name_of(self, group: GroupId, code: ParticipantCode) -> str:
        """Return the name behind a code, empty where the roster has none."""
        ...

    def requests(self, group: GroupId) -> Sequence[AccessRequest]:
        """Return the requests for access to a group's data."""
        ...

    def audit_rows(self) -> Sequence[AuditRow]:
        """Return the audit trail from its beginning."""
        ...

    def trail(self) -> AuditHead:
        """Walk the audit trail, and return where it stands."""
        ...

    def start_of(self, group: GroupId) -> str:
        """Return when the group's next session begins (HH:MM), empty where that is not planned."""
        ...


@dataclass(frozen=True, slots=True)
class ReportDeps:
    """The book, the way out, the formats as they can be read now, and how a card is printed."""

    book: ReportBook
    out: FileExport
    messages: Messages
    load_format: Callable[[str], SessionFormat]
    print_card: Callable[[QWidget, str], None]
