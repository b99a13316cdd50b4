"""Fixtures for tests of the window."""

from __future__ import annotations

from window_fixtures import (
    announced,
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
    "announced",
    "beats_stand_still",
    "in_the_light",
    "lean_memory",
    "look_at",
    "messages",
    "nothing_left_behind",
    "theme",
    "work",
]
