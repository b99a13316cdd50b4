"""Result types for listing, opening and verifying a recording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain.session.debrief import Destroyed
from balint_desktop.domain.session.state import Moment
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.recordings.source_losses import SourceLoss
from balint_desktop.recordings.timeline import JoinedRecording
from balint_desktop.vault.log.imported_copies import ImportedCopyRow
from balint_desktop.vault.log.transfers import ImportRow


class Condition(StrEnum):
    """Condition of a recording or of one of its parts. Interrupted is not damaged."""

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
    """Whether redacted sound is still stored in a recording. The app plays it as silence either way."""

    NOTHING = "nothing"
    TO_CUT = "to-cut"
    HEARD_BY_ITS_READER = "heard-by-its-reader"


ALARMS = frozenset({Condition.DAMAGED, Condition.CHANGED, Condition.UNKNOWN, Condition.BACK})
"""Conditions reported to the facilitator unasked."""

OPENABLE = frozenset(
    {Condition.COMPLETE, Condition.INTERRUPTED, Condition.DAMAGED, Condition.CHANGED, Condition.UNKNOWN, Condition.BACK}
)
"""Conditions whose readable part can be played and exported."""


@dataclass(frozen=True, slots=True)
class RecordingSummary:
    """One recording in the list. Group and number are empty if the log has no entry.

    `readers` are the labels of the other recipients it is sealed to, None if unknown.
    `imported` is the import report, set if the recording was imported from a file, and `shared_copy` is set if it came
    in a sealed copy.
    `imported` is the import report, set if the recording was imported from a file. `has_call` is whether what the
    computer played was recorded as well, as far as the log knows; `not_recorded_s` is how much was lost between its
    first and its last second, by a crash for one, which makes no part of it less complete.
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
    pending_redaction: PendingRedaction = PendingRedaction.NOTHING
    kind: SessionKind = SessionKind.CASE
    imported: ImportRow | None = None
    shared_copy: ImportedCopyRow | None = None
    has_call: bool = False
    not_recorded_s: float = 0.0


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """Start of a phase, in session seconds."""

    label: str
    at_s: float


@dataclass(frozen=True, slots=True)
class QuestionMark:
    """Start of a core question in an evaluation, in session seconds."""

    number: int
    text: str
    at_s: float


@dataclass(frozen=True, slots=True)
class OpenRecording:
    """A recording opened in memory. `sounds` is each part's decrypted Ogg Opus: discard it after use.

    `levels` is the loudness of each second of a part, a letter each (`sealed/part_levels`), if known.
    """

    listed: RecordingSummary
    joined: JoinedRecording
    phases: tuple[PhaseMark, ...] = ()
    moments: tuple[Moment, ...] = ()
    sounds: Mapping[int, bytes] = field(default_factory=dict, repr=False)
    levels: Mapping[int, str] = field(default_factory=dict, repr=False)
    questions: tuple[QuestionMark, ...] = ()
    losses: tuple[SourceLoss, ...] = ()


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """Verification result of one part. `known` is whether the log holds its fingerprint.

    `lost_s` is the unreadable share of its `seconds`, `has_call` whether what the computer played is in it as well.
    """

    part: int
    condition: Condition
    seconds: float
    known: bool
    lost_s: float = 0.0
    has_call: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """Verification result of a recording. `key` is the condition of its key file, `not_recorded_s` as in the list."""

    id: RecordingId
    condition: Condition
    parts: tuple[PartVerdict, ...] = ()
    key: Condition = Condition.COMPLETE
    not_recorded_s: float = 0.0


# A start without sound, such as with a busy microphone, does not affect the parts that hold sound.
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
    """Return the condition of the whole: the worst of its parts', EMPTY without parts."""
    return max(conditions, key=_GRAVEST_LAST.index, default=Condition.EMPTY)
