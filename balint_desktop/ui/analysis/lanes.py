"""Codings beside a text: a bar for each in its lane, in its code's colour and with its code's letter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Protocol

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QTextBlock
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.i18n import tr, tr_n
from balint_desktop.text.lists import listed
from balint_desktop.ui.analysis.coding_sitting import CodingSitting
from balint_desktop.ui.analysis.positions import TextPlaces
from balint_desktop.ui.theme.theme import colours_now
from balint_desktop.ui.widgets.naming import named

_begin = attrgetter("begin")
_BAR = 5
_GAP = 3
# A margin is no page: at most so many columns, and no more than this share of the text's width.
_MOST, _FEWEST = 8, 2
_SHARE = 0.35
_MOST_NAMED = 12


class BesideLanes(Protocol):
    """The text beside the lanes."""

    places: TextPlaces


@dataclass(frozen=True, slots=True)
class WithoutBar:
    """Codings that have no bar of their own, as there are more at one place than columns; and where that is said."""

    codings: tuple[Coding, ...]
    place: QRectF


class Lanes(QWidget):
    """Painted for what is seen. A click takes a coding in hand.

    Where there are more lanes than columns, the last column says how many codings have no bar, as “+3”; a click on it
    takes one after the other in hand, and that one has a bar there.
    """

    chosen = Signal(str)

    def __init__(self, sitting: CodingSitting, beside: QPlainTextEdit, places: BesideLanes) -> None:
        super().__init__(beside)
        named(self, "code-lanes")
        self._sitting, self._beside, self._places = sitting, beside, places

    # --- columns ---

    def sizeHint(self) -> QSize:
        lanes = max(1, min(self._columns(), self._sitting.lanes))
        more = self._more_width() if self._has_more else 0
        return QSize(lanes * self._lane_width() + more + _GAP, self.fontMetrics().height())

    def _lane_width(self) -> int:
        return _BAR + _GAP + self.fontMetrics().horizontalAdvance("W" * self._sitting.most_letters) + _GAP

    def _more_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("+99") + _GAP

    def _columns(self) -> int:
        room = int(self._beside.width() * _SHARE) // self._lane_width()
        return min(_MOST, max(_FEWEST, room))

    @property
    def _has_more(self) -> bool:
        return self._sitting.lanes > self._columns()

    @property
    def _bars(self) -> int:
        """How many lanes have bars: all, or all columns but the last."""
        return self._columns() - 1 if self._has_more else self._sitting.lanes

    # --- what is seen ---

    def seen(self) -> list[tuple[Coding, QRectF]]:
        """Return the codings that are seen, with where their bars are."""
        return self._measure()[0]

    def without_bar(self) -> list[WithoutBar]:
        """Return the codings at places that are seen which have no bar of their own."""
        return self._measure()[1]

    def _measure(self) -> tuple[list[tuple[Coding, QRectF]], list[WithoutBar]]:
        bars, width = self._bars, self._lane_width()
        found: list[tuple[Coding, QRectF]] = []
        others: list[tuple[Coding, QRectF]] = []
        for one, top, bottom in self._in_view():
            lane = self._sitting.lane(one.guid)
            left = float(_GAP + min(lane, bars) * width)
            bar = QRectF(left, top + 1, width - _GAP, max(2.0, bottom - top - 2))
            (found if lane < bars else others).append((one, bar))
        groups = _grouped(others)
        # One alone has the last column to itself.
        found += [(group.codings[0], group.place) for group in groups if len(group.codings) == 1]
        groups = [group for group in groups if len(group.codings) > 1 and group.place.bottom() > 0]
        _part_bars(found)
        hidden = {one.guid for group in groups for one in group.codings}
        in_hand = [(one, bar) for one, bar in others if one.guid == self._sitting.current and one.guid in hidden]
        seen = [(one, bar) for one, bar in (*found, *in_hand) if bar.bottom() > 0 and bar.top() < self.height()]
        return seen, groups

    def _in_view(self) -> list[tuple[Coding, float, float]]:
        """Return the codings of the lines that are seen, with where each begins and ends there."""
        first = self._beside.firstVisibleBlock()
        if not first.isValid():
            return []
        last = self._beside.cursorForPosition(QPoint(0, self.height() - 1)).block()
        low = self._places.places.from_qt(first.position())
        high = self._places.places.from_qt(last.position() + last.length())
        codings = self._sitting.codings
        found = []
        for one in codings[: bisect_right(codings, high, key=_begin)]:
            if one.end >= low:
                top = self._edge(one.begin, is_top=True) if one.begin >= low else 0.0
                bottom = self._edge(one.end, is_top=False) if one.end <= high else float(self.height())
                found.append((one, top, bottom))
        return found

    def _edge(self, place: int, *, is_top: bool) -> float:
        """Return where the line of a place begins or ends."""
        position = self._places.places.to_qt(place)
        block: QTextBlock = self._beside.document().findBlock(position)
        at = self._beside.blockBoundingGeometry(block).translated(self._beside.contentOffset()).top()
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():
            return at
        return at + line.y() + (0.0 if is_top else line.height())

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

    # --- words ---

    def count_words(self, group: WithoutBar) -> str:
        """Return how many codings of a group have no bar now: that in hand has one."""
        hidden = [one for one in group.codings if one.guid != self._sitting.current]
        return f"+{len(hidden)}" if hidden else ""

    def describe(self) -> None:
        """Say which codes have passages without a bar, for whoever does not see the marks."""
        # Measured once: at each key there are hundreds of codings.
        bars = self._bars
        hidden = _overlapping([one for one in self._sitting.codings if self._sitting.lane(one.guid) >= bars])
        if not hidden:
            self.setAccessibleDescription("")
            return
        words = tr_n(
            "{n} passage has no bar of its own: {codes}.",
            "{n} passages have no bar of their own: {codes}.",
            len(hidden),
        )
        where = tr("At the cursor, “This passage” lists all.")
        self.setAccessibleDescription(f"{words.format(n=len(hidden), codes=self._names(hidden))} {where}")

    def _names(self, codings: Sequence[Coding]) -> str:
        by_guid = {code.guid: code.name for code in self._sitting.book.codes}
        names = list(dict.fromkeys(by_guid.get(one.code, "") for one in codings))
        return listed([*names[:_MOST_NAMED], "…"] if len(names) > _MOST_NAMED else names)

    # --- painting ---

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours = colours_now()
        by_code = {code.guid: code.colour for code in self._sitting.book.codes}
        painter = QPainter(self)
        plain, bold = self.font(), self.font()
        bold.setBold(True)
        ascent = self.fontMetrics().ascent()
        seen, without = self._measure()
        for group in without:
            self._paint_group(painter, group)
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

    def _paint_group(self, painter: QPainter, group: WithoutBar) -> None:
        """Paint a bracket along codings that have no bar, and how many they are."""
        colours, place = colours_now(), group.place
        painter.setPen(QPen(QColor(colours.quiet_ink), 1))
        painter.drawPolyline(
            [
                QPoint(round(place.left()) + _BAR, round(place.top())),
                QPoint(round(place.left()), round(place.top())),
                QPoint(round(place.left()), round(place.bottom())),
                QPoint(round(place.left()) + _BAR, round(place.bottom())),
            ]
        )
        painter.setPen(QColor(colours.ink))
        has_letter = any(one.guid == self._sitting.current for one in group.codings)
        left = place.left() + (self._lane_width() if has_letter else _BAR + _GAP)
        top = max(place.top(), 0.0) + self.fontMetrics().ascent()
        painter.drawText(QPoint(round(left), round(top)), self.count_words(group))

    # --- pointing ---

    def _at(self, point: QPoint) -> Coding | None:
        found = [one for one, bar in self.seen() if bar.adjusted(-_GAP, 0, 0, 0).contains(point)]
        return found[-1] if found else None

    def _group_at(self, point: QPoint) -> WithoutBar | None:
        return next(
            (one for one in self.without_bar() if one.place.adjusted(-_GAP, 0, self._more_width(), 0).contains(point)),
            None,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        point = event.position().toPoint()
        group, one = self._group_at(point), self._at(point)
        if group is not None:
            order = [each.guid for each in group.codings]
            current = self._sitting.current
            self.chosen.emit(order[(order.index(current) + 1) % len(order)] if current in order else order[0])
        elif one is not None:
            self.chosen.emit(one.guid)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            group, one = self._group_at(event.pos()), self._at(event.pos())
            codings = group.codings if group is not None else ([one] if one is not None else [])
            QToolTip.showText(event.globalPos(), self._names(codings), self)
            return True
        return super().event(event)


def _overlapping(codings: Sequence[Coding]) -> list[Coding]:
    """Return those that overlap with another, of codings in the order of the text."""
    found: list[Coding] = []
    furthest = 0
    for at, one in enumerate(codings):
        meets_next = at + 1 < len(codings) and codings[at + 1].begin < one.end
        if one.begin < furthest or meets_next:
            found.append(one)
        furthest = max(furthest, one.end)
    return found


def _grouped(found: Sequence[tuple[Coding, QRectF]]) -> list[WithoutBar]:
    """Return bars that would lie on one another or in one line, as groups down the text."""
    groups: list[WithoutBar] = []
    for one, bar in sorted(found, key=lambda each: each[1].top()):
        if groups and bar.top() < groups[-1].place.bottom():
            before = groups.pop()
            groups.append(WithoutBar((*before.codings, one), before.place.united(bar)))
        else:
            groups.append(WithoutBar((one,), bar))
    return groups


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
