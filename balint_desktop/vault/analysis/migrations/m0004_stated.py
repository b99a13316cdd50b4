"""What is stated once of a study, which no log can count: items of COREQ, by their numbers."""

from __future__ import annotations

SQL = """
CREATE TABLE stated (
    item INTEGER PRIMARY KEY,
    words TEXT NOT NULL
) STRICT;
"""
