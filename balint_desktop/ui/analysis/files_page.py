"""Coding files: what goes to coders who work elsewhere, what came back, and opening it after one's own round."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.analysis.parcel import CODES_ENDING
from balint_desktop.domain.analysis.project_work import NamesInFile
from balint_desktop.domain.analysis.study import Author, AuthorRole, CodingRound, Workplace
from balint_desktop.domain.file_name import printable_name
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.analysis.coder_export import WORD_ENDING, CopyFor, copy_stem
from balint_desktop.ui.analysis import files_words, wording
from balint_desktop.ui.analysis.coding_send import CodingSend
from balint_desktop.ui.analysis.deps import AnalysisDeps, AnalysisService, OpenStudy
from balint_desktop.ui.analysis.file_kinds import KIND_OF, coding_file_kinds
from balint_desktop.ui.analysis.files_deps import CodingFilesService
from balint_desktop.ui.analysis.files_forms import LateForm, NamesForm, SendForm, WhoseFileForm
from balint_desktop.ui.analysis.panel_work import PanelWork
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.export.open_dialog import AskFile
from balint_desktop.ui.export.save_dialog import Ask, ask_where_to_save
from balint_desktop.ui.export.saved_notice import show_copied
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.dates import day_and_time_at, day_at
from balint_desktop.ui.widgets.fields import ChoiceField
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.live_label import LiveLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import Cell, Room, TableRow, row
from balint_desktop.ui.widgets.text import heading, quiet, subheading
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.coding_files import ArrivedFile, FilesOverview
from balint_desktop.vault.log.studies import CodingFileKind, CodingFileRow, ParcelDirection
from balint_desktop.vault.program_files import OpenedFile


class FilesPage(QWidget):
    """The coding files of a study. In a coder's own vault it sends their closed round back, and nothing else."""

    back = Signal()
    came_elsewhere = Signal(object)
    """A sealed file came that belongs to another study, or is one: ArrivedFile."""
    word_asked = Signal(str)
    """A Word copy is opened: its file."""
    typed_asked = Signal(str, object)
    """What was typed from paper, and not taken in yet, is opened: its file, and what becomes of it if it is late."""
    paper_asked = Signal()

    def __init__(self, deps: AnalysisDeps, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "files-page")
        self._deps, self._work, self._messages = deps, work, messages
        self._jobs = PanelWork(work, messages, self)
        self.ask_save: Ask = ask_where_to_save
        self.ask_file: AskFile = deps.ask_file
        self._service: AnalysisService | None = None
        self._files: CodingFilesService | None = None
        self._opened: OpenStudy | None = None
        self._overview = FilesOverview()
        self._file = ""
        self._name_in_file = ""
        self._build()
        self._connect()

    # --- building ---

    def _build(self) -> None:
        self.back_button = button(
            tr("Back to study"), "files-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE
        )
        self.title = named(heading(tr("Coding files")), "files-heading")
        self.news = LiveLabel("files-news")
        self.round = ChoiceField()
        self._round_row = flow(labelled(tr("Round"), self.round, "files-round"))
        self._build_tables()
        self.send_button = button(tr("Send…"), "files-send-open", self._on_send, ButtonKind.PRIMARY)
        self.add_button = button(tr("Add a file that came…"), "files-add", self._on_add)
        self.paper_button = button(tr("Type from paper"), "files-paper", self.paper_asked.emit)
        self.open_button = button(tr("Open"), "files-open", self._on_open)
        self.return_button = button(tr("Send back…"), "files-return", self._on_return, ButtonKind.PRIMARY)
        self.return_line = named(quiet(""), "files-return-line")
        self.send, self.whose, self.names, self.late = SendForm(), WhoseFileForm(), NamesForm(), LateForm()
        self.sending = CodingSend(self._deps, self._messages, self._jobs, self.send)
        self._panels = (self.send, self.whose, self.names, self.late)
        self._acts = flow(self.send_button, self.add_button, self.paper_button)
        self._open_act = flow(self.open_button)
        self._return_act = flow(self.return_button)
        column = layouts.column(self, 14)
        column.addWidget(flow(self.back_button))
        for widget in (
            *(self.title, self.return_line, self._return_act, self.news, self._round_row, self.coders),
            *(self._acts, self.send, self.whose, self.came_heading, self._open_act, self.came),
            *(self.names, self.late, self.not_placed_heading, self.not_placed),
        ):
            column.addWidget(widget)
        column.addStretch(1)

    def _build_tables(self) -> None:
        self.coders = Table(
            "files-coders",
            tr("Coders of the round"),
            (
                ColumnSpec("coder", tr("Coder"), room=Room.SHRINKS),
                ColumnSpec("where", tr("Codes where"), room=Room.LEAVES),
                # The days are what one looks for here: never cut.
                ColumnSpec("sent", tr("Sent")),
                ColumnSpec("sent-as", tr("Sent as"), room=Room.LEAVES),
                ColumnSpec("came", tr("Received")),
                ColumnSpec("state", tr("State"), room=Room.SHRINKS),
            ),
        )
        self.came_heading = named(subheading(tr("Files received")), "files-came-heading")
        self.came = Table(
            "files-came",
            tr("Files received"),
            (
                ColumnSpec("file", tr("File"), room=Room.SHRINKS),
                ColumnSpec("coder", tr("Coder"), room=Room.SHRINKS),
                # It alone tells two files of a coder apart.
                ColumnSpec("day", tr("Received")),
                ColumnSpec("state", tr("State"), room=Room.SHRINKS),
            ),
        )
        self.not_placed_heading = named(subheading(""), "files-not-placed-heading")
        self.not_placed = named(UncopiedList(), "files-not-placed", spoken=tr("Not placed"))
        self.not_placed.setWordWrap(True)

    def _connect(self) -> None:
        self.round.currentIndexChanged.connect(lambda _: self._show_round())
        self.coders.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.came.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        # A sort moves the rows under what is chosen, and no selection says so.
        self.coders.arranged.connect(self._allow)
        self.came.arranged.connect(self._allow)
        self.came.opened.connect(lambda _: self._on_open())
        self.sending.sent.connect(self._on_sent)
        self._jobs.failed.connect(self.refresh)
        self.whose.asked.connect(self._on_whose)
        self.names.asked.connect(self._on_name)
        self.late.asked.connect(self._on_late)
        for panel, focus in (
            *((self.send, self.send_button), (self.whose, self.add_button)),
            *((self.names, self.open_button), (self.late, self.open_button)),
        ):
            panel.closed.connect(focus.setFocus)

    # --- opening and leaving ---

    @property
    def opened(self) -> OpenStudy | None:
        """The study on the page."""
        return self._opened

    def show_study(
        self, service: AnalysisService, files: CodingFilesService, opened: OpenStudy, overview: FilesOverview
    ) -> None:
        """Show the coding files of a study, of its last round first."""
        self._service, self._files = service, files
        self._jobs.drop_results()
        self._opened = None
        self.round.clear()
        for one in opened.rounds:
            self.round.addItem(tr("Round {n}").format(n=one.number), one.number)
        self.round.setCurrentIndex(self.round.count() - 1)
        self.news.announce("")
        self._show_not_placed([])
        self._close_panels()
        self._show(opened, overview)

    def leave(self) -> None:
        """Drop the study."""
        self._jobs.drop_results()
        self._service = self._files = self._opened = None
        self._overview, self._file, self._name_in_file = FilesOverview(), "", ""
        self._close_panels()
        for table in (self.coders, self.came):
            table.show_rows([])
        self._show_not_placed([])
        self.news.announce("")

    def first_focus(self) -> QWidget:
        """Return what is first on the page."""
        return self.return_button if self._overview.is_guest else self.coders

    def _close_panels(self) -> None:
        for panel in self._panels:
            panel.hide()

    # --- what is shown ---

    def _show(self, opened: OpenStudy, overview: FilesOverview) -> None:
        self._opened, self._overview = opened, overview
        is_guest = overview.is_guest
        self._round_row.setVisible(not is_guest and len(opened.rounds) > 1)
        for widget in (self.coders, self._acts):
            widget.setVisible(not is_guest)
        self.return_line.setVisible(is_guest)
        self._return_act.setVisible(is_guest)
        if is_guest:
            self._show_return(opened)
        self._show_round()
        self._show_came(opened)

    def _show_return(self, opened: OpenStudy) -> None:
        """Say whether one's own closed round can be sent back, and when it was."""
        closed = [one for one in opened.rounds if one.has_closed(opened.me)]
        self.return_button.setEnabled(bool(closed))
        sent = [
            one
            for one in self._overview.rows
            if one.direction is ParcelDirection.OUT and closed and one.round == closed[-1].number
        ]
        if not closed:
            self.return_line.setText(tr("Close your round, then send it back to the person who sent it to you."))
        elif sent:
            words = tr("Round {n} was saved to be sent back on {day}.")
            self.return_line.setText(words.format(n=closed[-1].number, day=day_at(sent[-1].wall)))
        else:
            words = tr("Round {n} is closed. Send it back to the person who sent it to you: only they can open it.")
            self.return_line.setText(words.format(n=closed[-1].number))

    def _round(self) -> CodingRound | None:
        place = self.round.currentIndex()
        rounds = self._opened.rounds if self._opened is not None else ()
        return rounds[place] if 0 <= place < len(rounds) else None

    def _show_round(self) -> None:
        opened, coding_round = self._opened, self._round()
        if opened is None or coding_round is None:
            self.coders.show_rows([])
            return
        study, number = opened.study, coding_round.number
        chosen_before = self.coders.chosen_key()
        rows = []
        for one in study.authors:
            if one.id in coding_round.authors:
                of = partial(files_words.rows_of, self._overview, study.id, one.id, number)
                sent, came = of(ParcelDirection.OUT), of(ParcelDirection.IN)
                where = wording.workplace_name(one.workplace)
                rows.append(
                    row(
                        one.id,
                        (
                            *(one.label, where),
                            _last_day(sent),
                            files_words.kind_name(sent[-1].kind) if sent else "",
                            _last_day(came),
                            files_words.coder_state(opened, self._overview, one.id, coding_round),
                        ),
                    )
                )
        self.coders.show_rows(rows)
        self.coders.choose(chosen_before or next((one.key for one in rows if one.key != opened.me), ""))
        self._allow()

    def _show_came(self, opened: OpenStudy) -> None:
        came = [one for one in self._overview.rows if one.direction is ParcelDirection.IN]
        has_any = bool(came) and not self._overview.is_guest
        for widget in (self.came_heading, self.came, self._open_act):
            widget.setVisible(has_any)
        before = self.came.chosen_key()
        self.came.show_rows([self._came_row(opened, one) for one in reversed(came)])
        first = next((one.id for one in came if self._may_open(one)), came[-1].id if came else "")
        # One that is done with gives way to the next that can be opened.
        kept = next((one for one in came if one.id == before), None)
        self.came.choose(before if self._may_open(kept) else first)
        self._allow()

    def _came_row(self, opened: OpenStudy, one: CodingFileRow) -> TableRow:
        author = files_words.author_of(opened.study, one, self._overview.taken.get(one.id))
        state = files_words.file_state(opened, self._overview, one)
        who = author.label if author is not None else tr("Not known before it is opened")
        return row(one.id, (files_words.kind_name(one.kind), who, Cell(day_and_time_at(one.wall), one.wall), state))

    def _may_open(self, one: CodingFileRow | None) -> bool:
        return (
            one is not None
            and self._opened is not None
            and (one.kind is CodingFileKind.WORD or not files_words.is_done(self._overview, one))
            and files_words.may_open(self._opened, one)
        )

    def _chosen_file(self) -> CodingFileRow | None:
        key = self.came.chosen_key()
        return next((one for one in self._overview.rows if one.id == key), None)

    def _chosen_coder(self) -> Author | None:
        key = self.coders.chosen_key()
        authors = self._opened.study.authors if self._opened is not None else ()
        return next((one for one in authors if one.id == key), None)

    def _allow(self) -> None:
        one, opened = self._chosen_coder(), self._opened
        self.send_button.setEnabled(opened is not None and one is not None and one.id != opened.me)
        self.open_button.setEnabled(self._may_open(self._chosen_file()))

    def _show_not_placed(self, lines: list[str]) -> None:
        self.not_placed.clear()
        self.not_placed.addItems(lines)
        words = tr_n("Not placed: {n} passage", "Not placed: {n} passages", len(lines)).format(n=len(lines))
        self.not_placed_heading.setText(words)
        for widget in (self.not_placed_heading, self.not_placed):
            widget.setVisible(bool(lines))

    # --- sending ---

    def _on_send(self) -> None:
        author, coding_round = self._chosen_coder(), self._round()
        opened, files = self._opened, self._files
        if opened is None or files is None or author is None or coding_round is None or author.id == opened.me:
            return
        self._messages.begin_act()
        self._close_panels()
        self.sending.ask(files, opened.study, coding_round, author)

    def _on_sent(self) -> None:
        self.send.hide()
        self.send_button.setFocus()
        self.refresh()

    # --- what comes ---

    def _on_add(self) -> None:
        path = self.ask_file(self, tr("Add a file that came"), coding_file_kinds(sealed_only=False))
        if path is not None:
            self.add_file(path)

    def add_file(self, path: Path) -> None:
        """Add a file that came: a sealed one says whose it is, of another it is asked."""
        opened, files, coding_round = self._opened, self._files, self._round()
        if opened is None or files is None or coding_round is None or self._overview.is_guest:
            return
        self._messages.begin_act()
        self._close_panels()
        self.news.announce("")
        if path.suffix.lower() in KIND_OF:
            # A supervisor codes nothing, and comments in Word.
            is_word = path.suffix.lower() == WORD_ENDING
            others = [one.id for one in opened.study.authors] if is_word else coding_round.authors
            coders = [one for one in opened.study.authors if one.id in others and one.id != opened.me]
            self.whose.ask(path, printable_name(path.name), coders, self._likely_coder(coders, is_word=is_word))
        else:
            self._jobs.run(lambda: files.arrive(path), self._on_arrived)

    def _likely_coder(self, coders: Sequence[Author], *, is_word: bool) -> str:
        """Return whose file it probably is: who works so, the chosen one first; nobody where several might."""
        workplace = Workplace.WORD if is_word else Workplace.PROGRAM
        likely = [one for one in coders if one.workplace is workplace]
        chosen = self.coders.chosen_key()
        # What a supervisor says is no code, and must not become a coder's by a list that nobody looked at.
        comments_too = any(one.role is AuthorRole.SUPERVISOR for one in likely)
        if len(likely) > 1 and not comments_too and any(one.id == chosen for one in likely):
            return chosen
        return likely[0].id if len(likely) == 1 else ""

    def _on_arrived(self, arrived: ArrivedFile) -> None:
        if self._opened is not None and arrived.study == self._opened.study.id and arrived.row is not None:
            self._on_came(arrived.row.id)
        else:
            self.came_elsewhere.emit(arrived)

    def _on_whose(self, path: Path, author: str) -> None:
        files, opened, coding_round = self._files, self._opened, self._round()
        if files is None or opened is None or coding_round is None:
            return
        who = CopyFor(opened.study.id, coding_round.number, author)
        kind = KIND_OF[path.suffix.lower()]
        self._jobs.run(lambda: files.receive_file(who.study, path, kind, who), lambda _: self._on_came(""), self.whose)

    def _on_came(self, file: str) -> None:
        self._close_panels()

        def show() -> None:
            if file:
                self.came.choose(file)
            one = self._chosen_file()
            can = self._may_open(one)
            self.news.announce(self._came_words(one, can=can))
            (self.open_button if can else self.add_button).setFocus()

        self.refresh(show)

    def _came_words(self, one: CodingFileRow | None, *, can: bool) -> str:
        """Return what a file that came is, and when it can be opened."""
        if one is not None and self._opened is not None and one.id in self._overview.taken:
            state = files_words.file_state(self._opened, self._overview, one)
            return tr("This file came before. {state}.").format(state=state)
        if not can:
            return tr("The file is kept, sealed. It is opened after you close your own round.")
        if one is not None and self._opened is not None and files_words.awaits_own_round(self._opened, one):
            return tr("The file is kept, sealed. If it is of your open round, it is opened after you close that.")
        return tr("The file is kept, sealed. You can open it now.")

    # --- opening ---

    def _on_open(self) -> None:
        one = self._chosen_file()
        if one is not None and self._may_open(one):
            self._messages.begin_act()
            self._close_panels()
            self._file, self._name_in_file = one.id, ""
            if one.kind is CodingFileKind.WORD:
                self.word_asked.emit(one.id)
            elif one.kind is CodingFileKind.PAPER:
                self.typed_asked.emit(one.id, Arrival.LATE)
            else:
                self._open(Arrival.LATE)

    def _open(self, late: Arrival) -> None:
        opened, files, file = self._opened, self._files, self._file
        if opened is None or files is None:
            return
        study, name = opened.study.id, self._name_in_file
        self.news.announce("")
        self._show_not_placed([])
        self._jobs.run(lambda: files.open_file(study, file, name_in_file=name, late=late), self._on_opened)

    def _on_opened(self, found: OpenedFile | NamesInFile) -> None:
        opened = self._opened
        if opened is None:
            return
        if isinstance(found, NamesInFile):
            one = next((one for one in self._overview.rows if one.id == self._file), None)
            author = files_words.author_of(opened.study, one) if one is not None else None
            self.names.ask(author.label if author is not None else "", found.names)
            return
        words = files_words.opened_words(found, wording.label_of(opened.study, found.taken.author))
        lines = files_words.not_placed_lines(found)
        if found.taken.arrival is Arrival.LATE:
            self.refresh(lambda: self.late.ask(words))
            return

        def show() -> None:
            self.news.announce(words)
            self._show_not_placed(lines)
            self.open_button.setFocus()

        self.refresh(show)

    def _on_name(self, key: str) -> None:
        self.names.hide()
        self._name_in_file = key
        self._open(Arrival.LATE)

    def _on_late(self, takes: bool) -> None:
        self.late.hide()
        late = Arrival.TAKEN_LATE if takes else Arrival.KEPT
        one = next((one for one in self._overview.rows if one.id == self._file), None)
        if one is not None and one.kind is CodingFileKind.PAPER:
            self.typed_asked.emit(one.id, late)
        else:
            self._open(late)

    def ask_late(self, file: str) -> None:
        """Ask what becomes of a file that was opened when comparison had begun."""
        opened, one = self._opened, next((one for one in self._overview.rows if one.id == file), None)
        if opened is not None and one is not None:
            self._file = file
            author = files_words.author_of(opened.study, one)
            words = files_words.late_words(author.label if author is not None else "")
            self.refresh(lambda: self.late.ask(words))

    # --- sending back ---

    def _on_return(self) -> None:
        opened, files = self._opened, self._files
        if opened is None or files is None:
            return
        number = max((one.number for one in opened.rounds if one.has_closed(opened.me)), default=0)
        study = opened.study
        name = f"{copy_stem(study, CopyFor(study.id, number, opened.me))}{CODES_ENDING}".replace("-for-", "-from-")
        kinds = (f"{files_words.kind_name(CodingFileKind.PARCEL)} (*{CODES_ENDING})",)
        path = self.ask_save(self, tr("Send back"), name, kinds)
        if path is not None:
            self._messages.begin_act()
            self._jobs.run(lambda: files.export_back(study.id, number, path), lambda _: self._on_returned(path))

    def _on_returned(self, path: Path) -> None:
        words = tr("{file} is sealed to the analysis it came from. Send it back.").format(file=path.name)
        show_copied(self._messages, path.parent, words)
        self.refresh()

    # --- what has changed ---

    def refresh(self, then: Callable[[], None] = lambda: None) -> None:
        """Read the study and its files anew, as one of them has changed."""
        service, files, opened = self._service, self._files, self._opened
        if service is None or files is None or opened is None:
            return
        study = opened.study.id

        def show(found: tuple[OpenStudy, FilesOverview]) -> None:
            self._show(*found)
            then()

        self._jobs.run(lambda: (service.open(study), files.overview(study)), show)


def _last_day(rows: Sequence[CodingFileRow]) -> Cell:
    """Return the day on which the last file of a coder left or came; copies that left together count once."""
    return Cell(day_at(rows[-1].wall), rows[-1].wall) if rows else Cell("")
