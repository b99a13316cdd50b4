"""Fixtures for tests of the app's composition."""

from __future__ import annotations

import pytest
from app_fakes import App, FakeSession
from held_child import held_child
from window_fixtures import (
    beats_stand_still,
    in_the_light,
    lean_memory,
    look_at,
    messages,
    nothing_left_behind,
    theme,
    work,
)

__all__ = [
    "beats_stand_still",
    "held_child",
    "in_the_light",
    "lean_memory",
    "look_at",
    "messages",
    "nothing_left_behind",
    "theme",
    "work",
]


@pytest.fixture
def app(tmp_path, theme, work, messages, qtbot):
    """Real services over a vault that is not open yet, and an empty window."""
    made = App(tmp_path, theme, work, messages)
    qtbot.addWidget(made.shell)
    yield made
    made.close()


@pytest.fixture
def session():
    """A session that the test puts into any state; at first there is none."""
    return FakeSession()
