"""What tests of the window share."""

from __future__ import annotations

from window_fixtures import announced, in_the_light, look_at, messages, nothing_left_behind, theme, work

__all__ = ["announced", "in_the_light", "look_at", "messages", "nothing_left_behind", "theme", "work"]
