"""The log: one encrypted database, tables by subject."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.session.entered_afterwards import AfterwardsEntry
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId
from balint_desktop.vault.log.access import AccessRows
from balint_desktop.vault.log.accreditation import AccreditationRows
from balint_desktop.vault.log.approved import ApprovedRows
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.consents import ConsentRows
from balint_desktop.vault.log.corrections import CorrectionRows
from balint_desktop.vault.log.database import DISK_CODES, Database, create_database
from balint_desktop.vault.log.dates import DateRows
from balint_desktop.vault.log.deletions import DeletionRows
from balint_desktop.vault.log.drafts import DraftRows
from balint_desktop.vault.log.evaluation import EvaluationRows
from balint_desktop.vault.log.groups import GroupRows
from balint_desktop.vault.log.holds import HoldRows
from balint_desktop.vault.log.imported_copies import ImportedCopyRows
from balint_desktop.vault.log.keys import KeyRows
from balint_desktop.vault.log.leaders import LeaderRows
from balint_desktop.vault.log.migrate import create_tables, migrate
from balint_desktop.vault.log.notes import NoteRows
from balint_desktop.vault.log.open_backups import BackupMatters
from balint_desktop.vault.log.open_consents import ConsentMatters
from balint_desktop.vault.log.open_requests import RequestMatters
from balint_desktop.vault.log.recordings import RecordingRows
from balint_desktop.vault.log.redactions import RedactionRows
from balint_desktop.vault.log.reminders import ReminderRows
from balint_desktop.vault.log.retained_recordings import RetainedRecordingRows
from balint_desktop.vault.log.retention import RetentionRows
from balint_desktop.vault.log.rosters import RosterRows
from balint_desktop.vault.log.sessions import SessionRows
from balint_desktop.vault.log.studies import StudyLog
from balint_desktop.vault.log.summaries import SummaryRows
from balint_desktop.vault.log.transcripts import TranscriptRows
from balint_desktop.vault.log.transfers import TransferRows
from balint_desktop.vault.log.vacuum import vacuum_if_intended
from balint_desktop.vault.log.withdrawals import WithdrawalRows


class Log:
    """An open log. Used on one thread."""

    def __init__(self, path: Path, key: str, clock: Clock) -> None:
        """Open an existing log. Raise Trouble: LOG_MISSING, LOG_DAMAGED, VAULT_NEWER."""
        if path.exists() and not path.stat().st_size:
            # Before SQLite opens it: it would take the file for a new one, and write into it.
            raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        database = _open_migrated(path, key, clock)
        self._database = database
        self._clock = clock
        self.audit = AuditTrail(database, clock)
        self.holds = HoldRows(database, self.audit)
        self.consents = ConsentRows(database, self.audit, clock)
        self.withdrawals = WithdrawalRows(database, clock)
        self.consent_matters = ConsentMatters(database)
        self.request_matters = RequestMatters(database)
        self.backup_matters = BackupMatters(database)
        self.groups = GroupRows(database, self.consents, self.audit)
        self.sessions = SessionRows(database)
        self.reminders = ReminderRows(database)
        self.drafts = DraftRows(database)
        self.rosters = RosterRows(database)
        self.recordings = RecordingRows(database)
        self.keys = KeyRows(database)
        self.transfers = TransferRows(database)
        self.imported_copies = ImportedCopyRows(database)
        self.transcripts = TranscriptRows(database, self.audit, clock)
        self.approved = ApprovedRows(database, self.audit, clock)
        self.studies = StudyLog(database, self.audit, clock)
        self.evaluation = EvaluationRows(database, self.audit, self.consents)
        self.redactions = RedactionRows(database, self.recordings, self.audit)
        self.dates = DateRows(database, self.audit)
        self.leaders = LeaderRows(database, self.audit)
        self.accreditation = AccreditationRows(database, self.audit)
        self.summaries = SummaryRows(database, self.sessions)
        self.notes = NoteRows(database)
        self.corrections = CorrectionRows(database, self.audit, self.holds, clock)
        self.retention = RetentionRows(database, self.audit, clock)
        self.deletions = DeletionRows(database, self.audit, self.holds, clock)
        self.retained_recordings = RetainedRecordingRows(database)
        self.access = AccessRows(database, self.audit)
        if database.read_only is not None:
            while self.summaries.refresh():
                pass
            database.refuse_writes()
            return
        # A disk error does not prevent opening; the next opening tries again.
        with contextlib.suppress(Trouble):
            vacuum_if_intended(database)

    @property
    def read_only(self) -> TroubleCode | None:
        """Why nothing can be written for as long as the log is open, None where it can: DISK_FULL, DISK_READ_ONLY."""
        return self._database.read_only

    @property
    def changes(self) -> int:
        """The number of rows changed since opening: what was read holds while it stays the same."""
        return self._database.changes

    def now(self) -> float:
        """Return now, in seconds since 1970."""
        return self._clock.now().wall

    def setting(self, key: str, default: str = "") -> str:
        """Return a setting of this vault."""
        rows = self._database.run("SELECT value FROM settings WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else default

    def set_setting(self, key: str, value: str) -> None:
        """Save a setting of this vault."""
        self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (key, value))

    def enter(self, entry: AfterwardsEntry) -> SessionId:
        """Save a session that ran without the laptop, marked as entered afterwards. Raise Trouble."""
        with self._database.together():
            session = self.sessions.enter(entry, self._clock.now().wall)
            self.audit.add(AuditAct.SESSION_ENTERED, {"session": session})
        return session

    def undo_entering(self, session: SessionId) -> None:
        """Delete a session just entered. Raise Trouble RECORD_CHANGED if it was changed since."""
        with self._database.together():
            rows = self._database.run(
                "DELETE FROM sessions WHERE id = ? AND entered_wall IS NOT NULL AND revision = 2"
                " AND NOT EXISTS (SELECT 1 FROM recordings WHERE session_id = sessions.id) RETURNING 1",
                (session,),
            )
            if not rows:
                raise Trouble(TroubleCode.RECORD_CHANGED)
            self.audit.add(AuditAct.CORRECTION_TAKEN_BACK, {"session": session})

    def check(self) -> None:
        """Check every page of the file. Raise Trouble LOG_DAMAGED."""
        self._database.check()

    def together(self) -> AbstractContextManager[None]:
        """Run the block in one transaction."""
        return self._database.together()

    def copy_to(self, path: Path) -> None:
        """Write a sealed copy of the log into a new file, and verify its audit trail. Raise Trouble LOG_DAMAGED.

        A trail already broken is copied unchanged: verifying reports it in both files.
        """
        copy = self._database.copy_to(path)
        try:
            if AuditTrail(copy, self._clock).rows() != self.audit.rows():
                raise Trouble(TroubleCode.LOG_DAMAGED, folder=str(path.parent))
        finally:
            copy.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _open_migrated(path: Path, key: str, clock: Clock) -> Database:
    """Open a log in this version, one of an earlier version in memory if its copy finds no room. Raise Trouble."""
    database = Database(path, key)
    try:
        migrate(database, path, clock.now().wall)
    except Trouble as trouble:
        database.close()
        if trouble.code not in DISK_CODES:
            raise
        database = Database(path, key, in_memory=True)
        migrate(database, path, clock.now().wall)
    return database


def create_log(path: Path, key: str, clock: Clock, begin: Callable[[Log], None] = lambda _log: None) -> None:
    """Create an empty log, and call `begin` with it once. Raise Trouble."""
    database = create_database(path, key)
    try:
        create_tables(database)
    finally:
        database.close()
    log = Log(path, key, clock)
    log.audit.add(AuditAct.VAULT_MADE, {})
    begin(log)
    log.close()
