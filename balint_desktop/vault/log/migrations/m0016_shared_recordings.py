"""Recordings imported from a sealed copy, with the sessions and groups that came with them."""

from __future__ import annotations

# `imported_wall` marks a session that was led elsewhere, and a group made for such sessions: neither counts as led
# here. `shared_for` is the
# is then empty.
SQL = """
ALTER TABLE sessions ADD COLUMN imported_wall REAL;
ALTER TABLE groups ADD COLUMN imported_wall REAL;
CREATE TABLE imported_copies (
    recording_id TEXT PRIMARY KEY,
    wall REAL NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    shared_for TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
