"""Export sessions and the audit trail from the Log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.reports.group_account import AuditHead
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.ui.export.export_file import FileExport
from balint_desktop.ui.export.log_files import audit_forms, log_forms
from balint_desktop.vault.log.audit import AuditRow


@dataclass(frozen=True, slots=True)
class LogExport:
    """Exports from the log: sessions, attendance by group, and the audit trail."""

    file_export: FileExport
    groups: Callable[[], Sequence[Group]]
    trail: Callable[[], tuple[Sequence[AuditRow], AuditHead]]
    labels: OutsideLabels

    def export(self, parent: QWidget, records: Callable[[], Sequence[SessionRecord]], stem: str) -> None:
        """Ask for a destination and a form, and write it. Sessions are read only after a path was chosen."""
        forms = (*log_forms(records, self.groups, self.labels), *audit_forms(self.trail, self.labels))
        self.file_export.save(parent, stem, forms)
