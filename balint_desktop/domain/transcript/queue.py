"""The transcriptions that were asked for: their order, how far the first is, and why it waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.values import RecordingId

LOW_BATTERY_PERCENT = 30
"""Below this nothing is transcribed on battery: a session may be next. This project's choice."""


class WaitReason(StrEnum):
    """Why nothing is transcribed at the moment. It goes on by itself when the last one ends.

    The first of those that apply is the one to say.
    """

    SESSION = "session"
    """*Get ready* is open, or a session runs: the computer is its alone."""
    LOCKED = "locked"
    """The keys were dropped, by a lock or a session."""
    LISTENING = "listening"
    """A place is heard again, which a person waits for: two models at once might not fit into the memory."""
    PLAYING = "playing"
    BATTERY = "battery"


class TranscriptionStage(StrEnum):
    """How far the first transcription is."""

    STARTING = "starting"
    SEARCHING = "searching"
    """Speech is looked for: how much there is to hear is not known yet."""
    HEARING = "hearing"


@dataclass(frozen=True, slots=True)
class QueueState:
    """The recordings asked for, in order, and the state of the first. `left_s` is None before there is an estimate."""

    line: tuple[RecordingId, ...] = ()
    waits_for: WaitReason | None = None
    stage: TranscriptionStage = TranscriptionStage.STARTING
    share: float = 0.0
    left_s: float | None = None

    @property
    def first(self) -> RecordingId | None:
        """The recording that is being transcribed, or would be if nothing was in the way."""
        return self.line[0] if self.line else None

    def place(self, recording: RecordingId) -> int:
        """Return the place of a recording in the queue, from 1; 0 where it is not in it."""
        return self.line.index(recording) + 1 if recording in self.line else 0


def first_reason(holds: Collection[WaitReason]) -> WaitReason | None:
    """Return the reason to say, None where nothing is in the way."""
    return next((reason for reason in WaitReason if reason in holds), None)
