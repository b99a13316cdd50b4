"""Coding files in the place: open those of a study, and take a sealed one to the study that it belongs to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr
from balint_desktop.ui.analysis.deps import AnalysisDeps
from balint_desktop.ui.analysis.file_kinds import coding_file_kinds, is_coding_file, other_file_words
from balint_desktop.ui.analysis.files_page import FilesPage
from balint_desktop.ui.analysis.visit import StudyVisit
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.coding_files import ArrivedFile, FilesOverview


class FilesFlow(QObject):
    """Opens the page of coding files, and the study that a coding file came for."""

    left = Signal()
    """The page was left, and may have changed the study."""
    study_asked = Signal(str, str)
    """A study that a file came with or back to, and the page to show of it."""
    study_page_asked = Signal()
    """There are no coding files to go back to: the study itself is shown."""

    def __init__(
        self, deps: AnalysisDeps, visit: StudyVisit, messages: Messages, page: FilesPage, area: QWidget
    ) -> None:
        super().__init__(page)
        self._deps, self._visit, self._messages = deps, visit, messages
        self._page, self._area = page, area
        self.ask_file = deps.ask_file
        page.back.connect(self._on_back)
        page.came_elsewhere.connect(self._on_arrived)

    def open(self) -> None:
        """Open the coding files of the study, where its approach has rounds and one is open."""
        opened, files = self._visit.opened, self._deps.files
        if opened is None or files is None or not opened.rounds or not opened.study.approach.has_rounds:
            return

        def show(overview: FilesOverview) -> None:
            self._visit.turn_to("files")
            self._page.show_study(service, desk, opened, overview)
            self._visit.show(self._area)
            self._page.first_focus().setFocus()
            self._visit.announce_pending()

        with self._messages.act():
            service, desk = self._deps.service(), files()
            self._visit.run(lambda: desk.overview(opened.study.id), show)

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why a file cannot be opened, on the page that it was opened from."""
        if not self._visit.has_rounds:
            self.study_page_asked.emit()
            self._messages.trouble(trouble)
        elif self._visit.is_shown(self._area):
            self._messages.trouble(trouble)
        else:
            self._visit.announce_later(lambda: self._messages.trouble(trouble))
            self.open()

    @property
    def is_shown(self) -> bool:
        """Whether the coding files of a study are shown."""
        return self._visit.is_shown(self._area) and self._page.opened is not None

    def ask_import(self, parent: QWidget) -> None:
        """Ask for a sealed coding file over a parent, and take it."""
        path = self.ask_file(parent, tr("Open a coding file"), coding_file_kinds(sealed_only=True))
        if path is not None:
            self.import_file(path)

    def import_file(self, path: Path) -> None:
        """Take a file that came: to the study whose coding files are shown, or to the one that it is sealed to."""
        if self.is_shown:
            self._page.add_file(path)
            return
        if self._deps.files is None:
            return
        if not is_coding_file(path):
            self._messages.begin_act()
            self._messages.inform(other_file_words(path))
            return
        with self._messages.act():
            files = self._deps.files()
            self._visit.run(lambda: files.arrive(path), self._on_arrived)

    def _on_arrived(self, arrived: ArrivedFile) -> None:
        """Open the study that a file was sent with, or the coding files of the one that it came back to."""
        self._page.leave()
        if arrived.row is None:
            self.study_asked.emit(arrived.study, "")
            self._messages.inform(
                tr("This file came before. Nothing was added.")
                if arrived.is_known
                else tr("The analysis is in this vault now. Code on your own, then send your round back.")
            )
        else:
            self.study_asked.emit(arrived.study, "files")

    def _on_back(self) -> None:
        self._page.leave()
        self.left.emit()
