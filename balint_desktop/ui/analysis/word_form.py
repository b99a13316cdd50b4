"""A Word copy that came back: who wrote the comments, what the colours mean, what comes of it, and what does not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QCompleter, QLabel, QLineEdit, QListWidgetItem, QWidget

from balint_desktop.domain.analysis.codebook import NAME_LIMIT
from balint_desktop.domain.analysis.file_agreement import turn_bounds
from balint_desktop.domain.analysis.report_comments import memos_of_report
from balint_desktop.domain.analysis.study import AuthorRole
from balint_desktop.domain.analysis.word_coding import ChangedLine, ReturnedComment, ReturnedHighlight
from balint_desktop.domain.analysis.word_work import CopyGain, KnownBefore, copy_gain
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.i18n import tr, tr_in, tr_n
from balint_desktop.text.word_copies import colour_name, gain_words, line_change
from balint_desktop.ui.analysis import wording
from balint_desktop.ui.analysis.copy_deps import CopyMeaning, CopyService, ReceivedCopy, TakenCopy
from balint_desktop.ui.analysis.deps import OpenStudy
from balint_desktop.ui.analysis.uncopied_list import UncopiedList
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, is_by_escape
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.drafts import Drafts, FormDraft
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.learn_more import learn_more
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import heading, quiet, small, subheading, text
from balint_desktop.vault.coding_admission import Arrival

_PAUSE_MS = 150
_MOST_LINES = 6
_SWATCH_PX = 14
_LEFT_OUT = ""


class WordForm(QWidget):
    """Emits `taken` with what was new once a copy was taken in, and `back`. What is chosen stays a draft until then."""

    taken = Signal(str)
    back = Signal()

    def __init__(self, drafts: Drafts | None, work: Work) -> None:
        super().__init__()
        named(self, "word-form")
        self._work = work
        self._service: CopyService | None = None
        self._opened: OpenStudy | None = None
        self._copy: ReceivedCopy | None = None
        self.writers: dict[str, Choice] = {}
        self.legend: dict[str, QLineEdit] = {}
        self.draft = FormDraft(self, drafts)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._show_gain)
        self._build()

    def _build(self) -> None:
        self.back_button = button(tr("Back"), "word-back", self.back.emit, ButtonKind.QUIET, escape=EscapeRole.LEAVE)
        self.title = named(heading(""), "word-title")
        self.about = named(quiet(""), "word-about")
        self._who = named(subheading(tr("Who wrote the comments")), "word-who-heading")
        self._writer_rows, self._legend_rows = QWidget(), QWidget()
        self._colours = named(subheading(tr("What the colours mean")), "word-colours-heading")
        self._colours_about = named(quiet(tr("Leave empty what is not a code.")), "word-colours-about")
        self.gain = LiveLabel("word-gain")
        self.whole = named(quiet(""), "word-whole")
        self.codes = named(quiet(""), "word-codes")
        self._left = named(subheading(""), "word-left-heading")
        self.left = named(UncopiedList(), "word-left", spoken=tr("Not placed"))
        self.keeps = named(QCheckBox(tr("Add them as memos on the whole text")), "word-keeps-left")
        self._changed = named(subheading(""), "word-changed-heading")
        self._changed_about = named(quiet(tr("The approved text is used, not these changes.")), "word-changed-about")
        self.changed = named(UncopiedList(), "word-changed", spoken=tr("Changes to the text"))
        self.problem = ProblemLabel("word-problem")
        self.confirm = Confirm("word-late")
        self.take_button = button(tr("Take in"), "word-take", self.admit, ButtonKind.PRIMARY)
        self.cancel_button = button(tr("Cancel"), "word-cancel", self._on_cancel, escape=EscapeRole.CANCEL)
        self._column = layouts.column(self, 12)
        for widget in (
            flow(self.back_button, learn_more("word-copies", "word-learn-more")),
            *(self.title, self.about, self._who, self._writer_rows),
            *(self._colours, self._colours_about, self._legend_rows),
            *(self._left, self.left, self.keeps, self._changed, self._changed_about, self.changed),
            *(
                named(subheading(tr("What will be added")), "word-gain-heading"),
                self.gain,
                self.whole,
                self.codes,
                self.problem,
                self.confirm,
            ),
            flow(self.take_button, self.cancel_button),
        ):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self.keeps.toggled.connect(lambda _: self._show_gain())

    # --- opening and leaving ---

    def show_copy(self, service: CopyService, opened: OpenStudy, received: ReceivedCopy) -> None:
        """Show a copy that came. Raise Trouble."""
        self.draft.keep()
        self._service, self._opened, self._copy = service, opened, received
        study = opened.study
        sender = wording.label_of(study, received.sender)
        self.title.setText(
            (tr("Word copy from {name}") if received.round else tr("Comments from {name}")).format(name=sender)
        )
        self.about.setText(self._about(received))
        self._show_writers(received)
        self._show_legend(received)
        self._show_lists(received)
        self.problem.announce("")
        self.confirm.dismiss()
        self.take_button.setEnabled(True)
        self.draft.begin(f"analysis-word-{study.id}-{received.file}")
        self._show_gain()

    def leave(self) -> None:
        """Drop every word; what was chosen stays a draft."""
        self.draft.keep()
        self.draft.key = ""
        self._pause.stop()
        self._service = self._opened = self._copy = None
        self._writer_rows, self.writers = self._anew(self._writer_rows), {}
        self._legend_rows, self.legend = self._anew(self._legend_rows), {}
        for words in (self.title, self.about, self._left, self._changed, self.whole, self.codes):
            words.setText("")
        self.gain.announce("")
        self.left.clear()
        self.changed.clear()

    @property
    def received(self) -> ReceivedCopy | None:
        """The copy on the page."""
        return self._copy

    def first_field(self) -> QWidget:
        """Return the first field that wants an answer, the button without one."""
        unsaid: list[QWidget] = [one for one in self.writers.values() if one.value() is None]
        return [*unsaid, *self.legend.values(), self.take_button][0]

    def _about(self, received: ReceivedCopy) -> str:
        study = self._opened.study if self._opened is not None else None
        text = next((one for one in study.texts if one.recording == received.recording), None) if study else None
        parts = [wording.text_name(text) if text is not None else tr("The report")]
        if received.round is not None:
            parts.append(tr("Round {n}").format(n=received.round))
        else:
            parts.append(tr("Comments become memos; nothing is coded"))
        if received.is_taken:
            parts.append(tr("Taken in before: only what is new is added"))
        return " · ".join(parts)

    # --- who and what ---

    def _anew(self, old: QWidget) -> QWidget:
        """Return an empty widget in place of one with rows of before, which no draft finds any more."""
        fresh = QWidget()
        self._column.replaceWidget(old, fresh)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        return fresh

    def _show_writers(self, received: ReceivedCopy) -> None:
        self._writer_rows, self.writers = self._anew(self._writer_rows), {}
        column, form = layouts.column(self._writer_rows), Form(10)
        column.addWidget(form)
        authors = self._opened.study.authors if self._opened is not None else ()
        options = [*((one.label, one.id) for one in authors), (tr("Leave out"), _LEFT_OUT)]
        for number, (name, count) in enumerate(received.names):
            choice = Choice(tr("Choose who this is"))
            choice.set_options(options, chosen=self._guess(received, name))
            comments = tr_n("{n} comment", "{n} comments", count).format(n=count)
            label = tr("{name}, {comments}").format(name=name or tr("without a name"), comments=comments)
            form.row(label.replace("&", "&&"), choice, f"word-writer-{number}")
            choice.currentIndexChanged.connect(lambda _: self._pause.start())
            self.writers[name] = choice
        self._who.setVisible(bool(received.names))

    def _guess(self, received: ReceivedCopy, name: str) -> str | None:
        """Return who a name is: as was said before, as an author is called, or the sender where it is the only one."""
        authors = self._opened.study.authors if self._opened is not None else ()
        known = received.writers.get(name)
        if known is not None and (known == _LEFT_OUT or any(one.id == known for one in authors)):
            return known
        called = [one.id for one in authors if one_line(one.label).casefold() == name.casefold()]
        if called:
            return called[0]
        return received.sender or None if len(received.names) == 1 else None

    def _show_legend(self, received: ReceivedCopy) -> None:
        self._legend_rows, self.legend = self._anew(self._legend_rows), {}
        colours = received.copy.colours if received.round is not None else ()
        column = layouts.column(self._legend_rows, 10)
        for number, one in enumerate(colours):
            field = QLineEdit(received.legend.get(one.colour, ""))
            field.setMaxLength(NAME_LIMIT)
            field.setPlaceholderText(tr_in("analysis", "Code"))
            completer = QCompleter([one.name for one in received.work.book.codes], field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
            name = tr("{colour}, {passages}").format(
                colour=colour_name(one.colour),
                passages=tr_n("{n} passage", "{n} passages", one.count).format(n=one.count),
            )
            named(field, f"word-colour-{number}", spoken=name)
            label = named(text(name, "quiet"), f"word-colour-{number}-label")
            label.setBuddy(field)
            column.addWidget(flow(_swatch(one.colour), label, spacing=8))
            column.addWidget(field)
            column.addWidget(
                named(small(" · ".join(f"“{words}”" for words in one.examples)), f"word-examples-{number}")
            )
            field.textChanged.connect(lambda _: self._pause.start())
            self.legend[one.colour] = field
        for widget in (self._colours, self._colours_about):
            widget.setVisible(bool(colours))

    def _show_lists(self, received: ReceivedCopy) -> None:
        left = received.copy.not_placed
        self._left.setText(
            tr_n("{n} comment or highlight not placed", "{n} comments or highlights not placed", len(left)).format(
                n=len(left)
            )
        )
        _fill(self.left, [_left_line(one) for one in left])
        self.keeps.setChecked(True)
        for widget in (self._left, self.left, self.keeps):
            widget.setVisible(bool(left))
        changes = received.copy.changes
        self._changed.setText(
            tr_n("{n} change to the text", "{n} changes to the text", len(changes)).format(n=len(changes))
        )
        _fill(self.changed, [self._change_line(one) for one in changes])
        for widget in (self._changed, self._changed_about, self.changed):
            widget.setVisible(bool(changes))

    def _change_line(self, one: ChangedLine) -> str:
        words = one.words
        opened, received = self._opened, self._copy
        if not words and one.turn is not None and opened is not None and received is not None and received.recording:
            text = opened.texts[received.recording].text
            begin, end = turn_bounds(text)[one.turn]
            words = text[begin:end]
        return f"{line_change(one.change)}: {one_line(words)}"

    # --- what comes ---

    def meaning(self) -> CopyMeaning:
        """Return what was said of names and colours; a name that nothing is said of is left out."""
        return CopyMeaning(
            {name: choice.value() or _LEFT_OUT for name, choice in self.writers.items()},
            {colour: one_line(field.text()) for colour, field in self.legend.items()},
            self.keeps.isChecked(),
        )

    def _show_gain(self) -> None:
        found = self.expected()
        if found is not None:
            is_kept = self.keeps.isChecked()
            self.gain.follow(gain_words(found.passages, found.memos + (found.whole_memos if is_kept else 0)))
            self.whole.setText(_whole_words(found, is_kept=is_kept))
            self.whole.setVisible(bool(self.whole.text()))
            codes = ", ".join(f"{name} ({count})" for name, count in found.codes)
            self.codes.setText(tr("Codes: {codes}").format(codes=codes) if codes else "")
            self.codes.setVisible(bool(codes))

    def expected(self) -> CopyGain | None:
        """Return what the copy would add, as it stands."""
        received, opened = self._copy, self._opened
        if received is None or opened is None:
            return None
        said = self.meaning()
        if received.report is not None:
            new = memos_of_report(received.report, received.headings, said.writers, 0.0, lambda: "", known=opened.memos)
            return CopyGain(0, len(new), 0)
        authors = opened.study.authors
        only = frozenset(one.id for one in authors if received.round is None or one.role is AuthorRole.SUPERVISOR)
        coder = received.sender if received.round is not None else ""
        text = opened.texts.get(received.recording) if received.recording is not None else None
        turns = text.turns if text is not None else ()
        known = KnownBefore(received.recording or RecordingId(""), received.work, opened.memos, turns)
        return copy_gain(received.copy, coder, said.writers, said.legend, only, known=known)

    def _on_cancel(self) -> None:
        self.draft.cancel(by_escape=is_by_escape(self.cancel_button))
        self.back.emit()

    def admit(self) -> None:
        """Take the copy in, or say what is missing."""
        for name, choice in self.writers.items():
            if choice.value() is None:
                self.problem.announce(tr("Choose who “{name}” is, or leave their comments out.").format(name=name))
                choice.setFocus()
                return
        self.problem.announce("")
        self._admit(Arrival.LATE)

    def _admit(self, late: Arrival) -> None:
        service, opened, received = self._service, self._opened, self._copy
        if service is None or opened is None or received is None:
            return
        self.take_button.setEnabled(False)
        job = partial(service.admit_copy, opened.study.id, received, self.meaning(), late)
        self._work.run(job, self._on_taken, self._on_failed, owner=self)

    def _on_taken(self, taken: TakenCopy) -> None:
        self.take_button.setEnabled(True)
        if self._copy is None:
            return
        if taken.arrival is Arrival.LATE:
            ask_late(self.confirm, lambda: self._admit(Arrival.TAKEN_LATE), self.take_button)
            return
        self.draft.discard()
        self.taken.emit(taken_words(taken))

    def _on_failed(self, trouble: Trouble) -> None:
        self.take_button.setEnabled(True)
        self.problem.show_trouble(trouble)
        self.take_button.setFocus()


def taken_words(taken: TakenCopy) -> str:
    """Return what was new in a copy or on paper, in words."""
    return tr("Taken in: {what}.").format(what=gain_words(taken.codings, taken.memos))


def _whole_words(gain: CopyGain, *, is_kept: bool) -> str:
    """Return what becomes of the comments and highlights that could not be placed, empty without any."""
    left = gain.not_placed
    if not left:
        return ""
    if not is_kept:
        words = tr_n("{n} that could not be placed is left out.", "{n} that could not be placed are left out.", left)
        return words.format(n=left)
    memos = tr_n("{n} memo", "{n} memos", gain.whole_memos).format(n=gain.whole_memos)
    words = tr_n(
        "Among them {memos} on the whole text: {n} could not be placed.",
        "Among them {memos} on the whole text: {n} could not be placed.",
        left,
    )
    return words.format(n=left, memos=memos)


def ask_late(confirm: Confirm, take: Callable[[], None], back: QWidget) -> None:
    """Ask whether what came after comparison had begun is taken in; otherwise it stays sealed."""
    words = tr("Comparison has begun. Take it in? Decisions stand, and what differs is new in Compare.")
    confirm.ask(words, tr("Take it in"), take, back)


def _left_line(one: ReturnedComment | ReturnedHighlight) -> str:
    if isinstance(one, ReturnedHighlight):
        return f"{colour_name(one.colour)} · “{one_line(one.quoted)}”"
    words = " / ".join((one.words, *(reply.words for reply in one.replies)))
    return " · ".join(
        part for part in (one.author, one_line(words), f"“{one_line(one.quoted)}”" if one.quoted else "") if part
    )


def _fill(of: UncopiedList, lines: Sequence[str]) -> None:
    """Show lines in a list as tall as its rows, up to a limit."""
    of.clear()
    for line in lines:
        item = QListWidgetItem(line)
        item.setToolTip(line)
        of.addItem(item)
    tall = of.sizeHintForRow(0) if lines else 0
    of.setFixedHeight(tall * min(_MOST_LINES, len(lines)) + 2 * of.frameWidth() + 4)


def _swatch(colour: str) -> QLabel:
    made = QLabel()
    filled = QPixmap(_SWATCH_PX, _SWATCH_PX)
    filled.fill(QColor(colour))
    made.setPixmap(filled)
    return made
