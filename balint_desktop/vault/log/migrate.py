"""Migrate a log of an earlier version."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.migrations import STEPS

VERSION = len(STEPS)


def create_tables(database: Database) -> None:
    """Create the tables in an empty file."""
    _step_up(database, 0)


def migrate(database: Database, path: Path, wall: float) -> None:
    """Migrate the log at that path to this version in one transaction, after storing a copy of the old one next to it.

    `wall` is now, in seconds since 1970: copies past their retention are deleted. Raise Trouble VAULT_NEWER,
    LOG_DAMAGED for a log without any tables, DISK_FULL if there is no room for the copy: the log is then unchanged.
    """
    ((version,),) = database.run("PRAGMA user_version")
    if version > VERSION:
        raise Trouble(TroubleCode.VAULT_NEWER)
    # A file truncated to nothing opens as an empty database; it must never pass for a log without sessions.
    if version == 0:
        raise Trouble(TroubleCode.LOG_DAMAGED)
    if database.read_only is not None:
        # In memory alone: the file is as it was.
        _step_up(database, version)
        return
    if version == VERSION:
        with contextlib.suppress(Trouble):
            earlier_copies.delete_old_copies(path, wall)
        return
    earlier_copies.store_copy(database, path, version)
    _step_up(database, version)


def _step_up(database: Database, version: int) -> None:
    run_steps(database, STEPS[version:VERSION], VERSION)


def run_steps(database: Database, steps: Iterable[str], version: int) -> None:
    """Run migrations to a version in one transaction: after a kill the file is the old one or the new one."""
    with database.together():
        for step in steps:
            database.run(step)
        database.run(f"PRAGMA user_version = {version}")
