"""A layout that wraps widgets like words."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class FlowLayout(QLayout):
    """Lays widgets out from left to right and wraps at the available width.

    What is lower than its line stands in the middle of it, or `at_foot`, as a button beside a field with a label.
    Lines are `between_lines` apart, as widgets are if it is not given.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 10,
        *,
        between_lines: int | None = None,
        at_foot: bool = False,
    ) -> None:
        super().__init__(parent)
        self._at_foot = at_foot
        self._between_lines = spacing if between_lines is None else between_lines
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay_out(self, rect: QRect, *, move: bool) -> int:
        """Return the height of the items at a width; move them if asked to."""
        inside = rect.marginsRemoved(self.contentsMargins())
        y = inside.y()
        for line in self._lines(inside.width()):
            height = max(size.height() for _, size in line)
            x = inside.x()
            for item, size in line:
                if move:
                    lower = height - size.height()
                    above = lower if self._at_foot else lower // 2
                    item.setGeometry(QRect(QPoint(x, y + above), size))
                x += size.width() + self.spacing()
            y += height + self._between_lines
        return max(0, y - self._between_lines - rect.y()) + self.contentsMargins().bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the items with their sizes, in lines at a width."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(width, 1 << 20)).expandedTo(item.minimumSize())
            if not lines or left < size.width():
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= size.width() + self.spacing()
        return lines


def flow(*widgets: QWidget, spacing: int = 10, between_lines: int | None = None, at_foot: bool = False) -> QWidget:
    """Return a widget with the given ones in a flow layout."""
    holder = QWidget()
    layout = FlowLayout(holder, spacing, between_lines=between_lines, at_foot=at_foot)
    for widget in widgets:
        layout.addWidget(widget)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder
