"""Times as transcripts write them: 12:03, [00:12:03], 0:00:03.120, #00:12:03-5#, and a cue's two."""

from __future__ import annotations

import re

_CLOCK = r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?(?![\d:])"
_LEADING = re.compile(
    rf"(?P<open>[\[(<{{]?)\s*{_CLOCK}\s*(?P<close>[\])>}}]?)(?=$|[\s:\-–—])(?P<space>\s*)(?:[-–—]+\s+)?"
)
_TRAILING = re.compile(rf"(?P<space>^|\s+)(?P<open>[\[(<{{]?){_CLOCK}(?P<close>[\])>}}]?):?\s*$")
# Some programs write the zero of a cue as 0:0:0.0.
_CUE_CLOCK = _CLOCK.replace("([0-5]\\d)", "([0-5]?\\d)")
_CUE = re.compile(rf"^\s*{_CUE_CLOCK}\s*-+>\s*{_CUE_CLOCK}(?:\s|$)")
_HASHED = re.compile(r"#(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)(?:[-.,](\d{1,3}))?#")
# Within a line a time counts only where nobody would write it for a time of day.
_INLINE = re.compile(
    rf"\[{_CLOCK}\]|\{{{_CLOCK}\}}|\((\d{{1,2}}):(\d{{2}}):([0-5]\d)(?:[.,](\d{{1,3}}))?\)|{_HASHED.pattern}"
)
_LONGEST_HEADER = 120
_PAIRS = {"": "", "[": "]", "(": ")", "<": ">", "{": "}"}


def leading(line: str) -> tuple[int, bool, str] | None:
    """Return the time that a line begins with in milliseconds, whether it is set apart, and the rest; None without one.

    It is set apart by brackets or a tab.
    """
    hashed = _HASHED.match(line)
    if hashed is not None:
        return _milliseconds(hashed.groups()), True, line[hashed.end() :].strip()
    found = _LEADING.match(line)
    if found is None or _PAIRS[found["open"]] != found["close"]:
        return None
    is_apart = bool(found["open"]) or "\t" in found["space"]
    return _milliseconds(found.groups()[1:5]), is_apart, line[found.end() :].strip()


def trailing(line: str) -> tuple[str, int, bool] | None:
    """Return what stands before the time at a line's end, the time, and whether it is set apart; None without one.

    It is set apart by brackets, a tab or two spaces.
    """
    found = _TRAILING.search(line) if len(line) <= _LONGEST_HEADER else None
    if found is None or _PAIRS[found["open"]] != found["close"]:
        return None
    is_apart = bool(found["open"]) or "\t" in found["space"] or len(found["space"]) > 1
    return line[: found.start()].strip(), _milliseconds(found.groups()[2:6]), is_apart


def cue(line: str) -> tuple[int, int, str] | None:
    """Return the two times of a cue in milliseconds and what follows them in its line; None for another line."""
    found = _CUE.match(line)
    if found is None:
        return None
    groups = found.groups()
    return _milliseconds(groups[:4]), _milliseconds(groups[4:]), line[found.end() :].strip()


def inline(text: str) -> list[tuple[int | None, str]]:
    """Return a text cut at the times within it, each with the text after it; the text before the first has None."""
    parts: list[tuple[int | None, str]] = []
    at, moment = 0, None
    for found in _INLINE.finditer(text):
        parts.append((moment, text[at : found.start()].strip()))
        groups = found.groups()
        moment = next(_milliseconds(four) for four in (groups[n : n + 4] for n in range(0, len(groups), 4)) if four[2])
        at = found.end()
    return [*parts, (moment, text[at:].strip())]


def _milliseconds(groups: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = groups
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
