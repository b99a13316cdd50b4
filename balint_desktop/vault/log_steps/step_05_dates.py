"""When a group's sessions are planned, and groups put away: the calendar, kept apart from what was held."""

from __future__ import annotations

SQL = ""
