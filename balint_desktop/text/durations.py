"""Wording of durations, and of moments from the start of a session."""

from __future__ import annotations

import math

from balint_desktop.i18n import tr
from balint_desktop.text.decimals import decimal_words


def clock(seconds: float) -> str:
    """Return minutes and seconds, such as 6:46 or 75:03."""
    whole = math.floor(max(0.0, seconds) + 0.001)
    return f"{whole // 60}:{whole % 60:02d}"


def span_words(from_s: float, until_s: float) -> str:
    """Return a range such as 45:00 to 60:00, which screen readers read well, too."""
    return tr("{from_} to {until}").format(from_=clock(from_s), until=clock(until_s))


def duration_words(seconds: float) -> str:
    """Return a length as 58 min, 1 min 55 s or 20 s; from ten minutes on without seconds."""
    whole = round(max(0.0, seconds))
    minutes, rest = divmod(whole, 60)
    if minutes == 0:
        return tr("{seconds} s").format(seconds=rest)
    if rest == 0 or minutes >= 10:
        return tr("{minutes} min").format(minutes=round(whole / 60))
    return tr("{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)


def hours(minutes: int) -> str:
    """Return a length as 2 h, 1 h 30 min or 45 min."""
    whole, rest = divmod(minutes, 60)
    if not whole:
        return tr("{minutes} min").format(minutes=rest)
    return tr("{hours} h {minutes} min").format(hours=whole, minutes=rest) if rest else tr("{h} h").format(h=whole)


def minutes_words(minutes: float) -> str:
    """Return a length as 61.5 min, for the figures of a report."""
    return tr("{n} min").format(n=tenths(minutes))


def tenths(number: float) -> str:
    """Return a number to a tenth, without a decimal where it is whole."""
    whole = f"{number:.1f}".removesuffix(".0")
    return whole if whole.lstrip("-").isdecimal() else decimal_words(number, 1)
