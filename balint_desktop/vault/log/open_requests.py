"""Open matters about requests for access: those that nobody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.database import Database


class RequestMatters:
    """Yields unanswered requests in one query, those of archived groups too: they are owed an answer all the same."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        rows = self._database.run(
            "SELECT group_id, COUNT(*), MIN(day) FROM access_requests WHERE answered IS NULL AND day <= ?"
            " GROUP BY group_id ORDER BY MIN(day)",
            (today.isoformat(),),
        )
        return [
            OpenMatter(OpenKind.REQUEST_TO_ANSWER, GroupId(group), day=date.fromisoformat(day), count=count)
            for group, count, day in rows
        ]
