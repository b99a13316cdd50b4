"""Approved texts: their key, every version with its fingerprint and figures, a version that is being written.

No word of any. `approved_changes` is the intent of the next version: complete under another key before its row is
there. `counts` is JSON: how many places each layer had, by what became of them. `recordings.has_sound` is 0 for a
session's text that was imported without any recording.
"""

from __future__ import annotations

SQL = """
ALTER TABLE recordings ADD COLUMN has_sound INTEGER NOT NULL DEFAULT 1;
CREATE TABLE approved_texts (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    recipient TEXT NOT NULL,
    deleting_wall REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE approved_versions (
    recording_id TEXT NOT NULL REFERENCES approved_texts (recording_id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    wall REAL NOT NULL,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    counts TEXT NOT NULL,
    PRIMARY KEY (recording_id, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE approved_changes (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    recipient TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    wall REAL NOT NULL,
    characters INTEGER NOT NULL,
    words INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    counts TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE approved_removals (
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    withdrawal INTEGER NOT NULL REFERENCES withdrawals (place) ON DELETE CASCADE,
    answer INTEGER,
    wall REAL NOT NULL,
    PRIMARY KEY (recording_id, withdrawal)
) STRICT, WITHOUT ROWID;
CREATE TABLE approved_deletions (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    wall REAL NOT NULL,
    by_whom TEXT NOT NULL
) STRICT, WITHOUT ROWID;
"""
