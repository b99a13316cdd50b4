"""Withdrawal from a study: the recordings concerned, and what the approval's rule requires for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.values import ParticipantCode, RecordingId, SessionId


@dataclass(frozen=True, slots=True)
class AffectedRecording:
    """A recording of a session in which the person was present.

    `asks` is the required action, None where no rule is entered yet; `is_done` means that it was done, or that there
    is nothing to do.
    """

    recording: RecordingId
    session: SessionId
    number: int
    wall: float
    asks: Asks | None
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A person's withdrawal from the study on a day. No reason is asked, so none is stored."""

    place: int
    code: ParticipantCode
    day: date
    affected: tuple[AffectedRecording, ...] = ()

    @property
    def open(self) -> tuple[AffectedRecording, ...]:
        """Return the recordings that still need action."""
        return tuple(one for one in self.affected if not one.is_done)
