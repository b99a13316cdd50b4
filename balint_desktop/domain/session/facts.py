"""The facts of a session, in the order they happened; its state is computed from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.values import MarkKind, ParticipantCode, RecordingId


class NotNow(ValueError):  # noqa: N818  it is a refusal, not an error
    """The session's current state does not allow this fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An event at an instant. Subclasses define it; `kind` names each in the log."""

    kind: ClassVar[str] = ""
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Began(Fact):
    """The session's clock started, with these members in the room."""

    kind: ClassVar[str] = "began"
    present: tuple[ParticipantCode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken(Fact):
    """The facilitator moved on to the phase with this index (0 is the first)."""

    kind: ClassVar[str] = "step-taken"
    phase: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTakenBack(Fact):
    """The last step was undone: the session is in the previous phase, as since it was entered."""

    kind: ClassVar[str] = "step-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseAdjusted(Fact):
    """The current phase's planned end moved by this many seconds (a minute more or less); marks stay fixed."""

    kind: ClassVar[str] = "phase-adjusted"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Fact):
    """All later marks moved by this many seconds: a deliberate act, such as after a fire alarm."""

    kind: ClassVar[str] = "extended"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BeganEarlier(Fact):
    """The group began this many seconds before the clock was started ("we began four minutes ago")."""

    kind: ClassVar[str] = "began-earlier"
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutBy(Fact):
    """The room is needed: the session must end at this wall time (seconds since 1970)."""

    kind: ClassVar[str] = "out-by"
    wall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PresenterChosen(Fact):
    """The presenter of the case with this number (1 or 2) was chosen; None where that was undone."""

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
    """A participant left the room; no reason is recorded."""

    kind: ClassVar[str] = "left"
    code: ParticipantCode


@dataclass(frozen=True, slots=True, kw_only=True)
class ObserverArrived(Fact):
    """An observer or visitor is in the room, who has no code; whether those in the room agree to being recorded.

    Again for the same one, it corrects the answer. Observers count like everyone (corrections, section 1, 2).
    """

    kind: ClassVar[str] = "observer-arrived"
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObserverLeft(Fact):
    """No observer or visitor who came during the session is in the room any more."""

    kind: ClassVar[str] = "observer-left"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStarted(Fact):
    """The recorder began to write this part (1 upwards) of this recording."""

    kind: ClassVar[str] = "recording-started"
    recording: RecordingId
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputerRecorded(Fact):
    """This part records what the computer plays as well as the microphone: the voices of an online session."""

    kind: ClassVar[str] = "computer-recorded"
    recording: RecordingId
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingPaused(Fact):
    """The recording is paused: it contains silence from here, while the clock runs."""

    kind: ClassVar[str] = "recording-paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResumed(Fact):
    """The recording is resumed."""

    kind: ClassVar[str] = "recording-resumed"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingLost(Fact):
    """Sound ended unintentionally, this many seconds before it was noticed; a trouble's code gives the reason."""

    kind: ClassVar[str] = "recording-lost"
    seconds: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingGap(Fact):
    """The seconds before this moment are silence within a part: sound was lost and returned without intervention."""

    kind: ClassVar[str] = "recording-gap"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStopped(Fact):
    """The facilitator stopped the recording, and it was sealed."""

    kind: ClassVar[str] = "recording-stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Redacted(Fact):
    """The last seconds before this moment are redacted: never played, exported or transcribed."""

    kind: ClassVar[str] = "struck"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionUndone(Fact):
    """The last redaction was a slip: its sound counts again."""

    kind: ClassVar[str] = "struck-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Fact):
    """A moment was marked."""

    kind: ClassVar[str] = "marked"
    mark: MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAsked(Fact):
    """The discussion moved to the core question with this number (1 upwards), possibly again."""

    kind: ClassVar[str] = "question-asked"
    question: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTakenBack(Fact):
    """The last choice of a question was undone: the previous one is current, as since it was chosen."""

    kind: ClassVar[str] = "question-taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptsOn(Fact):
    """The prompt deck offered from here on, and whether its prompts based on the study's findings are enabled."""

    kind: ClassVar[str] = "prompts-on"
    deck: str
    themes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AppAway(Fact):
    """The app was not running (killed, asleep) for this many seconds; detected on return."""

    kind: ClassVar[str] = "app-away"
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Fact):
    """The facilitator ended the session. The recording continues until it is stopped."""

    kind: ClassVar[str] = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndTakenBack(Fact):
    """Ending was undone: the session continues."""

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
        ObserverArrived,
        ObserverLeft,
        RecordingStarted,
        ComputerRecorded,
        RecordingPaused,
        RecordingResumed,
        RecordingLost,
        RecordingGap,
        RecordingStopped,
        Redacted,
        RedactionUndone,
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
    """Return a fact's fields besides its instant, as plain JSON values."""
    values = asdict(fact)
    del values["at"]
    return values


def from_fields(kind: str, at: Instant, stored: dict[str, Any]) -> Fact:
    """Return a fact from the output of `to_fields`. Raise ValueError for an unknown kind or field."""
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
