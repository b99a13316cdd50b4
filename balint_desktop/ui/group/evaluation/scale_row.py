"""One statement with five answer chips, by mouse or digit key."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from balint_desktop.domain.evaluation.questionnaires import POINTS, Questionnaire
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import chip, show_on, when_chosen
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text

CHIP_GAP = 8
_BLANK_KEYS = {Qt.Key.Key_0, Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class ScaleRow(QWidget):
    """A statement with its five answers. Pressing a chip again, 0 or Backspace clears the answer.

    `digit_typed` is emitted after a digit key, for entry by digits alone; `changed` after any other change, too.
    """

    changed = Signal()
    digit_typed = Signal()

    def __init__(self, number: int, statement: str, asked: Questionnaire) -> None:
        super().__init__()
        named(self, f"statement-{number}")
        self._answer: int | None = None
        self.chips: list[QPushButton] = []
        row = layouts.row(self, CHIP_GAP)
        row.addWidget(named(text(statement), f"statement-{number}-words"), 1)
        for answer in range(1, POINTS + 1):
            made = chip(str(answer), f"statement-{number}-{answer}")
            made.setAccessibleDescription(_spoken(answer, statement, asked))
            when_chosen(made, partial(self._on_pressed, answer))
            self.chips.append(made)
            row.addWidget(made)

    @property
    def answer(self) -> int | None:
        """Return the selected answer, None if blank."""
        return self._answer

    def choose(self, answer: int | None) -> None:
        """Select an answer; None clears it."""
        self._answer = answer
        for number, made in enumerate(self.chips, start=1):
            show_on(made, number == answer)
        self.changed.emit()

    def focus_scale(self) -> None:
        """Focus the row."""
        self.chips[(self._answer or 1) - 1].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pressed(self, answer: int, _on: bool) -> None:
        self.choose(None if answer == self._answer else answer)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_0
        if 1 <= digit <= POINTS or event.key() in _BLANK_KEYS:
            self.choose(digit if 1 <= digit <= POINTS else None)
            if event.key() is not Qt.Key.Key_Backspace:
                self.digit_typed.emit()
        else:
            super().keyPressEvent(event)


def _spoken(answer: int, statement: str, asked: Questionnaire) -> str:
    """Return the accessible text of a chip: its number, the statement and the meaning of the scale's ends."""
    from_words, to_words = asked.from_words, asked.to_words
    end = {1: from_words, POINTS: to_words}.get(answer, "")
    if end:
        return tr("{statement} {end}").format(statement=statement, end=end)
    return tr("{statement} 1 is {from_words}, {most} is {to_words}").format(
        statement=statement, from_words=from_words, to_words=to_words, most=POINTS
    )
