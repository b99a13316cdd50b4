"""Marks inside a recorded part, each a value with the text form in which sealed facts of every version hold it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from balint_desktop.domain.values import MarkKind, SessionKind, SoundSource

_LONGEST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class PauseMark:
    """The recording is paused here: silence follows."""

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return "pause"


@dataclass(frozen=True, slots=True)
class ResumeMark:
    """The recording is resumed here."""

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return "resume"


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """The given number of seconds before the mark is redacted."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"struck {self.seconds:.0f}"


@dataclass(frozen=True, slots=True)
class RedactionUndoneMark:
    """The last redaction was a slip: nothing before this mark is redacted by it."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"struck {self.seconds:.0f} taken back"


@dataclass(frozen=True, slots=True)
class GapMark:
    """The given number of seconds of silence follows, since no sound arrived."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"gap {self.seconds:.3f}"


@dataclass(frozen=True, slots=True)
class DriftMark:
    """The sound card's clock fell this many seconds behind the computer's; negative where it was ahead."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"drift {self.seconds:+.3f}"


@dataclass(frozen=True, slots=True)
class PhaseEnteredMark:
    """The session enters a phase of its format."""

    key: str

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"phase {self.key}"


@dataclass(frozen=True, slots=True)
class QuestionAskedMark:
    """The discussion moves to a core question of an evaluation."""

    number: int

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"question {self.number}"


@dataclass(frozen=True, slots=True)
class QuestionUndoneMark:
    """The last move to that core question was undone."""

    number: int

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"question {self.number} taken back"


@dataclass(frozen=True, slots=True)
class SessionKindMark:
    """The session's kind; written for evaluations, which are analysed separately."""

    kind: SessionKind

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"session {self.kind.value}"


@dataclass(frozen=True, slots=True)
class MomentMark:
    """The facilitator marked this moment."""

    kind: MarkKind

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return self.kind.value


@dataclass(frozen=True, slots=True)
class SourceLostMark:
    """One of the two sources of an online session is lost here; the other is still recorded."""

    source: SoundSource

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"{self.source.value} lost"


@dataclass(frozen=True, slots=True)
class SourceBackMark:
    """The lost source of an online session is recorded again."""

    source: SoundSource

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"{self.source.value} back"


@dataclass(frozen=True, slots=True)
class UnknownMark:
    """A text unknown to this version, preserved unchanged."""

    text: str


PartMark = (
    PauseMark
    | ResumeMark
    | RedactionMark
    | RedactionUndoneMark
    | GapMark
    | DriftMark
    | PhaseEnteredMark
    | QuestionAskedMark
    | QuestionUndoneMark
    | SessionKindMark
    | MomentMark
    | SourceLostMark
    | SourceBackMark
    | UnknownMark
)


# Each pattern matches exactly what `text` writes. Only a redaction accepts any number: one that is not
# understood would leave its sound audible.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], PartMark]], ...] = (
    (re.compile(r"pause"), lambda _: PauseMark()),
    (re.compile(r"resume"), lambda _: ResumeMark()),
    (re.compile(r"struck (\d+)"), lambda digits: RedactionMark(min(float(digits), _LONGEST_S))),
    (re.compile(r"struck ([0-9]{1,5}) taken back"), lambda digits: RedactionUndoneMark(float(digits))),
    (re.compile(r"gap ([0-9]{1,6}\.[0-9]{3})"), lambda digits: GapMark(float(digits))),
    (re.compile(r"drift ([+-][0-9]{1,6}\.[0-9]{3})"), lambda digits: DriftMark(float(digits))),
    (re.compile(r"phase (.+)", re.DOTALL), PhaseEnteredMark),
    (re.compile(r"question ([1-9][0-9]?)"), lambda digits: QuestionAskedMark(int(digits))),
    (re.compile(r"question ([1-9][0-9]?) taken back"), lambda digits: QuestionUndoneMark(int(digits))),
    (re.compile(f"session ({'|'.join(SessionKind)})"), lambda word: SessionKindMark(SessionKind(word))),
    (re.compile(f"({'|'.join(MarkKind)})"), lambda word: MomentMark(MarkKind(word))),
    (re.compile(f"({'|'.join(SoundSource)}) lost"), lambda word: SourceLostMark(SoundSource(word))),
    (re.compile(f"({'|'.join(SoundSource)}) back"), lambda word: SourceBackMark(SoundSource(word))),
)


def parse_mark(text: str) -> PartMark:
    """Parse a mark's text form; return UnknownMark for any other text."""
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(text):
            return build(found[found.lastindex or 0])
    return UnknownMark(text)
