"""When a turn begins and who speaks, beside its text: fields of the turn, never part of what can be typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.transcript.transcript import SEVERAL, Turn, WordKind
from balint_desktop.text import durations
from balint_desktop.text.transcripts import speaker_words
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.transcripts.lines import ShownLine
from balint_desktop.ui.widgets.naming import named

_ROOM = 8
_BAR = 3


class BesideGutter(Protocol):
    """The text beside it."""

    lines: list[ShownLine]

    def visible_blocks(self) -> Iterator[tuple[int, QTextBlock, QRectF]]:
        """Yield the blocks that are seen, with their numbers and where they are."""
        ...

    def textCursor(self) -> QTextCursor:
        """Return the cursor."""
        ...


class Gutter(QWidget):
    """Painted for the turns that are seen; the turn that the cursor is in has a bar."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget, beside: BesideGutter) -> None:
        super().__init__(parent)
        named(self, "transcript-gutter")
        self._beside = beside
        self._times = self._speakers = 0
        self.has_times = True
        self.measure()

    def measure(self) -> None:
        """Measure the columns for the font."""
        bold = QFont(self.font())
        bold.setBold(True)
        in_bold = QFontMetrics(bold)
        self._times = self.fontMetrics().horizontalAdvance("188:88") if self.has_times else 0
        self._speakers = max(in_bold.horizontalAdvance("P88"), in_bold.horizontalAdvance(speaker_words(SEVERAL)))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(_BAR + self._times + self._speakers + 3 * _ROOM, metrics.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for turn, _, place in self._seen():
            if place.top() <= event.position().y() < place.bottom():
                self.pressed.emit(turn)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = colours_now()
        painter = QPainter(self)
        bold = QFont(self.font())
        bold.setBold(True)
        clip = event.rect()
        here = self._beside.textCursor().blockNumber()
        ascent = self.fontMetrics().ascent()
        speaker_x = _BAR + _ROOM + self._times + _ROOM
        for turn, block, place in self._seen():
            if place.bottom() < clip.top() or place.top() > clip.bottom():
                continue
            line = block.layout().lineAt(0)
            y = place.top() + line.y() + (line.ascent() if line.isValid() else ascent)
            if block.blockNumber() == here:
                painter.fillRect(QRectF(0, place.top(), _BAR, place.height()), QColor(colours.accent))
            painter.setFont(self.font())
            painter.setPen(QColor(colours.quiet_ink))
            clock = durations.clock(turn.from_ms / 1000) if self.has_times else ""
            painter.drawText(
                QRectF(_BAR + _ROOM, y - ascent, self._times, 2 * ascent), Qt.AlignmentFlag.AlignRight, clock
            )
            if not is_withdrawn(turn):
                painter.setFont(bold)
                painter.setPen(QColor(colours.ink))
                painter.drawText(QPointF(speaker_x, y), speaker_words(turn.speaker))

    def _seen(self) -> Iterator[tuple[Turn, QTextBlock, QRectF]]:
        lines: Sequence[ShownLine] = self._beside.lines
        for number, block, place in self._beside.visible_blocks():
            turn = lines[number].turn if number < len(lines) else None
            if turn is not None:
                yield turn, block, place


def is_withdrawn(turn: Turn) -> bool:
    """Return whether all of a turn was withdrawn: then nothing says whose it was."""
    return bool(turn.words) and all(word.kind is WordKind.WITHDRAWN for word in turn.words)
