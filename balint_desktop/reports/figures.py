"""Format the figures of a report: counts, lengths, ranges, unknowns."""

from __future__ import annotations

from balint_desktop.i18n import tr
from balint_desktop.reports.group_account import Spread


def blank(label: str) -> str:
    """Return the mark for what the log does not know."""
    return tr("[to fill in: {what}]").format(what=label)


def nothing_held() -> str:
    """Return the mark for a group that has not met yet."""
    return blank(tr("no session has been held yet"))


def spread_words(minutes: list[float]) -> str:
    """Return lengths as one number where they are the same, else as a range."""
    least, most = min(minutes), max(minutes)
    if least == most:
        return minutes_words(most)
    return tr("{least} to {most} min").format(least=number(least), most=number(most))


def minutes_range(of: Spread) -> str:
    """Return lengths as their middle and their range."""
    if of.count == 1:
        return minutes_words(of.middle)
    return tr("a median of {middle} (range {least} to {most})").format(
        middle=minutes_words(of.middle), least=number(of.least), most=number(of.most)
    )


def range_words(of: Spread) -> str:
    """Return counts as their range and their middle."""
    if of.least == of.most:
        return number(of.middle)
    return tr("{least} to {most} (median {middle})").format(
        least=number(of.least), most=number(of.most), middle=number(of.middle)
    )


def minutes_words(of: float) -> str:
    """Return a length in minutes."""
    return tr("{n} min").format(n=number(of))


def number(of: float) -> str:
    """Return a number to a tenth, without a tenth where there is none."""
    return f"{of:.1f}".removesuffix(".0")


def listed(words: list[str]) -> str:
    """Return words one after the other, the last after an *and*."""
    if len(words) < 2:
        return "".join(words)
    return tr("{some} and {last}").format(some=", ".join(words[:-1]), last=words[-1])
