"""The child that works with a passphrase, blocked until the test releases it."""

from __future__ import annotations

import threading

import pytest
from waiting import GENEROUS_S

from balint_desktop.vault import secret_child


@pytest.fixture
def held_child(monkeypatch):
    """Block the child; return the event that releases it. It is released at the end of the test in any case."""
    goes_on = threading.Event()
    start = secret_child.start_child

    def held_up(*arguments):
        assert goes_on.wait(GENEROUS_S)
        return start(*arguments)

    monkeypatch.setattr(secret_child, "start_child", held_up)
    yield goes_on
    goes_on.set()
