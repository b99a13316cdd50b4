"""Type in what a coder wrote on a line-numbered print: codes with their lines, whose words are shown at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCompleter, QLineEdit, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import TEXT_LIMIT
from balint_desktop.domain.analysis.line_numbers import LinesError, NumberedLine, line_numbered, span_of_lines
from balint_desktop.domain.analysis.paper_coding import (
    PaperCoding,
    TypedCoding,
    paper_from_json,
    paper_to_json,
    typed_codes,
)
from balint_desktop.domain.analysis.study import CodingRound, Workplace, may_see_others
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.text.word_copies import lines_fault
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.copy_deps import CopyService, TakenCopy
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.analysis.word_form import ask_late, taken_words
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, set_words
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import labelled
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet, subheading
from balint_desktop.ui.widgets.uncopied_text import UncopiedText
from balint_desktop.vault.coding_admission import Arrival

_MOST_LINES = 8
_PREVIEW_LINES = 5
_FIRST_WORDS = 50
_FIELD_LIMIT = 400
_MEMO_SIGNS = 32


class PaperForm(QWidget):
    """Enter adds a line to the list. The list is stored as it grows; `taken` is emitted once it was taken in."""

    taken = Signal(str)
    back = Signal()

    def __init__(self, drafts: Drafts | None, work: Work) -> None:
        super().__init__()
        named(self, "paper-form")
        self._drafts, self._work = drafts, work
        self._service: CopyService | None = None
        self._opened: OpenStudy | None = None
        self._lines: tuple[NumberedLine, ...] = ()
        self._typed: tuple[TypedCoding, ...] = ()
        self._edited: int | None = None
        self._is_busy = False
        self._key = ""
        # Without the words of the lines: a draft never holds words of a session, which a withdrawal has to reach.
        self._fields = QWidget()
        self.draft = FormDraft(self._fields, drafts)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.back_button = button(tr("Back"), "paper-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE)
        self.coder = Choice(tr("Choose a coder"))
        self.round = Choice(tr("Choose a round"))
        self.of_text = Choice(tr("Choose a text"))
        self.print_line = LiveLabel("paper-print", "quiet")
        self.code, self.lines, self.memo = QLineEdit(), QLineEdit(), QLineEdit()
        self.lines.setPlaceholderText(tr("12–15, 18"))
        for field in (self.code, self.lines):
            field.setMaxLength(_FIELD_LIMIT)
        self.memo.setMaxLength(TEXT_LIMIT)
        self.memo.setMinimumWidth(_MEMO_SIGNS * self.memo.fontMetrics().averageCharWidth())
        self.add_button = button(tr("Add"), "paper-add", self.add, ButtonKind.PRIMARY)
        self.stop_button = button(tr("Cancel"), "paper-edit-cancel", self._stop_editing, escape=EscapeRole.CANCEL)
        self.problem = ProblemLabel("paper-problem")
        self.words = named(UncopiedText(), "paper-words", spoken=tr("Words of these lines"))
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._list_heading = named(subheading(""), "paper-list-heading")
        self.list = named(UncopiedList(), "paper-list", spoken=tr("What was typed"))
        self.edit_button = button(tr("Edit"), "paper-edit", self._on_edit)
        self.remove_button = button(tr("Remove"), "paper-remove", self._on_remove)
        self.confirm = Confirm("paper-late")
        self.take_button = button("", "paper-take", self.admit)
        self._round_row = labelled(tr("Round"), self.round, "paper-round")
        self.entry = flow(
            labelled(tr_in("analysis", "Code"), self.code, "paper-code"),
            labelled(tr("Lines"), self.lines, "paper-lines"),
            labelled(tr("Memo, if any"), self.memo, "paper-memo"),
            flow(self.add_button, self.stop_button),
            spacing=16,
            at_foot=True,
        )
        fields = layouts.column(self._fields, 12)
        fields.addWidget(
            flow(
                labelled(tr("Coder"), self.coder, "paper-coder"),
                self._round_row,
                labelled(tr("Text"), self.of_text, "paper-text"),
                spacing=16,
                at_foot=True,
            )
        )
        fields.addWidget(self.print_line)
        fields.addWidget(self.entry)
        self.none = named(quiet(tr("Nobody else codes in this study yet. Add a coder in “Set up”.")), "paper-nobody")
        rows: tuple[QWidget, ...] = (
            flow(self.back_button, learn_more("word-copies", "paper-learn-more")),
            named(heading(tr("Type from paper")), "paper-heading"),
            *(self.none, self._fields, self.problem, self.words, self._list_heading, self.list),
            *(flow(self.edit_button, self.remove_button), self.confirm, flow(self.take_button)),
        )
        column = layouts.column(self, 12)
        for row in rows:
            column.addWidget(row)
        column.addStretch(1)

    def _connect(self) -> None:
        self.round.currentIndexChanged.connect(lambda _: self._offer_coders())
        for choice in (self.coder, self.of_text):
            choice.currentIndexChanged.connect(lambda _: self._show_paper())
        self.lines.textChanged.connect(lambda _: self._show_words())
        for field in (self.code, self.lines, self.memo):
            field.returnPressed.connect(self.add)
        self.list.currentRowChanged.connect(lambda _: self._allow())
        self.list.itemActivated.connect(lambda _: self._on_edit())

    # --- opening and leaving ---

    def show_study(self, service: CopyService, opened: OpenStudy) -> None:
        """Show the form for the rounds whose coding may be opened. Raise Trouble."""
        self.leave()
        self._service, self._opened = service, opened
        rounds = open_rounds(opened)
        self.round.set_options(
            [(tr("Round {n}").format(n=one.number), one.number) for one in rounds],
            chosen=rounds[-1].number if rounds else None,
        )
        self.of_text.set_options([(wording.text_name(one), one.recording) for one in opened.study.analysed])
        self._round_row.setVisible(len(rounds) > 1)
        self._offer_coders()
        self.draft.begin(f"analysis-paper-{opened.study.id}")
        self._show_paper()

    def leave(self) -> None:
        """Drop every word; what is typed stays a draft."""
        self.draft.keep()
        self.draft.key = self._key = ""
        self._service = self._opened = None
        self._typed, self._lines, self._edited = (), (), None
        for field in (self.code, self.lines, self.memo):
            field.clear()
        for choice in (self.coder, self.round, self.of_text):
            choice.set_options(())
        self.problem.announce("")
        self.confirm.dismiss()
        self._show_paper()

    def first_field(self) -> QWidget:
        """Return the field to begin with."""
        unsaid = [one for one in (self.coder, self.round, self.of_text) if one.value() is None]
        return unsaid[0] if unsaid else self.code

    def _offer_coders(self) -> None:
        opened, number = self._opened, self.round.value()
        coding_round = next((one for one in opened.rounds if one.number == number), None) if opened else None
        coding = coding_round.authors if coding_round is not None else ()
        who = [one for one in opened.study.authors if one.id in coding and one.id != opened.me] if opened else []
        before = self.coder.value()
        on_paper = [one.id for one in who if one.workplace is Workplace.PAPER]
        likely = before if before is not None else on_paper[0] if len(on_paper) == 1 else None
        self.coder.set_options([(one.label, one.id) for one in who], chosen=likely)
        self.none.setVisible(opened is not None and not who)

    # --- one print ---

    def _show_paper(self) -> None:
        """Show what was typed so far of the print that is chosen, and the fields once it is."""
        opened, author, number, recording = (
            *(self._opened, self.coder.value(), self.round.value()),
            self.of_text.value(),
        )
        is_chosen = opened is not None and None not in {author, number, recording}
        key = f"analysis-paper-{opened.study.id}-{recording}-{number}-{author}" if opened and is_chosen else ""
        self.entry.setVisible(is_chosen)
        if key and key == self._key:
            return
        self._key, self._edited, self._typed, self._lines = key, None, (), ()
        self.print_line.announce("")
        self.confirm.dismiss()
        if opened is not None and key:
            text = opened.texts[recording]
            self._lines = line_numbered(text.text)
            self._read(text.version)
        self._show_list()
        self._show_words()

    def _read(self, version: int) -> None:
        """Read what was typed before of this print; say which version its line numbers have to be of."""
        name = self.of_text.currentText()
        words = tr("The print must say {text}: other versions have other line numbers.").format(text=name)
        stored = self._drafts.rows.read(self._key) if self._drafts is not None else ""
        if stored:
            paper = paper_from_json(stored)
            self._typed = paper.typed
            if paper.version != version:
                words = tr("The text has changed since you typed this. Check every line, or print it again.")
        self.print_line.announce(words)

    def paper(self) -> PaperCoding | None:
        """Return all that was typed of the print, None where none is chosen."""
        recording = self.of_text.value()
        if self._opened is None or not self._key or recording is None:
            return None
        return PaperCoding(recording, self._opened.texts[recording].version, self._typed)

    def _store(self) -> None:
        """Store the list. Raise Trouble."""
        paper = self.paper()
        if self._drafts is None or paper is None:
            return
        if paper.typed:
            self._drafts.rows.save(self._key, paper_to_json(paper).decode())
        else:
            self._drafts.rows.delete(self._key)

    # --- one line ---

    def _show_words(self) -> None:
        """Show the words of the lines that are typed, with their numbers, or why they are none."""
        typed = self.lines.text().strip()
        shown = ""
        if typed and self._lines:
            try:
                spans = span_of_lines(typed, self._lines)
            except LinesError as error:
                shown = lines_fault(error, len(self._lines))
            else:
                wide = len(str(len(self._lines)))
                rows = (
                    f"{line.number:>{wide}}  {line.words}"
                    for begin, end in spans
                    for line in self._lines
                    if begin <= line.begin and line.end <= end
                )
                shown = "\n".join(rows)
        self.words.setPlainText(shown)
        self.words.setVisible(bool(shown))
        around = int(2 * self.words.document().documentMargin()) + 2 * self.words.frameWidth() + 4
        tall = self.words.fontMetrics().lineSpacing() * min(_PREVIEW_LINES, shown.count("\n") + 1)
        self.words.setFixedHeight(tall + around)

    def add(self) -> None:
        """Add the line to the list, or say what is wrong with it."""
        if self.paper() is None:
            return
        codes, memo = "; ".join(typed_codes(self.code.text())), self.memo.text().strip()
        if not codes:
            self._refuse(tr("Enter the code."), self.code)
            return
        try:
            span_of_lines(self.lines.text().strip(), self._lines)
        except LinesError as error:
            self._refuse(lines_fault(error, len(self._lines)), self.lines)
            return
        typed = TypedCoding(codes, one_line(self.lines.text()), memo)
        at = self._edited
        kept = (*self._typed, typed) if at is None else (*self._typed[:at], typed, *self._typed[at + 1 :])
        if not self._keep(kept):
            return
        for field in (self.code, self.lines, self.memo):
            field.clear()
        self._stop_editing()
        self._show_list(len(kept) - 1 if at is None else at)
        self.code.setFocus()

    def _keep(self, typed: tuple[TypedCoding, ...]) -> bool:
        """Keep the list as it is now; return whether it could be stored."""
        before, self._typed = self._typed, typed
        with self.problem.attempt():
            self._store()
            return True
        self._typed = before
        return False

    def _refuse(self, words: str, field: QWidget) -> None:
        self.problem.announce(words)
        field.setFocus()

    # --- the list ---

    def _show_list(self, row: int = 0) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._typed:
            item = QListWidgetItem(self._line(one))
            item.setToolTip(one.memo)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self._typed) - 1))
        self.list.blockSignals(False)
        tall = self.list.sizeHintForRow(0) if self._typed else 0
        self.list.setFixedHeight(tall * min(_MOST_LINES, len(self._typed)) + 2 * self.list.frameWidth() + 4)
        has_any = bool(self._typed)
        for widget in (self._list_heading, self.list, self.edit_button, self.remove_button, self.take_button):
            widget.setVisible(has_any)
        count = len(self._typed)
        self._list_heading.setText(tr_n("{n} entry typed", "{n} entries typed", count).format(n=count))
        set_words(self.take_button, tr_n("Take in {n} entry", "Take in {n} entries", count).format(n=count))
        codes = sorted({name for one in self._typed for name in typed_codes(one.code)}, key=str.casefold)
        completer = QCompleter(codes, self.code)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.code.setCompleter(completer)
        self._allow()

    def _line(self, one: TypedCoding) -> str:
        """Return a line of the list: the code, its lines, their first words, and the memo."""
        try:
            begin, end = span_of_lines(one.lines, self._lines)[0]
        except LinesError:
            return f"{one.code} · {one.lines} · {tr('not in this text')}"
        words = " ".join(" ".join(line.words for line in self._lines if begin <= line.begin < end).split())
        if len(words) > _FIRST_WORDS:
            words = f"{words[:_FIRST_WORDS].rsplit(' ', 1)[0]} …"
        return " · ".join(part for part in (one.code, one.lines, f"“{words}”", one.memo) if part)

    def _allow(self) -> None:
        has_one = 0 <= self.list.currentRow() < len(self._typed)
        self.edit_button.setEnabled(has_one)
        self.remove_button.setEnabled(has_one)
        self.take_button.setEnabled(not self._is_busy)
        self.stop_button.setVisible(self._edited is not None)
        set_words(self.add_button, tr("Add") if self._edited is None else tr("Save change"))

    def _on_edit(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._typed):
            self._edited, one = row, self._typed[row]
            for field, words in ((self.code, one.code), (self.lines, one.lines), (self.memo, one.memo)):
                field.setText(words)
            self._allow()
            self.code.setFocus()

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._typed) and self._keep((*self._typed[:row], *self._typed[row + 1 :])):
            self._stop_editing()
            self._show_list(row)
            (self.list if self._typed else self.code).setFocus()

    def _stop_editing(self) -> None:
        if self._edited is not None:
            self._edited = None
            for field in (self.code, self.lines, self.memo):
                field.clear()
        self._allow()

    # --- taking in ---

    def admit(self) -> None:
        """Take in what was typed of this print, or say what is half typed."""
        paper, service, opened = self.paper(), self._service, self._opened
        if paper is None or service is None or opened is None or not paper.typed:
            return
        if any(field.text().strip() for field in (self.code, self.lines, self.memo)):
            self._refuse(
                tr("This entry is not in the list yet. Press Enter to add it, or empty the fields."), self.code
            )
            return
        try:
            for one in paper.typed:
                span_of_lines(one.lines, self._lines)
        except LinesError as error:
            self._refuse(lines_fault(error, len(self._lines)), self.list)
            return
        self._run(partial(service.admit_typed, opened.study.id, self.coder.value(), self.round.value(), paper))

    def _run(self, job: partial[TakenCopy]) -> None:
        self.problem.announce("")
        self._is_busy = True
        self._allow()
        self._work.run(job, self._on_taken, self._on_failed, owner=self)

    def _on_taken(self, taken: TakenCopy) -> None:
        self._is_busy = False
        service, opened = self._service, self._opened
        if service is None or opened is None:
            return
        if taken.arrival is Arrival.LATE:
            late = partial(service.admit_paper, opened.study.id, taken.file, Arrival.TAKEN_LATE)
            ask_late(self.confirm, lambda: self._run(late), self.take_button)
            self._allow()
            return
        self._keep(())
        self._show_list()
        # What was pressed is gone, and the next sheet can be typed.
        self.code.setFocus()
        self.taken.emit(taken_words(taken))

    def _on_failed(self, trouble: Trouble) -> None:
        self._is_busy = False
        self._allow()
        self.problem.show_trouble(trouble)


def open_rounds(opened: OpenStudy) -> tuple[CodingRound, ...]:
    """Return the rounds in which somebody else's coding may be typed in: one's own is closed, and each before it."""
    found: list[CodingRound] = []
    for one in opened.rounds:
        if not may_see_others(one, opened.me):
            break
        found.append(one)
    return tuple(found)
