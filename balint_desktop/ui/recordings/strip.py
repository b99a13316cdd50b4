"""The recording strip: levels, gaps, phases, marks; click to seek."""

from __future__ import annotations

from bisect import bisect

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from balint_desktop.i18n import tr
from balint_desktop.recordings.levels import level_heights
from balint_desktop.recordings.summary import OpenRecording
from balint_desktop.recordings.timeline import StretchKind, TimelineStretch
from balint_desktop.text import durations
from balint_desktop.ui.recordings import wording
from balint_desktop.ui.theme.colours import Colours
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_PATTERNS = {
    StretchKind.OFF_RECORD: Qt.BrushStyle.NoBrush,
    StretchKind.STRUCK: Qt.BrushStyle.BDiagPattern,
    StretchKind.GAP: Qt.BrushStyle.Dense7Pattern,
    StretchKind.DAMAGED: Qt.BrushStyle.DiagCrossPattern,
}
_BAR, _GAP = 3, 1
_LEAST_BAR = 2.0
# Space for the marks above the band and for a phase's line to extend beyond it.
_EDGE = 9.5
_DOT = 4.0
_WEDGE = 7.0
_NEAR = 6
_LEAST_WIDTH = 4.0


class Strip(QWidget):
    """The recording as a band. Clicking or dragging seeks; the bar below is for keys."""

    seek_asked = Signal(float)
    pointed = Signal(str)
    """The tool tip at the mouse position."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "recording-strip", spoken=tr("Recording overview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._opened: OpenRecording | None = None
        self._from_s = self._seconds = 0.0
        # The bars: rebuilt for another recording or another size.
        self._bars: tuple[list[QRectF], list[QRectF]] | None = None
        self._at_s = 0.0
        self._dragged_s: float | None = None

    def show_recording(self, opened: OpenRecording | None) -> None:
        """Show this recording."""
        self._opened = opened
        self._from_s = opened.joined.from_s if opened is not None else 0.0
        self._seconds = opened.joined.seconds if opened is not None else 0.0
        self._bars = None
        self._dragged_s = None
        silent = wording.silences(opened.joined) if opened is not None else ""
        self.setAccessibleDescription(silent or tr("Audio throughout"))
        self.updateGeometry()
        self.update()

    def follow(self, at_s: float) -> None:
        """Show the playback position. Repaints only on a visible change."""
        moved = self._opened is not None and int(self._x(at_s)) != int(self._x(self._at_s))
        self._at_s = at_s
        if moved:
            self.update()

    @property
    def is_dragged(self) -> bool:
        """Whether the mouse is dragging the position."""
        return self._dragged_s is not None

    @property
    def shows_levels(self) -> bool:
        """Whether the recording's levels are known."""
        return self._opened is not None and any(self._opened.levels.values())

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 20, round(line * 2.5 + 2 * _EDGE) if self.shows_levels else line + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 6, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._bars = None
        super().resizeEvent(event)

    # --- seeking ---

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._opened is not None:
            self._drag_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_s is not None:
            self._drag_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_s is not None and event.button() is Qt.MouseButton.LeftButton:
            to_s, self._dragged_s = self._dragged_s, None
            self.update()
            self.seek_asked.emit(to_s)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._opened is not None:
            QToolTip.showText(event.globalPos(), self._tool_tip_at(event.pos().x()), self)
            return True
        return super().event(event)

    def _drag_to(self, event: QMouseEvent) -> None:
        self._dragged_s = self._second(event.position().x())
        self.pointed.emit(self._tool_tip_at(event.position().x()))
        self.update()

    def _tool_tip_at(self, x: float) -> str:
        """Return the tool tip at a position: time, segment kind, and a nearby phase or mark."""
        opened = self._opened
        if opened is None:
            return ""
        at_s = self._second(x)
        parts = [durations.clock(at_s)]
        parts += [phase.label for phase in opened.phases if phase.at_s <= at_s][-1:]
        parts += [wording.mark(one.mark) for one in opened.moments if abs(self._x(one.at_s) - x) <= _NEAR]
        parts += [wording.question(one) for one in opened.questions if one.at_s <= at_s][-1:]
        parts += [wording.silence(s.kind) for s in opened.joined.stretches if s.from_s <= at_s < s.until_s]
        return " · ".join(word for word in parts if word)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        opened = self._opened
        if opened is None or self._seconds <= 0:
            return
        colours = colours_now()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = _EDGE if self.shows_levels else 6.5
        band = QRectF(self.rect()).adjusted(0.5, edge, -0.5, -edge)
        if self.shows_levels:
            self._paint_levels(painter, band, colours, opened)
        for stretch in opened.joined.stretches:
            if stretch.kind is StretchKind.DAMAGED:
                self._paint_damage(painter, band, stretch, colours)
            elif not self.shows_levels:
                self._paint_stretch(painter, band, stretch, colours)
        self._paint_points(painter, band, colours, opened)
        self._paint_place(painter, colours)

    def _paint_levels(self, painter: QPainter, band: QRectF, colours: Colours, opened: OpenRecording) -> None:
        """Paint a bar for each short interval of sound; played ones in another colour."""
        if self._bars is None:
            self._bars = self._made_bars(band, opened)
        known, unknown = self._bars
        here = self._x(self._at_s if self._dragged_s is None else self._dragged_s)
        played = bisect(known, here, key=QRectF.right)
        painter.setPen(Qt.PenStyle.NoPen)
        painted = ((unknown, colours.edge), (known[:played], colours.accent), (known[played:], colours.track_done))
        for bars, colour in painted:
            painter.setBrush(QColor(colour))
            painter.drawRects(bars)

    def _made_bars(self, band: QRectF, opened: OpenRecording) -> tuple[list[QRectF], list[QRectF]]:
        """Return the bars from left to right, and the low bars for sound of unknown level.

        Sound that is off the record, redacted or lost is left blank.
        """
        known: list[QRectF] = []
        unknown: list[QRectF] = []
        sound = [s for s in opened.joined.stretches if s.kind is StretchKind.SOUND]
        step = _BAR + _GAP
        for number, height in enumerate(level_heights(opened.joined, opened.levels, self.width() // step)):
            left = number * step
            at_s = self._second(left + _BAR / 2)
            if height is None and not any(s.from_s <= at_s < s.until_s for s in sound):
                continue
            tall = max(_LEAST_BAR, (height or 0.0) * band.height())
            bar = QRectF(left, band.center().y() - tall / 2, _BAR, tall)
            (unknown if height is None else known).append(bar)
        return known, unknown

    def _paint_stretch(self, painter: QPainter, band: QRectF, stretch: TimelineStretch, colours: Colours) -> None:
        place = self._place(band, stretch, least=1.0)
        if stretch.kind is StretchKind.SOUND:
            painter.fillRect(place, QColor(colours.track_done))
        else:
            _paint_silent(painter, place, QColor(colours.edge), stretch.kind)

    def _paint_damage(self, painter: QPainter, band: QRectF, stretch: TimelineStretch, colours: Colours) -> None:
        # Twenty seconds of an hour are three points wide: taller than the band, they are still visible.
        place = self._place(band, stretch, least=_LEAST_WIDTH).adjusted(0, -3, 0, 3)
        _paint_silent(painter, place, QColor(colours.trouble_edge), stretch.kind)

    def _place(self, band: QRectF, stretch: TimelineStretch, least: float) -> QRectF:
        left, right = self._x(stretch.from_s), self._x(stretch.until_s)
        return QRectF(left, band.top(), max(least, right - left), band.height())

    def _paint_points(self, painter: QPainter, band: QRectF, colours: Colours, opened: OpenRecording) -> None:
        """Paint a line where a phase begins, and a dot for each mark."""
        painter.setPen(QPen(QColor(colours.edge if self.shows_levels else colours.ink), 1))
        for phase in opened.phases:
            x = int(self._x(phase.at_s))
            painter.drawLine(x, int(band.top()) - 4, x, int(band.bottom()) + 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.recording if self.shows_levels else colours.accent))
        y = _DOT + 0.5 if self.shows_levels else band.center().y()
        for moment in opened.moments:
            painter.drawEllipse(QRectF(self._x(moment.at_s) - _DOT, y - _DOT, 2 * _DOT, 2 * _DOT))
        self._paint_questions(painter, band, colours, opened)

    def _paint_questions(self, painter: QPainter, band: QRectF, colours: Colours, opened: OpenRecording) -> None:
        """Paint a small wedge under the band for each core question."""
        painter.setBrush(QColor(colours.accent if self.shows_levels else colours.ink))
        foot = min(band.bottom() + _WEDGE + 1, self.height() - 0.5)
        for asked in opened.questions:
            x = self._x(asked.at_s)
            corners = [QPointF(x, foot - _WEDGE), QPointF(x - _WEDGE * 0.7, foot), QPointF(x + _WEDGE * 0.7, foot)]
            painter.drawPolygon(QPolygonF(corners))

    def _paint_place(self, painter: QPainter, colours: Colours) -> None:
        """Paint the playback position, or the position under the mouse while dragging."""
        x = self._x(self._at_s if self._dragged_s is None else self._dragged_s)
        painter.fillRect(QRectF(min(x, self.width() - 2.0), 0, 2, self.height()), QColor(colours.ink))

    def _x(self, at_s: float) -> float:
        share = (at_s - self._from_s) / self._seconds if self._seconds > 0 else 0.0
        return min(1.0, max(0.0, share)) * (self.width() - 1)

    def _second(self, x: float) -> float:
        return self._from_s + min(1.0, max(0.0, x / max(1, self.width() - 1))) * self._seconds


def _paint_silent(painter: QPainter, place: QRectF, colour: QColor, kind: StretchKind) -> None:
    painter.setPen(QPen(colour, 1))
    painter.drawRect(place)
    painter.fillRect(place, QBrush(colour, _PATTERNS[kind]))
