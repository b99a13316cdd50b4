"""Parse a typed day: ISO always, or in a locale's order of day, month and year."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from balint_desktop.domain.trouble import Trouble, TroubleCode

_PART = re.compile(r"\d+")
_CENTURY = 2000


def read_day(text: str, order: str = "") -> date:
    """Parse a typed day. `order` is that of the locale, such as "dmy"; "" where it has none.

    Raise Trouble: DAY_UNREADABLE for what is no day at all, NO_SUCH_DAY for 31 February.
    """
    line = "".join(_digit(sign) for sign in text.strip())
    parts = _PART.findall(line)
    if len(parts) != 3 or any(sign.isalpha() and sign.isascii() for sign in line):
        raise Trouble(TroubleCode.DAY_UNREADABLE, name=text.strip())
    by_name = dict(zip("ymd" if len(parts[0]) == 4 else order, parts, strict=False))
    if set(by_name) != set("ymd") or any(len(part) > 2 for name, part in by_name.items() if name != "y"):
        raise Trouble(TroubleCode.DAY_UNREADABLE, name=text.strip())
    year = int(by_name["y"]) + (_CENTURY if len(by_name["y"]) <= 2 else 0)
    try:
        return date(year, int(by_name["m"]), int(by_name["d"]))
    except ValueError:
        raise Trouble(TroubleCode.NO_SUCH_DAY, name=text.strip()) from None


def order_of(example: str) -> str:
    """Return a locale's order of day, month and year, from its form of 22 November 2033; "" where there is none."""
    names = {"22": "d", "11": "m", "33": "y", "2033": "y"}
    found = "".join(names.get(part, "") for part in _PART.findall("".join(_digit(sign) for sign in example)))
    return found if sorted(found) == ["d", "m", "y"] else ""


def _digit(sign: str) -> str:
    """Return a digit of any script as ASCII, and any other character unchanged."""
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
