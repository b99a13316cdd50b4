"""Tables of members who join late, leave or change group."""

from __future__ import annotations

# Days of codes, no names: those are in the roster, a separate sealed file. The log holds its pending changes, so that
# an interrupted one is finished or rolled back.
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
