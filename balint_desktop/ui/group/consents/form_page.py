"""The blank consent form: its wording, a PDF, a print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.terms import Study
from balint_desktop.i18n import tr
from balint_desktop.reports.consent_form import (
    form_html,
    is_proposed,
    proposed_closing,
    proposed_line,
    proposed_opening,
)
from balint_desktop.sealed.new_file import write_new
from balint_desktop.text.consents import purpose_name
from balint_desktop.ui.export.name_gate import outgoing, printed
from balint_desktop.ui.export.paper import pdf
from balint_desktop.ui.export.saved_notice import show_saved
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.study_part import StudyPart
from balint_desktop.ui.widgets.buttons import ButtonKind, button, set_kind
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.tab_order import follow_layout
from balint_desktop.ui.widgets.text import quiet, text
from balint_desktop.vault.name_gate import OutgoingFile
from balint_desktop.vault.recording_terms import read_recording_terms


class FormPage(StudyPart):
    """The form, one sheet for each person. Its wording is shown on request."""

    def __init__(self, deps: ConsentDeps) -> None:
        super().__init__(deps, "form")
        self.proposed = named(
            text(tr("Draft wording is printed until you enter the approved wording.")), "papers-proposed"
        )
        self.pdf_button = button(tr("Export as PDF…"), "papers-pdf", self._on_pdf, ButtonKind.PRIMARY)
        self.print_button = button(tr("Print…"), "papers-print", self._on_print)
        self.wording_button = button(tr("Edit the wording…"), "papers-wording", self.show_wording, ButtonKind.QUIET)
        about = tr("One sheet for each person, a box for each purpose. Signed forms stay on paper.")
        self.column.insertWidget(0, named(quiet(about), "papers-about"))
        self.column.insertWidget(1, self.proposed)
        self.column.insertWidget(2, flow(self.pdf_button, self.print_button, self.wording_button))
        set_kind(self.save_button, ButtonKind.PLAIN)
        self.add_line("form_version", tr("Form version"))
        self._opening = self.add_text("form_opening", tr("Opening"))
        self.lines: dict[Purpose, QLineEdit] = {}
        for purpose in Purpose:
            self.lines[purpose] = QLineEdit()
            self.form.row(purpose_name(purpose), self.lines[purpose], f"study-form-{purpose.value}")
        self._closing = self.add_text("form_closing", tr("Closing"))
        self._show_wording(False)

    def first_focus(self) -> QWidget:
        return self.pdf_button

    def show_wording(self) -> None:
        """Show the fields of the wording."""
        self._show_wording(True)
        follow_layout(self)
        self.fields["form_version"].widget.setFocus()

    def show_subject(self, thing: Group) -> None:
        super().show_subject(thing)
        if self._draft.is_changed:
            # What was half typed is in view again.
            self._show_wording(True)

    def fill(self, study: Study) -> None:
        terms = read_recording_terms(self.deps.log, self.group.id) if self.group is not None else None
        if terms is not None:
            self._opening.setPlaceholderText(proposed_opening(terms))
            self._closing.setPlaceholderText(proposed_closing(terms))
        for purpose, line in self.lines.items():
            line.setText(study.form_purposes.get(purpose, ""))
            line.setPlaceholderText(proposed_line(purpose, study.transcriber))
        self.proposed.setVisible(is_proposed(study))
        super().fill(study)

    def values(self) -> dict[str, Any]:
        typed = {purpose: line.text().strip() for purpose, line in self.lines.items()}
        return {**super().values(), "form_purposes": {purpose: words for purpose, words in typed.items() if words}}

    def store(self, study: Study) -> None:
        super().store(study)
        self.proposed.setVisible(is_proposed(study))

    def _show_wording(self, shown: bool) -> None:
        self.form.setVisible(shown)
        self.save_button.setVisible(shown)
        self.wording_button.setVisible(not shown)

    def _html(self) -> str:
        if self.group is None:
            return ""
        return form_html(self.stored(), read_recording_terms(self.deps.log, self.group.id))

    def _on_pdf(self) -> None:
        path = self.deps.ask(self, tr("Export the consent form"), "consent-form.pdf", (tr("PDF") + " (*.pdf)",))
        if path is not None and self.deps.messages.attempted(lambda: self._save_pdf(path)):
            show_saved(self.deps.messages, path, tr("Exported to {path}."))

    def _save_pdf(self, path: Path) -> None:
        content = pdf(self._html(), tr("Consent form"))
        self._pass(outgoing(path, content))
        write_new(path, (content,))

    def _on_print(self) -> None:
        with self.deps.messages.attempt():
            html = self._html()
            self._pass(printed(html))
            self.deps.print_text(self, html)

    def _pass(self, file: OutgoingFile) -> None:
        self.deps.pass_names(Door.CONSENT_FORM, (file,), self.group.id if self.group is not None else None)
