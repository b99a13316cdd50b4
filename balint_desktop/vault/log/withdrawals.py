"""Withdrawals in the log, and what is to be done about each recording."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.study.withdrawal import AffectedRecording, Withdrawal
from balint_desktop.domain.values import GroupId, ParticipantCode, RecordingId, SessionId
from balint_desktop.vault.log.database import Database


class WithdrawalRows:
    """The tables of withdrawals and the recordings they concern."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def add(self, group: GroupId, code: ParticipantCode, day: date, concerned: Collection[AffectedRecording]) -> int:
        """Insert a withdrawal, and return its row id."""
        wall = self._clock.now().wall
        with self._database.together():
            ((place,),) = self._database.run(
                "INSERT INTO withdrawals (group_id, code, day, wall) VALUES (?, ?, ?, ?) RETURNING place",
                (group, code, day.isoformat(), wall),
            )
            for one in concerned:
                self._database.run(
                    "INSERT INTO withdrawal_recordings VALUES (?, ?, ?, ?)",
                    (place, one.recording, one.asks, wall if one.is_done else None),
                )
        return int(place)

    def undo(self, withdrawal: int) -> None:
        """Record that a withdrawal was entered by mistake."""
        self._database.run("UPDATE withdrawals SET taken_back = 1 WHERE place = ?", (withdrawal,))

    def mark_done(self, withdrawal: int, recording: RecordingId, *, settled: bool = True) -> None:
        """Record that the action due for a recording is done, or that it is not after all. What is so already stays."""
        self._database.run(
            "UPDATE withdrawal_recordings SET settled_wall = ? WHERE withdrawal = ? AND recording_id = ?"
            " AND (settled_wall IS NULL) = ?",
            (self._clock.now().wall if settled else None, withdrawal, recording, settled),
        )

    def asks_for(self, recording: RecordingId, asks: Asks) -> bool:
        """Return whether a withdrawal in effect asks this for a recording."""
        return bool(
            self._database.run(
                "SELECT 1 FROM withdrawal_recordings r JOIN withdrawals w ON w.place = r.withdrawal"
                " WHERE r.recording_id = ? AND r.asks = ? AND NOT w.taken_back LIMIT 1",
                (recording, asks.value),
            )
        )

    def left_to_stay(self, recording: RecordingId) -> frozenset[ParticipantCode]:
        """Return who withdrew while the approval's rule said that a recording is kept; not what was decided since."""
        rows = self._database.run(
            "SELECT w.code FROM withdrawal_recordings r JOIN withdrawals w ON w.place = r.withdrawal"
            " WHERE r.recording_id = ? AND r.asks = 'keep' AND NOT w.taken_back AND r.settled_wall = w.wall",
            (recording,),
        )
        return frozenset(ParticipantCode(code) for (code,) in rows)

    def decide(self, withdrawal: int, recording: RecordingId, asks: Asks) -> None:
        """Set the action due for a recording, if no rule was in effect at the withdrawal."""
        self._database.run(
            "UPDATE withdrawal_recordings SET asks = ?, settled_wall = ? WHERE withdrawal = ? AND recording_id = ?",
            (asks.value, self._clock.now().wall if asks is Asks.KEEP else None, withdrawal, recording),
        )

    def withdrawals(
        self,
        group: GroupId,
        destroyed: Collection[RecordingId],
        sessions: Mapping[RecordingId, tuple[SessionId, int, float]],
    ) -> tuple[Withdrawal, ...]:
        """Return a group's withdrawals in effect. Destroyed recordings are settled, whatever action was due."""
        rows = self._database.run(
            "SELECT place, code, day FROM withdrawals WHERE group_id = ? AND NOT taken_back ORDER BY place", (group,)
        )
        return tuple(
            Withdrawal(
                *(place, ParticipantCode(code), date.fromisoformat(day)),
                tuple(
                    AffectedRecording(
                        *(RecordingId(recording), *sessions[RecordingId(recording)]),
                        Asks(asks) if asks is not None else None,
                        settled is not None or recording in destroyed,
                    )
                    for recording, asks, settled in self._concerned(place)
                    if recording in sessions
                ),
            )
            for place, code, day in rows
        )

    def _concerned(self, withdrawal: int) -> list[tuple[str, str | None, float | None]]:
        rows = self._database.run(
            "SELECT recording_id, asks, settled_wall FROM withdrawal_recordings WHERE withdrawal = ? ORDER BY rowid",
            (withdrawal,),
        )
        return [(recording, asks, settled) for recording, asks, settled in rows]
