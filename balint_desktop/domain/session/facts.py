"""The facts of a session, in the order they happened; its state is computed from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.values import MarkKind, ParticipantCode, RecordingId


class NotNow(ValueError):  # noqa: N818  it is a refusal, not an error
    """A fact that cannot follow from where the session stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened at a moment. Subclasses say what; `kind` names each in the log."""

    kind: ClassVar[str] = ""
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(Fact):
    """The session's clock started, with these members in the room."""

    kind: ClassVar[str] = "began"
    present: tuple[ParticipantCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken(Fact):
    """The facilitator went on to the phase with this index (0 is where the session begins)."""

    kind: ClassVar[str] = "step-taken"
    phase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTakenBack(Fact):
    """The last step was a slip: the session is in the phase before it, since when it had been there."""

    kind: ClassVar[str] = "step-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseAdjusted(Fact):
    """The current phase's planned end moved by so many seconds (a minute more or less), marks standing."""

    kind: ClassVar[str] = "phase-adjusted"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Fact):
    """All marks still to come moved by so many seconds: a fire alarm, a deliberate act."""

    kind: ClassVar[str] = "extended"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeganEarlier(Fact):
    """The group had begun so many seconds before the clock was started ("we began four minutes ago")."""

    kind: ClassVar[str] = "began-earlier"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutBy(Fact):
    """The room is needed: the session ends when it is this wall time (seconds since 1970)."""

    kind: ClassVar[str] = "out-by"
    wall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenterChosen(Fact):
    """Who tells the case with this number (1 or 2); None where it was taken back."""

    kind: ClassVar[str] = "presenter-chosen"
    case: int
    code: ParticipantCode | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived(Fact):
    """A latecomer is in the room."""

    kind: ClassVar[str] = "arrived"
    code: ParticipantCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Fact):
    """Somebody has left the room; no reason is kept."""

    kind: ClassVar[str] = "left"
    code: ParticipantCode


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStarted(Fact):
    """The recorder began to write this part (1 upwards) of this recording."""

    kind: ClassVar[str] = "recording-started"
    recording: RecordingId
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingPaused(Fact):
    """Off the record: the recording holds silence from here, while the clock runs."""

    kind: ClassVar[str] = "recording-paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResumed(Fact):
    """On the record again."""

    kind: ClassVar[str] = "recording-resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingLost(Fact):
    """Sound ended without anyone's wish, so many seconds before this was noticed; a trouble's code says why."""

    kind: ClassVar[str] = "recording-lost"
    seconds: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingGap(Fact):
    """So many seconds before this moment are silence within a part: the sound was away, and came back by itself."""

    kind: ClassVar[str] = "recording-gap"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStopped(Fact):
    """The facilitator stopped the recording, and it was sealed."""

    kind: ClassVar[str] = "recording-stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted(Fact):
    """What was said in the last so many seconds never plays, exports or transcribes."""

    kind: ClassVar[str] = "struck"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Fact):
    """A moment was marked."""

    kind: ClassVar[str] = "marked"
    mark: MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Fact):
    """The talk turned to the core question with this number (1 upwards), perhaps for a second time."""

    kind: ClassVar[str] = "question-asked"
    question: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTakenBack(Fact):
    """The last choice of a question was a slip: the talk is with the one before it, since when it had been."""

    kind: ClassVar[str] = "question-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsOn(Fact):
    """Which prompt deck the screen offers from here on, and whether its prompts on the study's findings may come."""

    kind: ClassVar[str] = "prompts-on"
    deck: str
    themes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppAway(Fact):
    """The app was not there (killed, asleep) since a moment so many seconds before; found on return."""

    kind: ClassVar[str] = "app-away"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Fact):
    """The facilitator ended the session. The recording goes on until it is stopped."""

    kind: ClassVar[str] = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTakenBack(Fact):
    """Ending was a slip: the session goes on."""

    kind: ClassVar[str] = "end-taken-back"


KINDS: dict[str, type[Fact]] = {
    cls.kind: cls
    for cls in (
        Began,
        StepTaken,
        StepTakenBack,
        PhaseAdjusted,
        Extended,
        BeganEarlier,
        OutBy,
        PresenterChosen,
        Arrived,
        Left,
        RecordingStarted,
        RecordingPaused,
        RecordingResumed,
        RecordingLost,
        RecordingGap,
        RecordingStopped,
        Redacted,
        Marked,
        QuestionAsked,
        QuestionTakenBack,
        PromptsOn,
        AppAway,
        Ended,
        EndTakenBack,
    )
}


def to_fields(fact: Fact) -> dict[str, Any]:
    """Return what a fact says besides its moment, as plain JSON values."""
    values = asdict(fact)
    del values["at"]
    return values


def from_fields(kind: str, at: Instant, stored: dict[str, Any]) -> Fact:
    """Return the fact that `to_fields` took apart. Raise ValueError for a kind or field we do not know."""
    cls = KINDS.get(kind)
    if cls is None:
        raise ValueError(f"unknown kind of fact: {kind!r}")
    known = {field.name for field in fields(cls)} - {"at"}
    if set(stored) != known:
        raise ValueError(f"a fact of kind {kind!r} holds {sorted(known)}, not {sorted(stored)}")
    values = dict(stored)
    if "present" in values:
        values["present"] = tuple(ParticipantCode(code) for code in values["present"])
    if "mark" in values:
        values["mark"] = MarkKind(values["mark"])
    return cls(at=at, **values)
