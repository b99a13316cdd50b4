"""Tables of the accreditation record."""

from __future__ import annotations

# A colleague is a label the user chose. No table holds a participant, or a note about a case.
SQL = """
CREATE TABLE colleagues (
    id TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    accredited INTEGER
) STRICT;
CREATE TABLE session_leaders (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    colleague_id TEXT NOT NULL REFERENCES colleagues (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (session_id, colleague_id)
) STRICT;
CREATE INDEX session_leaders_by_colleague ON session_leaders (colleague_id);
CREATE TABLE own_roles (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    role TEXT NOT NULL
) STRICT;
CREATE TABLE supervisions (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    supervisor TEXT NOT NULL,
    form TEXT NOT NULL,
    recordings_used INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE TABLE supervised_sessions (
    supervision_id TEXT NOT NULL REFERENCES supervisions (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    PRIMARY KEY (supervision_id, session_id)
) STRICT;
CREATE INDEX supervised_sessions_by_session ON supervised_sessions (session_id);
CREATE TABLE meetings_elsewhere (
    id TEXT PRIMARY KEY,
    day TEXT NOT NULL,
    last_day TEXT,
    kind TEXT NOT NULL,
    minutes INTEGER NOT NULL,
    label TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    cases INTEGER NOT NULL,
    role TEXT,
    online INTEGER NOT NULL
) STRICT;
CREATE TABLE reviews (
    session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    told TEXT NOT NULL
) STRICT;
CREATE TABLE aims (place INTEGER PRIMARY KEY, told TEXT NOT NULL) STRICT;
"""
