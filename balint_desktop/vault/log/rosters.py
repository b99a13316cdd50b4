"""Rosters in the log: pending replacements and destructions, never names."""

from __future__ import annotations

from dataclasses import dataclass

from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.database import Database


@dataclass(frozen=True, slots=True)
class RosterDestroyed:
    """That a group's roster was destroyed, in seconds since 1970; `done_wall` is None until it is gone."""

    group: GroupId
    asked_wall: float
    done_wall: float | None = None


class RosterRows:
    """The tables of what happens to rosters."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changes(self) -> dict[GroupId, str]:
        """Return the rosters that are to take their place, by the SHA-256 of their files."""
        return {GroupId(g): sha256 for g, sha256 in self._database.run("SELECT group_id, sha256 FROM roster_changes")}

    def intend(self, group: GroupId, sha256: str) -> None:
        """Keep which file is to be a group's roster. From here on it counts."""
        self._database.run("INSERT OR REPLACE INTO roster_changes VALUES (?, ?)", (group, sha256))

    def forget_change(self, group: GroupId) -> None:
        """Keep no more that a roster is to take its place: it has, or is to be destroyed."""
        self._database.run("DELETE FROM roster_changes WHERE group_id = ?", (group,))

    def intend_destroying(self, group: GroupId, wall: float) -> None:
        """Keep that a group's roster is to be destroyed."""
        self.forget_change(group)
        self._database.run("INSERT INTO roster_destroyings (group_id, asked_wall) VALUES (?, ?)", (group, wall))

    def note_destroyed(self, group: GroupId, wall: float) -> None:
        """Keep that it is gone."""
        self._database.run(
            "UPDATE roster_destroyings SET done_wall = ? WHERE group_id = ? AND done_wall IS NULL", (wall, group)
        )

    def destroyed(self) -> tuple[RosterDestroyed, ...]:
        """Return every destroying there was, the earliest first. A roster may have been made anew since."""
        rows = self._database.run("SELECT group_id, asked_wall, done_wall FROM roster_destroyings ORDER BY place")
        return tuple(RosterDestroyed(GroupId(group), asked, done) for group, asked, done in rows)
