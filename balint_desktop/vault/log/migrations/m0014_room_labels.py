"""What a group chose for the room: what stands for a person, and how long it opens."""

from __future__ import annotations

# Codes, as in every session held so far; NULL is the length that the format has.
SQL = """
ALTER TABLE groups ADD COLUMN room_labels TEXT NOT NULL DEFAULT 'codes';
ALTER TABLE groups ADD COLUMN opening_min INTEGER;
"""
