"""Marks inside a recorded part, each a value with the text form in which sealed facts of every version hold it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from balint_desktop.domain.values import MarkKind, SessionKind

_LONGEST_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class PauseMark:
    """The recording goes off the record here: silence follows."""

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return "pause"


@dataclass(frozen=True, slots=True)
class ResumeMark:
    """The recording goes on the record again here."""

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return "resume"


@dataclass(frozen=True, slots=True)
class RedactionMark:
    """The last so many seconds before the mark are never to be heard."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"struck {self.seconds:.0f}"


@dataclass(frozen=True, slots=True)
class GapMark:
    """So many seconds of silence follow, since no sound came."""

    seconds: float

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"gap {self.seconds:.3f}"


@dataclass(frozen=True, slots=True)
class DriftMark:
    """The sound card's clock went so many seconds behind the computer's; negative where it was ahead."""

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
    """The talk turns to a core question of an evaluation."""

    number: int

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"question {self.number}"


@dataclass(frozen=True, slots=True)
class QuestionUndoneMark:
    """The last turn to that core question was undone."""

    number: int

    @property
    def text(self) -> str:
        """Return the mark's text form."""
        return f"question {self.number} taken back"


@dataclass(frozen=True, slots=True)
class SessionKindMark:
    """What the session is for; written for evaluations, which are analysed apart."""

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
class UnknownMark:
    """A text that this version has no meaning for, kept as it is."""

    text: str


PartMark = (
    PauseMark
    | ResumeMark
    | RedactionMark
    | GapMark
    | DriftMark
    | PhaseEnteredMark
    | QuestionAskedMark
    | QuestionUndoneMark
    | SessionKindMark
    | MomentMark
    | UnknownMark
)


# Each pattern takes exactly what `text` writes. A redaction alone is read from any number: one that is not
# understood would be heard.
_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], PartMark]], ...] = (
    (re.compile(r"pause"), lambda _: PauseMark()),
    (re.compile(r"resume"), lambda _: ResumeMark()),
    (re.compile(r"struck (\d+)"), lambda digits: RedactionMark(min(float(digits), _LONGEST_S))),
    (re.compile(r"gap ([0-9]{1,6}\.[0-9]{3})"), lambda digits: GapMark(float(digits))),
    (re.compile(r"drift ([+-][0-9]{1,6}\.[0-9]{3})"), lambda digits: DriftMark(float(digits))),
    (re.compile(r"phase (.+)", re.DOTALL), PhaseEnteredMark),
    (re.compile(r"question ([1-9][0-9]?)"), lambda digits: QuestionAskedMark(int(digits))),
    (re.compile(r"question ([1-9][0-9]?) taken back"), lambda digits: QuestionUndoneMark(int(digits))),
    (re.compile(f"session ({'|'.join(SessionKind)})"), lambda word: SessionKindMark(SessionKind(word))),
    (re.compile(f"({'|'.join(MarkKind)})"), lambda word: MomentMark(MarkKind(word))),
)


def parse_mark(text: str) -> PartMark:
    """Return the mark that a text form stands for; UnknownMark for any other text."""
    for pattern, build in _FORMS:
        if found := pattern.fullmatch(text):
            return build(found[found.lastindex or 0])
    return UnknownMark(text)
