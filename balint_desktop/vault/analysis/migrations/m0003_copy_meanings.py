"""What a person said of the Word copies that came: who writes under a name, and which code a coder's colour is.

`kind` is writer or colour; `author` the coder whose colour it is, empty for a name. `meaning` is empty for what is left
out.
"""

from __future__ import annotations

SQL = """
CREATE TABLE copy_meanings (
    kind TEXT NOT NULL,
    author TEXT NOT NULL,
    said TEXT NOT NULL,
    meaning TEXT NOT NULL,
    PRIMARY KEY (kind, author, said)
) STRICT, WITHOUT ROWID;
"""
