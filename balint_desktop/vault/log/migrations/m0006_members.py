"""Tables of members who join late, leave or change group."""

from __future__ import annotations

# Days of codes, no names: those stand in the roster, a sealed file of its own, of which the log keeps what is about
# to happen to it, so that an act cut short is finished or taken back.
SQL = """
ALTER TABLE participants ADD COLUMN joined TEXT;
ALTER TABLE participants ADD COLUMN "left" TEXT;
CREATE TABLE roster_changes (
    group_id TEXT PRIMARY KEY REFERENCES groups (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL
) STRICT;
CREATE TABLE roster_destroyings (
    place INTEGER PRIMARY KEY,
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    asked_wall REAL NOT NULL,
    done_wall REAL
) STRICT;
"""
