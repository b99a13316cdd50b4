"""Reading of a typed day or time of day: as the locale writes it, and always ISO."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from balint_desktop.domain.trouble import Trouble, TroubleCode

_TIME = re.compile(r"(\D*?)(\d{1,2})(?:\s*[.:h]?\s*(\d{2}))?(\D*)")
# Allowed after a whole hour, as in 14h and 14 Uhr.
_HOUR_WORDS = {"", "h", "uhr"}
_LEAST_LETTERS = 3
# A year of two digits: 79 is 2079, 80 is 1980.
_FIRST_OF_LAST_CENTURY = 80


@dataclass(frozen=True, slots=True)
class Conventions:
    """A locale's date and time conventions. The letters of `order` are d, M and y; `months` holds twelve sets of names.

    Where the order is not known, only ISO is read. `fillers` are the other words in a written day: weekdays, *de*.
    """

    order: str = "yMd"
    months: tuple[frozenset[str], ...] = ()
    fillers: frozenset[str] = frozenset()
    am: frozenset[str] = frozenset({"am", "a"})
    pm: frozenset[str] = frozenset({"pm", "p"})
    knows_order: bool = False


ISO = Conventions()


def conventions(
    order: str, months: Iterable[Iterable[str]], written: Iterable[str], am: Iterable[str], pm: Iterable[str]
) -> Conventions:
    """Return a locale's conventions, from its month names, whole days as it writes them, and its AM and PM words.

    A month named only by its number is read as that number. A name may be several words, or hold fillers.
    """
    spoken = [[_words(name) for name in one if not _has_digit(name)] for one in months]
    single = {words[0] for one in spoken for words in one if len(words) == 1}
    fillers = {word for day in written for word in _words(day)} - single
    names = [frozenset(" ".join(_without(words, fillers)) for words in one) - {""} for one in spoken]
    halves = [frozenset(_letters(word) for word in half) - {""} for half in (am, pm)]
    return Conventions(
        order, tuple(names), frozenset(fillers), ISO.am | halves[0], ISO.pm | halves[1], knows_order=True
    )


def parse_day(text: str, written: Conventions = ISO, near: date | None = None) -> date:
    """Parse a typed day; a missing year is the one that gives the day nearest to `near`.

    Raise Trouble: DAY_MISSING for an empty text, NO_SUCH_DAY for 31 February and for text that is not a day.
    """
    typed = text.strip()
    if not typed:
        raise Trouble(TroubleCode.DAY_MISSING)
    parts = _parts(typed, written, near)
    if len(parts.get("y", "")) in {2, 4} and max(len(parts["M"]), len(parts["d"])) <= 2:
        year, month, day = (int(parts[key]) for key in "yMd")
        if len(parts["y"]) == 2:
            year += 2000 if year < _FIRST_OF_LAST_CENTURY else 1900
        if written.knows_order and month > 12 >= day and not _is_year_first(typed):
            # Another country's order, and only one day that it can be.
            month, day = day, month
        with suppress(ValueError):
            return date(year, month, day)
    raise Trouble(TroubleCode.NO_SUCH_DAY, name=typed)


def parse_time(text: str, written: Conventions = ISO) -> str:
    """Parse a typed time of day into 14:00, from 2 pm, 14, 14.00 or 1400; empty for an empty text.

    Raise Trouble NO_SUCH_TIME.
    """
    typed = _plain(text).strip()
    if not typed:
        return ""
    found = _TIME.fullmatch(typed)
    if found is not None:
        hour, minute = _hour(int(found[2]), f"{found[1]} {found[4]}", written), int(found[3] or 0)
        if hour is not None and hour < 24 and minute < 60:
            return f"{hour:02}:{minute:02}"
    raise Trouble(TroubleCode.NO_SUCH_TIME, name=text.strip())


def _hour(hour: int, beside: str, written: Conventions) -> int | None:
    """Return the hour of the day; `beside` is the remaining text: AM or PM, *Uhr*, or nothing."""
    half = _letters(beside)
    if half != re.sub(r"[\s.]", "", beside):
        return None
    if half in _HOUR_WORDS:
        return hour
    if half not in written.am | written.pm or not 1 <= hour <= 12:
        return None
    return hour % 12 + (12 if half in written.pm else 0)


def _parts(typed: str, written: Conventions, near: date | None) -> dict[str, str]:
    """Return the digits of day, month and year; nothing where they are ambiguous."""
    tokens = _tokens(typed)
    digits = [token for token in tokens if token.isdecimal()]
    words = _without([token for token in tokens if not token.isdecimal()], written.fillers)
    if not words:
        whole = digits[0] if len(digits) == 1 and len(digits[0]) == 8 else ""
        return _in_order([whole[:4], whole[4:6], whole[6:]] if whole else digits, written, near)
    month = _month(" ".join(words), written)
    parts = _in_order(digits, replace(written, order=written.order.replace("M", "")), near)
    return parts | {"M": str(month)} if month is not None and parts else {}


def _in_order(digits: list[str], written: Conventions, near: date | None) -> dict[str, str]:
    """Assign numbers to day, month and year. Four digits are a year in any position: 2026/3/4 is one everywhere."""
    order = written.order
    if len(digits) == len(order) - 1 and near is not None and all(len(one) <= 2 for one in digits):
        return dict(zip(order.replace("y", ""), digits, strict=True)) | {"y": f"{near.year:04}"}
    if len(digits) != len(order):
        return {}
    if len(digits[0]) == 4:
        order = "yMd" if "M" in order else "yd"
    elif len(digits[-1]) == 4 and "M" not in order:
        order = "dy"
    elif len(digits[-1]) == 4 and order == "yMd":
        # Where the year is usually first: with the year last, the day is. Without a locale the month is not guessed.
        order = "dMy" if written.knows_order else order
    return dict(zip(order, digits, strict=True))


def _is_year_first(typed: str) -> bool:
    return next(iter(re.findall(r"\d+", typed)), "")[3:] != ""


def _month(word: str, written: Conventions) -> int | None:
    """Return the number of the month with that name, or of the only one with that prefix."""
    exact = [number for number, names in enumerate(written.months, start=1) if word in names]
    begun = [
        number for number, names in enumerate(written.months, start=1) if any(name.startswith(word) for name in names)
    ]
    found = exact or (begun if len(word) >= _LEAST_LETTERS else [])
    return found[0] if len(found) == 1 else None


def _tokens(text: str) -> list[str]:
    """Return the runs of digits and the runs of letters; separators are ignored."""
    return ["".join(run) for kind, run in groupby(_plain(text), _kind) if kind]


def _words(text: str) -> list[str]:
    return [token for token in _tokens(text) if not token.isdecimal()]


def _without(words: list[str], fillers: Collection[str]) -> list[str]:
    return [word for word in words if word not in fillers]


def _letters(text: str) -> str:
    return "".join(_words(text))


def _has_digit(text: str) -> bool:
    return any(sign.isdecimal() for sign in text)


def _kind(sign: str) -> str:
    if sign.isdecimal():
        return "digit"
    # Combining marks belong to their letters, as do the vowels of many scripts.
    return "letter" if unicodedata.category(sign)[0] in "LM" else ""


def _plain(text: str) -> str:
    """Return a text casefolded, without marks of writing direction, with plain spaces."""
    signs = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in signs if unicodedata.category(sign) != "Cf")
