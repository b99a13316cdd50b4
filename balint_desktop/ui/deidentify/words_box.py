"""The words of a text and what becomes of them: the list, the card of the one that is decided, and the rare details."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.marks import MarkState, Term
from balint_desktop.domain.deidentify.replacements import ReplacementProblem
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.i18n import tr
from balint_desktop.ui.deidentify import wording
from balint_desktop.ui.deidentify.decide_card import DecideCard
from balint_desktop.ui.deidentify.deciding import Deciding
from balint_desktop.ui.deidentify.rows_list import RowsList
from balint_desktop.ui.deidentify.shown_page import TO_DECIDE
from balint_desktop.ui.deidentify.sitting import DeidentifySitting
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.live_label import announce
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.text import small

ProblemOf = Callable[[str, str, Decisions], ReplacementProblem | None]
"""Returns why a typed replacement for a term cannot be used under these decisions, None where it can."""

_CONTEXT = 40
_NOTES_SEEN = 3


class WordsBox(QWidget):
    """Beside the text, or over it in a narrow window. Answers become decisions; going to a place is the page's."""

    place_chosen = Signal(object)
    """A `TextMark`: a row of a list was chosen."""
    next_asked = Signal(bool)
    """For the next place to decide, or False for the one before."""
    marking_ended = Signal()
    card_left = Signal()
    """What had the focus on the card is about to be hidden: the next field is not to have it."""
    closed = Signal()

    def __init__(self, sitting: DeidentifySitting, deciding: Deciding, label: Callable[[], str]) -> None:
        """`label` returns who decides, empty where nobody was entered."""
        super().__init__()
        self._sitting, self._deciding, self._label = sitting, deciding, label
        self._problem_of: ProblemOf = lambda _replacement, _term, _decisions: None
        self._is_over_text = True
        self.close_button = button(
            tr("Back to the text"),
            "deidentify-side-close",
            self.closed.emit,
            ButtonKind.QUIET,
            escape=EscapeRole.CANCEL,
        )
        self.card = DecideCard()
        self.previous_button = button(tr("Previous"), "deidentify-previous", partial(self.next_asked.emit, False))
        self.next_button = button(tr("Next to decide"), "deidentify-next", partial(self.next_asked.emit, True))
        self.list = RowsList("deidentify-words", tr("Words"))
        self._notes_heading = named(
            small(tr("A story can identify without a name. Only you can tell.")), "deidentify-notes-heading"
        )
        self.notes = RowsList("deidentify-notes", tr("Rare details"))
        inner = QWidget()
        column = layouts.column(inner, 8)
        column.addWidget(self.close_button)
        column.addWidget(self.card)
        column.addWidget(flow(self.next_button, self.previous_button, spacing=6))
        column.addWidget(self.list, 1)
        column.addWidget(self._notes_heading)
        column.addWidget(self.notes)
        self._area = PageArea(inner, "deidentify-side", tr("Words to decide"), inner=True)
        layouts.column(self).addWidget(self._area)
        self._connect()

    def _connect(self) -> None:
        for rows in (self.list, self.notes):
            for chosen in (rows.moved, rows.chosen):
                chosen.connect(partial(self._on_row, rows))
        self.card.decided.connect(self._on_decided)
        self.card.typed.connect(self._on_typed)
        self.card.only_here.connect(self._on_only_here)
        self.card.later.connect(self._on_later)
        self.card.one_by_one.connect(self._on_single)
        self.card.marking_cancelled.connect(self.end_marking)

    def begin(self, problem_of: ProblemOf) -> None:
        """Check what is typed as a replacement with this from now on."""
        self._problem_of = problem_of

    def forget(self) -> None:
        """Drop every word that is shown, and what was typed."""
        self.list.show_rows(())
        self.notes.show_rows(())
        self.card.forget()

    def set_over_text(self, is_over_text: bool) -> None:
        """Be beside the text, or over it: with the way back to it, and the words around what is decided."""
        self._is_over_text = is_over_text
        self.close_button.setVisible(is_over_text)
        self.show_card()

    # --- what is shown ---

    def show_words(self) -> None:
        """Show the words as the sitting has them now."""
        self._deciding.follow()
        for rows, terms in self._lists():
            at = _row_of(terms, self._deciding.key)
            rows.show_rows([wording.row(one) for one in terms], at)
            rows.show_current(at)
        for widget in (self._notes_heading, self.notes):
            widget.setVisible(bool(self._sitting.notes))
        self.fit_lists()
        self.show_card()

    def show_place(self) -> None:
        """Show the word that is decided now, in its list and on the card."""
        for rows, terms in self._lists():
            rows.show_current(_row_of(terms, self._deciding.key))
        self.show_card()

    def show_top(self) -> None:
        """Bring the card into view: no answer is given to a word that is out of sight."""
        self._area.verticalScrollBar().setValue(0)

    def answer(self, number: int) -> None:
        """Give the answer of a digit; where it is scrolled out of sight, show it instead."""
        if self.card.shows_answers:
            self.card.answer(number)
        else:
            self.show_top()

    def show_card(self) -> None:
        """Show what is decided on the card."""
        deciding, sitting = self._deciding, self._sitting
        if deciding.marking is not None:
            context, answers = self._context(deciding.marking), deciding.answers
            places, only_here = deciding.marked_places, deciding.is_only_here
            self.card.show_marking(deciding.marked_words, context, answers, places, only_here=only_here)
            return
        term, span = deciding.follow(), deciding.span
        if term is None or span is None:
            self.card.show_nothing(is_done=bool(sitting.terms) and not sitting.open_terms)
        else:
            context, answers = self._context(span), deciding.answers
            self.card.show_term(term, deciding.mark, context, answers, is_single=deciding.is_single)

    def fit_lists(self) -> None:
        """Give the lists the height of their lines."""
        line = self.fontMetrics().lineSpacing() + 6
        self.notes.setFixedHeight(line * min(_NOTES_SEEN, max(1, len(self._sitting.notes))) + 8)
        self.list.setMinimumHeight(line * 3)

    def leave_card(self) -> None:
        """Leave the card, if the focus is on it."""
        focus = self.window().focusWidget()
        if focus is not None and self.card.isAncestorOf(focus):
            self.card_left.emit()

    def _lists(self) -> tuple[tuple[RowsList, tuple[Term, ...]], ...]:
        return (self.list, self._sitting.terms), (self.notes, self._sitting.notes)

    def _context(self, span: Span) -> str:
        """Return the words around a place, where the text itself is not beside them."""
        if not self._is_over_text:
            return ""
        reading = self._sitting.reading
        line = reading.line_at(span[0])
        begin, end = max(line.begin, span[0] - _CONTEXT), min(line.end, span[1] + _CONTEXT)
        before = "…" if begin > line.begin else ""
        after = "…" if end < line.end else ""
        term = TO_DECIDE.format(term=reading.text[span[0] : span[1]])
        return "".join((before, reading.text[begin : span[0]], term, reading.text[span[1] : end], after))

    # --- what is chosen and answered ---

    def _on_row(self, rows: RowsList, row: int) -> None:
        terms = dict(self._lists())[rows]
        if 0 <= row < len(terms):
            self._deciding.end_marking()
            marks = terms[row].marks
            self.place_chosen.emit(next((one for one in marks if one.state is MarkState.TO_DECIDE), marks[0]))
            # The card has another height now, and would push the row out of a low window.
            self._area.reveal(rows)

    def _on_decided(self, replacement: str) -> None:
        self.leave_card()
        if self._deciding.decide(replacement, self._label()):
            announce(self.card, self.card.decision.text())

    def _on_typed(self, replacement: str) -> None:
        """Decide on a replacement that was typed, unless it says what is taken out."""
        words = self._deciding.words
        if not words:
            return
        with self.card.problem.attempt():
            problem = self._problem_of(replacement, words, self._sitting.decisions)
            if problem is not None:
                self.card.refuse_typed(wording.replacement_problem(problem))
            else:
                self.card.clear_other()
                self._on_decided(replacement)

    def _on_later(self) -> None:
        self.leave_card()
        self._deciding.decide_later()

    def _on_single(self, is_single: bool) -> None:
        self._deciding.set_single(is_single=is_single)
        self.leave_card()
        self.show_card()

    def _on_only_here(self, is_only_here: bool) -> None:
        self._deciding.is_only_here = is_only_here
        self.leave_card()
        self.show_card()

    def end_marking(self) -> None:
        """Mark nothing after all, and show the word that was decided before."""
        if self._deciding.marking is not None:
            self.leave_card()
            self._deciding.end_marking()
            self.marking_ended.emit()
            self.show_card()


def _row_of(terms: tuple[Term, ...], key: str) -> int:
    return next((row for row, term in enumerate(terms) if term.key == key), -1)
