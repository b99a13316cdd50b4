"""Count progress towards accreditation aims, each number with the items it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from balint_desktop.domain.accreditation.values import (
    AccreditationFacts,
    LedSession,
    Meeting,
    MeetingKind,
    OwnRole,
    Supervision,
)

_MONTHS_PER_YEAR = 12


class Measure(StrEnum):
    """Measures that can be counted. Sessions and cases are separate, since one session may have two cases.

    Sources, by `practice.md` section 4: sessions and cases led or co-led, supervision a year and the face-to-face
    share from BSANZ (balintanz.org, accreditation pathway); co-led sessions, sessions as a member, leadership weekends
    and society events from the UK Balint Society (balint.co.uk/leadership-2); months of leading, supervision with
    recordings and intensives from the American Balint Society (Credentialing Roadmap).
    """

    SESSIONS = "sessions"
    SESSIONS_LEAD = "sessions-lead"
    SESSIONS_CO_LED = "sessions-co-led"
    SESSIONS_SOLO = "sessions-solo"
    CASES = "cases"
    MONTHS = "months"
    FACE_TO_FACE = "face-to-face"
    SUPERVISIONS = "supervisions"
    SUPERVISIONS_YEAR = "supervisions-year"
    SUPERVISIONS_RECORDED = "supervisions-recorded"
    MEMBER_SESSIONS = "member-sessions"
    WEEKENDS = "weekends"
    INTENSIVES = "intensives"
    EVENTS = "events"


# Measures that are no sum of their items: a share, or a run of months.
_NOT_SUMS = {Measure.MONTHS, Measure.FACE_TO_FACE}
# Measures counted separately for sessions led with this laptop and elsewhere.
_APART = {
    Measure.SESSIONS,
    Measure.SESSIONS_LEAD,
    Measure.SESSIONS_CO_LED,
    Measure.SESSIONS_SOLO,
    Measure.CASES,
}


class ItemKind(StrEnum):
    """Kind of a counted item."""

    SESSION = "session"
    SUPERVISION = "supervision"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Item:
    """One counted item: how much it adds, and out of how much where the measure is a share."""

    kind: ItemKind
    id: str
    day: date
    amount: int
    out_of: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress on a measure with its items, oldest first. `so_far` is in per cent for the face-to-face share.

    `here` is the amount led with this laptop, `elsewhere` the amount from entries made by hand;
    None where the distinction does not apply, as for supervision.
    """

    measure: Measure
    so_far: int
    items: tuple[Item, ...] = ()
    here: int | None = None
    elsewhere: int | None = None


def count_progress(measure: Measure, facts: AccreditationFacts, today: date) -> Progress:
    """Count a measure up to today. Future items are not counted.

    An evaluation session has no case discussion and counts none; the study analyses it separately, too (Ng, Seu
    & Cullum 2022, limitations). That it does not count as a session led either is this project's choice.
    """
    items = tuple(sorted(_items(measure, facts, today), key=lambda item: (item.day, item.kind, item.id)))
    if measure is Measure.MONTHS:
        return Progress(measure, _longest_run(_months(facts, today)), items)
    if measure is Measure.FACE_TO_FACE:
        # Rounded down: a half is shown only where it is reached.
        whole = sum(item.out_of for item in items)
        return Progress(measure, 100 * sum(item.amount for item in items) // whole if whole else 0, items)
    so_far = sum(item.amount for item in items)
    if measure not in _APART:
        return Progress(measure, so_far, items)
    elsewhere = sum(item.amount for item in items if item.kind is ItemKind.MEETING)
    return Progress(measure, so_far, items, so_far - elsewhere, elsewhere)


def is_sum(measure: Measure) -> bool:
    """Return whether a measure is the sum of its items."""
    return measure not in _NOT_SUMS


def sessions_counted(facts: AccreditationFacts, today: date) -> tuple[LedSession, ...]:
    """Return the sessions led with this laptop that count as sessions led."""
    return tuple(one for one in facts.sessions if one.day <= today and not one.evaluation)


def roles_not_noted(facts: AccreditationFacts, today: date) -> int:
    """Return the number of sessions counted as led whose role (lead, co-lead or alone) is not recorded."""
    led_elsewhere = _meetings_led(facts, today)
    return sum(1 for one in sessions_counted(facts, today) if one.role is None) + sum(
        one.sessions for one in led_elsewhere if one.role is None
    )


def _items(measure: Measure, facts: AccreditationFacts, today: date) -> Iterator[Item]:
    if measure in _LED:
        yield from _of_led(facts, today, *_LED[measure])
    elif measure in _SUPERVISED:
        counts = _SUPERVISED[measure]
        for one in facts.supervisions:
            if one.day <= today and counts(one, today):
                yield Item(ItemKind.SUPERVISION, one.id, one.day, 1)
    else:
        yield from _attended(facts, today, _ATTENDED[measure], share=measure is Measure.FACE_TO_FACE)
        if measure is Measure.FACE_TO_FACE:
            yield from _of_led(facts, today, None, "share")


def _attended(facts: AccreditationFacts, today: date, kind: MeetingKind, *, share: bool) -> Iterator[Item]:
    for meeting in _until(facts.meetings, today):
        amount = meeting.sessions if kind is MeetingKind.MEMBER else 1
        if meeting.kind is kind and amount:
            yield _shared(meeting) if share else Item(ItemKind.MEETING, meeting.id, meeting.day, amount)


def _of_led(facts: AccreditationFacts, today: date, role: OwnRole | None, measure: str) -> Iterator[Item]:
    """Return the items led, here and elsewhere: sessions, their cases, or the face-to-face share."""
    for one in sessions_counted(facts, today):
        amount = one.cases if measure == "cases" else int(not one.online) if measure == "share" else 1
        if role in {None, one.role} and (amount or measure == "share"):
            yield Item(ItemKind.SESSION, one.id, one.day, amount, int(measure == "share"))
    for meeting in _meetings_led(facts, today):
        if role not in {None, meeting.role}:
            continue
        if measure == "share":
            if meeting.sessions:
                yield _shared(meeting)
        elif amount := meeting.cases if measure == "cases" else meeting.sessions:
            yield Item(ItemKind.MEETING, meeting.id, meeting.day, amount)


def _shared(meeting: Meeting) -> Item:
    face_to_face = 0 if meeting.online else meeting.sessions
    return Item(ItemKind.MEETING, meeting.id, meeting.day, face_to_face, meeting.sessions)


def _until(meetings: Iterable[Meeting], today: date) -> Iterator[Meeting]:
    return (one for one in meetings if one.until <= today)


def _meetings_led(facts: AccreditationFacts, today: date) -> tuple[Meeting, ...]:
    return tuple(one for one in _until(facts.meetings, today) if one.kind is MeetingKind.LED)


def _months(facts: AccreditationFacts, today: date) -> set[int]:
    """Return the months in which a session was led, as month numbers that run on across years.

    An entry that spans several months counts in each only if it has a session for each; otherwise in its first.
    """
    months = {_month(one.day) for one in sessions_counted(facts, today)}
    for meeting in _meetings_led(facts, today):
        if not meeting.sessions:
            continue
        first, last = _month(meeting.day), _month(meeting.until)
        months |= set(range(first, last + 1)) if meeting.sessions > last - first else {first}
    return months


def _month(day: date) -> int:
    return day.year * _MONTHS_PER_YEAR + day.month


def _longest_run(months: set[int]) -> int:
    """Return the longest run of consecutive months: leading monthly for two years means leading in each month."""
    longest = 0
    for month in months:
        if month - 1 not in months:
            length = 1
            while month + length in months:
                length += 1
            longest = max(longest, length)
    return longest


def a_year_before(day: date) -> date:
    """Return the same day a year before; for 29 February the 28th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


_LED: dict[Measure, tuple[OwnRole | None, str]] = {
    Measure.SESSIONS: (None, "sessions"),
    Measure.SESSIONS_LEAD: (OwnRole.LEAD, "sessions"),
    Measure.SESSIONS_CO_LED: (OwnRole.CO_LEAD, "sessions"),
    Measure.SESSIONS_SOLO: (OwnRole.SOLO, "sessions"),
    Measure.CASES: (None, "cases"),
    Measure.MONTHS: (None, "sessions"),
}
_SUPERVISED: dict[Measure, Callable[[Supervision, date], bool]] = {
    Measure.SUPERVISIONS: lambda _one, _today: True,
    Measure.SUPERVISIONS_YEAR: lambda one, today: one.day > a_year_before(today),
    Measure.SUPERVISIONS_RECORDED: lambda one, _today: one.recordings_used,
}
_ATTENDED = {
    Measure.MEMBER_SESSIONS: MeetingKind.MEMBER,
    Measure.FACE_TO_FACE: MeetingKind.MEMBER,
    Measure.WEEKENDS: MeetingKind.WEEKEND,
    Measure.INTENSIVES: MeetingKind.INTENSIVE,
    Measure.EVENTS: MeetingKind.EVENT,
}
