"""From code to theme: what a theme was called, how far it was and which codes it had, each time that changed.

Themes that are there already begin without a step: when they became what they are was never stored.
"""

from __future__ import annotations

SQL = """
CREATE TABLE theme_steps (
    place INTEGER PRIMARY KEY,
    theme TEXT NOT NULL,
    wall REAL NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    codes TEXT NOT NULL
) STRICT;
"""
