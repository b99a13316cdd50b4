"""Tables of calendars and archived groups."""

from __future__ import annotations

# A session that takes place has a number, which joins it to the session held; a cancelled line has none.
SQL = """
ALTER TABLE groups ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
CREATE TABLE planned_sessions (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    number INTEGER,
    day TEXT NOT NULL,
    time TEXT NOT NULL,
    kind TEXT NOT NULL,
    cancelled TEXT,
    PRIMARY KEY (group_id, place),
    UNIQUE (group_id, number)
) STRICT;
CREATE INDEX planned_by_day ON planned_sessions (day);
CREATE INDEX sessions_by_group ON sessions (group_id, number);
CREATE INDEX sessions_not_closed ON sessions (closed) WHERE closed = 0;
"""
