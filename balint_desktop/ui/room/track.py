"""The phase line: past, current, to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.room.view import Segment
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_BAR = 8
_GAP = 4
_UNDER = 6


class PhaseLine(QWidget):
    """A painted line of phases. A screen reader hears one sentence: which phase of how many."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "track", spoken=tr("Phases"))
        self._segments: tuple[Segment, ...] = ()
        self._labelled = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_segments(self, segments: tuple[Segment, ...]) -> None:
        """Show the current phases."""
        if segments == self._segments:
            return
        self._segments = segments
        at = next((i for i, s in enumerate(segments) if s.is_now), 0)
        spoken = tr("Phase {n} of {count}: {label}")
        self.setAccessibleName(spoken.format(n=at + 1, count=len(segments), label=segments[at].label))
        self.update()

    def set_labelled(self, *, labelled: bool) -> None:
        """Label the phases, or show the line alone where there is little room."""
        if labelled != self._labelled:
            self._labelled = labelled
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, round(_BAR + _UNDER + self.fontMetrics().height()) if self._labelled else _BAR)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for segment in self._segments:
            self._paint_bar(painter, segment)
        if self._labelled:
            self._paint_labels(painter)
        painter.end()

    def _span(self, segment: Segment) -> tuple[float, float]:
        left = segment.from_share * self.width()
        right = segment.until_share * self.width() - (_GAP if segment.until_share < 1 else 0)
        return left, max(left + _BAR, right)

    def _paint_bar(self, painter: QPainter, segment: Segment) -> None:
        colours = colours_now()
        left, right = self._span(segment)
        bar = QRectF(left, 0, right - left, _BAR)
        painter.setBrush(QColor(colours.track_left))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if segment.done > 0:
            painter.setBrush(QColor(colours.accent if segment.is_now else colours.track_done))
            painter.drawRoundedRect(QRectF(left, 0, max(_BAR, bar.width() * segment.done), _BAR), _BAR / 2, _BAR / 2)

    def _paint_labels(self, painter: QPainter) -> None:
        """Paint the labels that fit under their own phase. The current phase is always labelled: others give way."""
        colours = colours_now()
        plain, bold = self.font(), QFont(self.font())
        plain.setPointSizeF(plain.pointSizeF() * 0.9)
        bold.setPointSizeF(plain.pointSizeF())
        bold.setBold(True)
        now = next((s for s in self._segments if s.is_now), None)
        taken: list[tuple[float, float]] = []
        for segment in sorted(self._segments, key=lambda s: not s.is_now):
            font = bold if segment is now else plain
            wide = QFontMetricsF(font).horizontalAdvance(segment.label)
            left, right = self._span(segment)
            if segment is not now and wide > right - left + _GAP:
                continue
            left = max(0.0, min(left, self.width() - wide))
            if any(left < other_right + 10 and left + wide + 10 > other_left for other_left, other_right in taken):
                continue
            taken.append((left, left + wide))
            painter.setFont(font)
            painter.setPen(QColor(colours.ink if segment is now else colours.quiet_ink))
            high = self.height() - _BAR - _UNDER
            painter.drawText(QRectF(left, _BAR + _UNDER, wide + 2, high), Qt.AlignmentFlag.AlignVCenter, segment.label)
