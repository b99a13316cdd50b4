"""What the pages that de-identify and approve need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction
from balint_desktop.domain.deidentify.decisions import Decisions
from balint_desktop.domain.deidentify.gate import GateFinding
from balint_desktop.domain.deidentify.reading import ReadingText
from balint_desktop.domain.deidentify.replacements import ReplacementProblem
from balint_desktop.domain.deidentify.suggestions import Suggestion
from balint_desktop.domain.values import ParticipantCode, RecordingId
from balint_desktop.ui.widgets.drafts import Drafts


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
    `capitals_off` is whether the language writes nouns with capitals, so that the capital net is off; `language`
    is the text's own, in which what replaces a word is.
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
    language: str = "en"
    approval: Approval | None = None


class DeidentifyService(Protocol):
    """De-identifying in an open vault. All methods raise Trouble; all take a moment and are called in a thread."""

    def open(self, recording: RecordingId) -> DeidentifyWork:
        """Open the corrected text of a recording, with what may identify in it and what was decided before."""
        ...

    def close(self, recording: RecordingId) -> None:
        """Release a text that was opened: its key and its words. On the main thread; all of it was saved."""
        ...

    def suggest(self, work: DeidentifyWork, decisions: Decisions) -> tuple[Suggestion, ...]:
        """Return what may identify under other decisions: terms that were marked by hand are found everywhere."""
        ...

    def save(self, recording: RecordingId, decisions: Decisions) -> None:
        """Save decisions and pages read: for this text, and those for all of a word for the group."""
        ...

    def replacement_problem(
        self, recording: RecordingId, replacement: str, term: str, decisions: Decisions
    ) -> ReplacementProblem | None:
        """Return why a typed replacement for a term cannot be used, None where it can. On the main thread, too."""
        ...

    def approve(self, recording: RecordingId, by: str) -> Approval | tuple[GateFinding, ...]:
        """Approve the text as it was saved last, or return what keeps it from that."""
        ...

    def read(self, recording: RecordingId) -> tuple[ApprovedText, Approval]:
        """Return the approved text in its latest version."""
        ...

    def redact(
        self, recording: RecordingId, redactions: Sequence[Redaction], by: str
    ) -> Approval | tuple[GateFinding, ...]:
        """Make the next version of an approved text. The version before is destroyed."""
        ...

    def undo_approval(self, recording: RecordingId) -> None:
        """Destroy an approved text while its signed-off transcript is here: it can be approved again, as version 1.

        Raise Trouble: HELD, and TRANSCRIPT_MISSING once the transcript is destroyed.
        """
        ...


@dataclass(frozen=True, slots=True)
class DestroyOffer:
    """Whether a recording can be destroyed, now that its text is approved.

    `has_sound` is false where an imported text is all there is of the session: then that text is destroyed.
    `is_there` is false once it was. `is_held` is whether a legal hold covers it, `stretches_waiting` how many places of
    its transcript wait for a speaker of another language: either way it is not offered. `clock` is its retention period
    in a sentence, and `backups` a sentence for each backup that still holds it.
    """

    is_there: bool = True
    is_held: bool = False
    stretches_waiting: int = 0
    clock: str = ""
    backups: tuple[str, ...] = ()
    has_sound: bool = True


class DestroyService(Protocol):
    """Destroying a recording whose text is approved. On the main thread; both raise Trouble."""

    def offer(self, recording: RecordingId) -> DestroyOffer:
        """Return whether a recording can be destroyed, and what would remain of it elsewhere."""
        ...

    def destroy(self, recording: RecordingId, reason: str, witness: str) -> None:
        """Destroy a recording and its identifiable text for good. The approved text stays."""
        ...


@dataclass(frozen=True, slots=True)
class DeidentifyDeps:
    """What the pages are given. `key_of` folds a term as suggestions are folded; `wall` is now, seconds since 1970.

    `export` exports an approved text; None hides its button. `names_in` returns the words of a text that name a member
    of a recording's group.
    """

    service: Callable[[], DeidentifyService]
    key_of: Callable[[str], str]
    wall: Callable[[], float]
    destroying: DestroyService
    drafts: Drafts | None = None
    export: Callable[[RecordingId], None] | None = None
    names_in: Callable[[RecordingId, str], tuple[str, ...]] = lambda _recording, _text: ()
