"""The one number, repainted only when it changes."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.theme.type_sizes import FAMILIES
from balint_desktop.ui.widgets.naming import named

# Digits stand on the baseline and reach cap height: the font's ascent and descent would waste space.
_ABOVE = 0.06


class BigNumber(QWidget):
    """The minutes to the next mark. Readable by a screen reader, which is not notified of each change."""

    def __init__(self, point_size: float) -> None:
        super().__init__()
        named(self, "number", spoken="0")
        self._text = ""
        self._font = QFont([*FAMILIES])
        self._font.setPointSizeF(point_size)
        self._font.setWeight(QFont.Weight.Light)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_number(self, text: str, words: str) -> None:
        """Show the number; `words` say what it counts."""
        if text != self._text:
            self._text = text
            self.update()
        spoken = f"{text} {words}"
        if spoken != self.accessibleName():
            self.setAccessibleName(spoken)

    def set_point_size(self, point_size: float) -> None:
        """Set the size of the number."""
        self._font.setPointSizeF(point_size)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(round(metrics.horizontalAdvance("000")), round(metrics.capHeight() * (1 + 2 * _ABOVE)))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(round(metrics.horizontalAdvance("00")), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self._font)
        painter.setPen(QColor(colours_now().ink))
        metrics = QFontMetricsF(self._font)
        bearing = metrics.leftBearing(self._text[0]) if self._text else 0.0
        painter.drawText(round(-bearing), round(metrics.capHeight() * (1 + _ABOVE)), self._text)
        painter.end()
