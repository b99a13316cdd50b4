"""Background work: results arrive on the main thread, and nothing is lost or late."""

from __future__ import annotations

import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QPushButton
from qt_events import process_events
from waiting import GENEROUS_S

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell.work import Work, _Job


def unexpected(_):
    pytest.fail("not expected")


def delete(owner):
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_result_arrives_on_the_main_thread(work, qtbot):
    seen = []
    work.run(threading.get_ident, lambda worker: seen.append((worker, threading.get_ident())), unexpected, work)
    qtbot.waitUntil(lambda: bool(seen))

    worker, deliverer = seen[0]
    assert deliverer == threading.get_ident() != worker


def test_an_act_whose_button_is_pressed_twice_is_done_once(work, qtbot):
    pressed, done = QPushButton(), []
    qtbot.addWidget(pressed)
    for _ in range(2):
        work.run_once(pressed, lambda: 1, done.append, unexpected, work)
    assert not pressed.isEnabled()
    qtbot.waitUntil(lambda: not work.busy)

    assert done == [1]
    assert pressed.isEnabled()


def test_the_button_of_an_act_that_fails_can_be_pressed_again(work, qtbot):
    pressed, failed = QPushButton(), []
    qtbot.addWidget(pressed)

    def fail():
        raise Trouble(TroubleCode.DISK_FULL)

    work.run_once(pressed, fail, unexpected, failed.append, work)
    qtbot.waitUntil(lambda: bool(failed))

    assert pressed.isEnabled()


def test_a_finished_job_holds_none_of_its_arguments():
    """The pool may keep the job itself: see the note there."""

    class Key:
        pass

    key = Key()
    held = weakref.ref(key)
    job = _Job(lambda key=key: bool(key), lambda _: None)
    del key
    assert held() is not None
    job.run()

    assert held() is None


def test_what_a_job_holds_is_released_on_the_main_thread(work, qtbot):
    """A widget among it would be deleted from the job's thread otherwise."""
    released, done = [], []

    class Held:
        def __del__(self):
            released.append(threading.current_thread())

    def start(held):
        work.run(lambda: bool(held), lambda _: done.append(True), unexpected, work)

    for _ in range(50):
        start(Held())
    qtbot.waitUntil(lambda: len(done) == 50)
    process_events()

    assert released == [threading.main_thread()] * 50


def test_a_trouble_arrives_as_one(work, qtbot):
    def job():
        raise Trouble(TroubleCode.DISK_FULL)

    seen = []
    work.run(job, unexpected, seen.append, work)
    qtbot.waitUntil(lambda: bool(seen))

    assert seen[0].code is TroubleCode.DISK_FULL


def test_a_bug_is_raised_on_the_main_thread(work, qtbot, inner_errors):
    with qtbot.captureExceptions() as caught:
        work.run(lambda: 1 / 0, unexpected, unexpected, work)
        qtbot.waitUntil(lambda: bool(caught))

    assert caught[0][0] is ZeroDivisionError


def test_it_is_busy_while_something_runs(work, qtbot):
    go = threading.Event()
    received = []
    work.busy_changed.connect(received.append)
    work.run(lambda: go.wait(GENEROUS_S), lambda _: None, unexpected, work)
    assert work.busy

    go.set()
    qtbot.waitUntil(lambda: not work.busy)

    assert received == [True, False]


def test_nothing_is_delivered_to_a_deleted_owner(work, qtbot):
    go = threading.Event()
    owner = QObject()
    seen = []
    work.run(lambda: go.wait(GENEROUS_S), seen.append, unexpected, owner)
    delete(owner)
    go.set()
    qtbot.waitUntil(lambda: not work.busy)

    assert seen == []


def test_a_call_posted_for_an_owner_deleted_since_is_not_made(work):
    owner = QObject()
    seen = []
    work.post(lambda: seen.append("theirs"), owner)
    work.post(lambda: seen.append("the window's"), work)
    delete(owner)
    process_events()

    assert seen == ["the window's"]


def test_a_call_posted_from_a_thread_runs_on_the_main_one(work, qtbot):
    seen = []
    thread = threading.Thread(target=lambda: work.post(lambda: seen.append(threading.get_ident()), work))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(seen))

    assert seen == [threading.get_ident()]


def test_nothing_is_delivered_after_the_end(qtbot, qapp):
    work = Work()
    seen = []
    work.run(lambda: 1, seen.append, unexpected, work)
    work.shutdown()
    work.post(lambda: seen.append(2), work)
    process_events()

    assert seen == []
