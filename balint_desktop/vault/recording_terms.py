"""Read the terms under which a group is recorded."""

from __future__ import annotations

from balint_desktop.domain.study.consent import Purpose, agreed
from balint_desktop.domain.study.recording_terms import RecordingTerms, recording_terms
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log.log import Log


def read_recording_terms(log: Log, group: GroupId) -> RecordingTerms:
    """Return a group's terms for the opening words, the form and the reports. Raise Trouble, KeyError."""
    kept = log.retention.clocks(group).clocks.get(RetainedKind.AUDIO)
    known = log.groups.group(group)
    may_be = agreed(log.consents.consents(group), Purpose.TRANSCRIPTION)
    has_transcripts = bool(may_be or log.transcripts.retained(group))
    return recording_terms(known, log.consents.study(group), kept, has_transcripts=has_transcripts)
