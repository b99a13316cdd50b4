"""Read a day as 2026-03-04 or as this computer's locale writes days; write a local time."""

from __future__ import annotations

import locale
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime

from balint_desktop.text.days import ISO, Conventions, conventions, parse_day

_EXAMPLE = (2033, 11, 22)
_NAMES = {"22": "d", "11": "M", "33": "y", "2033": "y"}


def typed_day(text: str) -> date:
    """Parse a typed day. Raise Trouble DAY_MISSING, NO_SUCH_DAY."""
    return parse_day(text, _conventions())


def local(wall: float) -> str:
    """Format a moment, in seconds since 1970, as local time in ISO form with its zone."""
    return datetime.fromtimestamp(wall, UTC).astimezone().isoformat(timespec="seconds")


def _conventions() -> Conventions:
    """Return this locale's date conventions; ISO without a locale, or for the C locale, which is only a default."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        chosen = locale.setlocale(locale.LC_TIME, "")
        return ISO if chosen.split(".")[0] in {"C", "POSIX"} else _of_locale()
    except locale.Error:
        # A locale that is configured but not installed.
        return ISO
    finally:
        locale.setlocale(locale.LC_TIME, before)


def _of_locale() -> Conventions:
    order = "".join(_NAMES.get(part, "") for part in re.findall(r"\d+", _written("%x", *_EXAMPLE)))
    is_known = sorted(order) == ["M", "d", "y"]
    months = [[_written(form, 2026, month, 1) for form in ("%B", "%b")] for month in range(1, 13)]
    weekdays = [_written(form, 2026, 3, day) for day in range(1, 8) for form in ("%A", "%a")]
    return replace(conventions(order if is_known else ISO.order, months, weekdays, (), ()), knows_order=is_known)


def _written(form: str, year: int, month: int, day: int) -> str:
    return time.strftime(form, datetime(year, month, day, tzinfo=UTC).timetuple())
