"""Dependencies of the reports section."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.formats import SessionFormat
from balint_desktop.domain.study.access import AccessRequest
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.reports.calendar_file import LengthOf
from balint_desktop.reports.group_account import AuditHead, GroupAccount
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.log.audit import AuditRow


class ReportOperations(Protocol):
    """Data source of reports; each method raises Trouble."""

    def account(self, group: Group) -> GroupAccount:
        """Return all data for a group's reports."""
        ...

    def name_of(self, group: GroupId, code: ParticipantCode) -> str:
        """Return the name behind a code, empty if not in the roster."""
        ...

    def names(self, group: GroupId) -> Mapping[ParticipantCode, str]:
        """Return the names in a group's roster, by code."""
        ...

    def labels(self, group: GroupId) -> OutsideLabels:
        """Return what stands for a group's people in files."""
        ...

    def has_names(self, group: GroupId) -> bool:
        """Return whether there are names of a group that an export can be checked for."""
        ...

    def institution(self) -> str:
        """Return the institution that certificates name, empty where none was entered."""
        ...

    def set_institution(self, name: str) -> None:
        """Save the institution that certificates name."""
        ...

    def calendar_file(self, group: Group, length_of: LengthOf) -> bytes:
        """Return a group's dates as an iCalendar file."""
        ...

    def requests(self, group: GroupId) -> Sequence[AccessRequest]:
        """Return the access requests to a group's data."""
        ...

    def audit_rows(self) -> Sequence[AuditRow]:
        """Return all rows of the audit trail."""
        ...

    def trail(self) -> AuditHead:
        """Verify the audit trail and return its head."""
        ...

    def next_start(self, group: GroupId) -> str:
        """Return the start of the group's next session (HH:MM), empty if not planned."""
        ...


@dataclass(frozen=True, slots=True)
class ReportDeps:
    """Dependencies of the section: data source, export, current formats, and printing of a card."""

    service: ReportOperations
    export: FileExport
    messages: Messages
    load_format: Callable[[str], SessionFormat]
    print_card: Callable[[QWidget, str], None]
