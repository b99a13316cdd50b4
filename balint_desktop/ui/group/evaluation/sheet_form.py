"""A blank questionnaire sheet to fill in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QWidget

from balint_desktop.domain.evaluation.questionnaires import Questionnaire
from balint_desktop.domain.evaluation.written_part import LONGEST_LINE, Sheet
from balint_desktop.i18n import tr
from balint_desktop.ui.group.evaluation.scale_row import CHIP_GAP, ScaleRow
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import small


class SheetForm(QWidget):
    """One blank sheet. Each person gets a new widget: a cleared form would keep the focus position and undo history.

    `begun` is emitted once, at the first answer.
    """

    begun = Signal()

    def __init__(self, asked: Questionnaire) -> None:
        super().__init__()
        named(self, "sheet", spoken=tr("Sheet"))
        self._is_begun = False
        self.rows = [ScaleRow(number, words, asked) for number, words in enumerate(asked.statements, start=1)]
        self.lines = [self._line() for _ in asked.lines]
        column = layouts.column(self, 5)
        column.addWidget(self._ends(asked))
        for row, after in zip(self.rows, [*self.rows[1:], None], strict=True):
            column.addWidget(row)
            row.changed.connect(self._on_changed)
            row.digit_typed.connect(lambda after=after: self._focus_next(after))
        if self.lines:
            form = Form(spacing=8)
            for number, (words, line) in enumerate(zip(asked.lines, self.lines, strict=True), start=1):
                form.row(words, line, f"free-line-{number}")
            column.addSpacing(6)
            column.addWidget(form)

    def sheet(self) -> Sheet:
        """Return the current sheet."""
        return Sheet(tuple(row.answer for row in self.rows), tuple(line.text() for line in self.lines))

    def focus_first(self) -> None:
        """Focus the first statement."""
        self.rows[0].focus_scale()

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.setMaxLength(LONGEST_LINE)
        # No context menu: its Undo and Copy would reveal what was typed.
        line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        line.textEdited.connect(lambda _text: self._on_changed())
        return line

    def _ends(self, asked: Questionnaire) -> QWidget:
        """Return labels for the scale ends 1 and 5, above the first and the last chip."""
        ends = _Ends(self.rows[0].chips)
        row = layouts.row(ends)
        left, right = small(asked.from_words), small(asked.to_words)
        left.setWordWrap(False)
        right.setWordWrap(False)
        row.addWidget(named(left, "scale-from"))
        row.addStretch(1)
        row.addWidget(named(right, "scale-to"))
        holder = QWidget()
        line = layouts.row(holder)
        line.addStretch(1)
        line.addWidget(ends)
        return holder

    def _on_changed(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self.begun.emit()

    def _focus_next(self, after: ScaleRow | None) -> None:
        if after is not None:
            after.focus_scale()
        elif self.lines:
            self.lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focusNextChild()


class _Ends(QWidget):
    """Label as wide as the chips below it, at any text size."""

    def __init__(self, chips: Sequence[QPushButton]) -> None:
        super().__init__()
        self._chips = chips
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        wide = sum(made.sizeHint().width() for made in self._chips) + CHIP_GAP * (len(self._chips) - 1)
        own = super().sizeHint()
        return QSize(max(wide, own.width()), own.height())
