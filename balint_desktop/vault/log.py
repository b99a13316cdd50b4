"""The log: one encrypted file, and the tables in it by subject."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.audit import Act, AuditTrail
from balint_desktop.vault.database import Database, make_database
from balint_desktop.vault.log_cuts import CutRows
from balint_desktop.vault.log_people import PeopleRows
from balint_desktop.vault.log_recordings import RecordingRows
from balint_desktop.vault.log_sessions import SessionRows
from balint_desktop.vault.migrations import make_tables, migrate


class Log:
    """An open log. Used on one thread."""

    def __init__(self, path: Path, key: str, clock: Clock) -> None:
        """Open a log that is there. Raise Trouble: LOG_MISSING, LOG_DAMAGED, VAULT_NEWER."""
        if path.exists() and not path.stat().st_size:
            # Before SQLite sees it: it would take the file for a new one, and write into it.
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        database = Database(path, key)
        try:
            migrate(database)
        except Trouble:
            database.close()
            raise
        self._database = database
        self.people = PeopleRows(database)
        self.sessions = SessionRows(database)
        self.recordings = RecordingRows(database)
        self.audit = AuditTrail(database, clock)
        self.cuts = CutRows(database, self.recordings, self.audit)

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of this vault."""
        rows = self._database.run("SELECT value FROM settings WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else default

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting of this vault."""
        self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def create_log(path: Path, key: str, clock: Clock) -> None:
    """Make an empty log. Raise Trouble."""
    database = make_database(path, key)
    try:
        make_tables(database)
    finally:
        database.close()
    log = Log(path, key, clock)
    log.audit.add(Act.VAULT_MADE, {})
    log.close()
