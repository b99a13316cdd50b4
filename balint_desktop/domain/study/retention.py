"""Retention periods by kind of data: start events, due days, status."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import ParticipantCode, RecordingId

LINE_LIMIT = 200
# A due day is announced this long ahead: two meetings of a weekly group (this project's choice).
SOON = timedelta(days=14)


class RetainedKind(StrEnum):
    """Kinds of data with a retention period of their own (practice, section 6: separate clocks, each from an event)."""

    AUDIO = "audio"
    TRANSCRIPT = "transcript"
    APPROVED_TEXT = "approved-text"
    CONSENT_FORMS = "consent-forms"
    CODE_KEY = "code-key"
    ANALYSIS = "analysis"


LIES_ELSEWHERE = frozenset({RetainedKind.TRANSCRIPT, RetainedKind.CONSENT_FORMS})
"""Kinds held outside the app, but for a transcript in this vault: it can only remind, and record what is entered."""


class StartEvent(StrEnum):
    """Event that starts a retention period."""

    RECORDED = "recorded"
    TRANSCRIPT_VERIFIED = "transcript-verified"
    STUDY_ENDED = "study-ended"
    CONSENT_WITHDRAWN = "consent-withdrawn"
    LAST_SESSION = "last-session"
    APPROVAL_DAY = "approval-day"


STARTS = {
    RetainedKind.AUDIO: tuple(StartEvent),
    RetainedKind.TRANSCRIPT: tuple(StartEvent),
    RetainedKind.APPROVED_TEXT: tuple(StartEvent),
    RetainedKind.CONSENT_FORMS: (
        StartEvent.STUDY_ENDED,
        StartEvent.CONSENT_WITHDRAWN,
        StartEvent.LAST_SESSION,
        StartEvent.APPROVAL_DAY,
    ),
    RetainedKind.CODE_KEY: (StartEvent.STUDY_ENDED, StartEvent.LAST_SESSION, StartEvent.APPROVAL_DAY),
    RetainedKind.ANALYSIS: (StartEvent.STUDY_ENDED, StartEvent.LAST_SESSION, StartEvent.APPROVAL_DAY),
}
"""Start events allowed for each kind: a form and an analysis belong to no single recording, the code key to nobody."""


class Unit(StrEnum):
    """Unit of a period. Months and years are calendar months and years."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


# A hundred years: beyond that a typing error is likelier than a rule.
MAX_COUNT = {Unit.DAYS: 36_500, Unit.MONTHS: 1_200, Unit.YEARS: 100}


class Bound(StrEnum):
    """Direction of a period. The sources have both: destroy within, and keep at least."""

    DESTROY_WITHIN = "destroy-within"
    KEEP_AT_LEAST = "keep-at-least"


@dataclass(frozen=True, slots=True)
class RetentionPeriod:
    """Rule for one kind of data by the study's approval. `source` names where: "approval 023473, section 4"."""

    starts: StartEvent
    count: int
    unit: Unit
    bound: Bound
    source: str


@dataclass(frozen=True, slots=True)
class RetentionPeriods:
    """A group's retention periods, none preset, and places of data outside the app, e.g. "locked cabinet, room 3"."""

    clocks: Mapping[RetainedKind, RetentionPeriod] = field(default_factory=dict)
    places: Mapping[RetainedKind, str] = field(default_factory=dict)

    def ask_for(self, event: StartEvent) -> bool:
        """Return whether any period starts with that event; an unused event need not be looked up."""
        return any(clock.starts is event for clock in self.clocks.values())

    def with_clock(self, kind: RetainedKind, clock: RetentionPeriod | None) -> RetentionPeriods:
        """Return the periods with one set or removed."""
        others = {one: rule for one, rule in self.clocks.items() if one is not kind}
        return replace(self, clocks=others if clock is None else {**others, kind: clock})

    def with_place(self, kind: RetainedKind, place: str) -> RetentionPeriods:
        """Return the periods with a place set, or removed where it is empty."""
        others = {one: tidied for one, tidied in self.places.items() if one is not kind}
        tidied = _tidy(place)
        return replace(self, places={**others, kind: tidied} if tidied else others)


def checked_period(kind: RetainedKind, clock: RetentionPeriod) -> RetentionPeriod:
    """Validate a rule. Raise Trouble: PERIOD_EMPTY, PERIOD_TOO_LONG, APPROVAL_WITHOUT_NUMBER; ValueError.

    A period without a source would be the app's own promise, and an approval is identified by its number.
    """
    if clock.starts not in STARTS[kind]:
        raise ValueError(f"{clock.starts} does not start the clock of {kind}")
    if clock.count < 1:
        raise Trouble(TroubleCode.PERIOD_EMPTY)
    if clock.count > MAX_COUNT[clock.unit]:
        raise Trouble(TroubleCode.PERIOD_TOO_LONG)
    source = _tidy(clock.source)
    if not any(sign.isdigit() for sign in source):
        raise Trouble(TroubleCode.APPROVAL_WITHOUT_NUMBER)
    return replace(clock, source=source)


def period_to_plain(clock: RetentionPeriod) -> dict[str, str | int]:
    """Return a period as plain JSON values."""
    return {
        "starts": clock.starts.value,
        "count": clock.count,
        "unit": clock.unit.value,
        "bound": clock.bound.value,
        "source": clock.source,
    }


def period_from_plain(plain: Mapping[str, Any]) -> RetentionPeriod:
    """Return a period from the output of `period_to_plain`. Raise ValueError or KeyError for anything else."""
    return RetentionPeriod(
        StartEvent(plain["starts"]), plain["count"], Unit(plain["unit"]), Bound(plain["bound"]), plain["source"]
    )


def checked_event(day: date, today: date, *, not_before: date | None = None) -> date:
    """Validate the day of an event. Raise Trouble: DAY_TO_COME, DAY_TOO_EARLY."""
    if day > today:
        raise Trouble(TroubleCode.DAY_TO_COME)
    if not_before is not None and day < not_before:
        raise Trouble(TroubleCode.DAY_TOO_EARLY)
    return day


@lru_cache(maxsize=1024)
def due_day(start: date, count: int, unit: Unit) -> date:
    """Return the day on which a period starting on `start` ends; the start day is not counted.

    Calendar days, so that daylight saving has no effect. A month or a year later is the same day of the month, or
    its last where the month is shorter: 31 January and a month is 28 or 29 February, 29 February and a year the 28th.
    """
    if unit is Unit.DAYS:
        return start + timedelta(days=count)
    months = start.year * 12 + start.month - 1 + (count if unit is Unit.MONTHS else count * 12)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


class RetentionStatus(StrEnum):
    """Retention status of a thing today, in display order."""

    DUE = "due"
    SOON = "soon"
    RUNNING = "running"
    HELD = "held"
    WAITING = "waiting"  # its start event is in the future, or not entered
    NO_PERIOD = "no-period"  # nothing was entered from the approval
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class RetainedThing:
    """One thing under retention: a recording, its transcript, a person's form where each has one, or group data.

    `is_in_vault` is whether a transcript or an approved text is in this vault, which can delete it.
    `waits_for_speaker` is whether the transcript of a recording has a stretch that somebody who speaks another language
    has yet to listen to.
    """

    kind: RetainedKind
    recording: RecordingId | None = None
    number: int | None = None
    code: ParticipantCode | None = None
    events: Mapping[StartEvent, date] = field(default_factory=dict)
    is_held: bool = False
    destroyed_on: date | None = None
    is_in_vault: bool = False
    waits_for_speaker: bool = False

    @property
    def lies_elsewhere(self) -> bool:
        """Return whether it is held outside the app, where it is also destroyed."""
        return self.kind in LIES_ELSEWHERE and not self.is_in_vault


@dataclass(frozen=True, slots=True)
class RetainedItem:
    """A thing with its retention status. `due` is None without a period or its event; held things have it, too."""

    retained: RetainedThing
    status: RetentionStatus
    clock: RetentionPeriod | None = None
    started: date | None = None
    due: date | None = None

    @property
    def is_over(self) -> bool:
        """Return whether the period is over and no hold covers the thing."""
        return self.status is RetentionStatus.DUE

    @property
    def is_offered(self) -> bool:
        """Return whether it is offered for destruction: its period is over, and nobody has yet to listen to it.

        Practice, corrections, section 5.
        """
        return self.is_over and not self.retained.waits_for_speaker


def retained_item(thing: RetainedThing, clocks: RetentionPeriods, today: date) -> RetainedItem:
    """Return a thing's retention status on that day. A hold blocks destruction; the period still runs."""
    clock = clocks.clocks.get(thing.kind)
    started = thing.events.get(clock.starts) if clock is not None else None
    due = due_day(started, clock.count, clock.unit) if clock is not None and started is not None else None
    return RetainedItem(thing, _status(thing, clock, due, today), clock, started, due)


def _status(thing: RetainedThing, clock: RetentionPeriod | None, due: date | None, today: date) -> RetentionStatus:
    if thing.destroyed_on is not None:
        return RetentionStatus.GONE
    if thing.is_held:
        return RetentionStatus.HELD
    if clock is None:
        return RetentionStatus.NO_PERIOD
    if due is None:
        return RetentionStatus.WAITING
    if due <= today:
        return RetentionStatus.DUE
    return RetentionStatus.SOON if due - today <= SOON else RetentionStatus.RUNNING


def due_first(things: Iterable[RetainedItem]) -> tuple[RetainedItem, ...]:
    """Sort by due day; items without a day after those, by status; destroyed ones last."""
    order = list(RetentionStatus)
    return tuple(
        sorted(
            things,
            key=lambda one: (
                one.status is RetentionStatus.GONE,
                one.due is None or one.status is RetentionStatus.HELD,
                one.due or date.max,
                order.index(one.status),
                one.retained.number or 0,
                not one.retained.is_in_vault,
            ),
        )
    )


def last_session(sessions: int, held: Iterable[date], planned: Iterable[date], today: date) -> date | None:
    """Return the day of a group's last session, None while one is still to come.

    A calendar takes precedence: `planned` are its days without cancelled ones. Without one, the group
    is over when it has met the planned number of times.
    """
    met, plan = sorted(held), sorted(planned)
    if plan:
        last = max(plan[-1], *met) if met else plan[-1]
        return last if last <= today else None
    return met[-1] if met and len(met) >= sessions else None


def required_label(text: str) -> str:
    """Normalise a required label, such as a role. Raise Trouble LABEL_MISSING."""
    if not (label := _tidy(text)):
        raise Trouble(TroubleCode.LABEL_MISSING)
    return label


def required_reason(text: str) -> str:
    """Normalise a required reason. Raise Trouble REASON_MISSING."""
    if not (reason := _tidy(text)):
        raise Trouble(TroubleCode.REASON_MISSING)
    return reason


def _tidy(text: str) -> str:
    return one_line(text)[:LINE_LIMIT]
