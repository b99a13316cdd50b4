"""When a turn begins and who speaks, beside its text: fields of the turn, never part of what can be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.transcript.transcript import SEVERAL, Turn, WordKind
from balint_desktop.text import durations
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.transcripts import wording
from balint_desktop.ui.widgets.naming import named

if TYPE_CHECKING:
    from balint_desktop.ui.transcripts.text_edit import TranscriptEdit

_ROOM = 8
_BAR = 3


class Gutter(QWidget):
    """Painted for the turns that are seen; the turn that the cursor is in has a bar."""

    def __init__(self, edit: TranscriptEdit) -> None:
        super().__init__(edit)
        named(self, "transcript-gutter")
        self._edit = edit

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(_BAR + self._times_width() + self._speakers_width() + 3 * _ROOM, metrics.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, _, place in self._edit.visible_blocks():
            turn = self._edit.lines[number].turn if number < len(self._edit.lines) else None
            if turn is not None and place.top() <= event.position().y() < place.bottom():
                self._edit.go_to(turn.id)
                self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
                self._edit.pointed.emit(turn.from_ms)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_now()
        painter = QPainter(self)
        bold = QFont(self.font())
        bold.setBold(True)
        clip = event.rect()
        here = self._edit.textCursor().blockNumber()
        ascent = self.fontMetrics().ascent()
        speaker_x = _BAR + _ROOM + self._times_width() + _ROOM
        for number, block, place in self._edit.visible_blocks():
            turn = self._edit.lines[number].turn if number < len(self._edit.lines) else None
            if turn is None or place.bottom() < clip.top() or place.top() > clip.bottom():
                continue
            line = block.layout().lineAt(0)
            y = place.top() + line.y() + (line.ascent() if line.isValid() else ascent)
            if number == here:
                painter.fillRect(QRectF(0, place.top(), _BAR, place.height()), QColor(colours.accent))
            painter.setFont(self.font())
            painter.setPen(QColor(colours.quiet_ink))
            clock = durations.clock(turn.from_ms / 1000)
            left = _BAR + _ROOM + self._times_width() - self.fontMetrics().horizontalAdvance(clock)
            painter.drawText(QPointF(left, y), clock)
            if not is_withdrawn(turn):
                painter.setFont(bold)
                painter.setPen(QColor(colours.ink))
                painter.drawText(QPointF(speaker_x, y), wording.speaker(turn.speaker))

    def _times_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("188:88")

    def _speakers_width(self) -> int:
        bold = QFont(self.font())
        bold.setBold(True)
        metrics = QFontMetrics(bold)
        return max(metrics.horizontalAdvance("P88"), metrics.horizontalAdvance(wording.speaker(SEVERAL)))


def is_withdrawn(turn: Turn) -> bool:
    """Return whether all of a turn was withdrawn: then nothing says whose it was."""
    return bool(turn.words) and all(word.kind is WordKind.WITHDRAWN for word in turn.words)
