"""Set up a study: create it, change what it is and who its authors are, or destroy it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.study import AnalysisStudy, StudyText
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.authors_box import AuthorsBox
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.study_form import StudyForm
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet


class SetUpPage(QWidget):
    """Saves what is entered. A new study has its authors added, and can be destroyed, once it is created."""

    back = Signal()
    """Back to the study, as it is now, or to the list where there is none."""
    destroyed_study = Signal()

    def __init__(self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages) -> None:
        super().__init__()
        self._deps, self._visit, self._messages = deps, visit, messages
        self.form = StudyForm(deps.drafts)
        self.authors = AuthorsBox(deps.drafts)
        self.back_button = button(
            tr("Back to study"), "study-set-up-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(heading(""), "study-set-up-heading")
        self.destroy_button = button(tr("Destroy study…"), "study-destroy", self._on_destroy, ButtonKind.QUIET)
        self.confirm = Confirm("study-destroy")
        self.guest_line = named(
            quiet(tr("The study is set up by the person who sent it to you.")), "study-set-up-elsewhere"
        )
        column = layouts.column(self, 14)
        column.addWidget(flow(self.back_button))
        acts = flow(self.destroy_button)
        for widget in (self.title, self.guest_line, self.form, self.authors, acts, self.confirm):
            column.addWidget(widget)
        column.addStretch(1)
        self.form.saved.connect(self._on_form)
        self.form.cancelled.connect(self.back)
        self.authors.changed.connect(self._on_authors)

    def show_new(self, available: tuple[StudyText, ...]) -> None:
        """Ask for a new study of these texts. Raise Trouble."""
        self._show_heading(tr("New study"), is_new=True)
        self.form.show_study(AnalysisStudy("", ""), available)

    def show_study(self, opened: OpenStudy) -> None:
        """Show a study with its authors; one that came in a coding file can only be destroyed here. Raise Trouble."""
        self._show_heading(tr("Set up"), is_new=False, is_guest=opened.is_guest)
        self.form.show_study(opened.study, opened.available)
        self.authors.show_study(opened.study, opened.me)

    def first_focus(self) -> QWidget:
        """Return what is first on the page."""
        return self.back_button if self.form.isHidden() else self.form.name

    def _show_heading(self, words: str, *, is_new: bool, is_guest: bool = False) -> None:
        self.title.setText(words)
        for widget in (self.back_button, self.destroy_button):
            widget.setVisible(not is_new)
        self.authors.setVisible(not is_new and not is_guest)
        self.form.setVisible(not is_guest)
        self.guest_line.setVisible(is_guest)
        self.confirm.dismiss()

    def leave(self) -> None:
        """Keep what is half typed. Raise Trouble."""
        self.form.draft.keep()
        self.authors.leave()

    # --- saving ---

    def _on_form(self, study: AnalysisStudy) -> None:
        """Create the study of the form, or save it: not over an author who is half typed."""
        if not self.authors.isHidden() and self.authors.ask_to_finish():
            return
        with self._messages.act():
            service = self._deps.service()
            if self._visit.opened is None:
                self.form.news.announce(tr("Creating the study…"))
                job = partial(service.create, study, study.authors[0].id)
                self._visit.run_once(self.form.save_button, job, self._on_created, self._on_form_failed)
            else:
                self._save(service, study, self._on_saved, self.form.save_button, self._on_form_failed)

    def _save(
        self,
        service: AnalysisService,
        study: AnalysisStudy,
        then: Callable[[OpenStudy], None],
        pressed: QWidget,
        failed: Callable[[Trouble], None],
    ) -> None:
        def save() -> OpenStudy:
            service.save_study(study)
            return service.open(study.id)

        self._visit.run_once(pressed, save, then, failed)

    def _on_created(self, opened: OpenStudy) -> None:
        self._on_saved(opened)
        self._messages.inform(tr("Study created. Add the other authors in “Set up”."))

    def _on_saved(self, opened: OpenStudy) -> None:
        self.form.draft.discard()
        self._visit.opened = opened
        self.back.emit()

    def _on_form_failed(self, trouble: Trouble) -> None:
        self.form.news.announce("")
        self.form.problem.show_trouble(trouble)

    def _on_authors(self, study: AnalysisStudy) -> None:
        with self._messages.act():
            service = self._deps.service()
            self._save(
                *(service, study, self._on_authors_saved, self.authors.save_button),
                self.authors.problem.show_trouble if self.authors.is_editing else self._messages.trouble,
            )

    def _on_authors_saved(self, opened: OpenStudy) -> None:
        """Show the authors as saved; what is half typed in the form above stays."""
        self._visit.opened = opened
        self.form.set_authors(opened.study.authors)
        self.authors.show_study(opened.study, opened.me)
        self.authors.authors.setFocus()

    # --- destroying ---

    def _on_destroy(self) -> None:
        opened = self._visit.opened
        if opened is not None:
            words = tr(
                "Destroy “{study}” for good? Its codes, memos, themes and the files that came go. The recordings, the "
                "approved texts, the audit trail and what you exported stay."
            )
            act = partial(self._destroy, opened.study.id)
            words = words.format(study=opened.study.name)
            self.confirm.ask(words, tr("Destroy permanently"), act, self.destroy_button)

    def _destroy(self, study: str) -> None:
        def done(_: object) -> None:
            with self._messages.attempt():
                self.form.draft.discard()
                self.authors.forget()
            self.destroyed_study.emit()
            self._messages.inform(tr("The study is destroyed. The approved texts stay."))

        with self._messages.act():
            service = self._deps.service()
            self._visit.run_once(self.destroy_button, partial(service.destroy, study), done, self._messages.trouble)
