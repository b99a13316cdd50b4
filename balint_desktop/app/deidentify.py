"""De-identify the transcripts of an open vault: fit files, names, layers and gate to what the pages ask."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from balint_desktop.app.context import AppContext
from balint_desktop.app.transcript_titles import recording_title
from balint_desktop.app.vault_services import recordings_service
from balint_desktop.domain.deidentify.approved import (
    ApprovedText,
    Redaction,
    approved_text,
    redacted,
    with_whole_brackets,
)
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import (
    GateFinding,
    findings_before_approval,
    findings_before_redaction,
    findings_in_approved,
)
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.marks import TextMark, marks_of, with_single_places
from balint_desktop.domain.deidentify.reading import ReadingText, reading_text
from balint_desktop.domain.deidentify.replacements import ReplacementProblem, replacement_problem
from balint_desktop.domain.deidentify.suggestions import Suggestion
from balint_desktop.domain.deidentify.text_language import language_of
from balint_desktop.domain.key_words import words_of_sha256
from balint_desktop.domain.transcript.rendering import Bracket, BracketKind
from balint_desktop.domain.transcript.spans import Span
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, RecordingId
from balint_desktop.i18n import in_language
from balint_desktop.text.replacements import replacement_words
from balint_desktop.text.transcripts import approved_speaker_words, bracket_words
from balint_desktop.transcription.audible import unavailable_spans
from balint_desktop.ui.deidentify.deps import Approval, DeidentifyWork
from balint_desktop.vault.deidentified import DeidentifiedTexts, SignedText
from balint_desktop.vault.known_names import known_names
from balint_desktop.vault.log.approved import ApprovedVersion
from balint_desktop.vault.study_numbers import draw_numbers

_CODE = re.compile(r"\[(P[1-9][0-9]?)\]")


class Suggest(Protocol):
    """Find what may identify in a text: all layers."""

    def __call__(
        self,
        text: str,
        names: Sequence[KnownName],
        *,
        fixed: Sequence[Span] = (),
        doubtful: Sequence[Span] = (),
        phrases: Iterable[str] = (),
        decided: Iterable[str] = (),
        language: str = "en",
    ) -> Sequence[Suggestion]:
        """Return the places that may identify, in order."""
        ...


@dataclass(slots=True)
class _OpenText:
    """A signed-off text that was opened, and what is searched for in it. `language` is its own, not the window's."""

    signed: SignedText
    reading: ReadingText
    names: tuple[KnownName, ...]
    language: str


class DeidentifyWorkbench:
    """Fits an open vault to `ui/deidentify/deps.py: DeidentifyService`. Any thread; each call has the log to itself."""

    def __init__(self, context: AppContext, suggest: Suggest, capitals_off: Callable[[str], bool]) -> None:
        self._vault = context.vault.open_vault()
        self._texts = DeidentifiedTexts(self._vault)
        self._recordings = recordings_service(self._vault)
        self._suggest = suggest
        self._capitals_off = capitals_off
        self._open: dict[RecordingId, _OpenText] = {}

    def open(self, recording: RecordingId) -> DeidentifyWork:
        """Open the corrected text of a recording, with what may identify in it and what was decided before."""
        with self._vault.log_stays:
            working = self._opened(recording)
            decisions = self._texts.read_decisions(recording, working.signed.files)
            group = self._texts.group_of(recording)
            record = self._texts.find(recording)
            members = self._vault.log.groups.group(group).participants
            return DeidentifyWork(
                recording,
                recording_title(self._vault.log, recording),
                working.reading,
                self._found(working, decisions),
                decisions,
                people=tuple(member.code for member in members),
                readers_needed=self._texts.readers_needed(group),
                has_roster=self._vault.rosters.has(group),
                capitals_off=self._capitals_off(working.language),
                language=working.language,
                approval=None if record is None else _approval(record.latest),
            )

    def close(self, recording: RecordingId) -> None:
        """Release a text that was opened: its key and its words. Everything of it was saved."""
        self._open.pop(recording, None)

    def suggest(self, work: DeidentifyWork, decisions: Decisions) -> tuple[Suggestion, ...]:
        """Return what may identify under other decisions: terms that were marked by hand are found everywhere."""
        working = self._open.get(work.recording)
        if working is None:
            with self._vault.log_stays:
                working = self._opened(work.recording)
        return self._found(working, decisions)

    def save(self, recording: RecordingId, decisions: Decisions) -> None:
        """Save decisions and pages read: for this text, and those for all of a word for the group."""
        with self._vault.log_stays:
            working = self._open.get(recording) or self._opened(recording)
            self._texts.write_decisions(recording, working.signed.files, decisions)

    def replacement_problem(
        self, recording: RecordingId, replacement: str, term: str, decisions: Decisions
    ) -> ReplacementProblem | None:
        """Return why a typed replacement for a term cannot be used, None where it can."""
        working = self._open.get(recording) or self._opened(recording)
        return replacement_problem(replacement, term, working.names, decisions)

    def approve(self, recording: RecordingId, by: str) -> Approval | tuple[GateFinding, ...]:
        """Approve the text as it was saved last, or return what keeps it from that."""
        with self._vault.log_stays:
            self._texts.require_approvable(recording)
            # Opened anew: what counts is on the disk, the roster as it is now too.
            working = self._opened(recording)
            decisions = self._texts.read_decisions(recording, working.signed.files)
            reading, group = working.reading, self._texts.group_of(recording)
            marks = marks_of(reading, self._found(working, decisions), decisions)
            findings = findings_before_approval(
                *(reading, marks, decisions, working.names),
                readers_needed=self._texts.readers_needed(group),
                speaker_words=str,
            )
            if findings:
                return findings
            numbers = draw_numbers(self._vault, group, _codes(reading, marks))
            with in_language(working.language):
                text = approved_text(reading, marks, numbers, approved_speaker_words, _gap())
            findings = findings_in_approved(text, working.names)
            if findings:
                return findings
            return _approval(self._texts.approve(recording, text, working.signed, by, _counts(marks)))

    def read(self, recording: RecordingId) -> tuple[ApprovedText, Approval]:
        """Return the approved text in its latest version."""
        with self._vault.log_stays:
            text, version = self._texts.read(recording)
        return text, _approval(version)

    def redact(
        self, recording: RecordingId, redactions: Sequence[Redaction], by: str
    ) -> Approval | tuple[GateFinding, ...]:
        """Make the next version of an approved text, or return what is still found in it.

        The version before is destroyed.
        """
        with self._vault.log_stays:
            before, _ = self._texts.read(recording)
            group = self._texts.group_of(recording)
            whole = with_whole_brackets(before, redactions)
            findings = findings_before_redaction(
                before, whole, self._texts.read_group_decisions(group), known_names(self._vault, [group])
            )
            if findings:
                return findings
            numbered = self._numbered(recording, whole)
            return _approval(self._texts.redact(recording, redacted(before, numbered), numbered, by))

    def undo_approval(self, recording: RecordingId) -> None:
        """Destroy an approved text whose transcript is signed off here, so that it can be approved again."""
        self._open.pop(recording, None)
        self._texts.undo_approval(recording)

    def _numbered(self, recording: RecordingId, redactions: Sequence[Redaction]) -> list[Redaction]:
        """Return redactions with study numbers where their brackets hold codes."""
        codes = [ParticipantCode(code) for one in redactions for code in _CODE.findall(one.replacement)]
        if not codes:
            return list(redactions)
        numbers = draw_numbers(self._vault, self._texts.group_of(recording), codes)
        return [replace(one, replacement=numbers.in_text(one.replacement)) for one in redactions]

    def _opened(self, recording: RecordingId) -> _OpenText:
        signed = self._texts.open_signed(recording)
        language = _language(signed)
        with in_language(language):
            reading = reading_text(signed.text, self._unavailable(recording), bracket_words)
        names = known_names(self._vault, [self._texts.group_of(recording)])
        working = self._open[recording] = _OpenText(signed, reading, names, language)
        return working

    def _unavailable(self, recording: RecordingId) -> tuple[Span, ...]:
        """Return what of a recording cannot be heard; nothing is known of one that is destroyed or damaged."""
        try:
            return unavailable_spans(self._recordings.open(self._recordings.source(recording)).joined)
        except Trouble as trouble:
            if trouble.code in {TroubleCode.VAULT_LOCKED, TroubleCode.PART_IN_USE}:
                raise
            return ()

    def _found(self, working: _OpenText, decisions: Decisions) -> tuple[Suggestion, ...]:
        reading = working.reading
        found = self._suggest(
            reading.text,
            working.names,
            fixed=reading.fixed,
            doubtful=reading.doubtful,
            phrases=decisions.marked(),
            decided=decisions.phrases() - decisions.marked(),
            language=working.language,
        )
        with in_language(working.language):
            return with_single_places(reading, map(_in_words, found), decisions)


def _language(signed: SignedText) -> str:
    """Return the language of a text: as it was transcribed, or what its own words tell where nobody said."""
    if signed.language:
        return signed.language.replace("_", "-").partition("-")[0]
    return language_of(" ".join(word.text for turn in signed.text.turns for word in turn.words))


def _in_words(found: Suggestion) -> Suggestion:
    """Return a suggestion with its replacements in the language in use."""
    others = tuple(map(replacement_words, found.others))
    return replace(found, replacement=replacement_words(found.replacement), others=others)


def _gap() -> str:
    return bracket_words(Bracket(BracketKind.NOT_AVAILABLE))


def _codes(reading: ReadingText, marks: Iterable[TextMark]) -> list[ParticipantCode]:
    """Return the codes that speak in a text, and those that stand in its brackets."""
    speakers = [ParticipantCode(line.speaker) for line in reading.lines if line.speaker and line.speaker[0] == "P"]
    texts = [reading.text, *(mark.replacement for mark in marks)]
    return [*speakers, *(ParticipantCode(code) for text in texts for code in _CODE.findall(text))]


def _counts(marks: Iterable[TextMark]) -> dict[str, int]:
    """Return how many places each layer had, by what became of them: "roster replaced"."""
    return dict(Counter(f"{mark.suggestion.layer} {mark.state}" for mark in marks))


def _approval(version: ApprovedVersion) -> Approval:
    return Approval(version.version, version.sha256, words_of_sha256(version.sha256), version.by, version.wall)
