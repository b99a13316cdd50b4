"""Tables of readers, resealing intents and destroyed keys."""

from __future__ import annotations

SQL = """
CREATE TABLE sealed_to (
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    place INTEGER NOT NULL,
    label TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (recording_id, recipient)
) STRICT;
CREATE TABLE resealings (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    readers TEXT NOT NULL
) STRICT;
CREATE TABLE destroyings (
    recording_id TEXT PRIMARY KEY REFERENCES recordings (id),
    asked_wall REAL NOT NULL,
    why TEXT NOT NULL,
    done_wall REAL
) STRICT;
ALTER TABLE recordings ADD COLUMN readers_kept INTEGER NOT NULL DEFAULT 0;
"""
