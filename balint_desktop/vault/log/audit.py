"""The audit trail: rows chained by hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.log.audit_words import WORDS
from balint_desktop.vault.log.database import Database

_START = "0" * 64
_HEAD_WORDS = 8
_UNWRITABLE = frozenset({TroubleCode.DISK_FULL, TroubleCode.DISK_READ_ONLY})
# The setting that holds the chain's head.
_HEAD = "audit-head"


class AuditAct(StrEnum):
    """The acts recorded in the trail, with ids, fingerprints and destination folders; no names, no notes."""

    VAULT_MADE = "vault-made"
    PASSPHRASE_CHANGED = "passphrase-changed"
    RECORDING_MADE = "recording-made"
    PART_FINISHED = "part-finished"
    RECORDING_EXPORTED = "recording-exported"
    DESTROYING_ASKED = "destroying-asked"
    RECORDING_DESTROYED = "recording-destroyed"
    READER_ADDED = "reader-added"
    READER_TAKEN_OFF = "reader-taken-off"
    VAULT_READS = "vault-reads"
    RECORDING_RESEALED = "recording-resealed"
    KEYS_RENEWED = "keys-renewed"
    BACKUP_MADE = "backup-made"
    VAULT_RESTORED = "vault-restored"
    RECORDING_HANDED_OVER = "recording-handed-over"
    RECORDING_BROUGHT_IN = "recording-brought-in"
    SHARED_COPY_IMPORTED = "shared-copy-imported"
    PART_CUT = "part-cut"
    DATES_CHANGED = "dates-changed"
    GROUP_PUT_AWAY = "group-put-away"
    GROUP_BROUGHT_BACK = "group-brought-back"
    COLLEAGUE_NOTED = "colleague-noted"
    COLLEAGUE_REMOVED = "colleague-removed"
    LEADERS_NOTED = "leaders-noted"
    SUPERVISION_NOTED = "supervision-noted"
    SUPERVISION_REMOVED = "supervision-removed"
    MEETING_NOTED = "meeting-noted"
    MEETING_REMOVED = "meeting-removed"
    AIMS_SET = "aims-set"
    REVIEW_KEPT = "review-kept"
    REVIEW_REMOVED = "review-removed"
    MEMBER_JOINED = "member-joined"
    MEMBER_LEFT = "member-left"
    MEMBER_CAME_BACK = "member-came-back"
    MEMBER_TAKEN_BACK = "member-taken-back"
    ROSTER_KEPT = "roster-kept"
    ROSTER_TAKEN_OUT = "roster-taken-out"
    ROSTER_DESTROYING_ASKED = "roster-destroying-asked"
    ROSTER_DESTROYED = "roster-destroyed"
    STUDY_NUMBERS_DRAWN = "study-numbers-drawn"
    WRITTEN_PART_OPENED = "written-part-opened"
    WRITTEN_PART_CLOSED = "written-part-closed"
    SCORE_KEPT = "score-kept"
    SCORE_DROPPED = "score-dropped"
    REPORT_TAKEN_OUT = "report-taken-out"
    CONSENTS_ENTERED = "consents-entered"
    CONSENTS_TAKEN_BACK = "consents-taken-back"
    CONSENTS_EXPORTED = "consents-exported"
    STUDY_CHANGED = "study-changed"
    RECORDING_DECISION = "recording-decision"
    SESSION_ENTERED = "session-entered"
    RECORD_CORRECTED = "record-corrected"
    CORRECTION_TAKEN_BACK = "correction-taken-back"
    TEXT_ERASED = "text-erased"
    CLOCK_SET = "clock-set"
    CLOCK_TAKEN_AWAY = "clock-taken-away"
    KEEPING_PLACE_SET = "keeping-place-set"
    EVENT_NOTED = "event-noted"
    EVENT_TAKEN_BACK = "event-taken-back"
    DELETION_WITNESSED = "deletion-witnessed"
    DESTROYED_ELSEWHERE = "destroyed-elsewhere"
    DESTROYED_ELSEWHERE_MISTAKEN = "destroyed-elsewhere-mistaken"
    HOLD_PLACED = "hold-placed"
    HOLD_LIFTED = "hold-lifted"
    HOLD_STANDS_AGAIN = "hold-stands-again"
    ACCESS_REQUEST_KEPT = "access-request-kept"
    ACCESS_REQUEST_REMOVED = "access-request-removed"
    TRANSCRIPT_BEGUN = "transcript-begun"
    TRANSCRIPT_WRITTEN = "transcript-written"
    TRANSCRIPT_SIGNED_OFF = "transcript-signed-off"
    TRANSCRIPT_REOPENED = "transcript-reopened"
    TRANSCRIPT_READ_OUT = "transcript-read-out"
    TRANSCRIPT_DELETING_ASKED = "transcript-deleting-asked"
    TRANSCRIPT_DELETED = "transcript-deleted"
    TRANSCRIPT_IMPORTED = "transcript-imported"
    TRANSCRIPT_WORDS_REMOVED = "transcript-words-removed"
    TRANSCRIPT_NO_WORDS_TO_REMOVE = "transcript-no-words-to-remove"
    TEXT_WITHOUT_RECORDING = "text-without-recording"
    TEXT_APPROVED = "text-approved"
    APPROVED_TEXT_REDACTED = "approved-text-redacted"
    APPROVED_TEXT_DELETING_ASKED = "approved-text-deleting-asked"
    APPROVED_TEXT_DELETED = "approved-text-deleted"
    APPROVED_TEXT_EXPORTED = "approved-text-exported"
    STUDY_CREATED = "analysis-created"
    STUDY_TEXT_USED = "analysis-text-used"
    STUDY_TEXT_LEFT_OUT = "analysis-text-left-out"
    STUDY_TEXT_MOVED = "analysis-text-moved"
    ROUND_OPENED = "analysis-round-opened"
    ROUND_DISCARDED = "analysis-round-discarded"
    ROUND_CLOSED = "analysis-round-closed"
    CODING_OPENED = "analysis-coding-opened"
    CODING_TAKEN_IN = "analysis-coding-taken-in"
    COMMENTS_TAKEN_IN = "analysis-comments-taken-in"
    FRAMEWORK_FIXED = "analysis-framework-fixed"
    CODING_PARCEL_MADE = "coding-parcel-made"
    CODING_COPY_MADE = "coding-copy-made"
    CODING_PARCEL_RECEIVED = "coding-parcel-received"
    STUDY_DELETING_ASKED = "analysis-deleting-asked"
    STUDY_DELETED = "analysis-deleted"
    ANALYSIS_EXPORTED = "analysis-exported"


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One row of the trail. `chain` is the hash over this row and the chain before it."""

    place: int
    wall: float
    act: str
    details: str
    chain: str


class AuditTrail:
    """The table of acts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._waiting: list[tuple[AuditAct, Mapping[str, str | float | None]]] = []

    def add(self, act: AuditAct, details: Mapping[str, str | float | None]) -> None:
        """Append one row to the chain."""
        wall = self._clock.now().wall
        text = json.dumps(dict(details), sort_keys=True)
        with self._database.together():
            rows = self._database.run("SELECT place, chain FROM audit ORDER BY place DESC LIMIT 1")
            place, before = (rows[0][0] + 1, rows[0][1]) if rows else (1, _START)
            chain = _chained(before, place, wall, act.value, text)
            self._database.run("INSERT INTO audit VALUES (?, ?, ?, ?, ?)", (place, wall, act.value, text, chain))
            self._database.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", (_HEAD, chain))

    def add_export(self, act: AuditAct, details: Mapping[str, str | float | None]) -> None:
        """Append the row of an export. On a disk that takes none, it waits for as long as the log is open.

        What is to be read from a full or read-only disk must be able to leave it. Raise Trouble.
        """
        self._waiting.append((act, dict(details)))
        try:
            self.add_waiting()
        except Trouble as trouble:
            if trouble.code not in _UNWRITABLE:
                self._waiting.pop()
                raise

    def add_waiting(self) -> None:
        """Append the rows of exports that a full disk refused. Raise Trouble."""
        if not self._waiting:
            return
        with self._database.together():
            for act, details in self._waiting:
                self.add(act, details)
        self._waiting.clear()

    def has(self, act: AuditAct, details: Mapping[str, str | float | None]) -> bool:
        """Return whether such a row exists already, as when an act is finished a second time after a kill."""
        text = json.dumps(dict(details), sort_keys=True)
        return bool(self._database.run("SELECT 1 FROM audit WHERE what = ? AND told = ? LIMIT 1", (act.value, text)))

    def rows(self) -> tuple[AuditRow, ...]:
        """Return all rows, oldest first."""
        found = self._database.run("SELECT place, wall, what, told, chain FROM audit ORDER BY place")
        return tuple(AuditRow(*row) for row in found)

    def count(self) -> int:
        """Return how many rows there are."""
        ((count,),) = self._database.run("SELECT count(*) FROM audit")
        return int(count)

    def broken_at(self) -> int | None:
        """Verify the chain. Return the first row that does not match, None if it is intact."""
        before = _START
        for expected, row in enumerate(self.rows(), start=1):
            if row.place != expected or row.chain != _chained(before, row.place, row.wall, row.act, row.details):
                return expected
            before = row.chain
        return None if before == self._noted_head(before) else len(self.rows()) + 1

    def _noted_head(self, walked: str) -> str:
        """Return the head stored with the last row: a chain with rows removed from its end still verifies."""
        rows = self._database.run("SELECT value FROM settings WHERE key = ?", (_HEAD,))
        return str(rows[0][0]) if rows else walked

    def head_words(self) -> tuple[str, ...]:
        """Return the chain's head as eight words, to be written down and compared."""
        rows = self._database.run("SELECT chain FROM audit ORDER BY place DESC LIMIT 1")
        return _words(rows[0][0] if rows else _START)

    def find_row(self, words: str) -> int | None:
        """Return the row whose head matches words written down earlier, None if no row does.

        Capitals, commas and line breaks are ignored. If the chain is intact, too, nothing up to that row was changed
        since.
        """
        typed = tuple("".join(sign if sign.isalpha() else " " for sign in words.lower()).split())
        return next((row.place for row in reversed(self.rows()) if _words(row.chain) == typed), None)


def _words(chain: str) -> tuple[str, ...]:
    return tuple(WORDS[byte] for byte in bytes.fromhex(chain)[:_HEAD_WORDS])


def _chained(before: str, place: int, wall: float, act: str, details: str) -> str:
    return hashlib.sha256(json.dumps([before, place, wall, act, details]).encode()).hexdigest()
