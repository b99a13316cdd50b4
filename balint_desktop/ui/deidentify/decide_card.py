"""What becomes of a word: what it is, why it was found, and the answers with their digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton

from balint_desktop import i18n
from balint_desktop.domain.deidentify.marks import Term, TextMark
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.ui.deidentify import choices, wording
from balint_desktop.ui.widgets.buttons import ButtonKind, EscapeRole, button, chip, set_words, show_on, when_chosen
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.menus import open_menu, under
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small, subheading, text

_ANSWERS = 5
# The digit that leaves a word, whatever else it is answered by.
_LEAVE_DIGIT = 0
LEAVE = ""


class DecideCard(Card):
    """The word that is being decided. `decided` carries its replacement, empty where it is left."""

    decided = Signal(str)
    typed = Signal(str)
    later = Signal()
    one_by_one = Signal(bool)
    only_here = Signal(bool)
    marking_cancelled = Signal()

    def __init__(self) -> None:
        super().__init__("deidentify-card")
        self._people: tuple[ParticipantCode, ...] = ()
        self._language = i18n.SOURCE
        self._answers: tuple[str, ...] = ()
        # What was typed for words that are not on the card now, and what the field is for.
        self._typed: dict[tuple[str, str], str] = {}
        self._typed_for: tuple[str, str] | None = None
        self.word = named(subheading(""), "deidentify-word")
        self.why = named(small(""), "deidentify-why")
        self.context = named(text(""), "deidentify-context")
        self.decision = LiveLabel("deidentify-decision")
        self.buttons = [
            button("", f"deidentify-answer-{number}", partial(self.answer, number))
            for number in (*range(1, _ANSWERS + 1), _LEAVE_DIGIT)
        ]
        self.leave_button = self.buttons[-1]
        self._leaves = False
        self.single = chip(tr("One by one"), "deidentify-one-by-one")
        when_chosen(self.single, self.one_by_one.emit)
        self.here = chip(tr("Only here"), "deidentify-only-here")
        when_chosen(self.here, self.only_here.emit)
        self.scope = named(small(""), "deidentify-scope")
        self.scope.setWordWrap(False)
        self.later_button = button(tr("Decide later"), "deidentify-later", self.later.emit, ButtonKind.QUIET)
        self.cancel_button = button(
            tr("Cancel"), "deidentify-mark-cancel", self.marking_cancelled.emit, escape=EscapeRole.CANCEL
        )
        self.other = QLineEdit()
        self.other.setMaxLength(choices.LIMIT)
        self.other.returnPressed.connect(self._on_other)
        self.form = Form(4)
        self.form.row(tr("Another replacement, without names"), self.other, "deidentify-other")
        self.other_button = button(tr("Replace"), "deidentify-other-do", self._on_other)
        self.words_button = button(tr("Choose words…"), "deidentify-other-words", self._on_words)
        self.problem = ProblemLabel("deidentify-other-problem")
        self.form.add(self.problem)
        self.form.add(flow(self.other_button, self.words_button, spacing=6))
        self._answer_flow = flow(*self.buttons, spacing=6)
        self._scope_flow = flow(self.scope, self.here, self.single, self.later_button, self.cancel_button, spacing=6)
        self.body.setSpacing(4)
        for widget in (
            self.word,
            self.why,
            self.context,
            self.decision,
            self._answer_flow,
            self._scope_flow,
            self.form,
        ):
            self.body.addWidget(widget)
        self.show_nothing(is_done=False)

    def show_people(self, people: Sequence[ParticipantCode], language: str = i18n.SOURCE) -> None:
        """Offer these people as replacements, and words of the text's language."""
        self._people, self._language = tuple(people), language

    def show_nothing(self, *, is_done: bool) -> None:
        """Show that no word is chosen."""
        self.word.setText(tr("Nothing left to decide") if is_done else tr("No word chosen"))
        self._show_parts("", "", "")
        self._show_answers((), leave="")
        self._show_typed(None)
        for widget in (self.scope, self._scope_flow, self.form):
            widget.hide()

    def show_term(
        self, term: Term, mark: TextMark | None, context: str, answers: Sequence[str], *, is_single: bool
    ) -> None:
        """Show a word with its answers, at one of its places where it is decided one by one."""
        many = len(term.marks)
        self.word.setText(
            tr("{word}, {times}").format(word=term.text, times=wording.times(term)) if many > 1 else term.text
        )
        decided = wording.state(term, mark if is_single else None)
        self._show_parts(wording.why(term), context, decided)
        self._show_typed(("found", term.key))
        leave = tr("Dismiss") if term.layer is Layer.STORY else tr("Leave it")
        self._show_answers(answers, leave=leave if choices.may_be_left(term) else "")
        at = term.marks.index(mark) + 1 if mark in term.marks else 1
        self.scope.setText(
            tr("Place {n} of {many}").format(n=at, many=many)
            if is_single
            else tr_n("One answer for this place", "One answer for all {n} places", many).format(n=many)
        )
        self.scope.setVisible(many > 1)
        show_on(self.single, is_single)
        self.single.setVisible(many > 1)
        self.here.hide()
        self.later_button.setVisible(bool(decided) and term.layer is not Layer.ROSTER)
        self.cancel_button.hide()
        self._scope_flow.setVisible(many > 1 or bool(decided))
        self.form.show()

    def show_marking(self, term: str, context: str, answers: Sequence[str], places: int, *, only_here: bool) -> None:
        """Show words that a person has just marked, which this text has at so many places."""
        self.word.setText(tr_n("{word}: {n} place", "{word}: {n} places", places).format(word=term, n=places))
        self._show_parts(tr("You marked this. What replaces it?"), context, "")
        self._show_typed(("marked", term))
        self._show_answers(answers, leave="")
        self.scope.setText(tr("At this place") if only_here else tr("Everywhere in this group’s texts"))
        self.scope.show()
        show_on(self.here, only_here)
        self.here.show()
        self.single.hide()
        self.later_button.hide()
        self.cancel_button.show()
        self._scope_flow.show()
        self.form.show()

    @property
    def shows_answers(self) -> bool:
        """Whether the answers can be seen, and given."""
        return self.isEnabled() and not self._answer_flow.visibleRegion().isEmpty()

    def answer(self, number: int) -> bool:
        """Give the answer of a digit; return whether there is one, and it can be seen."""
        if not self.shows_answers:
            return False
        self.problem.announce("")
        if number == _LEAVE_DIGIT and self._leaves:
            self.decided.emit(LEAVE)
            return True
        if not 1 <= number <= len(self._answers):
            return False
        self.decided.emit(self._answers[number - 1])
        return True

    def refuse_typed(self, words: str) -> None:
        """Say why what was typed cannot be used; it stays."""
        self.problem.announce(words)
        self.other.setFocus()

    def forget(self) -> None:
        """Drop every word, and all that was typed."""
        self._typed.clear()
        self._typed_for = None
        self.clear_other()
        self.show_nothing(is_done=False)

    def _show_typed(self, of: tuple[str, str] | None) -> None:
        """Show what was typed for these words; what was typed for others waits until they are on the card again.

        What is there before any word is, as after a lock, is for the first.
        """
        if of == self._typed_for:
            return
        if self._typed_for is not None:
            self._typed[self._typed_for] = self.other.text()
            self.clear_other()
        if of is not None and not self.other.text():
            self.other.setText(self._typed.pop(of, ""))
        self._typed_for = of

    def clear_other(self) -> None:
        """Drop what was typed for the words on the card."""
        with QSignalBlocker(self.other):
            self.other.clear()
        self.problem.announce("")

    def _show_parts(self, why: str, context: str, decision: str) -> None:
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.context.setText(context)
        self.context.setVisible(bool(context))
        self.decision.follow(decision)

    def _show_answers(self, replacements: Sequence[str], *, leave: str) -> None:
        self._answers, self._leaves = tuple(replacements), bool(leave)
        for number, made in enumerate(self.buttons[:-1], start=1):
            is_used = number <= len(self._answers)
            if is_used:
                set_words(made, tr("{digit}  {answer}").format(digit=number, answer=self._answers[number - 1]))
            made.setVisible(is_used)
        if leave:
            set_words(self.leave_button, tr("{digit}  {answer}").format(digit=_LEAVE_DIGIT, answer=leave))
        self.leave_button.setVisible(bool(leave))
        self._answer_flow.setVisible(bool(self._answers) or bool(leave))

    def _on_other(self) -> None:
        replacement = choices.bracketed(self.other.text())
        if replacement:
            self.typed.emit(replacement)
        else:
            self.other.setFocus()

    def _on_words(self) -> None:
        open_offers(self.words_button, self._people, self._fill_other, self._language)

    def _fill_other(self, words: str) -> None:
        self.other.setText(words)
        self.other.setFocus()


def open_offers(
    below: QPushButton,
    people: Sequence[ParticipantCode],
    chosen: Callable[[str], object],
    language: str = i18n.SOURCE,
) -> None:
    """Open the list of words that generalise under a button; `chosen` gets the one that is chosen."""
    menu = named(QMenu(below), "deidentify-words-menu", spoken=tr("Words to choose from"))
    for words in choices.offers(people, language):
        menu.addAction(words, partial(chosen, words))
    menu.aboutToHide.connect(menu.deleteLater, Qt.ConnectionType.QueuedConnection)
    open_menu(menu, under(below))
