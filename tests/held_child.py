"""The child that works with a passphrase, held up until the test lets it go: what happens meanwhile is the test's."""

from __future__ import annotations

import threading

import pytest
from waiting import GENEROUS_S

from balint_desktop.vault import secret_child


@pytest.fixture
def held_child(monkeypatch):
    """Hold the child up; return the event that lets it go on. At the end it goes on anyway."""
    goes_on = threading.Event()
    start = secret_child.start_child

    def held_up(*arguments):
        assert goes_on.wait(GENEROUS_S)
        return start(*arguments)

    monkeypatch.setattr(secret_child, "start_child", held_up)
    yield goes_on
    goes_on.set()
