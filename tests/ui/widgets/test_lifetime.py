"""A subscription ends with the widget that made it, and a late answer to a deleted one is dropped."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget
from qt_events import process_events

from balint_desktop.session.listeners import Listeners
from balint_desktop.ui.widgets.lifetime import is_alive, subscribe, while_alive


class Source(QObject):
    changed = Signal(str)


@pytest.fixture
def source(qtbot):
    return Source()


@pytest.fixture
def page(qtbot):
    """A page that shows what it hears."""
    made = QWidget()
    made.shown = QLabel(made)
    yield made
    delete(made)


def delete(widget):
    if is_alive(widget):
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def by_parent(page):
    """Delete a page through its parent, as the window does."""
    around = QWidget()
    page.setParent(around)
    delete(around)


@pytest.mark.parametrize("end", [delete, by_parent])
def test_a_closure_is_called_until_its_page_is_deleted(source, page, end):
    heard = []
    subscribe(page, source.changed, lambda words: (page.shown.setText(words), heard.append(words)))
    source.changed.emit("one")
    end(page)
    source.changed.emit("two")

    assert heard == ["one"]


@pytest.mark.parametrize("end", [delete, by_parent])
def test_a_source_without_qt_is_heard_until_the_page_is_deleted(page, end):
    listeners, heard = Listeners(), []
    subscribe(page, listeners.add, lambda words: (page.shown.setText(words), heard.append(words)))
    listeners.notify("one")
    end(page)
    listeners.notify("two")

    assert heard == ["one"]


def test_a_page_deleted_by_python_hears_nothing_either(source):
    heard = []
    page = QWidget()
    subscribe(page, source.changed, heard.append)
    del page
    gc.collect()
    source.changed.emit("one")

    assert heard == []


def test_a_listener_is_released_once_its_page_is_deleted(source, page):
    class Held:
        def hear(self, _words):
            pass

    held = Held()
    known = weakref.ref(held)
    subscribe(page, source.changed, lambda words, held=held: held.hear(words))
    del held
    delete(page)
    gc.collect()

    assert known() is None


def test_a_signal_deleted_first_leaves_nothing_to_disconnect(source, page):
    subscribe(page, source.changed, lambda _words: None)
    delete(source)
    delete(page)

    assert not is_alive(page)


def test_a_late_answer_is_delivered_while_its_page_exists(page):
    heard = []
    answer = while_alive(page, heard.append)
    answer("in time")
    delete(page)
    answer("late")

    assert heard == ["in time"]


def test_qt_disconnects_a_pages_own_method(source, page):
    """The rule in tests/test_subscriptions.py relies on this."""
    heard = []

    class Page(QWidget):
        def hear(self, words):
            heard.append(words)

    own = Page()
    source.changed.connect(own.hear)
    source.changed.connect(page.shown.setText)
    QTimer.singleShot(0, own, lambda: heard.append("a shot"))
    delete(own)
    delete(page)
    source.changed.emit("one")
    process_events()

    assert heard == []
