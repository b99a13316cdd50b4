"""Another length for a format's first phase: what follows moves, the fixed marks and the end do not."""

from __future__ import annotations

import re

from balint_desktop.domain.session.formats import SessionFormat, parse_format

LONGEST_MIN = 20
_LEAST_LEFT_S = 5 * 60
_TIME = re.compile(r"^(\s*)(from|until)(\s*=\s*)[0-9.]+(.*)$", re.MULTILINE)


def opening_min(session_format: SessionFormat) -> int:
    """Return the length of the first phase in whole minutes."""
    return round(session_format.phases[0].planned_s / 60)


def longest_opening_min(session_format: SessionFormat) -> int:
    """Return the longest first phase in minutes: the phase before the first fixed mark keeps at least five."""
    yielding = session_format.phases[_yielding(session_format)]
    room_s = yielding.planned_s - _LEAST_LEFT_S if _yielding(session_format) > 0 else 0
    return max(opening_min(session_format), min(LONGEST_MIN, opening_min(session_format) + int(room_s // 60)))


def with_opening(text: str, minutes: int) -> str:
    """Return a format's text with a first phase of that many minutes, within what the format leaves room for.

    A group may open with a mihi, a karakia or words of its own, and takes the time that they take. The phases up to
    the first fixed mark begin later, and the last of them is shorter by as much.
    """
    session_format = parse_format(text)
    minutes = max(1, min(minutes, longest_opening_min(session_format)))
    by_s = minutes * 60 - session_format.phases[0].planned_s
    last = _yielding(session_format)
    if not by_s or not last:
        return text
    times: list[float] = []
    for index, phase in enumerate(session_format.phases):
        times += [phase.from_s + (by_s if 0 < index <= last else 0), phase.until_s + (by_s if index < last else 0)]
    return _with_times(text, times)


def _yielding(session_format: SessionFormat) -> int:
    """Return the index of the phase that gives the time: the last before the first fixed mark, or the last of all."""
    fixed = [index for index, phase in enumerate(session_format.phases) if phase.fixed]
    return (fixed[0] if fixed else len(session_format.phases)) - 1


def _with_times(text: str, times_s: list[float]) -> str:
    """Replace the times of the phases, which a format names in their order, whichever of the two comes first."""
    left = {"from": iter(times_s[0::2]), "until": iter(times_s[1::2])}

    def written(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{found[3]}{next(left[found[2]]) / 60:g}{found[4]}"

    changed = _TIME.sub(written, text, count=len(times_s))
    # A text that writes its times in another way keeps them: the session runs as the format says.
    return changed if [p.until_s for p in parse_format(changed).phases] == [round(s) for s in times_s[1::2]] else text
