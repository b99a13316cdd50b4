"""Recordings in the log that came from another vault in a sealed copy."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.vault.log.database import Database, Row


@dataclass(frozen=True, slots=True)
class ImportedCopyRow:
    """A recording imported from a sealed copy, at that wall time (seconds since 1970).

    `shared_for` is the purpose it was shared for, None for a copy of an earlier version, which does not say.
    """

    recording: RecordingId
    wall: float
    manifest_sha256: str
    shared_for: Purpose | None = None


class ImportedCopyRows:
    """The table of imported copies, and the marks of the sessions and groups that came with them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, row: ImportedCopyRow) -> None:
        """Record that a recording was imported from a sealed copy."""
        self._database.run(
            "INSERT INTO imported_copies VALUES (?, ?, ?, ?)",
            (row.recording, row.wall, row.manifest_sha256, row.shared_for.value if row.shared_for is not None else ""),
        )

    def find(self, recording: RecordingId) -> ImportedCopyRow | None:
        """Return how a recording came here, None for one that was made or imported as a sound file here."""
        rows = self._database.run(
            "SELECT recording_id, wall, manifest_sha256, shared_for FROM imported_copies WHERE recording_id = ?",
            (recording,),
        )
        return _row(rows[0]) if rows else None

    def all(self) -> tuple[ImportedCopyRow, ...]:
        """Return every recording that came in a sealed copy."""
        rows = self._database.run(
            "SELECT recording_id, wall, manifest_sha256, shared_for FROM imported_copies ORDER BY wall, recording_id"
        )
        return tuple(_row(row) for row in rows)

    def mark_group(self, group: GroupId, wall: float) -> None:
        """Mark a group as made for imported sessions: it is not led here."""
        self._database.run("UPDATE groups SET imported_wall = ? WHERE id = ?", (wall, group))

    def mark_session(self, session: SessionId, wall: float) -> None:
        """Mark a session as imported: it does not count as led here."""
        self._database.run("UPDATE sessions SET imported_wall = ? WHERE id = ?", (wall, session))

    def groups(self) -> frozenset[GroupId]:
        """Return the groups that were made for imported sessions."""
        rows = self._database.run("SELECT id FROM groups WHERE imported_wall IS NOT NULL")
        return frozenset(GroupId(group) for (group,) in rows)

    def sessions(self) -> frozenset[SessionId]:
        """Return the sessions that were led elsewhere."""
        rows = self._database.run("SELECT id FROM sessions WHERE imported_wall IS NOT NULL")
        return frozenset(SessionId(session) for (session,) in rows)


def _row(row: Row) -> ImportedCopyRow:
    recording, wall, manifest_sha256, shared_for = row
    return ImportedCopyRow(RecordingId(recording), wall, manifest_sha256, Purpose(shared_for) if shared_for else None)
