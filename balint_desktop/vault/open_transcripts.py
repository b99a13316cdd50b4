"""Open matters about transcripts: first drafts that no person has begun on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.log.log import Log


class TranscriptMatters:
    """Yields an open matter for each first draft, from its state alone: nothing remembers that it was shown."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def open_matters(self, _today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        return tuple(
            OpenMatter(OpenKind.FIRST_DRAFT, one.group, one.number, day_of(one.wall), recording=one.recording)
            for one in self._log.transcripts.first_drafts()
            if self._may_be_read(one.recording)
        )

    def _may_be_read(self, recording: RecordingId) -> bool:
        """Return whether everyone still agrees to its being read. First drafts are few, so each is asked about."""
        try:
            pass_recording(self._log, Door.TRANSCRIPT, recording, Purpose.TRANSCRIPTION)
        except Trouble:
            return False
        return True
