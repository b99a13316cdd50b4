"""Format the figures of a report: counts, lengths, ranges, unknowns."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.reports.group_account import Spread
from balint_desktop.text import durations


def blank(label: str) -> str:
    """Return the mark for an unknown value."""
    return tr("[to fill in: {label}]").format(label=label)


def has_blank(words: str) -> bool:
    """Return whether a text has a mark for an unknown value."""
    return blank("\0").partition("\0")[0] in words


def no_sessions_mark() -> str:
    """Return the mark for a group without sessions."""
    return blank(tr("the group has not met yet"))


def spread_words(minutes: list[float]) -> str:
    """Return lengths as one number where they are equal, else as a range."""
    least, most = min(minutes), max(minutes)
    if least == most:
        return durations.minutes_words(most)
    return tr("{least} to {most} min").format(least=durations.tenths(least), most=durations.tenths(most))


def minutes_range(of: Spread) -> str:
    """Return lengths as median and range."""
    if of.count == 1:
        return durations.minutes_words(of.middle)
    return tr("a median of {middle} (range {least} to {most})").format(
        middle=durations.minutes_words(of.middle), least=durations.tenths(of.least), most=durations.tenths(of.most)
    )


def range_words(of: Spread) -> str:
    """Return counts as range and median."""
    if of.least == of.most:
        return durations.tenths(of.middle)
    return tr("{least} to {most} (median {middle})").format(
        least=durations.tenths(of.least), most=durations.tenths(of.most), middle=durations.tenths(of.middle)
    )
