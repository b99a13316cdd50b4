"""The questionnaire as a guide in an evaluation session."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.session.formats import Question
from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, add_shortcut, button, chip, show_on, when_chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import quiet, small, text

_KEYS = 9
_TICK = "✓"


class QuestionGuide(QWidget):
    """A row for each question. Choosing one marks it as the current question; choosing it again undoes that."""

    asked = Signal(int)
    undo_asked = Signal()
    laid_out = Signal()

    def __init__(self, questions: Sequence[Question], *, themes: bool = True) -> None:
        super().__init__()
        named(self, "questions")
        self._shown: tuple[frozenset[int], int | None] | None = None
        self.chips: list[QPushButton] = []
        self._ticks: list[QLabel] = []
        self._words: list[QLabel] = []
        self._probes: list[QWidget] = []
        self._theme_probes: list[QLabel] = []
        grid = layouts.grid(self)
        grid.setHorizontalSpacing(7)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        for number, question in enumerate(questions, start=1):
            self._add(grid, number, question)
        # Space for the tick is reserved, so that nothing moves when it appears.
        grid.setColumnMinimumWidth(1, self.fontMetrics().horizontalAdvance(_TICK))
        self.back = button(
            tr("Undo"),
            "question-undo",
            self.undo_asked.emit,
            ButtonKind.QUIET,
            description=tr("Undoes the last choice of a question."),
        )
        # In a row of its own: a button as wide as its text would keep the column from stretching.
        grid.addWidget(flow(self.back), 2 * len(questions), 2)
        self.back.hide()
        self.set_themes(themes=themes)

    def set_themes(self, *, themes: bool) -> None:
        """Show or hide the probes that are based on the paper's findings."""
        for probe in self._theme_probes:
            probe.setVisible(themes)

    def show_asked(self, asked: frozenset[int], current: int | None) -> None:
        """Tick the questions asked, and show the probes of the current question."""
        if (asked, current) == self._shown:
            return
        self._shown = (asked, current)
        for number, (made, tick, words, probes) in enumerate(
            zip(self.chips, self._ticks, self._words, self._probes, strict=True), start=1
        ):
            show_on(made, number == current)
            tick.setText(_TICK if number in asked else "")
            probes.setVisible(number == current)
            asked_words = tr("Asked: {question}") if number in asked else "{question}"
            made.setAccessibleDescription(asked_words.format(question=words.text()))
        self.back.setVisible(current is not None)
        self.laid_out.emit()

    def _add(self, grid: QGridLayout, number: int, question: Question) -> None:
        row = 2 * (number - 1)
        made = chip(str(number), f"question-{number}")
        made.setAccessibleDescription(question.text)
        when_chosen(made, lambda on: self._on_pressed(number, on=on))
        if number <= _KEYS:
            add_shortcut(made, f"Alt+{number}")
        tick = named(quiet(""), f"question-{number}-asked")
        tick.setWordWrap(False)
        words = named(text(question.text), f"question-{number}-words")
        words.setCursor(Qt.CursorShape.PointingHandCursor)
        words.installEventFilter(self)
        probes = QWidget()
        inside = QVBoxLayout(probes)
        inside.setContentsMargins(0, 0, 0, 6)
        inside.setSpacing(4)
        for place, probe in enumerate(question.probes, start=1):
            inside.addWidget(named(small(probe), f"question-{number}-probe-{place}"))
        for place, probe in enumerate(question.theme_probes, start=1):
            made_probe = named(small(probe), f"question-{number}-theme-probe-{place}")
            self._theme_probes.append(made_probe)
            inside.addWidget(made_probe)
        probes.hide()
        grid.addWidget(tick, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(made, row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(words, row, 2, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(probes, row + 1, 2)
        self.chips.append(made)
        self._ticks.append(tick)
        self._words.append(words)
        self._probes.append(probes)

    def _on_pressed(self, number: int, *, on: bool) -> None:
        # The display follows the facts alone: a refused press leaves the chip unchanged.
        show_on(self.chips[number - 1], not on)
        if on:
            self.asked.emit(number)
        else:
            self.undo_asked.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Treat a click on a question's text as a click on its number."""
        if event.type() is QEvent.Type.MouseButtonRelease and watched in self._words:
            self.chips[self._words.index(watched)].click()
        return super().eventFilter(watched, event)
