"""Parts whose struck sound is being cut: there from before the first file is touched until all is done."""

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
