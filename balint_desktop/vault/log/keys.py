"""Recording keys in the log: sealed to whom, resealing intents, destroyed keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.log.database import Database


class KeyRows:
    """The tables of recordings' recipients besides this vault, of resealing intents, and of destroyed keys."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- recipients ---

    def sealed_to(self, recording: RecordingId) -> tuple[Reader, ...] | None:
        """Return a recording's readers besides this vault, None if an older version did not store them."""
        if not self._database.run("SELECT 1 FROM recordings WHERE id = ? AND readers_kept", (recording,)):
            return None
        rows = self._database.run(
            "SELECT label, recipient FROM sealed_to WHERE recording_id = ? ORDER BY place", (recording,)
        )
        return tuple(Reader(label, recipient) for label, recipient in rows)

    def set_sealed_to(self, recording: RecordingId, readers: Sequence[Reader]) -> None:
        """Store a recording's readers besides this vault, and delete its resealing intent."""
        with self._database.together():
            self._database.run("DELETE FROM sealed_to WHERE recording_id = ?", (recording,))
            for place, reader in enumerate(readers):
                self._database.run(
                    "INSERT INTO sealed_to VALUES (?, ?, ?, ?)", (recording, place, reader.label, reader.recipient)
                )
            self._database.run("UPDATE recordings SET readers_kept = 1 WHERE id = ?", (recording,))
            self._database.run("DELETE FROM resealings WHERE recording_id = ?", (recording,))

    # --- resealing intents ---

    def intend_resealing(self, recording: RecordingId, readers: Sequence[Reader]) -> None:
        """Record the intent to seal a recording's key to these readers, besides this vault."""
        stored = json.dumps([[reader.label, reader.recipient] for reader in readers])
        self._database.run("INSERT OR REPLACE INTO resealings VALUES (?, ?)", (recording, stored))

    def resealings(self) -> Mapping[RecordingId, tuple[Reader, ...]]:
        """Return the pending resealings, with their readers."""
        rows = self._database.run("SELECT recording_id, readers FROM resealings ORDER BY rowid")
        return {
            RecordingId(recording): tuple(Reader(label, recipient) for label, recipient in json.loads(stored))
            for recording, stored in rows
        }

    def give_up_resealing(self, recording: RecordingId) -> None:
        """Delete the intent to reseal a recording's key."""
        self._database.run("DELETE FROM resealings WHERE recording_id = ?", (recording,))

    # --- destroyed keys ---

    def intend_destroying(self, recording: RecordingId, reason: str, wall: float) -> None:
        """Record the intent to destroy a recording, with the reason: a restart resumes it."""
        with self._database.together():
            self.give_up_resealing(recording)
            self._database.run("INSERT OR REPLACE INTO destroyings VALUES (?, ?, ?, NULL)", (recording, wall, reason))

    def note_destroyed(self, recording: RecordingId, wall: float) -> None:
        """Record that a recording's destruction is complete."""
        self._database.run("UPDATE destroyings SET done_wall = ? WHERE recording_id = ?", (wall, recording))

    def destroyed(self) -> Mapping[RecordingId, Destroyed]:
        """Return the recordings destroyed or being destroyed."""
        rows = self._database.run("SELECT recording_id, asked_wall, why, done_wall FROM destroyings")
        return {RecordingId(recording): Destroyed(*columns) for recording, *columns in rows}
