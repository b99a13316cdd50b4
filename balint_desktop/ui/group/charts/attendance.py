"""Attendance by code as a dot chart, on request and never in a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

# Measures in multiples of the font height.
_ROW = 1.6
_CODE = 3.0
_COLUMN = 3.2
_DOT = 0.42


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One participant: attendance per session, None if not a member then."""

    code: str
    there: tuple[bool | None, ...]


class AttendanceDots(QWidget):
    """Dot chart: filled for present, a ring for absent, nothing for not a member then."""

    def __init__(self) -> None:
        super().__init__()
        named(self, "attendance-dots", spoken=tr("Who attended which session: a dot for attended, a ring for absent"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sessions: tuple[str, ...] = ()
        self._rows: tuple[CodeRow, ...] = ()

    def show_rows(self, sessions: Sequence[str], rows: Sequence[CodeRow]) -> None:
        """Show these participants and sessions."""
        self._sessions, self._rows = tuple(sessions), tuple(rows)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self._line()
        wide = line * (_CODE + _COLUMN * len(self._sessions))
        return QSize(round(wide), round(line * _ROW * (len(self._rows) + 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._line() * _CODE * 2), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt hands it over
        c = colours_now()
        line, left = self._line(), self._line() * _CODE
        # With many sessions the dots move closer, so that all fit.
        step = min(line * _COLUMN, (self.width() - left) / max(1, len(self._sessions)))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(c.quiet_ink))
        for column, words in enumerate(self._sessions):
            head = QRectF(left + column * step, 0, step, line * _ROW)
            painter.drawText(head, Qt.AlignmentFlag.AlignCenter, words)
        for number, row in enumerate(self._rows, start=1):
            middle = line * _ROW * (number + 0.5)
            painter.setPen(QColor(c.ink))
            place = QRectF(0, middle - line, left, 2 * line)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.code)
            for column, there in enumerate(row.there):
                if there is not None:
                    painter.setPen(QPen(QColor(c.edge), max(1.5, line / 10)))
                    painter.setBrush(QColor(c.accent) if there else Qt.BrushStyle.NoBrush)
                    painter.drawEllipse(QPointF(left + (column + 0.5) * step, middle), line * _DOT, line * _DOT)
        painter.end()

    def _line(self) -> float:
        return QFontMetricsF(self.font()).height()
