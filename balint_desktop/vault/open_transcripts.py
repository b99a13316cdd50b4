"""Open matters about transcripts: first drafts that no person has begun on, and texts to de-identify."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from balint_desktop.domain.group.dates import day_of
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transcripts import StagedTranscript


class TranscriptMatters:
    """Yields an open matter for each of them, from its state alone: nothing remembers that it was shown."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def open_matters(self, _today: date) -> Sequence[OpenMatter]:
        """Return the open matters. Raise Trouble."""
        log = self._log.transcripts
        approved = {one.recording for one in self._log.approved.all()}
        drafts = self._matters(OpenKind.FIRST_DRAFT, log.first_drafts(), Door.TRANSCRIPT, Purpose.TRANSCRIPTION)
        waiting = [one for one in log.signed_off() if one.recording not in approved]
        return (*drafts, *self._matters(OpenKind.TO_DEIDENTIFY, waiting, Door.APPROVED_TEXT, Purpose.ANALYSIS))

    def _matters(
        self, kind: OpenKind, found: Iterable[StagedTranscript], door: Door, purpose: Purpose
    ) -> tuple[OpenMatter, ...]:
        """Return a matter for each transcript that everyone still agrees to. They are few, so each is asked about."""
        return tuple(
            OpenMatter(kind, one.group, one.number, day_of(one.wall), recording=one.recording)
            for one in found
            if self._may_be_read(door, one.recording, purpose)
        )

    def _may_be_read(self, door: Door, recording: RecordingId, purpose: Purpose) -> bool:
        try:
            pass_recording(self._log, door, recording, purpose)
        except Trouble:
            return False
        return True
