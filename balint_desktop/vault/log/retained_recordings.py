"""Recordings a group retains, by day, and those destroyed."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import GroupId, RecordingId, SessionId
from balint_desktop.vault.log.database import Database

_BEGAN = "(SELECT f.wall FROM facts f WHERE f.session_id = s.id ORDER BY f.place LIMIT 1)"


@dataclass(frozen=True, slots=True)
class RetainedRecording:
    """A recording of a group: its session's id and number, when that began, and since when it is destroyed, if so.

    `has_sound` is false where an imported text is all there is of a session.
    """

    id: RecordingId
    group: GroupId
    session: SessionId
    number: int
    wall: float
    destroyed_wall: float | None = None
    has_sound: bool = True


class RetainedRecordingRows:
    """Reads recordings with their sessions, without replaying any."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_group(self, group: GroupId) -> tuple[RetainedRecording, ...]:
        """Return a group's recordings, by number. A recording without parts is empty and skipped."""
        return self._rows("s.group_id = ?", (group,))

    def group_of(self, recording: RecordingId) -> GroupId | None:
        """Return a recording's group, None if it has none or the log does not know it."""
        rows = self._database.run(
            "SELECT s.group_id FROM recordings r JOIN sessions s ON s.id = r.session_id WHERE r.id = ?", (recording,)
        )
        return GroupId(rows[0][0]) if rows and rows[0][0] is not None else None

    def session_names(self) -> dict[SessionId, tuple[GroupId | None, int]]:
        """Return the group and the number of every session, to label a list of ids."""
        rows = self._database.run("SELECT id, group_id, number FROM sessions")
        return {SessionId(one): (GroupId(g) if g is not None else None, number) for one, g, number in rows}

    def sessions_of_recordings(self) -> dict[RecordingId, SessionId]:
        """Return the session of each recording."""
        rows = self._database.run("SELECT id, session_id FROM recordings")
        return {RecordingId(one): SessionId(session) for one, session in rows}

    def session_walls(self, group: GroupId) -> tuple[float, ...]:
        """Return when each of a group's sessions began, in seconds since 1970."""
        rows = self._database.run(f"SELECT {_BEGAN} FROM sessions s WHERE s.group_id = ?", (group,))
        return tuple(wall for (wall,) in rows if wall is not None)

    def _rows(self, chosen: str, values: tuple[str, ...]) -> tuple[RetainedRecording, ...]:
        rows = self._database.run(
            f"SELECT r.id, s.group_id, s.id, s.number, {_BEGAN} AS began, COALESCE(d.done_wall, d.asked_wall),"
            " r.has_sound FROM recordings r JOIN sessions s ON s.id = r.session_id"
            " LEFT JOIN destroyings d ON d.recording_id = r.id"
            f" WHERE {chosen} AND (EXISTS (SELECT 1 FROM parts p WHERE p.recording_id = r.id) OR NOT r.has_sound)"
            " ORDER BY s.number, r.rowid",
            values,
        )
        return tuple(
            RetainedRecording(
                *(RecordingId(one), GroupId(group), SessionId(session), number, began, destroyed), has_sound=bool(sound)
            )
            for one, group, session, number, began, destroyed, sound in rows
            if began is not None
        )
