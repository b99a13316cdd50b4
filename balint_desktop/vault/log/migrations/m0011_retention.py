"""Tables of retention periods, start events, legal holds and access requests."""

from __future__ import annotations

# A hold has no ON DELETE: its group cannot be deleted while it exists, lifted or not. Events and destructions
# elsewhere are only ever added; mistaken ones are marked, and the trail holds both.
SQL = """
CREATE TABLE keeping_clocks (
    group_id TEXT PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
    told TEXT NOT NULL
) STRICT;
CREATE INDEX recordings_by_session ON recordings (session_id);
CREATE TABLE keeping_events (
    place INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    recording_id TEXT REFERENCES recordings (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    day TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    wall REAL NOT NULL,
    taken_back INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX keeping_events_by_group ON keeping_events (group_id);
CREATE TABLE destroyed_elsewhere (
    place INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    recording_id TEXT REFERENCES recordings (id) ON DELETE CASCADE,
    code TEXT,
    day TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    how TEXT NOT NULL,
    clock TEXT NOT NULL,
    wall REAL NOT NULL,
    mistaken TEXT
) STRICT;
CREATE INDEX destroyed_elsewhere_by_group ON destroyed_elsewhere (group_id);
CREATE TABLE deletion_records (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id) ON DELETE CASCADE,
    witness TEXT NOT NULL,
    clock TEXT NOT NULL,
    salt TEXT NOT NULL
) STRICT;
CREATE TABLE legal_holds (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id),
    recording_id TEXT REFERENCES recordings (id),
    since TEXT NOT NULL,
    why TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    keeps_struck INTEGER NOT NULL,
    lifted_day TEXT,
    lifted_why TEXT,
    lifted_by TEXT
) STRICT;
CREATE INDEX legal_holds_by_group ON legal_holds (group_id);
CREATE TABLE access_requests (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    who TEXT NOT NULL,
    about TEXT NOT NULL,
    day TEXT NOT NULL,
    answer TEXT NOT NULL,
    answered TEXT
) STRICT;
CREATE INDEX access_requests_by_group ON access_requests (group_id, day);
"""
