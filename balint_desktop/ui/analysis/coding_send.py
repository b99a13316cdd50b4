"""Send texts to a coder: sealed, in Word, on paper or as a project of other software, and say what has left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from balint_desktop.domain.analysis.parcel import PARCEL_ENDING
from balint_desktop.domain.analysis.study import AnalysisStudy, Author, CodingRound
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.coder_export import PROJECT_ENDING, CopyFor, copy_stem
from balint_desktop.ui.analysis import files_words
from balint_desktop.ui.analysis.deps import AnalysisDeps
from balint_desktop.ui.analysis.files_deps import CodingFilesService
from balint_desktop.ui.analysis.files_forms import SendForm
from balint_desktop.ui.analysis.panel_work import PanelWork
from balint_desktop.ui.export.open_dialog import AskFolder, ask_for_folder
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_copied, show_saved
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.vault.log.studies import CodingFileKind


class CodingSend(QObject):
    """Asks on its form in which form, then where, and writes or prints it. `sent` is emitted once it has left."""

    sent = Signal()

    def __init__(self, deps: AnalysisDeps, messages: Messages, jobs: PanelWork, form: SendForm) -> None:
        super().__init__(form)
        self._deps, self._messages, self._jobs, self._form = deps, messages, jobs, form
        self.ask_save: Ask = ask_where_to_save
        self.ask_folder: AskFolder = ask_for_folder
        self._files: CodingFilesService | None = None
        self._study = AnalysisStudy("", "")
        self._round = 0
        form.asked.connect(self._on_asked)

    def ask(self, files: CodingFilesService, study: AnalysisStudy, coding_round: CodingRound, author: Author) -> None:
        """Ask in which form the texts of a round go to a coder."""
        self._files, self._study, self._round = files, study, coding_round.number
        self._form.ask(author, has_framework=coding_round.framework_of(author.id) is not None)

    def _on_asked(self, kind: CodingFileKind, with_framework: bool) -> None:
        """Ask where, and send in the form that is chosen."""
        # Whom the form names, whoever is chosen in the table by now.
        author, files = self._form.author, self._files
        if files is None:
            return
        who = CopyFor(self._study.id, self._round, author.id)
        self._messages.begin_act()
        if kind is CodingFileKind.WORD:
            folder = self.ask_folder(self._form, tr("Choose a folder for the files"))
            if folder is not None:
                self._run(lambda: files.export_word(who, folder), partial(self._on_word, folder))
            return
        if kind is CodingFileKind.PAPER:
            self._run(lambda: files.lines_to_print(who), lambda made: self._print(files, who, *made))
            return
        is_sealed = kind is CodingFileKind.PARCEL
        ending = PARCEL_ENDING if is_sealed else PROJECT_ENDING
        kinds = (f"{files_words.kind_name(kind)} (*{ending})",)
        name = f"{copy_stem(self._study, who)}{ending}"
        path = self.ask_save(self._form, tr("Send to {name}").format(name=author.label), name, kinds)
        if path is not None and is_sealed:
            self._run(lambda: files.write_parcel(who, path), lambda _: self._on_parcel(path, author))
        elif path is not None:
            job = partial(files.export_project, who, path, with_framework=with_framework)
            self._run(job, lambda _: self._on_project(path))

    def _on_word(self, folder: Path, count: int) -> None:
        words = tr_n(
            "{n} file was exported to {path}. It is not encrypted: anyone who has it can read it.",
            "{n} files were exported to {path}. They are not encrypted: anyone who has them can read them.",
            count,
        )
        show_saved(self._messages, folder, words.format(n=count, path="{path}"))
        self.sent.emit()

    def _on_parcel(self, path: Path, author: Author) -> None:
        words = tr("{file} is sealed to {name}. Nobody else can open it.")
        show_copied(self._messages, path.parent, words.format(file=path.name, name=author.label))
        self.sent.emit()

    def _on_project(self, path: Path) -> None:
        show_saved(self._messages, path)
        self.sent.emit()

    def _print(self, files: CodingFilesService, who: CopyFor, study: AnalysisStudy, html: str) -> None:
        """Print the lines; what was printed is recorded, and what was cancelled is not."""
        printer = self._deps.print_paper
        if printer is None:
            return
        with self._messages.attempt():
            if printer(study, html):
                self._run(lambda: files.note_printed(who, html), lambda _: self.sent.emit())

    def _run(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._jobs.run(job, done, self._form)
