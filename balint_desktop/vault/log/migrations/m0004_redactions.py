"""Table of pending redactions."""

from __future__ import annotations

SQL = """
CREATE TABLE cuts (
    recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    sha256_before TEXT NOT NULL,
    sha256_after TEXT,
    PRIMARY KEY (recording_id, part)
) STRICT;
"""
