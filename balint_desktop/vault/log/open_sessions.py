"""Open matters about sessions: missing records, unwritten debriefs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.vault.log.log import Log


class LogMatters:
    """Yields open matters from the log alone. The latest session that began is skipped: Today has a card for it."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        return (*self._without_record(today), *self._without_debrief())

    def _without_record(self, today: date) -> list[OpenMatter]:
        return [
            OpenMatter(OpenKind.SESSION_WITHOUT_RECORD, standing.group, line.number, line.day)
            for standing in self._log.dates.standings(today)
            for line in standing.without_record
            if line.day < today
        ]

    def _without_debrief(self) -> list[OpenMatter]:
        return [
            OpenMatter(
                OpenKind.DEBRIEF_UNWRITTEN,
                row.group,
                row.number,
                day_of(row.began_wall),
                session=row.session,
            )
            for row in self._log.dates.not_closed()
        ]
