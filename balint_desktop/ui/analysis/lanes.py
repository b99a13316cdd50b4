"""Codings beside a text: a bar for each in its lane, in its code's colour and with its code's letter."""

from __future__ import annotations

from bisect import bisect_right
from operator import attrgetter
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.analysis.positions import TextPlaces
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_begin = attrgetter("begin")
_BAR = 5
_GAP = 3
# More lanes than this share the last one's place: a margin is no page.
_MOST = 8


class BesideLanes(Protocol):
    """The text beside the lanes."""

    places: TextPlaces


class Lanes(QWidget):
    """Painted for what is seen. A click takes a coding in hand."""

    chosen = Signal(str)

    def __init__(self, sitting: CodingSitting, beside: QPlainTextEdit, places: BesideLanes) -> None:
        super().__init__(beside)
        named(self, "code-lanes")
        self._sitting, self._beside, self._places = sitting, beside, places

    def sizeHint(self) -> QSize:
        lanes = max(1, min(_MOST, self._sitting.lanes))
        return QSize(lanes * self._lane_width() + _GAP, self.fontMetrics().height())

    def _lane_width(self) -> int:
        return _BAR + _GAP + self.fontMetrics().horizontalAdvance("W" * self._sitting.most_letters) + _GAP

    def seen(self) -> list[tuple[Coding, QRectF]]:
        """Return the codings that are seen, with where their bars are."""
        first = self._beside.firstVisibleBlock()
        if not first.isValid():
            return []
        last = self._beside.cursorForPosition(QPoint(0, self.height() - 1)).block()
        low = self._places.places.from_qt(first.position())
        high = self._places.places.from_qt(last.position() + last.length())
        wide, found = self._lane_width(), []
        codings = self._sitting.codings
        for one in codings[: bisect_right(codings, high, key=_begin)]:
            if one.end >= low:
                top = self._edge(one.begin, is_top=True) if one.begin >= low else 0.0
                bottom = self._edge(one.end, is_top=False) if one.end <= high else float(self.height())
                lane = min(_MOST - 1, self._sitting.lane(one.guid))
                found.append((one, QRectF(_GAP + lane * wide, top + 1, wide - _GAP, max(2.0, bottom - top - 2))))
        _part_bars(found)
        return [(one, bar) for one, bar in found if bar.bottom() > 0 and bar.top() < self.height()]

    def letter_tops(self, seen: list[tuple[Coding, QRectF]]) -> dict[str, float]:
        """Return where the letter of each coding begins, by guid: none stands on another of its lane.

        It is lower where its bar has room for that, and left out elsewhere: the bar is seen, and says its name.
        """
        high = self.fontMetrics().ascent()
        tops: dict[str, float] = {}
        taken: dict[float, list[float]] = {}
        # The coding in hand has its letter before others.
        for one, bar in sorted(seen, key=lambda each: each[0].guid != self._sitting.current):
            others = taken.setdefault(bar.left(), [])
            top = first = max(bar.top(), 0.0)
            while over := [other for other in others if abs(other - top) < high]:
                top = max(over) + high
            if top == first or top + high <= bar.bottom():
                others.append(top)
                tops[one.guid] = top
        return tops

    def _edge(self, place: int, *, is_top: bool) -> float:
        """Return where the line of a place begins or ends."""
        position = self._places.places.to_qt(place)
        block: QTextBlock = self._beside.document().findBlock(position)
        at = self._beside.blockBoundingGeometry(block).translated(self._beside.contentOffset()).top()
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return at
        return at + line.y() + (0.0 if is_top else line.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = colours_now()
        by_code = {code.guid: code.colour for code in self._sitting.book.codes}
        painter = QPainter(self)
        plain, bold = self.font(), self.font()
        bold.setBold(True)
        ascent = self.fontMetrics().ascent()
        seen = self.seen()
        tops = self.letter_tops(seen)
        # The one in hand is not hidden by others.
        for one, bar in sorted(seen, key=lambda each: each[0].guid == self._sitting.current):
            in_hand = one.guid == self._sitting.current
            place = QRectF(bar.left(), bar.top(), _BAR + (2 if in_hand else 0), bar.height())
            painter.fillRect(place, QColor(by_code.get(one.code, colours.edge)))
            # No colour alone: an outline on whatever look, and the letter.
            painter.setPen(QPen(QColor(colours.ink if in_hand else colours.edge), 1))
            painter.drawRect(place)
            if one.guid in tops:
                painter.setPen(QColor(colours.ink))
                painter.setFont(bold if in_hand else plain)
                at = QPoint(round(place.right()) + _GAP, round(tops[one.guid]) + ascent)
                painter.drawText(at, self._sitting.letter(one.code))

    def _at(self, point: QPoint) -> Coding | None:
        found = [one for one, bar in self.seen() if bar.adjusted(-_GAP, 0, 0, 0).contains(point)]
        return found[-1] if found else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self._at(event.position().toPoint())
        if one is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(one.guid)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self._at(event.pos())
            name = next((code.name for code in self._sitting.book.codes if one and code.guid == one.code), "")
            QToolTip.showText(event.globalPos(), name, self)
            return True
        return super().event(event)


def _part_bars(found: list[tuple[Coding, QRectF]]) -> None:
    """Part the bars of a lane that meet in one line: where one passage ends there, and the next begins."""
    last: dict[float, tuple[Coding, QRectF]] = {}
    for one, bar in found:
        before = last.get(bar.left())
        if before is not None and before[0].end <= one.begin and bar.top() < before[1].bottom():
            middle = (max(before[1].top(), bar.top()) + min(before[1].bottom(), bar.bottom())) / 2
            before[1].setBottom(middle - 0.5)
            bar.setTop(middle + 0.5)
        last[bar.left()] = (one, bar)
