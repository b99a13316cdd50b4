"""The shell: places by shortcut, one gate, the room alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QPushButton
from qt_events import process_events

from balint_desktop.ui.shell.place import Place
from balint_desktop.ui.shell.shell import PlaceKey, Shell


class RecordingPlace(Place):
    """A place that records when it is entered and left."""

    def __init__(self, name, events):
        super().__init__(name, name.title())
        self._received = events
        self._name = name

    def enter_view(self):
        self._received.append(f"{self._name} entered")

    def leave_view(self):
        self._received.append(f"{self._name} left")


@pytest.fixture
def events():
    return []


@pytest.fixture
def shell(messages, look_at, events):
    made = Shell(messages)
    for key in PlaceKey:
        made.add_place(key, key.title(), lambda key=key: RecordingPlace(key.value, events))
    return look_at(made)


def navigation(shell):
    return shell.findChild(object, "navigation")


def test_a_place_is_built_when_it_is_first_shown(shell):
    shell.show_place("groups")

    assert shell.place(PlaceKey.GROUPS) is not None
    assert shell.place(PlaceKey.LOG) is None


def test_places_are_notified_when_entered_and_left(shell, events):
    shell.show_place("today")
    shell.show_place("log")

    assert events == ["today entered", "today left", "log entered"]


@pytest.mark.parametrize(("number", "key"), list(enumerate(PlaceKey, start=1)))
def test_every_place_has_its_key(shell, qtbot, number, key):
    shell.show_place("today" if key is not PlaceKey.TODAY else "log")
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    # The tenth has the key after 9.
    qtbot.keyClick(shell, Qt.Key(Qt.Key.Key_0 + number % 10), Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: shell.current is key)


def test_a_message_takes_room_only_while_it_is_shown(shell, messages, qtbot):
    shell.show_place("today")
    place = shell.place(PlaceKey.TODAY)

    def top():
        return place.mapTo(shell, QPoint(0, 0)).y()

    qtbot.waitUntil(lambda: top() == 0)
    messages.inform("The recording is sealed.")
    qtbot.waitUntil(lambda: top() > shell.banner.height() > 0)
    messages.clear()
    qtbot.waitUntil(lambda: top() == 0)


def test_a_gate_hides_every_way_to_the_places(shell, events):
    shell.show_place("today")
    shell.show_gate(RecordingPlace("gate", events))

    assert navigation(shell).isHidden()
    assert shell.current is None
    assert events[-2:] == ["today left", "gate entered"]


def test_showing_a_place_removes_the_gate(shell, events):
    shell.show_gate(RecordingPlace("gate", events))
    shell.show_place("today")

    assert not navigation(shell).isHidden()
    assert events == ["gate entered", "gate left", "today entered"]


def test_while_a_session_runs_only_the_room_is_shown(shell):
    shell.show_place("session")
    shell.set_session_running(True)
    assert navigation(shell).isHidden()

    shell.set_session_running(False)
    # The page that comes next is shown first: beside the room the navigation would widen the window.
    process_events()

    assert not navigation(shell).isHidden()


def test_closing_places_leaves_the_room_open(shell):
    shell.show_place("log")
    shell.show_place("session")
    room = shell.place(PlaceKey.SESSION)
    shell.close_places(keep=PlaceKey.SESSION)

    assert shell.place(PlaceKey.SESSION) is room
    assert shell.place(PlaceKey.LOG) is None
    assert shell.current is PlaceKey.SESSION


def test_an_inserted_place_replaces_the_other(shell, events):
    shell.show_place("session")
    shell.replace_place(PlaceKey.SESSION, RecordingPlace("room", events))

    assert events == ["session entered", "session left", "room entered"]


def test_a_place_that_may_not_be_shown_is_not_shown(shell):
    shell.show_place("today")
    shell.may_show = lambda key: key is not PlaceKey.RECORDINGS
    shell.show_place("recordings")

    assert shell.current is PlaceKey.TODAY


def test_a_place_not_offered_cannot_be_shown(shell):
    shell.remove_places()
    shell.show_place("log")

    assert shell.current is None
    assert not [b for b in navigation(shell).findChildren(QPushButton) if b.isVisible() and b.objectName() != "lock"]


def test_the_lock_shortcut_works_while_the_navigation_is_hidden(shell, qtbot):
    shell.show_place("session")
    shell.set_session_running(True)
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    with qtbot.waitSignal(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_without_a_vault_there_is_nothing_to_lock(shell, qtbot):
    shell.show_place("today")
    shell.set_can_lock(False)
    with qtbot.assertNotEmitted(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shell.findChild(QPushButton, "lock").isHidden()


def test_the_window_closes_when_allowed(shell):
    shell.may_close = lambda: False
    event = QCloseEvent()
    shell.closeEvent(event)
    assert not event.isAccepted()

    shell.may_close = lambda: True
    shell.closeEvent(event)

    assert event.isAccepted()


def test_one_key_undoes_an_act_but_not_while_a_session_runs(shell, qtbot):
    shell.show_place("groups")
    with qtbot.waitSignal(shell.undo_asked):
        qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    shell.set_session_running(True)
    with qtbot.assertNotEmitted(shell.undo_asked):
        qtbot.keyClick(shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.parametrize("elsewhere", [PlaceKey.TODAY, PlaceKey.SESSION, PlaceKey.LOG])
def test_what_was_said_on_one_page_is_not_read_on_another(shell, messages, elsewhere):
    shell.show_place(PlaceKey.GROUPS)
    messages.inform("1 answer was recorded.")
    process_events()

    shell.show_place(PlaceKey.GROUPS)
    assert shell.banner.words == "1 answer was recorded."
    shell.show_place(elsewhere)
    assert shell.banner.words == ""


def test_what_was_said_on_a_page_is_not_read_at_the_gate(shell, messages, qtbot):
    shell.show_place(PlaceKey.GROUPS)
    messages.inform("1 answer was recorded.")
    process_events()
    gate = RecordingPlace("gate", [])

    shell.show_gate(gate)

    assert shell.banner.words == ""
