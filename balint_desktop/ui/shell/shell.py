"""The main window: places, one gate before them, the room alone."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from balint_desktop.i18n import tr
from balint_desktop.ui.shell.banner import Banner
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.navigation import Navigation
from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.undo import UNDO_KEY
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import HELP_ACTION
from balint_desktop.ui.widgets.enter_escape import press_enter, press_escape
from balint_desktop.ui.widgets.lifetime import is_alive
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.press_once import SecondPressFilter, key_presses
from balint_desktop.ui.widgets.tab_order import follow_layout

LOCK_KEY = "Ctrl+L"
HELP_KEY = "F1"
_SIZE = QSize(1280, 720)
_DIGITS = 10


class PlaceKey(StrEnum):
    """The places, in the order of their shortcuts, from Ctrl+1, and of the navigation.

    The last three are listed only where there is something in them, and no other's shortcut changes for them: the
    transcripts, below the recordings, the session, and the analysis, whose key is Ctrl+0.
    """

    TODAY = "today"
    GROUPS = "groups"
    LOG = "log"
    RECORDINGS = "recordings"
    PATH = "path"
    SETTINGS = "settings"
    HELP = "help"
    TRANSCRIPTS = "transcripts"
    SESSION = "session"
    ANALYSIS = "analysis"


class Shell(QMainWindow):
    """The main window. It identifies places by key and builds each when first shown.

    Three states: a gate (first start or unlock) with nothing else to reach; the places; the room alone
    while a session runs.
    """

    lock_asked = Signal()
    undo_asked = Signal()
    help_asked = Signal(str)
    """Help is wanted: a page of it, or that of the current place where empty."""
    place_shown = Signal(str)

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "window")
        self.setWindowTitle(tr("Balint Desktop"))
        self.may_close: Callable[[], bool] = lambda: True
        self.may_show: Callable[[PlaceKey], bool] = lambda _: True
        self._builders: dict[PlaceKey, Callable[[], Place]] = {}
        self._reserved: dict[PlaceKey, str] = {}
        self._places: dict[PlaceKey, Place] = {}
        self._gate: QWidget | None = None
        self._cover: Place | None = None
        self._focus_below: QWidget | None = None
        self._current: PlaceKey | None = None
        self._session_runs = False
        self._navigation = Navigation()
        self._navigation.chosen.connect(self.show_place)
        self._navigation.lock_asked.connect(self.lock_asked)
        self._stack = _Stack()
        self._banner_frame = QWidget()
        self._banner_frame.hide()
        # Before the banner, so that it is visible when the banner is announced.
        messages.shown.connect(self._banner_frame.show)
        messages.cleared.connect(self._banner_frame.hide)
        self._messages = messages
        self.banner = Banner(messages)
        self._second_press = SecondPressFilter(self)
        self._build()
        self._lock = self._add_key(tr("Lock"), LOCK_KEY, self.lock_asked)
        self._undo = self._add_key(tr("Undo"), UNDO_KEY, self.undo_asked)
        self._add_help()
        # Without a size, Qt shows a window at two thirds of the screen at most: too little on a small one.
        self.resize(_SIZE.boundedTo(self.screen().availableSize()))

    def add_place(self, key: PlaceKey, label: str, build: Callable[[], Place], below: PlaceKey | None = None) -> None:
        """Add a place, at the end or below another one; it is built when first shown."""
        self._builders[key] = build
        self._list(key, label, below)

    def reserve_place(self, key: PlaceKey, label: str) -> None:
        """Name a place that is listed only while `replace_place` has put one there."""
        self._reserved[key] = label

    def remove_places(self) -> None:
        """Close and remove every place."""
        self.close_places()
        self._builders.clear()
        self._reserved.clear()
        self._navigation.clear()

    def close_places(self, keep: PlaceKey | None = None) -> None:
        """Close every place but one, so that none of their contents remain; each is rebuilt when needed."""
        for key in [key for key in self._places if key is not keep]:
            self._close(key)

    def show_place(self, key: str) -> None:
        """Show a place."""
        wanted = PlaceKey(key)
        if (wanted not in self._builders and wanted not in self._places) or not self.may_show(wanted):
            return
        if wanted is not self._current:
            self._messages.leave_page()
        self.remove_cover()
        self._leave()
        self._drop_gate()
        if wanted not in self._places:
            self._places[wanted] = self._builders[wanted]()
            self._stack.addWidget(self._places[wanted])
        self._current = wanted
        place = self._places[wanted]
        self._navigation.show_current(wanted.value)
        self._stack.setCurrentWidget(place)
        self._show_navigation()
        place.enter_view()
        follow_layout(self._navigation)
        _focus(place)
        self.place_shown.emit(wanted.value)

    def replace_place(self, key: PlaceKey, place: Place) -> None:
        """Show a place that was built elsewhere, replacing the one with that key."""
        self._close(key)
        if key in self._reserved:
            self._list(key, self._reserved[key])
        self._places[key] = place
        self._stack.addWidget(place)
        self.show_place(key)

    def show_gate(self, gate: QWidget) -> None:
        """Show a page alone, without access to the places."""
        self._messages.leave_page()
        self.remove_cover()
        self._leave()
        self._drop_gate()
        self._gate = gate
        self._stack.addWidget(gate)
        self._stack.setCurrentWidget(gate)
        self._show_navigation()
        if isinstance(gate, Place):
            gate.enter_view()
            _focus(gate)

    def show_cover(self, page: Place) -> None:
        """Show a page over the current place or gate, which stays as it is until the cover is removed."""
        self.remove_cover()
        self._focus_below = self.focusWidget()
        self._cover = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.enter_view()
        _focus(page)

    def remove_cover(self) -> None:
        """Show again what is below the cover, with the focus where it was."""
        if self._cover is None:
            return
        cover, self._cover = self._cover, None
        cover.leave_view()
        below = self._gate if self._gate is not None else self._places.get(self._current) if self._current else None
        if below is not None:
            self._stack.setCurrentWidget(below)
        self._stack.removeWidget(cover)
        cover.deleteLater()
        focus, self._focus_below = self._focus_below, None
        if focus is not None and is_alive(focus) and focus.isVisible():
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_session_running(self, runs: bool) -> None:
        """Hide the other places while a session runs, or show them again."""
        self._session_runs = runs
        # In the room the same shortcut undoes a step.
        self._undo.setEnabled(not runs)
        if runs:
            self._show_navigation()
        else:
            # Beside the page that comes next: the room has the whole width, and both would widen the window.
            QTimer.singleShot(0, self, self._show_navigation)

    def set_can_lock(self, can_lock: bool) -> None:
        """Show the lock button, or hide it if there is nothing to lock."""
        self._lock.setEnabled(can_lock)
        self._navigation.set_can_lock(can_lock)

    def refresh(self) -> None:
        """Refresh the current place."""
        if self._current is not None:
            self._places[self._current].enter_view()

    @property
    def current(self) -> PlaceKey | None:
        """The current place, None at a gate."""
        return self._current

    @property
    def gate(self) -> QWidget | None:
        """The current gate, None while places are shown."""
        return self._gate

    @property
    def cover(self) -> Place | None:
        """The page over the current place or gate, None without one."""
        return self._cover

    def place(self, key: PlaceKey) -> Place | None:
        """Return a place that was built already."""
        return self._places.get(key)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.may_close():
            self._leave()
            event.accept()
        else:
            event.ignore()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._second_press.watch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter and Escape where no widget wanted them. A key that is held down presses nothing again."""
        enter = partial(self._on_enter, event)
        acts: dict[Qt.Key, Callable[[], bool]] = {
            Qt.Key.Key_Return: enter,
            Qt.Key.Key_Enter: enter,
            Qt.Key.Key_Escape: self._on_escape,
        }
        act = acts.get(Qt.Key(event.key()))
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if act is None or not plain or event.isAutoRepeat() or not act():
            super().keyPressEvent(event)

    def _on_enter(self, event: QKeyEvent) -> bool:
        if key_presses.is_second(event):
            return True
        with key_presses.pressing():
            return press_enter(self.focusWidget())

    def _on_escape(self) -> bool:
        return press_escape(self._stack.currentWidget(), self.focusWidget())

    def _build(self) -> None:
        centre = QWidget()
        row = layouts.row(centre, 0)
        column = QVBoxLayout()
        column.setSpacing(0)
        around = QVBoxLayout(self._banner_frame)
        around.setContentsMargins(32, 16, 32, 0)
        around.addWidget(self.banner)
        column.addWidget(self._banner_frame)
        column.addWidget(self._stack, 1)
        row.addWidget(self._navigation)
        row.addLayout(column, 1)
        self.setCentralWidget(centre)

    def _add_key(self, words: str, key: str, asked: SignalInstance) -> QAction:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        # A key that is held down undoes one act, not twenty.
        action.setAutoRepeat(False)
        action.triggered.connect(lambda: asked.emit())  # noqa: PLW0108  Qt would pass `checked`
        self.addAction(action)
        return action

    def _add_help(self) -> None:
        """Add the action of the key for Help and of each *Learn more*, which asks for a page by its data."""
        asked = QAction(tr("Help"), self)
        asked.setObjectName(HELP_ACTION)
        asked.setShortcut(QKeySequence(HELP_KEY))
        asked.setAutoRepeat(False)
        asked.triggered.connect(lambda: self._on_help(asked))
        self.addAction(asked)

    def _on_help(self, asked: QAction) -> None:
        page = asked.data()
        asked.setData(None)
        self.help_asked.emit(page or "")

    def _show_navigation(self) -> None:
        self._navigation.setVisible(self._gate is None and not self._session_runs)

    def _close(self, key: PlaceKey) -> None:
        place = self._places.pop(key, None)
        if place is None:
            return
        if key is self._current:
            place.leave_view()
            self._current = None
        if key in self._reserved:
            self._navigation.remove(key.value)
        self._stack.removeWidget(place)
        place.deleteLater()

    def _list(self, key: PlaceKey, label: str, below: PlaceKey | None = None) -> None:
        shortcut = f"Ctrl+{(list(PlaceKey).index(key) + 1) % _DIGITS}"
        self._navigation.add(key.value, label, shortcut, below.value if below is not None else "")

    def _leave(self) -> None:
        if self._current is not None:
            self._places[self._current].leave_view()
            self._current = None

    def _drop_gate(self) -> None:
        if self._gate is not None:
            if isinstance(self._gate, Place):
                self._gate.leave_view()
            self._stack.removeWidget(self._gate)
            self._gate.deleteLater()
            self._gate = None


class _Stack(QStackedWidget):
    """Pages of which the one in view alone says how little room it needs; Qt asks the hidden ones, too."""

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()


def _focus(place: Place) -> None:
    """Focus the place's first widget."""
    first = place.first_focus()
    if first is not None:
        first.setFocus(Qt.FocusReason.OtherFocusReason)
