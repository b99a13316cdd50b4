"""Approved texts in the log: every version with its fingerprint and figures, never a word of any."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId
from balint_desktop.vault.log.audit import AuditAct, AuditTrail
from balint_desktop.vault.log.database import Database, Row

_FIGURES = "version, sha256, by_whom, wall, characters, words, pages, counts"


@dataclass(frozen=True, slots=True)
class ApprovedVersion:
    """A version of an approved text: its fingerprint, by whom (a label) and when, and how long it is.

    `counts` are places by layer and by what became of them, as "roster replaced"; none for a redaction.
    """

    version: int
    sha256: str
    by: str
    wall: float
    characters: int
    words: int
    pages: int
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ApprovedRecord:
    """An approved text: the public key of what is stored, and its versions, the first first."""

    recording: RecordingId
    recipient: str
    versions: tuple[ApprovedVersion, ...]

    @property
    def latest(self) -> ApprovedVersion:
        """Return the version that is stored."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class ApprovedChange:
    """A version that is being put into its place, under this key."""

    recording: RecordingId
    recipient: str
    version: ApprovedVersion


@dataclass(frozen=True, slots=True)
class ApprovedTextState:
    """An approved text of a group's recording: the day it was last approved or redacted, and when it was destroyed."""

    wall: float | None
    deleted_wall: float | None = None


class ApprovedRows:
    """The tables of approved texts and their versions."""

    def __init__(self, database: Database, audit: AuditTrail, clock: Clock) -> None:
        self._database = database
        self._audit = audit
        self._clock = clock

    def find(self, recording: RecordingId) -> ApprovedRecord | None:
        """Return an approved text, None where there is none or it is being destroyed."""
        rows = self._database.run(
            "SELECT recording_id, recipient FROM approved_texts WHERE recording_id = ? AND deleting_wall IS NULL",
            (recording,),
        )
        return self._record(*rows[0]) if rows else None

    def all(self) -> tuple[ApprovedRecord, ...]:
        """Return every approved text that is not being destroyed."""
        rows = self._database.run(
            "SELECT recording_id, recipient FROM approved_texts WHERE deleting_wall IS NULL ORDER BY recording_id"
        )
        return tuple(self._record(*row) for row in rows)

    def _record(self, recording: str, recipient: str) -> ApprovedRecord:
        rows = self._database.run(
            f"SELECT {_FIGURES} FROM approved_versions WHERE recording_id = ? ORDER BY version", (recording,)
        )
        return ApprovedRecord(RecordingId(recording), recipient, tuple(_version(row) for row in rows))

    # --- a version put into its place ---

    def intend(self, change: ApprovedChange) -> None:
        """Record that a version that is complete is to be put into its place: a restart finishes it."""
        one = change.version
        self._database.run(
            "INSERT OR REPLACE INTO approved_changes VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                *(change.recording, change.recipient, one.version, one.sha256, one.by, one.wall),
                *(one.characters, one.words, one.pages, json.dumps(dict(one.counts), sort_keys=True)),
            ),
        )

    def pending(self) -> tuple[ApprovedChange, ...]:
        """Return the versions that are being put into their places."""
        rows = self._database.run(f"SELECT recording_id, recipient, {_FIGURES} FROM approved_changes")
        return tuple(
            ApprovedChange(RecordingId(recording), recipient, _version(tuple(figures)))
            for recording, recipient, *figures in rows
        )

    def note_in_place(self, change: ApprovedChange) -> None:
        """Record that a version is in its place. The audit row has its fingerprint, and that of the one before it.

        Raise Trouble.
        """
        one, before = change.version, self.find(change.recording)
        details: dict[str, str | float | None] = {
            "recording": change.recording,
            "version": one.version,
            "sha256": one.sha256,
        }
        with self._database.together():
            self._database.run(
                "INSERT INTO approved_texts (recording_id, recipient) VALUES (?, ?)"
                " ON CONFLICT (recording_id) DO UPDATE SET recipient = excluded.recipient",
                (change.recording, change.recipient),
            )
            self._database.run(
                f"INSERT OR REPLACE INTO approved_versions SELECT recording_id, {_FIGURES} FROM approved_changes"
                " WHERE recording_id = ?",
                (change.recording,),
            )
            self._forget(change)
            if before is None:
                self._audit.add(AuditAct.TEXT_APPROVED, details)
            else:
                self._audit.add(AuditAct.APPROVED_TEXT_REDACTED, {**details, "before": before.latest.sha256})

    def drop(self, change: ApprovedChange) -> None:
        """Delete the intent of a version whose files are not there."""
        with self._database.together():
            self._forget(change)

    def _forget(self, change: ApprovedChange) -> None:
        self._database.run("DELETE FROM approved_changes WHERE recording_id = ?", (change.recording,))

    # --- destroyed ---

    def intend_deleting(self, recording: RecordingId, by: str) -> None:
        """Record the intent to destroy an approved text: a restart finishes it. Raise Trouble."""
        with self._database.together():
            wall = self._clock.now().wall
            rows = self._database.run(
                "UPDATE approved_texts SET deleting_wall = ? WHERE recording_id = ? AND deleting_wall IS NULL"
                " RETURNING 1",
                (wall, recording),
            )
            if rows:
                self._database.run("INSERT OR REPLACE INTO approved_deletions VALUES (?, ?, ?)", (recording, wall, by))
                self._audit.add(AuditAct.APPROVED_TEXT_DELETING_ASKED, {"recording": recording})

    def deleting(self) -> tuple[RecordingId, ...]:
        """Return the approved texts with an unfinished intent to destroy them."""
        rows = self._database.run("SELECT recording_id FROM approved_texts WHERE deleting_wall IS NOT NULL")
        return tuple(RecordingId(recording) for (recording,) in rows)

    def note_deleted(self, recording: RecordingId) -> None:
        """Record that an approved text is destroyed, with the fingerprint of the version that was. Raise Trouble."""
        with self._database.together():
            rows = self._database.run(
                "SELECT version, sha256 FROM approved_versions WHERE recording_id = ? ORDER BY version DESC LIMIT 1",
                (recording,),
            )
            self._database.run("DELETE FROM approved_removals WHERE recording_id = ?", (recording,))
            self._database.run("DELETE FROM approved_texts WHERE recording_id = ?", (recording,))
            for version, sha256 in rows:
                self._audit.add(
                    AuditAct.APPROVED_TEXT_DELETED,
                    {"recording": recording, "version": int(version), "sha256": str(sha256)},
                )

    def states(self, group: GroupId) -> dict[RecordingId, ApprovedTextState]:
        """Return the approved texts of a group's recordings that are here, and those that were destroyed here."""
        of_group = "recording_id IN (SELECT r.id FROM recordings r JOIN sessions s ON s.id = r.session_id"
        of_group += " WHERE s.group_id = ?)"
        deleted = self._database.run(f"SELECT recording_id, wall FROM approved_deletions WHERE {of_group}", (group,))
        here = self._database.run(
            "SELECT t.recording_id, MAX(v.wall) FROM approved_texts t JOIN approved_versions v USING (recording_id)"
            f" WHERE t.deleting_wall IS NULL AND t.{of_group} GROUP BY t.recording_id",
            (group,),
        )
        found = {RecordingId(recording): ApprovedTextState(None, wall) for recording, wall in deleted}
        return found | {RecordingId(recording): ApprovedTextState(wall) for recording, wall in here}

    def last_approved(self, group: GroupId) -> float | None:
        """Return when the latest first version of a group's texts was approved, in seconds since 1970."""
        ((wall,),) = self._database.run(
            "SELECT MAX(v.wall) FROM approved_versions v JOIN recordings r ON r.id = v.recording_id"
            " JOIN sessions s ON s.id = r.session_id WHERE s.group_id = ? AND v.version = 1",
            (group,),
        )
        return None if wall is None else float(wall)

    # --- a person's words removed ---

    def note_removed(self, recording: RecordingId, withdrawal: int, answer: int | None) -> None:
        """Record that no words of a person are in an approved text. `answer` is the row by which they are out now."""
        self._database.run(
            "INSERT OR REPLACE INTO approved_removals VALUES (?, ?, ?, ?)",
            (recording, withdrawal, answer, self._clock.now().wall),
        )

    def removals(self, recording: RecordingId) -> dict[int, tuple[ParticipantCode, int | None]]:
        """Return whose words are not in an approved text any more, and the answer by which each was out.

        By withdrawal; one that was undone, or whose rule is another by now, does not count.
        """
        rows = self._database.run(
            "SELECT w.place, w.code, a.answer FROM approved_removals a JOIN withdrawals w ON w.place = a.withdrawal"
            " JOIN withdrawal_recordings c ON c.withdrawal = w.place AND c.recording_id = a.recording_id"
            " WHERE a.recording_id = ? AND NOT w.taken_back AND c.asks = 'remove-words' ORDER BY w.place",
            (recording,),
        )
        return {int(place): (ParticipantCode(code), answer) for place, code, answer in rows}


def _version(row: Row) -> ApprovedVersion:
    version, sha256, by, wall, characters, words, pages, counts = row
    return ApprovedVersion(
        int(version), str(sha256), str(by), float(wall), int(characters), int(words), int(pages), json.loads(counts)
    )
