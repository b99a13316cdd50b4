"""Open matter about backups: the last one is old, or there is none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.vault.log.database import Database

# Groups meet once a week: a backup of before the last meeting lacks it.
_FRESH = timedelta(days=7)


class BackupMatters:
    """Yields one matter once a session has been held and the last backup is a week old, or there is none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matter. Raise Trouble."""
        day = self.last_backup()
        if not self._database.run("SELECT 1 FROM summaries LIMIT 1") or (day is not None and today - day < _FRESH):
            return ()
        return (OpenMatter(OpenKind.BACKUP_DUE, day=day),)

    def last_backup(self) -> date | None:
        """Return the day of the last finished backup, None where there is none."""
        ((wall,),) = self._database.run(
            "SELECT MAX(wall) FROM carried WHERE kind = 'backup' AND manifest_sha256 IS NOT NULL"
        )
        return day_of(wall) if wall is not None else None
