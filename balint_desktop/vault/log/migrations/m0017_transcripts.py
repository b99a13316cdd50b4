"""Transcripts: what wrote the first text, when each stage was reached, every sign-off, and whose words were removed.

No word of any of them. `transcript_removals.answer` is the row of `consents` by which the person was out when it was
done: an answer since then is another matter. `transcripts.queue_place` is NULL unless the engine is still to hear it;
`edited` is 1 once a person has changed the first text.
"""

from __future__ import annotations

SQL = """
CREATE TABLE transcripts (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    recipient TEXT NOT NULL,
    source TEXT NOT NULL,
    engine TEXT NOT NULL,
    model TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    language TEXT NOT NULL,
    begun_wall REAL NOT NULL,
    text_wall REAL,
    queue_place INTEGER,
    listened_ms INTEGER NOT NULL DEFAULT 0,
    audible_ms INTEGER NOT NULL DEFAULT 0,
    open_places TEXT NOT NULL DEFAULT '{}',
    edited INTEGER NOT NULL DEFAULT 0,
    deleting_wall REAL
) STRICT, WITHOUT ROWID;
CREATE TABLE transcript_sign_offs (
    recording_id TEXT NOT NULL REFERENCES transcripts (recording_id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    wall REAL NOT NULL,
    by_whom TEXT NOT NULL,
    why TEXT NOT NULL,
    listened_ms INTEGER NOT NULL,
    audible_ms INTEGER NOT NULL,
    open_places TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    reopened_wall REAL,
    PRIMARY KEY (recording_id, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE transcript_removals (
    recording_id TEXT NOT NULL REFERENCES transcripts (recording_id) ON DELETE CASCADE,
    withdrawal INTEGER NOT NULL REFERENCES withdrawals (place) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    answer INTEGER,
    asked_wall REAL NOT NULL,
    done_wall REAL,
    PRIMARY KEY (recording_id, withdrawal)
) STRICT, WITHOUT ROWID;
CREATE TABLE transcript_deletions (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    wall REAL NOT NULL
) STRICT, WITHOUT ROWID;
"""
