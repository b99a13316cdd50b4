"""Result types for listing, opening and verifying a recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.session.state import Moment
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.vault.log.transfers import ImportRow


class Condition(StrEnum):
    """The condition of a recording, or of one of its parts. Interrupted and damaged are different things."""

    COMPLETE = "complete"
    INTERRUPTED = "interrupted"
    IN_USE = "in-use"
    NOT_OURS = "not-ours"
    DAMAGED = "damaged"
    CHANGED = "changed"
    UNKNOWN = "unknown"
    EMPTY = "empty"
    DESTROYED = "destroyed"
    BACK = "back"


class PendingRedaction(StrEnum):
    """Whether sound that was struck is still in a recording. It is silent in the app either way."""

    NOTHING = "nothing"
    TO_CUT = "to-cut"
    HEARD_BY_ITS_READER = "heard-by-its-reader"


ALARMS = frozenset({Condition.DAMAGED, Condition.CHANGED, Condition.UNKNOWN, Condition.BACK})
"""What the facilitator should hear of without asking."""

OPENABLE = frozenset(
    {Condition.COMPLETE, Condition.INTERRUPTED, Condition.DAMAGED, Condition.CHANGED, Condition.UNKNOWN, Condition.BACK}
)
"""What can be played and exported, as far as it goes."""


@dataclass(frozen=True, slots=True)
class RecordingSummary:
    """One recording in the list. Group and number are empty where the log does not know it.

    `readers` are the labels of those besides this vault that it is sealed to, None where that is not known.
    `imported` is set where it came as a file: what importing found.
    """

    id: RecordingId
    condition: Condition
    group: str = ""
    number: int | None = None
    began_wall: float | None = None
    seconds: float | None = None
    parts: int = 0
    readers: tuple[str, ...] | None = None
    this_vault_reads: bool = True
    destroyed: Destroyed | None = None
    struck: PendingRedaction = PendingRedaction.NOTHING
    kind: SessionKind = SessionKind.CASE
    imported: ImportRow | None = None


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """Where a phase begins, in seconds of the session."""

    label: str
    at_s: float


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """Where the talk of an evaluation turned to a core question, in seconds of the session."""

    number: int
    text: str
    at_s: float


@dataclass(frozen=True, slots=True)
class OpenRecording:
    """A recording that is open in memory. `sounds` is each part's Ogg Opus in clear: drop it when done.

    `levels` says how loud each second of a part is, a letter each (`sealed/part_levels`), as far as is known.
    """

    listed: RecordingSummary
    joined: JoinedRecording
    phases: tuple[PhaseMark, ...] = ()
    moments: tuple[Moment, ...] = ()
    sounds: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    levels: Mapping[int, str] = field(default_factory=dict, repr=False)
    questions: tuple[QuestionMark, ...] = ()


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """What verifying found of one part. `known` says whether the log holds its fingerprint.

    `lost_s` is how much of its `seconds` cannot be read any more.
    """

    part: int
    condition: Condition
    seconds: float
    known: bool
    lost_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Verification:
    """What verifying found of a recording. `key` is the condition of the file that holds its key."""

    id: RecordingId
    condition: Condition
    parts: tuple[PartVerdict, ...] = ()
    key: Condition = Condition.COMPLETE


# A start that came to nothing, with a busy microphone for one, says nothing against the parts that hold sound.
_GRAVEST_LAST = (
    Condition.EMPTY,
    Condition.COMPLETE,
    Condition.INTERRUPTED,
    Condition.IN_USE,
    Condition.NOT_OURS,
    Condition.DAMAGED,
    Condition.CHANGED,
    Condition.UNKNOWN,
    Condition.BACK,
    Condition.DESTROYED,
)


def worst_condition(conditions: tuple[Condition, ...]) -> Condition:
    """Return the condition that the whole is in: the gravest of its parts', EMPTY where it has none."""
    return max(conditions, key=_GRAVEST_LAST.index, default=Condition.EMPTY)
