"""Build a session record for a session that was held without the laptop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.corrections import Field, Overlay, validated
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.values import ParticipantCode

# No clock of a computer ran beside it; the same word in each of its facts lets the length count as it was told.
BOOT = "entered-afterwards"


@dataclass(frozen=True, slots=True)
class AfterwardsEntry:
    """A session as its leader tells it later: when it began (seconds since 1970), how long it lasted, who was there."""

    setting: SessionSetting
    began_wall: float
    lasted_s: float
    present: tuple[ParticipantCode, ...] = ()
    presenters: Mapping[int, ParticipantCode] = field(default_factory=dict)
    online: bool | None = None
    debrief: Debrief = field(default_factory=Debrief)


def facts_of(entry: AfterwardsEntry) -> tuple[f.Fact, ...]:
    """Return the facts of a session that is entered afterwards."""
    began = Instant(entry.began_wall, 0.0, BOOT)
    ended = Instant(entry.began_wall + entry.lasted_s, entry.lasted_s, BOOT)
    return (f.Began(at=began, present=entry.present), f.Ended(at=ended))


def overlay_of(entry: AfterwardsEntry) -> Overlay:
    """Return what lies over those facts: who presented, in as many cases as were told, whatever the format plans."""
    values: dict[Field, Any] = {Field.PRESENTERS: dict(entry.presenters)}
    if entry.online is not None:
        values[Field.ONLINE] = entry.online
    return Overlay(values)


def validated_entry(entry: AfterwardsEntry, now_wall: float) -> AfterwardsEntry:
    """Return what was told in the form it is kept in. Raise Trouble DAY_TO_COME, VALUE_IMPOSSIBLE."""
    validated(Field.NUMBER, entry.setting.number, now_wall)
    validated(Field.LASTED, entry.lasted_s, now_wall)
    validated(Field.BEGAN, entry.began_wall + entry.lasted_s, now_wall)
    return replace(
        entry,
        present=validated(Field.PRESENT, (*entry.present, *entry.presenters.values()), now_wall),
        presenters=validated(Field.PRESENTERS, entry.presenters, now_wall),
    )
