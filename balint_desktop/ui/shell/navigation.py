"""The navigation column, and the lock button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button, show_on, when_chosen
from balint_desktop.ui.widgets.naming import named


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
        self._rows.setSpacing(4)
        # The lock's shortcut belongs to the window, so that it works while the navigation is hidden.
        self._lock = button(tr("Lock"), "lock", self.lock_asked.emit, ButtonKind.PLACE)
        self._lock.setToolTip(QKeySequence("Ctrl+L").toString(QKeySequence.SequenceFormat.NativeText))
        _stretch(self._lock)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 24, 12, 16)
        column.setSpacing(4)
        column.addLayout(self._rows)
        column.addStretch(1)
        column.addWidget(self._lock)

    def add(self, key: str, label: str, shortcut: str) -> None:
        """Add a place."""
        row = button(label, f"place-{key}", kind=ButtonKind.PLACE, shortcut=shortcut)
        row.setCheckable(True)
        when_chosen(row, lambda on: self._on_turned(key, on=on))
        row.clicked.connect(lambda: self._on_pressed(key))
        _stretch(row)
        self._group.addButton(row)
        self._buttons[key] = row
        self._rows.addWidget(row)
        _make_room(row)

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
