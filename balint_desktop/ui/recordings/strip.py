"""What a recording holds, painted: sound, silences of each kind, where phases begin and moments were marked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.exchange.joining import Kind
from balint_desktop.exchange.listed import Opened
from balint_desktop.i18n import tr
from balint_desktop.ui.naming import named
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.theme import colours_now

_PATTERNS = {
    Kind.OFF_RECORD: Qt.BrushStyle.NoBrush,
    Kind.STRUCK: Qt.BrushStyle.BDiagPattern,
    Kind.GAP: Qt.BrushStyle.Dense7Pattern,
    Kind.DAMAGED: Qt.BrushStyle.DiagCrossPattern,
}
_LEAST_WIDTH = 4.0


class Strip(QWidget):
    """A band as long as the recording. It is looked at; the buttons below are what can be pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "recording-strip", spoken=tr("What the recording holds"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._opened: Opened | None = None

    def show_recording(self, opened: Opened | None) -> None:
        """Show what this recording holds."""
        self._opened = opened
        silent = wording.silences(opened.joined) if opened is not None else ""
        self.setAccessibleDescription(silent or tr("Sound from beginning to end"))
        self.setToolTip(silent)
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 20, line + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        if self._opened is None or self._opened.joined.seconds <= 0:
            return
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = QRectF(self.rect()).adjusted(0.5, 6.5, -0.5, -6.5)
        for stretch in self._opened.joined.stretches:
            left, right = self._x(stretch.from_s), self._x(stretch.until_s)
            place = QRectF(left, band.top(), max(1.0, right - left), band.height())
            if stretch.kind is Kind.SOUND:
                painter.fillRect(place, QColor(colours.track_done))
            elif stretch.kind is Kind.DAMAGED:
                # Twenty seconds of an hour are three points wide: higher than the band, they are still seen.
                place = place.adjusted(0, -3, max(0.0, _LEAST_WIDTH - place.width()), 3)
                _paint_silent(painter, place, QColor(colours.trouble_edge), stretch.kind)
            else:
                _paint_silent(painter, place, QColor(colours.edge), stretch.kind)
        painter.setPen(QPen(QColor(colours.ink), 1))
        for phase in self._opened.phases:
            x = self._x(phase.at_s)
            painter.drawLine(int(x), int(band.top()) - 4, int(x), int(band.bottom()) + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.accent))
        for moment in self._opened.moments:
            painter.drawEllipse(QRectF(self._x(moment.at_s) - 4, band.center().y() - 4, 8, 8))

    def _x(self, at_s: float) -> float:
        joined = self._opened.joined
        share = (at_s - joined.from_s) / joined.seconds
        return min(1.0, max(0.0, share)) * (self.width() - 1)


def _paint_silent(painter: QPainter, place: QRectF, colour: QColor, kind: Kind) -> None:
    painter.setPen(QPen(colour, 1))
    painter.drawRect(place)
    painter.fillRect(place, QBrush(colour, _PATTERNS[kind]))
