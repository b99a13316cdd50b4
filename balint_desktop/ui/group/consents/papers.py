"""Print the blank consent form; export counts for the ethics file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr
from balint_desktop.reports.consent_form import form_html, is_proposed
from balint_desktop.reports.consent_table import by_code_table, counts_table, file_name
from balint_desktop.reports.tables import to_csv
from balint_desktop.sealed.new_file import write_new
from balint_desktop.ui.export.paper import save_pdf
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.sections import Section
from balint_desktop.ui.widgets.text import quiet, subheading, text
from balint_desktop.vault.log.audit import AuditAct

_BY_CODE = "by-code"


class PapersPage(Section[Group]):
    """Two exports: the blank consent form, and counts for the ethics file."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__()
        named(self, "consent-papers")
        self._deps = deps
        self._group: Group | None = None
        self.proposed = named(
            text(
                tr(
                    "The wording is proposed by this app, and says so on the page. Write the wording that was approved "
                    "under The study; then it is printed in its place."
                )
            ),
            "papers-proposed",
        )
        self.pdf_button = button(tr("Save the form as PDF…"), "papers-pdf", self._on_pdf, ButtonKind.PRIMARY)
        self.print_button = button(tr("Print the form…"), "papers-print", self._on_print)
        self.by_code = named(QCheckBox(tr("By code, each person by themselves")), "papers-by-code")
        self.table_button = button(tr("Save for the ethics file…"), "papers-table", self._on_table)
        column = layouts.column(self, 12)
        column.addWidget(subheading(tr("The form")))
        column.addWidget(
            quiet(
                tr(
                    "One person a form, a box a purpose, blank for the signature. Take consent one person at a time. "
                    "Signed forms stay on paper or wherever scans are kept: only facts about them stand here."
                )
            )
        )
        column.addWidget(self.proposed)
        column.addWidget(flow(self.pdf_button, self.print_button))
        column.addSpacing(10)
        column.addWidget(subheading(tr("For the ethics file")))
        column.addWidget(
            quiet(
                tr(
                    "How many gave, declined or withdrew, for each purpose and version of the form. No other export "
                    "holds consents. A file by code says so in its name."
                )
            )
        )
        column.addWidget(self.by_code)
        column.addWidget(flow(self.table_button))

    def show_subject(self, thing: Group) -> None:
        """Show the exports for a group. Raise Trouble."""
        self._group = thing
        self.by_code.setChecked(False)
        self.proposed.setVisible(is_proposed(self._study(thing)))

    def first_focus(self) -> QWidget:
        return self.pdf_button

    def _study(self, group: Group) -> Study:
        return self._deps.log.consents.study(group.id) or Study()

    def _on_pdf(self) -> None:
        group = self._group
        path = self._deps.ask(self, tr("Save the consent form"), "consent-form.pdf", (tr("PDF") + " (*.pdf)",))
        if (
            group is not None
            and path is not None
            and self._deps.messages.attempted(lambda: self._save_pdf(group, path))
        ):
            show_saved(self._deps.messages, self, path, tr("Saved as {path}."))

    def _save_pdf(self, group: Group, path: Path) -> None:
        save_pdf(path, form_html(self._study(group)), tr("Consent form"))

    def _on_print(self) -> None:
        group = self._group
        if group is not None:
            self._deps.messages.attempted(lambda: self._deps.print_text(self, form_html(self._study(group))))

    def _on_table(self) -> None:
        group, by_code = self._group, self.by_code.isChecked()
        kinds = (tr("Table") + " (*.csv)",)
        path = self._deps.ask(self, tr("Save for the ethics file"), file_name(by_code=by_code), kinds)
        if group is None or path is None:
            return
        if by_code and _BY_CODE not in path.name:
            # A reader of the file must see what it holds, regardless of its name.
            path = path.with_name(f"{path.stem}-{_BY_CODE}{path.suffix}")
        if self._deps.messages.attempted(lambda: self._save_table(group, path, by_code=by_code)):
            show_saved(
                self._deps.messages,
                self,
                path,
                tr("Saved as {path}. It is not encrypted: keep it with the study’s papers."),
            )

    def _save_table(self, group: Group, path: Path, *, by_code: bool) -> None:
        log = self._deps.log
        rows, codes = log.consents.consents(group.id), [member.code for member in group.participants]
        table = by_code_table(rows, codes) if by_code else counts_table(rows, codes)
        write_new(path, (to_csv(table),))
        log.audit.add_export(AuditAct.CONSENTS_EXPORTED, {"group": group.id, "by_code": by_code})
