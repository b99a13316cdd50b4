"""What a group must be told about its recordings, in one value: for the opening words, the form and the reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.group.group import Group, RecordingRule
from balint_desktop.domain.study.retention import Bound, RetentionPeriod
from balint_desktop.domain.study.terms import Study


@dataclass(frozen=True, slots=True)
class RecordingTerms:
    """The terms under which a group is recorded. An empty text was not entered, and must not be made up.

    `readers` are the labels of the keys that open a recording besides this vault; `opens_here` is whether this vault
    does. `recorded_for`, `heard_by` and `heard_as` are the study's own words: for whom, who hears or reads it, and in
    what form.
    `kept` is the approval's period for the audio, None where none is entered. `leader_assesses` is None while not
    answered, and `grades_final` the day from which an assessor may open what was closed until then.
    `is_transcribed` is whether there are transcripts or may be, and `has_approval` whether a study says what is done.
    """

    for_research: bool
    rule: RecordingRule
    recorded_for: str
    heard_by: str
    heard_as: str
    transcriber: str
    readers: tuple[str, ...]
    opens_here: bool
    kept: RetentionPeriod | None
    leader_assesses: bool | None
    grades_final: date | None
    patients: str
    governance: str
    is_transcribed: bool
    has_approval: bool

    @property
    def is_destroyed(self) -> bool:
        """Return whether the approval says by when a recording must be destroyed."""
        return self.kept is not None and self.kept.bound is Bound.DESTROY_WITHIN

    @property
    def depends_on_nothing(self) -> bool:
        """Return whether it may be said that nothing depends on an answer: only where no assessor leads."""
        return self.leader_assesses is False


def recording_terms(
    group: Group, study: Study | None, kept: RetentionPeriod | None, *, has_transcripts: bool = False
) -> RecordingTerms:
    """Return the terms of a group from its own settings, its study's terms and the period of its audio.

    A study asks for consent to transcription. `has_transcripts` is whether there are any without one, or may be.
    """
    is_studied = group.for_research or study is not None
    known = study or Study()
    return RecordingTerms(
        for_research=group.for_research,
        rule=group.recording_rule,
        recorded_for=known.recorded_for,
        heard_by=known.heard_by,
        heard_as=known.heard_as,
        transcriber=known.transcriber,
        readers=tuple(dict.fromkeys(reader.label for reader in group.readers)),
        opens_here=group.opens_here,
        kept=kept,
        leader_assesses=group.leader_assesses,
        grades_final=group.grades_final,
        patients=known.patients,
        governance=known.governance,
        is_transcribed=is_studied or has_transcripts,
        has_approval=is_studied,
    )
