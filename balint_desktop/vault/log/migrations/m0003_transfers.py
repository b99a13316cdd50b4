"""Tables of transfers: backups, shared copies, imports."""

from __future__ import annotations

# A recording's id remains here after its destruction: the user must be shown which backups still hold it.
SQL = """
CREATE TABLE carried (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    wall REAL NOT NULL,
    folder TEXT NOT NULL,
    manifest_sha256 TEXT
) STRICT;
CREATE TABLE carried_files (
    carried_id TEXT NOT NULL REFERENCES carried (id) ON DELETE CASCADE,
    recording_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (carried_id, recording_id, name)
) STRICT;
CREATE TABLE brought_in (
    recording_id TEXT PRIMARY KEY,
    wall REAL NOT NULL,
    original TEXT NOT NULL,
    wiped INTEGER NOT NULL DEFAULT 0
) STRICT;
"""
