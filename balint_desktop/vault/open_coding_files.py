"""Open matters about coding files: one that came and can be opened, a round to code, and one to send back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.vault.log.log import Log


class CodingFileMatters:
    """Yields an open matter for each of them, from the log alone: no study is opened for it."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def open_matters(self, _today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        came = [
            OpenMatter(OpenKind.CODING_FILE_CAME, day=day_of(wall), study=study)
            for study, wall in self._log.studies.files_to_open()
        ]
        rounds = [
            OpenMatter(OpenKind.ROUND_TO_SEND if is_closed else OpenKind.ROUND_TO_CODE, day=day_of(wall), study=study)
            for study, wall, is_closed, is_sent in self._log.studies.guest_rounds()
            if not is_sent
        ]
        return (*came, *rounds)
