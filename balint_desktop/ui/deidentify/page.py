"""The page where a person decides what is taken out of a text, and reads what is left, page by page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import GateFinding
from balint_desktop.domain.deidentify.marks import MarkState, TextMark
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.deidentify import keys
from balint_desktop.ui.deidentify.approving import Approving
from balint_desktop.ui.deidentify.deciding import Deciding
from balint_desktop.ui.deidentify.deps import DeidentifyDeps, DeidentifyService, DeidentifyWork
from balint_desktop.ui.deidentify.left_open import OpenPage, SittingStore, TypedAt
from balint_desktop.ui.deidentify.page_frame import PageFrame
from balint_desktop.ui.deidentify.reading_column import ReadingColumn
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.deidentify.suggest_again import SuggestAgain
from balint_desktop.ui.deidentify.words_box import WordsBox
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.saver import Saver
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.drafts import FormDraft
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.shortcuts import shortcut
from balint_desktop.ui.widgets.undo_keys import takes_undo, undo_step


class DeidentifyPage(QWidget):
    """One text. What is shown, the list, the card and the counts are views of one sitting.

    The page opens and leaves a text, leads from place to place, and has the keys. `reading` shows the text, `words`
    what becomes of each word, `deciding` which of them it is about, `approving` is the gate at the end.
    """

    back = Signal()
    approved = Signal(object)

    def __init__(self, deps: DeidentifyDeps | None, work: Work, messages: Messages) -> None:
        super().__init__()
        named(self, "deidentify")
        self._deps, self._messages = deps, messages
        self._service: DeidentifyService | None = None
        self._opened: DeidentifyWork | None = None
        drafts = deps.drafts if deps is not None else None
        # Without what it is given, no text is ever opened here.
        key_of, wall = (deps.key_of, deps.wall) if deps is not None else (str.casefold, lambda: 0.0)
        self.store = SittingStore(drafts)
        self.sitting = DeidentifySitting(self)
        self.saver: Saver[Decisions] = Saver(work, self._on_save_failed, self._on_saved_again, None, self)
        self.suggesting = SuggestAgain(self.sitting, work, messages, self)
        self.deciding = Deciding(self.sitting, key_of, wall)
        self.reading = ReadingColumn(self.sitting, self.store, wall, lambda: self.deciding.span)
        self.words = WordsBox(self.sitting, self.deciding, self.reading.label)
        self.approving = Approving(self.sitting, self.saver, work, messages, drafts=drafts, parent=self)
        self.frame = PageFrame(self.reading, self.words, self.approving.form)
        layouts.column(self).addWidget(self.frame)
        self._draft = FormDraft(self.words.card.form, drafts)
        self._connect()

    def _connect(self) -> None:
        self.sitting.changed.connect(self._on_changed)
        self.reading.cursor_moved.connect(self._on_cursor)
        self.words.place_chosen.connect(self._go_to)
        self.words.next_asked.connect(lambda forward: self.go_to_next(forward=forward))
        self.words.marking_ended.connect(self.reading.frame)
        self.frame.back_asked.connect(self.back)
        self.frame.mark_asked.connect(self._on_mark)
        self.frame.undo_asked.connect(lambda back: self._undo(back=back))
        self.frame.approve_asked.connect(self._on_approve)
        self.approving.closed.connect(self.frame.show_main)
        self.approving.approved.connect(self.approved)
        # The roster may have changed meanwhile: what was found is among the words, too.
        self.approving.refused.connect(self.suggesting.suggest)
        self.approving.form.finding_chosen.connect(self._on_finding)
        acts: dict[str, Callable[[], object]] = {
            keys.NEXT: partial(self.go_to_next, forward=True),
            keys.PREVIOUS: partial(self.go_to_next, forward=False),
            keys.MARK: self._on_mark,
            keys.READ: self.reading.toggle_read,
            keys.NEXT_PAGE: partial(self.reading.turn_by, 1),
            keys.PREVIOUS_PAGE: partial(self.reading.turn_by, -1),
        }
        for key, act in acts.items():
            shortcut(self, key, act, repeats=key in {keys.NEXT, keys.PREVIOUS})

    # --- opening and leaving ---

    @property
    def opened(self) -> DeidentifyWork | None:
        """The text on the page."""
        return self._opened

    def show_opened(self, service: DeidentifyService, opened: DeidentifyWork, page: int = 0) -> None:
        """Show a text from its first page that is not read, or from a page."""
        self._service, self._opened = service, opened
        if self._deps is not None:
            for check in (self.approving.form.name_check, self.reading.name_check):
                check.names_in = partial(self._deps.names_in, opened.recording)
        self.saver.begin(partial(service.save, opened.recording))
        self.sitting.begin(opened.reading, opened.suggestions, opened.decisions)
        self.deciding.begin(opened.language)
        self.suggesting.begin(service, opened)
        self.approving.begin(service, opened.recording)
        self.words.begin(partial(service.replacement_problem, opened.recording))
        self.words.card.show_people(opened.people, opened.language)
        self.frame.title.setText(opened.title)
        self.frame.about.setText(_about(opened))
        self.frame.show_main()
        self.reading.begin(opened.readers_needed, page)
        self._show()
        is_typed = False
        with self._messages.attempt():
            is_typed = self._draft.begin(f"deidentify/{opened.recording}")
        if not (is_typed and self._go_back_to_typed(opened)):
            self._go_to_first_open()

    def leave(self) -> None:
        """Save what is not saved yet, and drop the text. Raise Trouble if it cannot be saved."""
        if self._opened is not None:
            self._draft.keep()
            self.store.save_typed_at(self._typed_at(self._opened))
            self.saver.flush()
            # What is stored outlasts the fields, which are emptied.
            self._draft.key = ""
            self.approving.keep()
            opened, service = self._opened, self._service
            self.drop()
            if service is not None:
                service.close(opened.recording)

    def drop(self) -> None:
        """Drop the text and what was decided."""
        self._opened = self._service = None
        self.suggesting.forget()
        self.sitting.forget()
        self.deciding.forget()
        self.reading.forget()
        self.words.forget()
        self.approving.forget()

    def left_open(self) -> OpenPage | None:
        """Return which page of which text is shown, None without one."""
        return OpenPage(self._opened.recording, self.reading.page) if self._opened is not None else None

    def _typed_at(self, opened: DeidentifyWork) -> TypedAt | None:
        """Return what a half-typed replacement is for."""
        span = self.deciding.span
        if span is None or not self.words.card.other.text():
            return None
        return TypedAt(opened.recording, *span, is_marking=self.deciding.marking is not None)

    def _go_back_to_typed(self, opened: DeidentifyWork) -> bool:
        """Ask again about the words that a replacement was being typed for; return whether they are still there."""
        at = self.store.read_typed_at(opened.recording)
        if at is None or not 0 <= at.begin < at.end <= len(opened.reading.text):
            return False
        if at.is_marking:
            self._ask_for((at.begin, at.end))
            return True
        mark = next((one for one in self.sitting.marks if one.suggestion.begin == at.begin), None)
        if mark is None:
            return False
        self.deciding.choose(mark)
        if self.sitting.page_of(mark) == self.reading.page:
            self.reading.go_to(mark)
        self.words.show_place()
        return True

    # --- what is shown ---

    def _on_changed(self) -> None:
        if self._opened is not None:
            self._show()
            self.saver.save(self.sitting.decisions)
            self.suggesting.follow()

    def _show(self) -> None:
        """Show what follows from the decisions, where one is in the text."""
        if self._opened is None:
            return
        self.reading.show_marks()
        self.words.show_words()
        read = self.sitting.pages_read(self._opened.readers_needed)
        self.frame.show_counts(to_decide=self.sitting.open_terms, read=read, pages=len(self.sitting.pages))
        self.reading.show_ticks()

    # --- going from place to place ---

    def _go_to_first_open(self) -> None:
        """Go to the first place to decide on the page."""
        places = [mark for mark in self.sitting.marks if mark.state is MarkState.TO_DECIDE]
        first = next((mark for mark in places if self.sitting.page_of(mark) == self.reading.page), None)
        if first is not None:
            self._go_to(first)
        else:
            self.words.show_card()

    def go_to_next(self, *, forward: bool) -> None:
        """Go to the next place to decide, or the one before; from the other end again where there is none."""
        found = self.deciding.next_open(self.reading.here, forward=forward)
        if found is None or self._opened is None:
            self.deciding.choose_nothing()
            self.words.show_card()
        else:
            self.words.end_marking()
            self.words.leave_card()
            self._go_to(found)
        self.words.show_top()
        announce(self.words.card, self.words.card.word.text())

    def _go_to(self, mark: TextMark) -> None:
        """Show a place in the text, and its word on the card."""
        self.deciding.choose(mark)
        self.reading.go_to(mark)
        self.words.show_place()

    def _on_cursor(self) -> None:
        """Decide on the word that the cursor was moved to."""
        mark = self.reading.mark_at_cursor()
        if mark is None or mark == self.deciding.mark or self.deciding.marking is not None:
            return
        self.deciding.choose(mark)
        self.reading.frame()
        self.words.show_place()

    def _on_finding(self, finding: GateFinding) -> None:
        """Go to a place that keeps the text from being approved."""
        self.frame.show_main()
        if finding.begin is None:
            if finding.page in self.sitting.pages:
                self.reading.turn_to(finding.page)
                self.reading.focus_tick()
            return
        mark = next((one for one in self.sitting.marks if one.suggestion.begin == finding.begin), None)
        if mark is not None:
            self._go_to(mark)
        elif self.sitting.pages:
            self.reading.go_to_stretch((finding.begin, finding.end or finding.begin + 1))

    # --- marking by hand, undoing, approving ---

    def _on_mark(self) -> None:
        """Ask what replaces the words that are selected, or the word at the cursor."""
        span = self.reading.words_to_mark()
        if span is not None:
            self._ask_for(span)
            self.frame.show_words()
            announce(self.words.card, self.words.card.why.text())

    def _ask_for(self, span: Span) -> None:
        self.deciding.begin_marking(span)
        self.reading.frame()
        self.words.show_card()
        self.words.show_top()

    def _undo(self, *, back: bool) -> None:
        self.deciding.end_marking()
        self.reading.problem.announce("")
        if not (self.sitting.undo() if back else self.sitting.redo()):
            announce(self, tr("There is nothing to undo.") if back else tr("There is nothing to redo."))

    def _on_approve(self) -> None:
        if self._opened is not None:
            self.words.end_marking()
            self.frame.show_approve_form()
            self.approving.ask(self.reading.label())

    # --- saving ---

    def _on_save_failed(self, trouble: Trouble) -> None:
        self.frame.save_state.announce(tr("Not saved yet. Trying again."))
        self._messages.trouble(trouble)

    def _on_saved_again(self) -> None:
        self.frame.save_state.announce("")
        self._messages.inform(tr("Saved again. Nothing was lost."))

    # --- keys ---

    def event(self, event: QEvent) -> bool:
        # Here it is the sitting's, wherever the focus is.
        return takes_undo(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = undo_step(event)
        is_plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        is_main = is_plain and self.frame.is_main_shown
        if step is not None:
            self._undo(back=step < 0)
        elif is_main and event.text() in "0123456789" and event.text():
            if not event.isAutoRepeat():
                self.words.answer(int(event.text()))
        elif is_main and event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.reading.turn_by(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)


def _about(opened: DeidentifyWork) -> str:
    """Return what is not searched for in this text, and who reads it."""
    sentences = []
    if not opened.has_roster:
        sentences.append(tr("This group has no roster: names are not searched for. Read with care."))
    if opened.capitals_off:
        sentences.append(
            tr("This language writes nouns with capitals, so words with a capital letter are not suggested.")
        )
    if opened.readers_needed > 1:
        sentences.append(
            tr_n("{n} person reads all of it.", "{n} people read all of it.", opened.readers_needed).format(
                n=opened.readers_needed
            )
        )
    return " ".join(sentences)
