"""Saving: the latest wins, one at a time, and nothing that failed is forgotten."""

import threading

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.shell.saver import Saver

FULL = Trouble(TroubleCode.DISK_FULL, folder="/x")


@pytest.fixture
def made(qtbot, work):
    written, failed, recovered = [], [], []
    saver = Saver(work, failed.append, lambda: recovered.append(True))
    saver.written, saver.failures, saver.recoveries = written, failed, recovered
    saver.begin(written.append)
    yield saver
    saver._retry.stop()
    work.shutdown()


def test_a_value_that_a_later_one_replaced_is_skipped(made, qtbot):
    gate = threading.Event()
    made.begin(lambda value: (gate.wait(10), made.written.append(value)))
    for value in range(5):
        made.save(value)
    gate.set()
    qtbot.waitUntil(lambda: made.is_saved)

    assert made.written == [0, 4]


def test_leaving_writes_after_what_is_being_written_and_never_under_it(made, qtbot):
    gate, begun = threading.Event(), threading.Event()

    def write(value):
        begun.set()
        if value == 1:
            gate.wait(10)
        made.written.append(value)

    made.begin(write)
    made.save(1)
    assert begun.wait(10)
    made.save(2)
    threading.Timer(0.05, gate.set).start()
    made.flush()

    assert made.written == [1, 2]
    qtbot.waitUntil(lambda: made.is_saved)
    assert made.written == [1, 2]


def test_what_could_not_be_written_on_leaving_is_written_later(made, qtbot):
    def write(value):
        if not made.failures_over:
            raise FULL
        made.written.append(value)

    made.failures_over = False
    made.begin(write)
    made.save("text")
    qtbot.waitUntil(lambda: made.is_failing)
    with pytest.raises(Trouble):
        made.flush()
    made.failures_over = True
    made._start()
    qtbot.waitUntil(lambda: made.is_saved)

    assert made.written == ["text"]
    assert (len(made.failures), made.recoveries) == (1, [True])


def test_with_nothing_to_save_leaving_writes_nothing(made):
    made.flush()

    assert made.written == []
