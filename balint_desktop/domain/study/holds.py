"""Legal holds: what must not be destroyed for now, and lifting a hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NewType

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId

HoldId = NewType("HoldId", str)
TEXT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Lifted:
    """Lifting of a hold: day, reason, and by whom (a label)."""

    day: date
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold on a group, or on one `recording` of it: start, reason, and by whom (a label).

    `retains_redacted` means that it covers redacted sound that is still in the sealed file. Without it, a hold
    does not stop its removal: the room was told that it would not be kept, nobody agreed to it, and
    the app already silences it. A hold applies only to data that was meant to be kept.
    """

    id: HoldId
    group: GroupId
    since: date
    why: str
    by: str
    recording: RecordingId | None = None
    retains_redacted: bool = False
    lifted: Lifted | None = None

    def covers(self, recording: RecordingId | None) -> bool:
        """Return whether the hold is active and covers that recording; None means all other data of the group."""
        return self.lifted is None and (self.recording is None or self.recording == recording)


def checked_hold(hold: Hold, today: date) -> Hold:
    """Validate a hold. Raise Trouble: REASON_MISSING, LABEL_MISSING, DAY_TO_COME."""
    tidied = replace(hold, why=_tidy(hold.why), by=_tidy(hold.by))
    _require(tidied.why, tidied.by, tidied.since, today)
    return tidied


def checked_lifting(hold: Hold, lifted: Lifted, today: date) -> Lifted:
    """Validate the lifting of a hold. Raise Trouble: REASON_MISSING, LABEL_MISSING, DAY_TO_COME, DAY_TOO_EARLY."""
    tidied = replace(lifted, why=_tidy(lifted.why), by=_tidy(lifted.by))
    _require(tidied.why, tidied.by, tidied.day, today)
    if tidied.day < hold.since:
        raise Trouble(TroubleCode.DAY_TOO_EARLY)
    return tidied


def hold_covering(holds: Iterable[Hold], recording: RecordingId | None) -> Hold | None:
    """Return a group's earliest hold that covers a recording, or the group's other data."""
    return min((hold for hold in holds if hold.covers(recording)), key=lambda hold: hold.since, default=None)


def _require(why: str, by: str, day: date, today: date) -> None:
    if not why:
        raise Trouble(TroubleCode.REASON_MISSING)
    if not by:
        raise Trouble(TroubleCode.LABEL_MISSING)
    if day > today:
        raise Trouble(TroubleCode.DAY_TO_COME)


def _tidy(text: str) -> str:
    return one_line(text)[:TEXT_LIMIT]
