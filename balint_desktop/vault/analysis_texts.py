"""Approved texts for analysis: which there are, which consents allow today, and each behind the consent gate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.analysis.study import StudyText
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.vault.consent_gate import pass_recording
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.vault import OpenVault

CLOSED = frozenset(
    {
        *(TroubleCode.PURPOSE_NOT_AGREED, TroubleCode.APPROVING_NOT_AGREED),
        *(TroubleCode.GRADES_NOT_FINAL, TroubleCode.ASSESSMENT_UNANSWERED, TroubleCode.RECORDING_UNKNOWN),
    }
)
"""What a closed consent gate, an open grade or an unanswered question of assessment says."""


@dataclass(frozen=True, slots=True)
class ApprovedTextRow:
    """An approved text of the vault: its latest version, and the session that it is of."""

    recording: RecordingId
    number: int
    kind: SessionKind
    version: int
    sha256: str


class ApprovedTexts(Protocol):
    """The approved texts of a vault, each behind the consent gate."""

    def rows(self) -> tuple[ApprovedTextRow, ...]:
        """Return every approved text, whatever the consents say."""
        ...

    def pass_door(self, recording: RecordingId, door: Door = Door.APPROVED_TEXT) -> None:
        """Check that a text may be analysed today. Raise Trouble."""
        ...

    def read(self, recording: RecordingId) -> ApprovedText:
        """Return a text, for analysis. Raise Trouble where the consents of its session do not allow that today."""
        ...


class VaultTexts:
    """The approved texts of an open vault, for analysis alone."""

    def __init__(self, vault: OpenVault) -> None:
        self._log = vault.log
        self._texts = DeidentifiedTexts(vault)

    def rows(self) -> tuple[ApprovedTextRow, ...]:
        """Return every approved text."""
        found = []
        for record in self._texts.records():
            setting = self._log.sessions.session(self._log.recordings.recording(record.recording).session).setting
            latest = record.latest
            found.append(ApprovedTextRow(record.recording, setting.number, setting.kind, latest.version, latest.sha256))
        return tuple(sorted(found, key=lambda one: (one.number, one.recording)))

    def pass_door(self, recording: RecordingId, door: Door = Door.APPROVED_TEXT) -> None:
        """Check that a text may be analysed today. Raise Trouble, which names no person."""
        pass_recording(self._log, door, recording, Purpose.ANALYSIS)

    def read(self, recording: RecordingId) -> ApprovedText:
        """Return a text. Raise Trouble as `pass_door` does, and as reading an approved text does."""
        self.pass_door(recording)
        return self._texts.read(recording)[0]


def available_texts(texts: ApprovedTexts, text_name: Callable[[int], str]) -> tuple[StudyText, ...]:
    """Return the approved texts that consents allow to be analysed today, each with a name of its own. Raise Trouble.

    `text_name` is what a session's text is called, by its number.
    """
    found: list[StudyText] = []
    for row in texts.rows():
        try:
            texts.pass_door(row.recording)
        except Trouble as trouble:
            if trouble.code not in CLOSED:
                raise
            continue
        name = _free_name(text_name(row.number), {one.name for one in found})
        found.append(StudyText(row.recording, name, row.number, row.kind, row.version, row.sha256))
    return tuple(found)


def _free_name(name: str, taken: set[str]) -> str:
    """Return a name that is not taken: two groups may each have a session of one number."""
    free, at = name, 2
    while free in taken:
        free, at = f"{name} ({at})", at + 1
    return free


def require_analysable(texts: ApprovedTexts, wanted: Iterable[StudyText]) -> None:
    """Check that texts are approved in this version, and may be analysed today.

    Raise Trouble: STUDY_TEXT_CHANGED, STUDY_TEXT_CLOSED, and what fails at the gate.
    """
    rows = {row.recording: row for row in texts.rows()}
    for one in wanted:
        row = rows.get(one.recording)
        if row is None or (row.version, row.sha256) != (one.version, one.sha256):
            raise Trouble(TroubleCode.STUDY_TEXT_CHANGED, name=one.name)
        try:
            texts.pass_door(one.recording)
        except Trouble as trouble:
            if trouble.code in CLOSED:
                raise Trouble(TroubleCode.STUDY_TEXT_CLOSED, name=one.name) from trouble
            raise
