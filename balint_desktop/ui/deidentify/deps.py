"""What the pages that de-identify and approve need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import Finding
from balint_desktop.domain.deidentify.reading import ReadingText
from balint_desktop.domain.deidentify.suggestions import Suggestion
from balint_desktop.domain.values import ParticipantCode, RecordingId


@dataclass(frozen=True, slots=True)
class Approval:
    """A version of an approved text: its number, fingerprint, eight words of it, by whom, and when."""

    version: int
    sha256: str
    words: tuple[str, ...]
    by: str
    wall: float


@dataclass(frozen=True, slots=True)
class DeidentifyWork:
    """A signed-off transcript opened to be de-identified.

    `people` are the codes that may replace a name; `readers_needed` how many different people read all of it, 1 or 2.
    `has_roster` is false once the code key is destroyed or was never entered: no name is searched for then.
    `capitals_off` is whether the language writes nouns with capitals, so that the capital net is off.
    """

    recording: RecordingId
    title: str
    reading: ReadingText
    suggestions: tuple[Suggestion, ...]
    decisions: Decisions
    people: tuple[ParticipantCode, ...] = ()
    readers_needed: int = 1
    has_roster: bool = True
    capitals_off: bool = False
    approval: Approval | None = None


class DeidentifyService(Protocol):
    """De-identifying in an open vault. All methods raise Trouble; all take a moment and are called in a thread."""

    def open(self, recording: RecordingId) -> DeidentifyWork:
        """Open the corrected text of a recording, with what may identify in it and what was decided before."""
        ...

    def suggest(self, work: DeidentifyWork, decisions: Decisions) -> tuple[Suggestion, ...]:
        """Return what may identify under other decisions: terms that were marked by hand are found everywhere."""
        ...

    def save(self, recording: RecordingId, decisions: Decisions) -> None:
        """Save decisions and pages read: for this text, and those for all of a word for the group."""
        ...

    def approve(self, recording: RecordingId, by: str) -> Approval | tuple[Finding, ...]:
        """Approve the text as it was saved last, or return what keeps it from that."""
        ...

    def read(self, recording: RecordingId) -> tuple[ApprovedText, Approval]:
        """Return the approved text in its latest version."""
        ...

    def redact(
        self, recording: RecordingId, redactions: Sequence[Redaction], by: str
    ) -> Approval | tuple[Finding, ...]:
        """Make the next version of an approved text. The version before is destroyed."""
        ...
