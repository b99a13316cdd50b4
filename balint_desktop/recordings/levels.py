"""Loudness along a recording, read from its sealed levels without decoding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from balint_desktop.recordings.timeline import JoinedRecording, StretchKind
from balint_desktop.sealed.part_levels import level_db

# The scale runs from the loudest second down to a quiet room, so that quiet recordings are drawn clearly too.
_RANGE_DB = 36.0
_LEAST_TOP_DB = -40.0


def level_heights(joined: JoinedRecording, levels: Mapping[int, str], count: int) -> tuple[float | None, ...]:
    """Return `count` heights (0 to 1) over the recording's length, None if no level is known.

    Silenced stretches have None, whatever levels are stored for them.
    """
    if joined.seconds <= 0 or count <= 0:
        return (None,) * max(0, count)
    sums, seconds = [0.0] * count, [0] * count
    heard = list(_audible_seconds(joined, levels))
    top_db = max((level for _at, level in heard), default=_LEAST_TOP_DB)
    bottom_db = max(top_db, _LEAST_TOP_DB) - _RANGE_DB
    for at_s, level in heard:
        column = min(count - 1, int((at_s - joined.from_s) / joined.seconds * count))
        sums[column] += min(1.0, max(0.0, (level - bottom_db) / _RANGE_DB))
        seconds[column] += 1
    return tuple(total / many if many else None for total, many in zip(sums, seconds, strict=True))


def _audible_seconds(joined: JoinedRecording, levels: Mapping[int, str]) -> Iterator[tuple[float, float]]:
    """Yield each audible second: its midpoint in session seconds, and its level."""
    for stretch in joined.stretches:
        if stretch.kind is not StretchKind.SOUND or stretch.part is None:
            continue
        known = levels.get(stretch.part, "")
        begins_s = stretch.from_s - stretch.part_from_s
        for second in range(int(stretch.part_from_s), len(known)):
            at_s = begins_s + second + 0.5
            if at_s >= stretch.until_s:
                break
            if at_s >= stretch.from_s:
                yield at_s, level_db(known[second])
