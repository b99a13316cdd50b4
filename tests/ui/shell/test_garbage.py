import gc
import linecache
import threading

import pytest

from balint_desktop.ui.shell.garbage import GarbageTimer


@pytest.fixture
def collecting(qapp):
    # As when a program starts, and not as in every other test of the window.
    gc.enable()
    made = GarbageTimer()
    yield made
    made.stop()
    made.deleteLater()


class Knot:
    """Garbage that only a collection finds; it reports the collecting thread."""

    def __init__(self, given):
        self.itself = self
        self.received = given

    def __del__(self):
        self.received.append(threading.current_thread())


def allocate():
    kept = [[] for _ in range(100_000)]
    return len(kept)


def test_background_threads_leave_garbage_uncollected(collecting):
    received = []
    for _ in range(10):
        Knot(received)
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert not received

    collecting.collect_due()
    gc.collect()
    assert set(received) == {threading.main_thread()}


def test_a_check_collects_once_python_would_have(collecting):
    received = []
    Knot(received)
    for _ in range(3):
        kept = [[] for _ in range(gc.get_threshold()[0] + 1)]
        collecting.collect_due()
        del kept
    assert received


def test_a_check_drops_the_sources_that_importing_has_read(collecting):
    assert linecache.getlines(__file__)

    collecting.collect_due()

    assert not linecache.cache


def test_afterwards_python_collects_automatically_again(qapp):
    gc.enable()
    made = GarbageTimer()
    assert not gc.isenabled()
    made.stop()
    made.deleteLater()
    assert gc.isenabled()
