"""Rosters in the log: pending replacements and destructions, never names."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.database import Database


@dataclass(frozen=True, slots=True)
class RosterDestroyed:
    """The destruction of a group's roster, in seconds since 1970; `done_wall` is None until it is complete."""

    group: GroupId
    asked_wall: float
    completed_wall: float | None = None


class RosterRows:
    """The tables of pending roster changes and of destroyed rosters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changes(self) -> dict[GroupId, str]:
        """Return the pending roster replacements, by the SHA-256 of their files."""
        return {GroupId(g): sha256 for g, sha256 in self._database.run("SELECT group_id, sha256 FROM roster_changes")}

    def intend(self, group: GroupId, sha256: str) -> None:
        """Record which file becomes a group's roster. It is in effect from here on."""
        self._database.run("INSERT OR REPLACE INTO roster_changes VALUES (?, ?)", (group, sha256))

    def forget_change(self, group: GroupId) -> None:
        """Delete a pending replacement: it is complete, or the roster is to be destroyed."""
        self._database.run("DELETE FROM roster_changes WHERE group_id = ?", (group,))

    def intend_destroying(self, group: GroupId, wall: float) -> None:
        """Record the intent to destroy a group's roster."""
        self.forget_change(group)
        self._database.run("INSERT INTO roster_destroyings (group_id, asked_wall) VALUES (?, ?)", (group, wall))

    def note_destroyed(self, group: GroupId, wall: float) -> None:
        """Record the destruction."""
        self._database.run(
            "UPDATE roster_destroyings SET done_wall = ? WHERE group_id = ? AND done_wall IS NULL", (wall, group)
        )

    def destroyed(self) -> tuple[RosterDestroyed, ...]:
        """Return every roster destruction, the earliest first. A new roster may exist since."""
        rows = self._database.run("SELECT group_id, asked_wall, done_wall FROM roster_destroyings ORDER BY place")
        return tuple(RosterDestroyed(GroupId(group), asked, done) for group, asked, done in rows)
