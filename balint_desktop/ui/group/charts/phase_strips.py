"""Sessions as strips of phases, planned above actual, for screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.domain.session.session_record import PhaseTimes
from balint_desktop.i18n import tr
from balint_desktop.ui.export.paper import paper_font
from balint_desktop.ui.theme.colours import Paper
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

# Measures in multiples of the font height, so that the chart scales with the text.
_ROW = 2.6
_PLANNED = 0.45
_ACTUAL = 1.0
_AXIS = 1.5
_LABEL = 9.0
_RIGHT = 2.5
_TOP = 0.4
_QUARTER_S = 15 * 60
_PAPER_POINT = 9.0


@dataclass(frozen=True, slots=True)
class SessionStrip:
    """One session: label, phases, planned length and actual end, in seconds of the session."""

    label: str
    phases: tuple[PhaseTimes, ...]
    planned_s: float
    ended_s: float | None


@dataclass(frozen=True, slots=True)
class StripStyle:
    """Colours of a strip chart: two alternating phase colours, planned phases, text, lines."""

    first: str
    second: str
    planned: str
    ink: str
    line: str


ON_PAPER = StripStyle(Paper.FIRST, Paper.SECOND, Paper.PLANNED, Paper.BLACK, Paper.LINE)


class PhaseStrips(QWidget):
    """The chart on the screen. Its accessible text is one sentence; the table beside it holds the data."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "phase-strips", spoken=tr("The phases of each session, planned above and actual below"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._strips: tuple[SessionStrip, ...] = ()

    def show_strips(self, strips: Sequence[SessionStrip]) -> None:
        """Show these sessions, one below another."""
        self._strips = tuple(strips)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(640, round(chart_height(len(self._strips), QFontMetricsF(self.font()).height())))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        c = colours_now()
        look = StripStyle(c.track_done, c.accent_soft, c.track_left, c.ink, c.line)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter, QRectF(self.rect()), self._strips, look)
        painter.end()


def chart_height(count: int, line: float) -> float:
    """Return the chart's height for a number of sessions, from the font's line height."""
    return line * (_TOP + count * _ROW + _AXIS)


def on_paper(strips: Sequence[SessionStrip], width: int, scale: float = 3.0) -> QImage:
    """Return the chart in greys for a page: width in 96ths of an inch, resolution multiplied by the scale."""
    font = paper_font(_PAPER_POINT)
    font.setPixelSize(round(_PAPER_POINT * 96 / 72 * scale))
    line = QFontMetricsF(font).height()
    image = QImage(round(width * scale), round(chart_height(len(strips), line)), QImage.Format.Format_RGB32)
    image.fill(QColor(Paper.WHITE))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    paint(painter, QRectF(image.rect()), strips, ON_PAPER)
    painter.end()
    return image


def paint(painter: QPainter, area: QRectF, strips: Sequence[SessionStrip], look: StripStyle) -> None:
    """Paint the chart into an area: one row per session, all on one scale of minutes."""
    line = QFontMetricsF(painter.font()).height()
    longest_s = max((max(one.planned_s, one.ended_s or 0.0) for one in strips), default=0.0)
    if longest_s <= 0:
        return
    band = QRectF(area.left() + line * _LABEL, area.top(), area.width() - line * (_LABEL + _RIGHT), area.height())
    per_second = band.width() / longest_s
    _axis(painter, band, longest_s, per_second, look)
    for number, one in enumerate(strips):
        top = area.top() + line * (_TOP + number * _ROW)
        painter.setPen(QColor(look.ink))
        label = QRectF(area.left(), top + line * _PLANNED, line * (_LABEL - 0.5), line * _ACTUAL)
        elided = painter.fontMetrics().elidedText(one.label, Qt.TextElideMode.ElideRight, int(label.width()))
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, elided)
        planned = QRectF(band.left(), top, per_second, line * (_PLANNED - 0.1))
        _planned(painter, planned, one, look)
        _actual(painter, QRectF(band.left(), top + line * (_PLANNED + 0.15), per_second, line * _ACTUAL), one, look)


def _axis(painter: QPainter, band: QRectF, longest_s: float, per_second: float, look: StripStyle) -> None:
    """Draw a line every 15 minutes with its minute below."""
    line = QFontMetricsF(painter.font()).height()
    foot = band.bottom() - line * _AXIS
    for quarter in range(int(longest_s // _QUARTER_S) + 1):
        x = band.left() + quarter * _QUARTER_S * per_second
        painter.setPen(QPen(QColor(look.line), max(1.0, line / 20)))
        painter.drawLine(round(x), round(band.top()), round(x), round(foot))
        painter.setPen(QColor(look.ink))
        words = tr("{n} min").format(n=quarter * 15) if quarter else "0"
        under = QRectF(x - line * 3, foot, line * 6, line * _AXIS)
        painter.drawText(under, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, words)


def _planned(painter: QPainter, second: QRectF, one: SessionStrip, look: StripStyle) -> None:
    """Draw the planned phases; `second` is the rectangle of the session's first second."""
    painter.setPen(QPen(QColor(look.ink), max(0.5, second.height() / 20)))
    painter.setBrush(QColor(look.planned))
    for phase in one.phases:
        painter.drawRect(_stretch(second, phase.planned_from_s, phase.planned_until_s))


def _actual(painter: QPainter, second: QRectF, one: SessionStrip, look: StripStyle) -> None:
    """Draw the actual phases; a label is drawn in full where it fits, or not at all."""
    room = QFontMetricsF(painter.font())
    for number, phase in enumerate(one.phases):
        if phase.from_s is None:
            continue
        box = _stretch(second, phase.from_s, phase.until_s if phase.until_s is not None else phase.from_s)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.second if number % 2 else look.first))
        painter.drawRect(box)
        if room.horizontalAdvance(phase.label) + room.height() / 2 <= box.width():
            painter.setPen(QColor(look.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, phase.label)


def _stretch(second: QRectF, from_s: float, until_s: float) -> QRectF:
    """Return the rectangle of a stretch; one of no duration gets a minimum width."""
    width = max(2.0, (until_s - from_s) * second.width())
    return QRectF(second.left() + from_s * second.width(), second.top(), width, second.height())
