"""The first tables: groups, sessions, facts, recordings, settings, audit trail."""

from __future__ import annotations

# Deliberately not stored: situation chips, who asked for a pause, distress, cases, names.
SQL = """
CREATE TABLE groups (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    sessions INTEGER NOT NULL,
    weekday TEXT,
    format_key TEXT NOT NULL,
    support TEXT NOT NULL,
    for_research INTEGER NOT NULL,
    this_vault_reads INTEGER NOT NULL
) STRICT;
CREATE TABLE participants (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    code TEXT NOT NULL,
    agreed_to_recording INTEGER NOT NULL,
    seat INTEGER,
    PRIMARY KEY (group_id, code)
) STRICT;
CREATE TABLE readers (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    label TEXT NOT NULL,
    recipient TEXT NOT NULL,
    PRIMARY KEY (group_id, recipient)
) STRICT;
CREATE TABLE sessions (
    id TEXT PRIMARY KEY,
    group_id TEXT REFERENCES groups (id),
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    format_key TEXT NOT NULL,
    format_text TEXT NOT NULL,
    prompts_shown INTEGER NOT NULL DEFAULT 0,
    closed INTEGER NOT NULL DEFAULT 0,
    process_note TEXT NOT NULL DEFAULT '',
    follow_up_needed INTEGER,
    support_offered INTEGER
) STRICT;
CREATE TABLE facts (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    wall REAL NOT NULL,
    boot REAL NOT NULL,
    boot_id TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (session_id, place)
) STRICT;
CREATE TABLE recordings (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    recipient TEXT NOT NULL,
    this_vault_reads INTEGER NOT NULL
) STRICT;
CREATE TABLE parts (
    recording_id TEXT NOT NULL REFERENCES recordings (id),
    part INTEGER NOT NULL,
    seconds REAL,
    sha256 TEXT,
    first_seen_at_recovery INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (recording_id, part)
) STRICT;
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE audit (
    place INTEGER PRIMARY KEY,
    wall REAL NOT NULL,
    what TEXT NOT NULL,
    told TEXT NOT NULL,
    chain TEXT NOT NULL
) STRICT;
"""
