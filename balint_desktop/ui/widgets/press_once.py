"""A double press presses once: a button ignores the second half, and no widget that came under it gets it either."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from balint_desktop.ui.widgets.scroll_keys import leaves_to_scrolling

_ON_PURPOSE = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.MouseFocusReason}


class KeyPresses:
    """Tells a key that is pressed twice in a row, wherever the focus has moved in between."""

    def __init__(self) -> None:
        self._last_ms = 0
        self._is_pressing = False

    def is_second(self, event: QKeyEvent) -> bool:
        """Return whether a press follows another as quickly as a double click does; remember this one."""
        before, self._last_ms = self._last_ms, event.timestamp()
        # An event that no keyboard has made has no time.
        return bool(event.timestamp() and before) and event.timestamp() - before < QApplication.doubleClickInterval()

    @contextmanager
    def pressing(self) -> Iterator[None]:
        """Run what a press does: Qt moves the focus on from a button that this hides as if by Tab."""
        self._is_pressing = True
        try:
            yield
        finally:
            self._is_pressing = False

    def focus_moved(self, reason: Qt.FocusReason) -> None:
        """Forget the last press where a person has gone to another widget since: the next one is meant."""
        if reason in _ON_PURPOSE and not self._is_pressing:
            self._last_ms = 0


# One for the process: there is one keyboard.
key_presses = KeyPresses()


class PressOnceButton(QPushButton):
    """A button that a double press presses once. One that `repeats`, such as +1 min, counts each press."""

    def __init__(self, words: str, *, repeats: bool = False) -> None:
        super().__init__(words)
        self.repeats = repeats
        self._is_second_due = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._is_second_due = True
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        is_second, self._is_second_due = self._is_second_due, False
        if is_second and not self.repeats:
            event.accept()
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not self.repeats and key_presses.is_second(event):
            event.accept()
        elif not leaves_to_scrolling(self, event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        with key_presses.pressing():
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        key_presses.focus_moved(event.reason())
        super().focusInEvent(event)


class SecondPressFilter(QObject):
    """Drops the second half of a double click where the first one has brought another widget under the pointer."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._pressed: QWidget | None = None
        self._pressed_before: QWidget | None = None

    def watch(self) -> None:
        """Watch the window's mouse events; call once it has been shown."""
        handle = self._window.windowHandle()
        if handle is not None:
            # Installed twice, a filter is moved to the front and still called once.
            handle.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed_before, self._pressed = self._pressed, self._under(event)
            elif event.type() == QEvent.Type.MouseButtonDblClick:
                # Qt announces the second half as a press as well, which no widget gets.
                return self._pressed is not self._pressed_before
        return super().eventFilter(watched, event)

    def _under(self, event: QMouseEvent) -> QWidget | None:
        return self._window.childAt(event.position().toPoint())
