"""How a log of an earlier version becomes one of this version."""

from __future__ import annotations

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.database import Database
from balint_desktop.vault.log_steps import STEPS

VERSION = len(STEPS)


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
    for number, step in enumerate(STEPS[version:], start=version + 1):
        with database.together():
            database.run(step)
            database.run(f"PRAGMA user_version = {number}")
