"""Bar chart of the answers to one statement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.ui.theme.theme import colours_now

_BAR, _GAP, _RADIUS = 26.0, 8.0, 3.0
_BASE = 2.0


class CountsChart(QWidget):
    """Bar chart of answers 1 to 5: the count above each bar, the answer below.

    `most` is the count at full height, shared by all statements of a part so that their charts are comparable.
    """

    def __init__(self, counts: Sequence[int], most: int, spoken: str) -> None:
        super().__init__()
        self._counts = tuple(counts)
        self._most = max(1, most)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        width = max(_BAR, self.fontMetrics().horizontalAdvance("00")) + _GAP
        return QSize(round(width * len(self._counts) - _GAP), line * 5)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(self.fontMetrics().height())
        baseline = self.height() - line
        available = baseline - line - _BASE
        step = (self.width() + _GAP) / len(self._counts)
        for number, count in enumerate(self._counts):
            left = number * step
            bar_height = available * count / self._most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if count else colours.track_left))
            bar = QRectF(left, baseline - _BASE - bar_height, step - _GAP, bar_height + _BASE)
            painter.drawRoundedRect(bar, min(_RADIUS, bar.height() / 2), min(_RADIUS, bar.height() / 2))
            painter.setPen(QColor(colours.quiet_ink))
            painter.drawText(QRectF(left, baseline, step - _GAP, line), Qt.AlignmentFlag.AlignCenter, str(number + 1))
            if count:
                painter.setPen(QColor(colours.ink))
                above = QRectF(left, bar.top() - line, step - _GAP, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(count))
