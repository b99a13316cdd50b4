"""Write a group's dates as an iCalendar file (RFC 5545), for the calendars of its people.

Written here rather than with icalendar, which with its dependencies is nine megabytes, most of them for reading. Times
are in UTC, so no time zone has to be described; a day without a time is an all-day event. A line of the plan keeps its
UID while its day, time or number change, so that a later file moves the event instead of adding one, and cancels it
where the session was cancelled.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

from balint_desktop.domain.group.dates import Plan, PlannedSession, wall_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.hidden_signs import strip_hidden
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr

LengthOf = Callable[[SessionKind], float]
"""Returns the length of a session of that kind in seconds, 0 where it is unknown."""

_PRODUCT = "-//Balint Desktop//Dates of a group//EN"
# RFC 5545, section 3.1: a line has at most 75 octets without its line break.
_MOST_OCTETS = 75
# SEQUENCE has to rise from one file to the next (section 3.8.7.4), so it counts minutes from a day before the first.
_SEQUENCE_FROM = datetime(2026, 1, 1, tzinfo=UTC)


def to_ics(group: Group, plan: Plan, length_of: LengthOf, now: float) -> bytes:
    """Return a group's dates as one file. It names the group and nobody in it. `now` is in seconds since 1970."""
    made = datetime.fromtimestamp(int(now), UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for place, session in enumerate(plan):
        lines += _event(group, place, session, length_of(session.kind), made)
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for whole in lines for line in folded(whole)).encode()


def _event(group: Group, place: int, session: PlannedSession, length_s: float, made: datetime) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_uid(group, place)}",
        f"DTSTAMP:{_utc(made)}",
        f"SEQUENCE:{max(0, int((made - _SEQUENCE_FROM).total_seconds()) // 60)}",
        *_times(session, length_s),
        f"SUMMARY:{escaped(_summary(group, session))}",
        f"STATUS:{'CANCELLED' if session.cancelled is not None else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _uid(group: Group, place: int) -> str:
    """Return an id that is the same in every file of the group, and does not tell the group's own id."""
    return hashlib.sha256(f"{group.id} {place}".encode()).hexdigest()[:32] + "@balint-desktop.invalid"


def _times(session: PlannedSession, length_s: float) -> list[str]:
    if not session.time:
        return [f"DTSTART;VALUE=DATE:{_day(session.day)}", f"DTEND;VALUE=DATE:{_day(session.day + timedelta(days=1))}"]
    start = datetime.fromtimestamp(wall_of(session.day, session.time), UTC)
    end = [f"DTEND:{_utc(start + timedelta(seconds=length_s))}"] if length_s > 0 else []
    return [f"DTSTART:{_utc(start)}", *end]


def _summary(group: Group, session: PlannedSession) -> str:
    if session.cancelled is not None:
        return tr("Cancelled: {group}").format(group=group.name)
    if session.kind is SessionKind.EVALUATION:
        return tr("{group}, session {n} (evaluation)").format(group=group.name, n=session.number)
    return tr("{group}, session {n}").format(group=group.name, n=session.number)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def escaped(text: str) -> str:
    """Escape a text value (RFC 5545, section 3.3.11). Control characters have no place in one."""
    plain = strip_hidden(text)
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def folded(line: str) -> Iterator[str]:
    """Fold a line after at most 75 octets, never within a character; each further line begins with a space."""
    part, octets = "", 0
    for sign in line:
        length = len(sign.encode())
        if octets + length > _MOST_OCTETS:
            yield part
            part, octets = " ", 1
        part += sign
        octets += length
    yield part
