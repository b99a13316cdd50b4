"""Build a session record for a session that was held without the laptop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.group.dates import PlannedSession, day_of, is_evaluation, wall_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay, validated
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import ParticipantCode, SessionKind

# No computer clock ran; the same boot id in each of its facts makes the entered length count.
BOOT = "entered-afterwards"
USUAL_S = 3600.0
_NOON = "12:00"


@dataclass(frozen=True, slots=True)
class AfterwardsEntry:
    """A session as entered by its leader later: start (seconds since 1970), length, attendance."""

    setting: SessionSetting
    began_wall: float
    lasted_s: float
    present: tuple[ParticipantCode, ...] = ()
    presenters: Mapping[int, ParticipantCode] = field(default_factory=dict)
    online: bool | None = None
    debrief: Debrief = field(default_factory=Debrief)


@dataclass(frozen=True, slots=True)
class LikelySession:
    """Suggested values for a session entered afterwards. All can be changed."""

    number: int
    kind: SessionKind
    format_key: str
    began_wall: float
    lasted_s: float


def likely_session(
    group: Group,
    number: int,
    line: PlannedSession | None,
    day: date,
    now_wall: float,
    *,
    time: str = "",
    lasted_s: float = USUAL_S,
    online: bool = False,
) -> LikelySession:
    """Return suggested values for a group's session on a day; `line` is its planned session in the calendar.

    It began at the given time, by the calendar, or else at noon; on a day that is not over, early enough that it
    has ended by now. `online` is whether the group's own format is held by video call.
    """
    kind = SessionKind.EVALUATION if is_evaluation(line, number, group.sessions) else SessionKind.CASE
    planned = line.time if line is not None and line.day == day else ""
    began_wall = wall_of(day, time or planned or _NOON)
    if not time and day == day_of(now_wall):
        began_wall = min(began_wall, now_wall - lasted_s)
    return LikelySession(number, kind, group.format_for(kind, online=online), began_wall, lasted_s)


def build_facts(entry: AfterwardsEntry) -> tuple[f.Fact, ...]:
    """Return the facts of a session entered afterwards."""
    began = Instant(entry.began_wall, 0.0, BOOT)
    ended = Instant(entry.began_wall + entry.lasted_s, entry.lasted_s, BOOT)
    return (f.Began(at=began, present=entry.present), f.Ended(at=ended))


def build_overlay(entry: AfterwardsEntry) -> Overlay:
    """Return the overlay on those facts: the presenters of all cases presented, whatever the format plans."""
    values: dict[Field, Any] = {Field.PRESENTERS: dict(entry.presenters)}
    if entry.online is not None:
        values[Field.ONLINE] = entry.online
    return Overlay(values)


def validated_entry(entry: AfterwardsEntry, now_wall: float) -> AfterwardsEntry:
    """Validate an entry and return it in the stored form. Raise Trouble DAY_TO_COME, VALUE_IMPOSSIBLE."""
    validated(Field.NUMBER, entry.setting.number, now_wall)
    validated(Field.LASTED, entry.lasted_s, now_wall)
    validated(Field.BEGAN, entry.began_wall + entry.lasted_s, now_wall)
    return replace(
        entry,
        present=validated(Field.PRESENT, (*entry.present, *entry.presenters.values()), now_wall),
        presenters=validated(Field.PRESENTERS, entry.presenters, now_wall),
    )
