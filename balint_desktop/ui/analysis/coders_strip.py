"""A strip along a text: how many coders coded anything at each place."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_LINES = 2


class CodersStrip(QWidget):
    """Higher where more coders coded. A place can be marked."""

    def __init__(self, identifier: str = "compare-strip") -> None:
        super().__init__()
        named(self, identifier, spoken=tr("How many coded where"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_text(0, (), 0)

    def show_text(self, length: int, stretches: tuple[tuple[int, int, int], ...], coders: int) -> None:
        """Show the stretches of a text of that length: from, until, and by how many."""
        self._length, self._stretches, self._coders = length, stretches, coders
        self._marked: tuple[int, int] | None = None
        all_of_them = sum(end - begin for begin, end, count in stretches if count == coders)
        any_of_them = sum(end - begin for begin, end, _ in stretches)
        words = tr("{all} of {any} coded characters were coded by all {n} coders.")
        self.setAccessibleDescription(words.format(all=all_of_them, any=any_of_them, n=coders) if length else "")
        self.setToolTip(self.accessibleDescription())
        self.setVisible(length > 0)
        self.update()

    def mark(self, begin: int, end: int) -> None:
        """Mark a passage."""
        self._marked = (begin, end)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, _LINES * self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = colours_now()
        painter = QPainter(self)
        width, height = float(self.width()), float(self.height())
        painter.fillRect(QRectF(0, 0, width, height), QColor(colours.track_left))
        scale = width / max(1, self._length)
        for begin, end, count in self._stretches:
            tall = height * count / max(1, self._coders)
            painter.fillRect(
                QRectF(begin * scale, height - tall, max(1.0, (end - begin) * scale), tall), QColor(colours.track_done)
            )
        if self._marked is not None:
            begin, end = self._marked
            painter.setPen(QColor(colours.ink))
            painter.drawRect(QRectF(begin * scale, 0, max(3.0, (end - begin) * scale), height - 1))
