"""A study: texts, authors, memos, rounds, codes and codings by author and round, themes, decisions, tickets.

`place` orders codes and codings as they were made: a number between two others is free for one that comes back.
`texts.stored` holds an approved text that came in a parcel, NULL where the vault's own is read. `closings.taken_from`
is the coding file that a round of another author was taken from; `taken.counts` is 0 for one that is kept for later.
"""

from __future__ import annotations

SQL = """
CREATE TABLE study (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    approach TEXT NOT NULL,
    governance TEXT NOT NULL,
    without_evaluation INTEGER NOT NULL,
    independent_had_framework INTEGER,
    me TEXT NOT NULL,
    lead_recipient TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE texts (
    recording TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    stored BLOB
) STRICT, WITHOUT ROWID;
CREATE TABLE text_versions (
    recording TEXT NOT NULL REFERENCES texts (recording) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    withdrawn INTEGER NOT NULL,
    cut INTEGER NOT NULL,
    PRIMARY KEY (recording, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE authors (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    label TEXT NOT NULL,
    role TEXT NOT NULL,
    workplace TEXT NOT NULL,
    positionality TEXT NOT NULL,
    led_group INTEGER NOT NULL,
    reader_key TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE memos (
    id TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    wall REAL NOT NULL,
    words TEXT NOT NULL,
    text TEXT,
    begin_at INTEGER,
    end_at INTEGER,
    theme TEXT,
    supersedes TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE rounds (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    opened_wall REAL NOT NULL,
    authors TEXT NOT NULL,
    framework INTEGER,
    wanted_by TEXT NOT NULL
) STRICT;
CREATE TABLE closings (
    round INTEGER NOT NULL REFERENCES rounds (number),
    author TEXT NOT NULL,
    wall REAL NOT NULL,
    sha256 TEXT NOT NULL,
    taken_from TEXT,
    PRIMARY KEY (round, author)
) STRICT, WITHOUT ROWID;
CREATE TABLE codes (
    round INTEGER NOT NULL,
    author TEXT NOT NULL,
    guid TEXT NOT NULL,
    place REAL NOT NULL,
    name TEXT NOT NULL,
    colour TEXT NOT NULL,
    definition TEXT NOT NULL,
    applies TEXT NOT NULL,
    applies_not TEXT NOT NULL,
    example TEXT NOT NULL,
    parent TEXT,
    is_retired INTEGER NOT NULL,
    PRIMARY KEY (round, author, guid)
) STRICT, WITHOUT ROWID;
CREATE TABLE codings (
    round INTEGER NOT NULL,
    author TEXT NOT NULL,
    guid TEXT NOT NULL,
    place REAL NOT NULL,
    text TEXT NOT NULL,
    begin_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    code TEXT NOT NULL,
    wall REAL NOT NULL,
    memo TEXT NOT NULL,
    PRIMARY KEY (round, author, guid)
) STRICT, WITHOUT ROWID;
CREATE TABLE frameworks (
    version INTEGER PRIMARY KEY,
    wall REAL NOT NULL,
    sha256 TEXT NOT NULL,
    book TEXT NOT NULL
) STRICT;
CREATE TABLE framework_draft (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    book TEXT NOT NULL
) STRICT;
CREATE TABLE same_as (
    author TEXT NOT NULL,
    code TEXT NOT NULL,
    place INTEGER NOT NULL,
    framework_code TEXT NOT NULL,
    PRIMARY KEY (author, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE meetings (
    id TEXT PRIMARY KEY,
    wall REAL NOT NULL,
    authors TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE decisions (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    round INTEGER NOT NULL,
    meeting TEXT NOT NULL REFERENCES meetings (id),
    wall REAL NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT NOT NULL,
    agreed TEXT NOT NULL,
    code TEXT NOT NULL,
    theme TEXT NOT NULL,
    text TEXT,
    begin_at INTEGER,
    end_at INTEGER,
    as_author TEXT NOT NULL,
    supersedes TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE themes (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    central_idea TEXT NOT NULL,
    codes TEXT NOT NULL,
    state TEXT NOT NULL,
    against TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE quotations (
    id TEXT PRIMARY KEY,
    place INTEGER NOT NULL,
    theme TEXT NOT NULL,
    text TEXT NOT NULL,
    begin_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    shown TEXT NOT NULL,
    may_be_quoted INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tickets (
    ticket TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    round INTEGER NOT NULL,
    wall REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE taken (
    file TEXT PRIMARY KEY,
    author TEXT NOT NULL,
    round INTEGER NOT NULL,
    closed_wall REAL NOT NULL,
    sha256 TEXT NOT NULL,
    counts INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
"""
