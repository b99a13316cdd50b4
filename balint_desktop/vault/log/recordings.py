"""Recordings in the log: session, parts, fingerprints."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.vault.log.database import Database, Row


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part in the log. `seconds` and `sha256` are None until it is finished, or if its recorder died."""

    part: int
    seconds: float | None
    sha256: str | None
    first_seen_at_recovery: bool


@dataclass(frozen=True, slots=True)
class RecordingRow:
    """One recording in the log, with its parts.

    `has_sound` is false for a session without any recording whose text was imported: it has the session's own id.
    """

    id: RecordingId
    session: SessionId
    recipient: str
    this_vault_reads: bool
    parts: tuple[PartRow, ...]
    has_sound: bool = True


class RecordingRows:
    """The tables of recordings and parts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self,
        recording: RecordingId,
        session: SessionId,
        recipient: str,
        *,
        this_vault_reads: bool,
        has_sound: bool = True,
    ) -> None:
        """Insert a recording made for a session, or what stands for one where a text is all there is."""
        self._database.run(
            "INSERT INTO recordings (id, session_id, recipient, this_vault_reads, has_sound) VALUES (?, ?, ?, ?, ?)",
            (recording, session, recipient, this_vault_reads, has_sound),
        )

    def sessions_without(self, *, agreed_to: Purpose | None = None) -> tuple[SessionId, ...]:
        """Return the sessions of groups that are over and have no recording, destroyed or not, newest first.

        With a purpose, only those of groups in which somebody ever agreed to it: the others need not be looked at.
        """
        rows = self._database.run(
            "SELECT s.id FROM sessions s JOIN groups g ON g.id = s.group_id WHERE s.closed AND NOT g.archived"
            " AND NOT EXISTS (SELECT 1 FROM recordings r WHERE r.session_id = s.id)"
            " AND (?1 IS NULL OR EXISTS (SELECT 1 FROM consents c WHERE c.group_id = g.id AND c.purpose = ?1"
            " AND c.answer = 'given')) ORDER BY s.rowid DESC",
            (agreed_to,),
        )
        return tuple(SessionId(session) for (session,) in rows)

    def add_part(self, recording: RecordingId) -> int:
        """Insert the next part, and return its number."""
        ((part,),) = self._database.run(
            "INSERT INTO parts (recording_id, part)"
            " SELECT ?, COALESCE(MAX(part), 0) + 1 FROM parts WHERE recording_id = ? RETURNING part",
            (recording, recording),
        )
        return int(part)

    def insert_part(self, recording: RecordingId, part: PartRow) -> None:
        """Insert a part as it is, under its own number."""
        self._database.run(
            "INSERT INTO parts VALUES (?, ?, ?, ?, ?)",
            (recording, part.part, part.seconds, part.sha256, part.first_seen_at_recovery),
        )

    def finish_part(
        self, recording: RecordingId, part: int, seconds: float, sha256: str | None, *, at_recovery: bool = False
    ) -> None:
        """Store a part's length and fingerprint."""
        self._database.run(
            "UPDATE parts SET seconds = ?, sha256 = ?, first_seen_at_recovery = ? WHERE recording_id = ? AND part = ?",
            (seconds, sha256, at_recovery, recording, part),
        )

    def session_of(self, recording: RecordingId) -> SessionId:
        """Return the session of a recording; one without any recording has a text by its own id."""
        rows = self._database.run("SELECT session_id FROM recordings WHERE id = ?", (recording,))
        return SessionId(rows[0][0]) if rows else SessionId(recording)

    def recordings(self) -> tuple[RecordingRow, ...]:
        """Return every recording, newest first."""
        rows = self._database.run(
            "SELECT id, session_id, recipient, this_vault_reads, has_sound FROM recordings ORDER BY rowid DESC"
        )
        return tuple(self._recording(row) for row in rows)

    def recording(self, recording: RecordingId) -> RecordingRow:
        """Return one recording. Raise KeyError."""
        rows = self._database.run(
            "SELECT id, session_id, recipient, this_vault_reads, has_sound FROM recordings WHERE id = ?", (recording,)
        )
        if not rows:
            raise KeyError(recording)
        return self._recording(rows[0])

    def _recording(self, row: Row) -> RecordingRow:
        recording, session, recipient, this_vault_reads, has_sound = row
        parts = self._database.run(
            "SELECT part, seconds, sha256, first_seen_at_recovery FROM parts WHERE recording_id = ? ORDER BY part",
            (recording,),
        )
        return RecordingRow(
            RecordingId(recording),
            SessionId(session),
            recipient,
            bool(this_vault_reads),
            tuple(PartRow(part, seconds, sha256, bool(seen)) for part, seconds, sha256, seen in parts),
            bool(has_sound),
        )
