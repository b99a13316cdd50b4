"""Why codes of coders came into the framework or left it, and who codes a round without its framework.

`without_framework` is a list of ids of authors as JSON.
"""

from __future__ import annotations

SQL = """
CREATE TABLE framework_moves (
    place INTEGER PRIMARY KEY,
    wall REAL NOT NULL,
    act TEXT NOT NULL,
    author TEXT NOT NULL,
    code TEXT NOT NULL,
    framework_code TEXT NOT NULL,
    reason TEXT NOT NULL
) STRICT;
ALTER TABLE rounds ADD COLUMN without_framework TEXT NOT NULL DEFAULT '[]';
"""
