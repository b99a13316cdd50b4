"""Fixtures for tests of the window: the theme, stopped timers, and a check for leftovers."""

from __future__ import annotations

import functools
import gc
import threading

import pytest
import shiboken6
from beats import stop_beats
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QApplication
from qt_events import process_events
from waiting import GENEROUS_S

from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.shell.work import Work
from balint_desktop.ui.theme.theme import Appearance, Theme


@pytest.fixture(scope="session")
def lean_memory():
    """Keep what was imported out of each look through memory: a guard that reads it twice a test takes half as long.

    A fixture and not the collection, so that only a process that shows windows does it.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def beats_stand_still(monkeypatch):
    """Let the clock be read when a test says so, and at no other moment."""
    stop_beats(monkeypatch)


@pytest.fixture(autouse=True)
def nothing_left_behind(qapp, lean_memory):
    """Fail a test that leaves a thread, a running timer or a widget (pytest-qt has closed its widgets by then).

    A hidden widget counts: each look put on the application goes through all there are.

    Nothing is collected until the test is over, as in the shipped window (`ui/shell/garbage.py`): collected on a
    background thread, widgets crash the process a moment later.
    """
    gc.disable()
    threads = set(threading.enumerate())
    timers = running_timers()
    widgets = set(QApplication.topLevelWidgets())
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    gc.enable()
    # A thread of Qt's pool that started a Python one is known by a stand-in, which cannot be joined.
    left = [t for t in threading.enumerate() if t not in threads and not isinstance(t, threading._DummyThread)]
    for thread in left:
        thread.join(GENEROUS_S)
    assert not [t for t in left if t.is_alive()]
    assert not [told_of(t) for t in running_timers() if t not in timers]
    assert not [f"{w!r} {w.objectName()}" for w in set(QApplication.topLevelWidgets()) - widgets]


def running_timers():
    """Return the running timers."""
    return [t for t in gc.get_objects() if isinstance(t, QTimer) and shiboken6.isValid(t) and t.isActive()]


def told_of(timer):
    """Return whose timer it is, for a failing test."""
    return f"{timer.parent()!r} every {timer.interval()} ms"


@functools.cache
def the_theme(app):
    """Return the process's one theme: tests/ui and tests/app share it."""
    return Theme(app, Appearance.LIGHT)


@pytest.fixture(scope="session")
def theme(qapp):
    """The theme of the window, light unless a test chooses otherwise."""
    return the_theme(qapp)


@pytest.fixture(autouse=True)
def in_the_light(theme):
    yield
    theme.set_dimmed(False)
    if theme.sizes.scale != 1.0:
        theme.set_scale(1.0)
    if theme.appearance is not Appearance.LIGHT:
        theme.choose(Appearance.LIGHT)


@pytest.fixture
def work(qtbot):
    """The service for background work, closed at the end."""
    made = Work()
    yield made
    made.shutdown()


@pytest.fixture
def messages(qtbot):
    """The service for messages; `messages.last` is the last message."""
    return Messages()


@pytest.fixture
def announced(monkeypatch):
    """The announcements for a screen reader, in order; captured before Qt passes them to the system."""
    said = []
    hand_on = QAccessible.updateAccessibility

    def update(event):
        if isinstance(event, QAccessibleAnnouncementEvent):
            said.append(event.message())
        hand_on(event)

    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(update))
    return said


@pytest.fixture
def look_at(qtbot):
    """Show a widget in a window of that size and return it laid out; pytest-qt closes it."""

    def show(widget, width=1280, height=720):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle()
        return widget

    return show


def settle():
    """Process events until layouts are stable."""
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        process_events()
