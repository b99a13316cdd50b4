"""Screen lock on Windows and macOS: as far as it can be tested on any system."""

from __future__ import annotations

import ctypes
import sys
from ctypes import wintypes

import pytest
from other_systems import RecordedCalls, SystemOf
from PySide6.QtWidgets import QWidget

from balint_desktop.ui.locking import macos, systems
from balint_desktop.ui.locking import windows as windows_module
from balint_desktop.ui.locking.macos import MacWatch, screen_is_locked
from balint_desktop.ui.locking.watch import NoWatch
from balint_desktop.ui.locking.windows import WindowsWatch, means_lock

LOCKED, UNLOCKED = (0x2B1, 7), (0x2B1, 8)
SUSPEND, RESUMED, BATTERY = (0x218, 4), (0x218, 0x12), (0x218, 0xA)


@pytest.mark.parametrize(
    ("message", "means"), [(LOCKED, True), (UNLOCKED, False), (SUSPEND, True), (RESUMED, False), (BATTERY, False)]
)
def test_windows_reports_when_it_locks_and_when_it_sleeps(message, means):
    assert means_lock(*message) is means


@pytest.fixture
def windows(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    received = []
    watch = WindowsWatch()
    watch.start(window, lambda: received.append(True))
    yield watch, received
    watch.stop()


def sent(watch, message, kind=b"windows_generic_MSG"):
    """Send a window message in Qt's form: its kind and its address."""
    made = wintypes.MSG()
    made.message, made.wParam = message
    return watch.nativeEventFilter(kind, ctypes.addressof(made))


def test_a_windows_message_is_read_and_passed_on(windows):
    watch, reports = windows

    assert sent(watch, LOCKED) == (False, 0)
    sent(watch, SUSPEND)
    sent(watch, UNLOCKED)
    assert len(reports) == 2


def test_another_systems_messages_are_not_read(windows):
    watch, reports = windows
    sent(watch, LOCKED, b"xcb_generic_event_t")

    assert reports == []


def test_a_stopped_windows_watch_reports_nothing(windows):
    watch, reports = windows
    watch.stop()
    sent(watch, LOCKED)

    assert reports == []


def test_a_mac_is_polled_and_reported_once_each_time():
    locked = False
    received = []
    watch = MacWatch(lambda: locked)
    watch.start(None, lambda: received.append(True))
    for locked in (False, True, True, False, True):  # noqa: B007  the watch reads it
        watch.poll()

    assert len(received) == 2
    assert watch.knows_screen


def test_a_mac_without_a_known_screen_says_so():
    watch = MacWatch(lambda: None)
    watch.start(None, lambda: None)
    watch.poll()

    assert not watch.knows_screen


@pytest.mark.skipif(sys.platform == "darwin", reason="here it can be known")
def test_on_other_systems_the_macs_dictionary_cannot_be_read():
    assert screen_is_locked() is None


@pytest.mark.parametrize(
    ("platform", "watch"),
    [("linux", "LinuxWatch"), ("win32", "WindowsWatch"), ("darwin", "MacWatch"), ("freebsd14", "NoWatch")],
)
def test_each_system_has_its_watch(platform, watch):
    assert type(systems.watch_for(platform)).__name__ == watch


def test_a_linux_without_qts_dbus_is_a_system_that_reports_nothing(monkeypatch):
    monkeypatch.setitem(sys.modules, "balint_desktop.ui.locking.linux", None)

    assert isinstance(systems.watch_for("linux"), NoWatch)


def test_a_system_that_reports_nothing_does_nothing():
    watch = NoWatch()
    watch.start(None, lambda: pytest.fail("there is nothing to tell"))
    watch.poll()
    watch.stop()

    assert not watch.knows_screen


class Terminal:
    """Windows' libraries, with the one that reports a locked session, or without it."""

    def __init__(self, **functions):
        if functions:
            self.wtsapi32 = RecordedCalls(**functions)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise OSError(126, f"{name} could not be found")


def windows_with(monkeypatch, qtbot, libraries):
    monkeypatch.setattr(windows_module, "sys", SystemOf("win32"))
    monkeypatch.setattr(ctypes, "windll", libraries, raising=False)
    window = QWidget()
    qtbot.addWidget(window)
    watch = WindowsWatch()
    watch.start(window, lambda: None)
    return watch, int(window.winId())


def test_windows_is_asked_to_report_this_session_until_the_watch_stops(monkeypatch, qtbot):
    libraries = Terminal(WTSRegisterSessionNotification=1, WTSUnRegisterSessionNotification=1)
    watch, window = windows_with(monkeypatch, qtbot, libraries)

    assert watch.knows_screen
    watch.stop()
    watch.stop()
    (first, (handle, session)), (last, (same,)) = libraries.wtsapi32.calls
    assert (first, handle.value, session) == ("WTSRegisterSessionNotification", window, 0)
    assert (last, same.value) == ("WTSUnRegisterSessionNotification", window)


@pytest.mark.parametrize("libraries", [Terminal(), Terminal(WTSRegisterSessionNotification=0)])
def test_a_windows_that_reports_no_session_says_that_the_screen_is_unknown(monkeypatch, qtbot, libraries):
    watch, _ = windows_with(monkeypatch, qtbot, libraries)
    watch.poll()
    watch.stop()

    assert not watch.knows_screen


def mac(monkeypatch, *, session=7, found=9, locked=1):
    """Fake the two frameworks, and return CoreFoundation's recorded calls."""
    core = RecordedCalls(
        CFStringCreateWithCString=8, CFDictionaryGetValue=found, CFBooleanGetValue=locked, CFRelease=None
    )
    graphics = RecordedCalls(CGSessionCopyCurrentDictionary=session)
    libraries = {"CoreFoundation": core, "CoreGraphics": graphics}
    monkeypatch.setattr(macos.ctypes, "CDLL", lambda path: libraries[path.rpartition("/")[2]])
    return core, graphics


@pytest.mark.parametrize(
    ("expected", "answers"),
    [(True, {}), (False, {"locked": 0}), (False, {"found": None}), (None, {"session": None})],
)
def test_the_macs_dictionary_says_whether_the_screen_is_locked(monkeypatch, expected, answers):
    mac(monkeypatch, **answers)

    assert screen_is_locked() is expected


def test_what_the_mac_handed_out_is_given_back_and_its_pointers_are_whole(monkeypatch):
    core, graphics = mac(monkeypatch)
    screen_is_locked()

    assert [arguments for name, arguments in core.calls if name == "CFRelease"] == [(8,), (7,)]
    assert ("CFStringCreateWithCString", (None, b"CGSSessionScreenIsLocked", 0x08000100)) in core.calls
    pointers = (core.CFStringCreateWithCString, core.CFDictionaryGetValue, graphics.CGSessionCopyCurrentDictionary)
    assert {function.restype for function in pointers} == {ctypes.c_void_p}
