"""Text that is read from a distance: the one number, and the state of the recording beside it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.theme.type_sizes import FAMILIES
from balint_desktop.ui.widgets.naming import named

# Digits stand on the baseline and reach cap height: the font's ascent and descent would waste space.
_ABOVE = 0.06
_LEAST_OF_ITSELF = 0.4
# A screen of 14 inches and 16:9 is 174.3 mm high; letters of 12 mm are read from the other side of a circle. A little
# more, since a window's title and a task bar take some of the height.
_SCREEN_MM = 174.3
_LETTERS_MM = 13.0
_MEASURED_PX = 100


def _font(weight: QFont.Weight) -> QFont:
    font = QFont([*FAMILIES])
    font.setWeight(weight)
    return font


def cap_height_px(window_height_px: float) -> float:
    """Return the height of capital letters that are 12 mm high where a window of that height fills a 14-inch screen."""
    return window_height_px * _LETTERS_MM / _SCREEN_MM


class BigNumber(QWidget):
    """The minutes to the next mark. Readable by a screen reader, which is not notified of each change.

    It is smaller where there is little room, and fills the room it has while `set_filling` is on.
    """

    def __init__(self, point_size: float) -> None:
        super().__init__()
        named(self, "number", spoken="0")
        self._text = ""
        self._fills = False
        self._font = _font(QFont.Weight.Light)
        self._font.setPointSizeF(point_size)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

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

    def set_filling(self, *, fills: bool) -> None:
        """Fill the room it has, or return to its own size."""
        self._fills = fills
        policy = QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, policy)

    @property
    def digits_px(self) -> float:
        """The height of its digits as painted."""
        return QFontMetricsF(self._painted()).capHeight()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(round(metrics.horizontalAdvance("000")), round(metrics.capHeight() * (1 + 2 * _ABOVE)))

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetricsF(self._font)
        return QSize(
            round(metrics.horizontalAdvance("00") * _LEAST_OF_ITSELF),
            round(self.sizeHint().height() * _LEAST_OF_ITSELF),
        )

    def _painted(self) -> QFont:
        """Return the font that fits: its own, or scaled to the height and the width there is."""
        measured = QFont(self._font)
        measured.setPixelSize(_MEASURED_PX)
        metrics = QFontMetricsF(measured)
        widest = max(metrics.horizontalAdvance(self._text), metrics.horizontalAdvance("00"))
        fits = min(self.height() / (metrics.capHeight() * (1 + 2 * _ABOVE)), self.width() / widest)
        own = QFontMetricsF(self._font).capHeight() / metrics.capHeight()
        measured.setPixelSize(max(1, int(_MEASURED_PX * (fits if self._fills else min(own, fits)))))
        return measured

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        font = self._painted()
        painter.setFont(font)
        painter.setPen(QColor(colours_now().ink))
        metrics = QFontMetricsF(font)
        bearing = metrics.leftBearing(self._text[0]) if self._text else 0.0
        painter.drawText(round(-bearing), round(metrics.capHeight() * (1 + _ABOVE)), self._text)
        painter.end()


def _tallest(font: QFont) -> QRectF:
    """Return the room that letters take around the baseline: a tail below, and an accent on a capital above."""
    return QFontMetricsF(font).tightBoundingRect("ÅÊgj")


class FarState(QWidget):
    """The state of the recording in letters that are read from the other side of a circle, with its light."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "recording-afar", spoken="0")
        self._text = ""
        self._live = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, text: str, *, live: bool) -> None:
        """Show the state; `live` fills the light."""
        if (text, live) != (self._text, self._live):
            self._text, self._live = text, live
            self.setAccessibleName(text)
            self.update()

    @property
    def letters_px(self) -> float:
        """The height of its capital letters as painted."""
        return QFontMetricsF(self._painted()).capHeight()

    def sizeHint(self) -> QSize:
        return QSize(200, math.ceil(_tallest(self._own()).height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _own(self) -> QFont:
        font = _font(QFont.Weight.Normal)
        font.setPixelSize(_MEASURED_PX)
        wanted = cap_height_px(self.window().height()) / QFontMetricsF(font).capHeight()
        font.setPixelSize(max(1, round(_MEASURED_PX * wanted + 0.5)))
        return font

    def _painted(self) -> QFont:
        """Return its own font, smaller only where the words would not fit the width."""
        font = self._own()
        needed = QFontMetricsF(font).horizontalAdvance(self._text) + self._light_px(font)
        if needed > self.width() > 0:
            font.setPixelSize(max(1, int(font.pixelSize() * self.width() / needed)))
        return font

    def _light_px(self, font: QFont) -> float:
        return QFontMetricsF(font).capHeight() * 1.5

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        font = self._painted()
        metrics = QFontMetricsF(font)
        letters = _tallest(font)
        base = (self.height() - letters.height()) / 2 - letters.top()
        cap, middle = metrics.capHeight(), base - metrics.capHeight() / 2
        painter.setPen(QColor(colours.recording if self._live else colours.edge))
        painter.setBrush(QColor(colours.recording) if self._live else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QRectF(1, middle - cap / 2 + 1, cap - 2, cap - 2))
        painter.setFont(font)
        painter.setPen(QColor(colours.ink))
        painter.drawText(QPointF(self._light_px(font), base), self._text)
        painter.end()
