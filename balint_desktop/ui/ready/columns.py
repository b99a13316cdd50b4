"""Two columns side by side, or one below the other where the text is large or the window narrow."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

_SPACING = 48
_STACKED_SPACING = 18


class TwoColumns(QWidget):
    """Two widgets of equal width. No part of either is ever out of sight to the right."""

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._parts = (left, right)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 8, 0, 8)
        self._box.addWidget(left, 1)
        self._box.addWidget(right, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._arrange(self.width())

    def minimumSizeHint(self) -> QSize:
        least = [part.minimumSizeHint() for part in self._parts]
        return QSize(max(size.width() for size in least), super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._arrange(width)
        return self._box.totalHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width())
        super().resizeEvent(event)

    def _arrange(self, width: int) -> None:
        fits = width >= 2 * max(part.minimumSizeHint().width() for part in self._parts) + _SPACING
        direction = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        if direction is not self._box.direction():
            self._box.setDirection(direction)
        self._box.setSpacing(_SPACING if fits else _STACKED_SPACING)
