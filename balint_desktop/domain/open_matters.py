"""Open matters after a session, as values that each part reports and Today lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from balint_desktop.domain.values import GroupId, RecordingId, SessionId


class OpenKind(StrEnum):
    """What is open, in the order in which Today shows it: what is nearest to a person first."""

    CONSENTS_TO_ENTER = "consents-to-enter"  # count: how many people's answers are not there
    SESSION_WITHOUT_RECORD = "session-without-record"
    DEBRIEF_UNWRITTEN = "debrief-unwritten"
    RECORDING_TO_TRANSCRIBE = "recording-to-transcribe"
    RECORDING_TO_DESTROY = "recording-to-destroy"
    PERIOD_OVER = "period-over"  # something else that was kept for a time, and the time is over


@dataclass(frozen=True, slots=True)
class OpenMatter:
    """One open matter. It names no person, and no reason; `count` is how many of its kind it stands for.

    `day` is the day it has been open since, or is due. What a kind does not need stays None.
    """

    kind: OpenKind
    group: GroupId | None = None
    number: int | None = None
    day: date | None = None
    count: int = 1
    session: SessionId | None = None
    recording: RecordingId | None = None


class OpenMatters(Protocol):
    """A part that knows of open matters."""

    def open_matters(self, today: date) -> Sequence[OpenMatter]:
        """Return what is open on that day, of groups that are not put away. Raise Trouble.

        Today waits for it: a query or two over few rows, whatever the vault holds; no facts are replayed.
        """
        ...


def gather(sources: Iterable[OpenMatters], today: date) -> tuple[OpenMatter, ...]:
    """Return what is open by every source, in the order of the kinds, the longest open first. Raise Trouble."""
    order = list(OpenKind)
    matters = [matter for source in sources for matter in source.open_matters(today)]
    return tuple(sorted(matters, key=lambda m: (order.index(m.kind), m.day or today)))
