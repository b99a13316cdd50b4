"""Export the answers for the ethics file: counts, or by code on request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.doors import Door
from balint_desktop.i18n import tr
from balint_desktop.reports.consent_table import by_code_table, counts_table, file_name
from balint_desktop.reports.tables import to_csv
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.name_gate import outgoing
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet
from balint_desktop.vault.log.audit import AuditAct

_BY_CODE = "by-code"


class EthicsFilePage(Section[Group]):
    """One table, as counts or by code. No other export holds an answer."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "ethics-file")
        self._deps = deps
        self._group: Group | None = None
        self.by_code = named(QCheckBox(tr("One row for each code and purpose")), "papers-by-code")
        self.table_button = button(tr("Export for the ethics file…"), "papers-table", self._on_table)
        about = tr("How many agreed, declined or withdrew, for each purpose. A file by code says so in its name.")
        column = layouts.column(self, 12)
        column.addWidget(named(quiet(about), "papers-table-about"))
        column.addWidget(self.by_code)
        column.addWidget(flow(self.table_button))

    def show_subject(self, thing: Group) -> None:
        """Show the export for a group."""
        self._group = thing
        self.by_code.setChecked(False)

    def first_focus(self) -> QWidget:
        return self.table_button

    def _on_table(self) -> None:
        group, by_code = self._group, self.by_code.isChecked()
        kinds = (tr("Table") + " (*.csv)",)
        path = self._deps.ask(self, tr("Export for the ethics file"), file_name(by_code=by_code), kinds)
        if group is None or path is None:
            return
        if by_code and _BY_CODE not in path.name:
            # A reader of the file must see what it holds, regardless of its name.
            path = path.with_name(f"{path.stem}-{_BY_CODE}{path.suffix}")
        if self._deps.messages.attempted(lambda: self._save_table(group, path, by_code=by_code)):
            words = tr("Exported to {path}. It is not encrypted: keep it with the study’s papers.")
            show_saved(self._deps.messages, path, words)

    def _save_table(self, group: Group, path: Path, *, by_code: bool) -> None:
        log = self._deps.log
        rows, codes = log.consents.consents(group.id), [member.code for member in group.participants]
        table = by_code_table(rows, codes) if by_code else counts_table(rows, codes)
        content = to_csv(table)
        self._deps.pass_names(Door.CONSENT_COUNTS, (outgoing(path, content),), group.id)
        write_new(path, (content,))
        log.audit.add_export(AuditAct.CONSENTS_EXPORTED, {"group": group.id, "by_code": by_code})
