"""The navigation column, and the lock button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, show_on, when_chosen
from balint_desktop.ui.widgets.key_names import key_name
from balint_desktop.ui.widgets.naming import named


@dataclass(frozen=True, slots=True)
class _Space:
    """The pixels above, between and below the rows."""

    above: int
    between: int
    below: int


_SIDE = 12
_WIDE, _TIGHT = _Space(24, 4, 16), _Space(4, 0, 4)


class Navigation(QFrame):
    """The column of places."""

    chosen = Signal(str)
    lock_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "navigation", spoken=tr("Places"))
        self.setProperty("kind", "navigation")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._turned = ""
        self._rows = QVBoxLayout()
        # The lock's shortcut belongs to the window, so that it works while the navigation is hidden.
        self._lock = button(tr("Lock"), "lock", self.lock_asked.emit, ButtonKind.PLACE)
        self._lock.setToolTip(key_name("Ctrl+L"))
        _stretch(self._lock)
        self._column = QVBoxLayout(self)
        # The column is laid out tighter before the window would have to be taller than its screen.
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)
        self._column.addWidget(self._lock)
        self._space(_WIDE)

    def add(self, key: str, label: str, shortcut: str, below: str = "") -> None:
        """Add a place, at the end or below the one with that key."""
        row = button(label, f"place-{key}", kind=ButtonKind.PLACE, shortcut=shortcut)
        row.setCheckable(True)
        when_chosen(row, lambda on: self._on_turned(key, on=on))
        row.clicked.connect(lambda: self._on_pressed(key))
        _stretch(row)
        self._group.addButton(row)
        self._buttons[key] = row
        above = self._buttons.get(below)
        self._rows.insertWidget(self._rows.indexOf(above) + 1 if above is not None else -1, row)
        _make_room(row)
        self._follow_rows()

    def _follow_rows(self) -> None:
        """Let a screen reader go through the places as they are seen, whichever was added last."""
        rows = [item.widget() for at in range(self._rows.count()) if (item := self._rows.itemAt(at)) is not None]
        for row in (*rows, self._lock):
            if row is not None:
                row.raise_()

    def clear(self) -> None:
        """Remove all places."""
        for key in list(self._buttons):
            self.remove(key)

    def remove(self, key: str) -> None:
        """Remove a place."""
        row = self._buttons.pop(key, None)
        if row is not None:
            self._group.removeButton(row)
            layouts.discard(self._rows, row)

    def show_current(self, key: str) -> None:
        """Mark the current place."""
        show_on(self._buttons[key], True)

    def _on_turned(self, key: str, *, on: bool) -> None:
        if on:
            self._turned = key
            self.chosen.emit(key)

    def _on_pressed(self, key: str) -> None:
        """Refresh the current place if pressed again: the button is checked already and emits no toggle."""
        turned, self._turned = self._turned, ""
        if turned != key:
            self.chosen.emit(key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(tr("Places"))
            self._lock.setText(tr("Lock"))
        if event.type() == QEvent.Type.StyleChange:
            for row in self._buttons.values():
                _make_room(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space(_WIDE if self.height() >= self._needed(_WIDE) else _TIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width(), self._needed(_TIGHT))

    def _width(self) -> int:
        rows = (*self._buttons.values(), self._lock)
        return max(row.minimumSizeHint().expandedTo(row.minimumSize()).width() for row in rows) + 2 * _SIDE

    def _needed(self, space: _Space) -> int:
        rows = [row for row in (*self._buttons.values(), self._lock) if not row.isHidden()]
        return sum(row.sizeHint().height() + space.between for row in rows) + space.above + space.below

    def _space(self, space: _Space) -> None:
        self._column.setContentsMargins(_SIDE, space.above, _SIDE, space.below)
        self._column.setSpacing(space.between)
        self._rows.setSpacing(space.between)

    def set_can_lock(self, can_lock: bool) -> None:
        """Show or hide the lock button."""
        self._lock.setVisible(can_lock)


def _make_room(row: QPushButton) -> None:
    """Reserve the width of bold text: the style sheet's size hint does not."""
    row.setMinimumWidth(0)
    row.ensurePolished()
    bold = QFont(row.font())
    bold.setBold(True)
    wider = QFontMetrics(bold).horizontalAdvance(row.text()) - row.fontMetrics().horizontalAdvance(row.text())
    row.setMinimumWidth(row.sizeHint().width() + max(0, wider))


def _stretch(row: QPushButton) -> None:
    row.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
