"""Read a day as 2026-03-04 or as this computer's locale writes days; write a local time."""

from __future__ import annotations

import locale
import time
from datetime import UTC, date, datetime

from balint_desktop.domain.typed_days import order_of, read_day

_EXAMPLE = datetime(2033, 11, 22, tzinfo=UTC)


def typed_day(text: str) -> date:
    """Return a day that was typed. Raise Trouble: DAY_UNREADABLE, NO_SUCH_DAY."""
    return read_day(text, _locale_order())


def local(wall: float) -> str:
    """Return a moment, in seconds since 1970, as a local time in ISO form with its zone."""
    return datetime.fromtimestamp(wall, UTC).astimezone().isoformat(timespec="seconds")


def _locale_order() -> str:
    """Return the order of day, month and year in this locale; none in the plain C locale, which nobody chose."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        chosen = locale.setlocale(locale.LC_TIME, "")
        plain = chosen.split(".")[0] in {"C", "POSIX"}
        return "" if plain else order_of(time.strftime("%x", _EXAMPLE.timetuple()))
    except locale.Error:
        # A locale that is named and not installed.
        return ""
    finally:
        locale.setlocale(locale.LC_TIME, before)
