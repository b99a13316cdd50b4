"""A study's database: SQLCipher as the log's, with migrations of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.analysis.migrations import STEPS
from balint_desktop.vault.log.database import Database, create_database
from balint_desktop.vault.log.migrate import run_steps

FILE = "analysis.db"
VERSION = len(STEPS)


def create_study_database(folder: Path, key: str) -> Database:
    """Create an empty database in a study's folder, with its tables. Raise Trouble."""
    database = create_database(folder / FILE, key)
    try:
        run_steps(database, STEPS, VERSION)
    except BaseException:
        database.close()
        raise
    return database


def open_study_database(folder: Path, key: str) -> Database:
    """Open a study's database, and bring it up to this version. Raise Trouble: STUDY_DAMAGED, VAULT_NEWER."""
    path = folder / FILE
    if path.exists() and not path.stat().st_size:
        # SQLite would take it for a new one, and write into it.
        raise Trouble(TroubleCode.STUDY_DAMAGED)
    with study_errors():
        database = Database(path, key)
        try:
            _bring_up(database)
        except BaseException:
            database.close()
            raise
    return database


def _bring_up(database: Database) -> None:
    ((version,),) = database.run("PRAGMA user_version")
    if version > VERSION:
        raise Trouble(TroubleCode.VAULT_NEWER)
    if not version:
        raise Trouble(TroubleCode.STUDY_DAMAGED)
    if version < VERSION:
        run_steps(database, STEPS[version:], VERSION)
    if database.read_only is not None:
        database.refuse_writes()


@contextlib.contextmanager
def study_errors() -> Iterator[None]:
    """Say of a study what the database says of a log."""
    try:
        yield
    except Trouble as trouble:
        if trouble.code in {TroubleCode.LOG_DAMAGED, TroubleCode.LOG_MISSING}:
            raise Trouble(TroubleCode.STUDY_DAMAGED) from trouble
        raise
