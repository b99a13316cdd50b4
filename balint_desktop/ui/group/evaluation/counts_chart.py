"""Bar chart of the answers to one statement."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.ui.theme.theme import colours_now

_BAR, _GAP, _RADIUS = 26.0, 8.0, 3.0
_BASE = 2.0


class CountsPicture(QWidget):
    """Bar chart of answers 1 to 5: the count above each bar, the answer below.

    `most` is the count at full height, shared by all statements of a part so that their charts compare.
    """

    def __init__(self, counts: Sequence[int], most: int, spoken: str) -> None:
        super().__init__()
        self._counts = tuple(counts)
        self._most = max(1, most)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        wide = max(_BAR, self.fontMetrics().horizontalAdvance("00")) + _GAP
        return QSize(round(wide * len(self._counts) - _GAP), line * 5)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(self.fontMetrics().height())
        foot = self.height() - line
        room = foot - line - _BASE
        step = (self.width() + _GAP) / len(self._counts)
        for number, times in enumerate(self._counts):
            left = number * step
            tall = room * times / self._most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent if times else colours.track_left))
            bar = QRectF(left, foot - _BASE - tall, step - _GAP, tall + _BASE)
            painter.drawRoundedRect(bar, min(_RADIUS, bar.height() / 2), min(_RADIUS, bar.height() / 2))
            painter.setPen(QColor(colours.quiet_ink))
            painter.drawText(QRectF(left, foot, step - _GAP, line), Qt.AlignmentFlag.AlignCenter, str(number + 1))
            if times:
                painter.setPen(QColor(colours.ink))
                above = QRectF(left, bar.top() - line, step - _GAP, line)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, str(times))
