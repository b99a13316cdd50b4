"""The log's tables, version by version. A step that was released is never edited: a change is a new step."""

from __future__ import annotations

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.database import Database

# What is not here is not kept: no chips, nobody who asked for a pause, no distress, no case, no names.
_STEPS = (
    """
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
    """,
    # To whom each recording's key is sealed besides this vault, to whom it is about to be, and what was destroyed.
    """
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
    """,
    # What was carried out of the vault and into it. A recording's id stands here after its destruction, too: whoever
    # destroyed it must be told which backups hold it still.
    """
    CREATE TABLE carried (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        wall REAL NOT NULL,
        folder TEXT NOT NULL,
        manifest_sha256 TEXT
    ) STRICT;
    CREATE TABLE carried_files (
        carried_id TEXT NOT NULL REFERENCES carried (id) ON DELETE CASCADE,
        recording_id TEXT NOT NULL,
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (carried_id, recording_id, name)
    ) STRICT;
    CREATE TABLE brought_in (
        recording_id TEXT PRIMARY KEY,
        wall REAL NOT NULL,
        original TEXT NOT NULL,
        wiped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    """,
    # Parts whose struck sound is being cut: there from before the first file is touched until all is done.
    """
    CREATE TABLE cuts (
        recording_id TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
        part INTEGER NOT NULL,
        sha256_before TEXT NOT NULL,
        sha256_after TEXT,
        PRIMARY KEY (recording_id, part)
    ) STRICT;
    """,
)
VERSION = len(_STEPS)


def make_tables(database: Database) -> None:
    """Give an empty file its tables."""
    _step_up(database, 0)


def migrate(database: Database) -> None:
    """Bring a log up to this version. Raise Trouble VAULT_NEWER, or LOG_DAMAGED for one without any tables."""
    ((version,),) = database.run("PRAGMA user_version")
    if version > VERSION:
        raise Trouble(TroubleCode.VAULT_NEWER)
    # A file cut down to nothing opens as an empty database; it must never pass for a log without sessions.
    if version == 0:
        raise Trouble(TroubleCode.LOG_DAMAGED)
    _step_up(database, version)


def _step_up(database: Database, version: int) -> None:
    for number, step in enumerate(_STEPS[version:], start=version + 1):
        with database.together():
            database.run(step)
            database.run(f"PRAGMA user_version = {number}")
