"""Migrate a log of an earlier version."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.migrations import STEPS

VERSION = len(STEPS)


def make_tables(database: Database) -> None:
    """Give an empty file its tables."""
    _step_up(database, 0)


def migrate(database: Database, path: Path, wall: float) -> None:
    """Bring the log at that path up to this version, all steps or none, a copy of the old one kept beside it first.

    `wall` is now, in seconds since 1970: a copy that was kept long enough goes. Raise Trouble VAULT_NEWER, LOG_DAMAGED
    for a log without any tables, DISK_FULL where there is no room for the copy: the log is then as it was.
    """
    ((version,),) = database.run("PRAGMA user_version")
    if version > VERSION:
        raise Trouble(TroubleCode.VAULT_NEWER)
    # A file cut down to nothing opens as an empty database; it must never pass for a log without sessions.
    if version == 0:
        raise Trouble(TroubleCode.LOG_DAMAGED)
    if version == VERSION:
        earlier_copies.drop_old_copies(path, wall)
        return
    earlier_copies.store_copy(database, path, version)
    _step_up(database, version)


def _step_up(database: Database, version: int) -> None:
    # One transaction for all steps: whoever is killed on the way finds the old log or the new one.
    with database.together():
        for step in STEPS[version:VERSION]:
            database.run(step)
        database.run(f"PRAGMA user_version = {VERSION}")
