"""Tables of written parts, free lines, own questions and bare scores."""

from __future__ import annotations

# No sheet is stored, no time at which one was filled in, and no row whose position would reveal an order: all counts
# exist from the beginning, and the lines are in the order of random ids.
SQL = """
CREATE TABLE written_parts (
    id TEXT PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL,
    day TEXT NOT NULL,
    questionnaire TEXT NOT NULL,
    least INTEGER NOT NULL,
    sheets INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE TABLE written_counts (
    part_id TEXT NOT NULL REFERENCES written_parts (id) ON DELETE CASCADE,
    statement INTEGER NOT NULL,
    answer INTEGER NOT NULL,
    times INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (part_id, statement, answer)
) STRICT, WITHOUT ROWID;
CREATE TABLE written_lines (
    id TEXT PRIMARY KEY,
    part_id TEXT NOT NULL REFERENCES written_parts (id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    words TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE bare_scores (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    instrument TEXT NOT NULL,
    occasion TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (group_id, code, instrument, occasion)
) STRICT, WITHOUT ROWID;
"""
