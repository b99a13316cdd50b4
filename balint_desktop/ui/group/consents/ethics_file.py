"""Export the answers for the ethics file: counts, or by study number on request."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.doors import Door
from balint_desktop.i18n import tr
from balint_desktop.reports.consent_table import counts_table, each_person_table, file_name
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import to_csv
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.log_files import show_codes_words
from balint_desktop.ui.export.name_gate import outgoing
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet, small
from balint_desktop.vault.log.audit import AuditAct


class EthicsFilePage(Section[Group]):
    """One table, as counts or by study number. No other export holds an answer."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "ethics-file")
        self._deps = deps
        self._group: Group | None = None
        self.each_person = named(QCheckBox(tr("One row for each person and purpose")), "papers-by-code")
        self.table_button = button(tr("Export for the ethics file…"), "papers-table", self._on_table)
        about = tr(
            "How many agreed, declined or withdrew, for each purpose. With a row for each person, people have study "
            "numbers."
        )
        column = layouts.column(self, 12)
        column.addWidget(named(quiet(about), "papers-table-about"))
        column.addWidget(self.each_person)
        self._codes_words = named(small(""), "papers-codes")
        column.addWidget(self._codes_words)
        column.addWidget(flow(self.table_button))

    def show_subject(self, thing: Group) -> None:
        """Show the export for a group."""
        self._group = thing
        show_codes_words(self._codes_words, self._deps.labels(thing.id))
        self.each_person.setChecked(False)

    def first_focus(self) -> QWidget:
        return self.table_button

    def _on_table(self) -> None:
        group = self._group
        if group is None:
            return
        labels = self._deps.labels(group.id)
        marked = labels.marked if self.each_person.isChecked() else ""
        kinds = (tr("Table") + " (*.csv)",)
        path = self._deps.ask(self, tr("Export for the ethics file"), file_name(marked), kinds)
        if path is None:
            return
        if marked not in path.name:
            # A reader of the file must see what it holds, regardless of its name.
            path = path.with_name(f"{path.stem}-{marked}{path.suffix}")
        if self._deps.messages.attempted(lambda: self._save_table(group, path, labels if marked else None)):
            words = tr("Exported to {path}. It is not encrypted: keep it with the study’s papers.")
            show_saved(self._deps.messages, path, words)

    def _save_table(self, group: Group, path: Path, labels: OutsideLabels | None) -> None:
        log = self._deps.log
        rows, codes = log.consents.consents(group.id), [member.code for member in group.participants]
        table = counts_table(rows, codes) if labels is None else each_person_table(rows, group.id, codes, labels)
        content = to_csv(table)
        self._deps.pass_names(Door.CONSENT_COUNTS, (outgoing(path, content),), group.id)
        write_new(path, (content,))
        log.audit.add_export(AuditAct.CONSENTS_EXPORTED, {"group": group.id, "by_code": labels is not None})
