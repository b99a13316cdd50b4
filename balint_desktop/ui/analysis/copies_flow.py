"""Word and paper in the place: a Word copy that came, the form for paper, and comments where nobody codes in rounds."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.study import AuthorRole
from balint_desktop.domain.file_name import printable_name
from balint_desktop.i18n import tr
from balint_desktop.reports.analysis.coder_export import WORD_ENDING
from balint_desktop.ui.analysis.copy_deps import ReceivedCopy, TakenCopy
from balint_desktop.ui.analysis.deps import AnalysisDeps
from balint_desktop.ui.analysis.files_flow import FilesFlow
from balint_desktop.ui.analysis.files_forms import WhoseFileForm
from balint_desktop.ui.analysis.files_page import FilesPage
from balint_desktop.ui.analysis.paper_form import PaperForm, open_rounds
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.analysis.word_form import WordForm, taken_words
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.coding_admission import Arrival

CopyForm = TypeVar("CopyForm", WordForm, PaperForm)
WORD_PAGE = "word:"
"""What the name of a page begins with that is a Word copy; its file follows."""


class _CopyFlow(QObject, Generic[CopyForm]):
    """Leads to a form where what a coder did outside of the app is taken in, and back."""

    left = Signal()
    """The form was left, and may have changed the study."""

    def __init__(
        self,
        deps: AnalysisDeps,
        visit: StudyVisit,
        messages: Messages,
        form: CopyForm,
        *,
        area: QWidget,
        files: FilesFlow,
    ) -> None:
        super().__init__(form)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._form: CopyForm = form
        self._area, self._files = area, files
        form.back.connect(self._on_back)
        form.taken.connect(self._on_taken)

    def _on_taken(self, words: str) -> None:
        self._messages.inform(words)

    def _on_back(self) -> None:
        self._messages.begin_act()
        self._form.leave()
        self.left.emit()


class WordFlow(_CopyFlow[WordForm]):
    """Opens a Word copy that came. What was taken in is said once its form is left."""

    def open(self, file: str) -> None:
        """Open a Word copy that came; one that cannot be read leaves the page as it is."""
        opened, copies = self._visit.opened, self._deps.copies
        if opened is None or copies is None:
            return

        def show(received: ReceivedCopy) -> None:
            self._visit.turn_to(f"{WORD_PAGE}{file}")
            with self._messages.attempt():
                self._form.show_copy(service, opened, received)
            self._visit.show(self._area)
            self._form.first_field().setFocus()

        with self._messages.act():
            service = copies()
            self._visit.run(lambda: service.read_copy(opened.study.id, file), show, self._files.show_trouble)

    def _on_taken(self, words: str) -> None:
        self._visit.announce_later(lambda: self._messages.inform(words))
        self._on_back()


class PaperFlow(_CopyFlow[PaperForm]):
    """Opens the form for what coders wrote on paper, and takes in what was typed there before."""

    def open(self) -> None:
        """Type in what coders wrote on paper, once one's own round is closed."""
        opened, copies = self._visit.opened, self._deps.copies
        if opened is None or copies is None or not opened.rounds:
            return

        def show(_checked: None) -> None:
            self._visit.turn_to("paper")
            with self._messages.attempt():
                self._form.show_study(service, opened)
            self._visit.show(self._area)
            self._form.first_field().setFocus()

        number = (open_rounds(opened) or opened.rounds)[-1].number
        with self._messages.act():
            service = copies()
            self._visit.run(
                lambda: service.require_others_open(opened.study.id, number), show, self._files.show_trouble
            )

    def admit_typed(self, page: FilesPage, file: str, late: Arrival) -> None:
        """Take in what was typed and sealed before, where taking it in was cut short; late, it is asked about there."""
        opened, copies = self._visit.opened, self._deps.copies
        if opened is None or copies is None:
            return

        def show(taken: TakenCopy) -> None:
            if taken.arrival is Arrival.LATE:
                page.ask_late(file)
                return
            page.refresh()
            is_kept = taken.arrival is Arrival.KEPT
            self._messages.inform(tr("It is kept for the next round.") if is_kept else taken_words(taken))

        with self._messages.act():
            service = copies()
            self._visit.run(lambda: service.admit_paper(opened.study.id, file, late), show)


class CommentsFlow(QObject):
    """Asks for a Word file with comments, on a text or on the report, and whose they are, then opens it."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, form: WhoseFileForm, word: WordFlow
    ) -> None:
        super().__init__(form)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._form, self._word = form, word
        self.ask_file = deps.ask_file
        form.asked.connect(self._on_asked)

    def ask(self, parent: QWidget) -> None:
        """Ask for the file over a parent, then on the form whose comments it holds."""
        opened = self._visit.opened
        path = self.ask_file(parent, tr("Add comments from Word"), f"{tr('Word')} (*{WORD_ENDING})")
        if path is None or opened is None:
            return
        self._messages.begin_act()
        others = [one for one in opened.study.authors if one.id != opened.me]
        likely = [one for one in others if one.role is AuthorRole.SUPERVISOR] or others
        self._form.ask(path, printable_name(path.name), others, likely[0].id if len(likely) == 1 else "")

    def _on_asked(self, path: Path, author: str) -> None:
        opened, files = self._visit.opened, self._deps.files
        if opened is None or files is None:
            return
        study = opened.study.id
        with self._messages.act():
            desk = files()
            self._visit.run(
                lambda: desk.receive_comments(study, path, author), self._word.open, self._form.show_trouble
            )
