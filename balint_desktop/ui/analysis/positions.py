"""Places in a text as it is shown by Qt, which counts in UTF-16, and as the analysis counts them, in code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

_LAST_SHORT = "\uffff"


class TextPlaces:
    """Converts places of one text. `lead` is how many characters are shown before it."""

    def __init__(self, text: str, lead: int = 0) -> None:
        self._lead, self._length = lead, len(text)
        # Signs that Qt counts twice: where they are, and where each of them ends for Qt.
        self._long = [at for at, sign in enumerate(text) if sign > _LAST_SHORT]
        self._long_ends = [at + number + 2 for number, at in enumerate(self._long)]

    def to_qt(self, at: int) -> int:
        """Return a place in Qt's count."""
        return self._lead + at + bisect_left(self._long, at)

    def from_qt(self, at: int) -> int:
        """Return a place of Qt's in code points, inside the text; one inside a sign is before it."""
        inside = at - self._lead
        found = bisect_right(self._long_ends, inside)
        # The second half of a sign that is counted twice.
        is_inside_sign = found < len(self._long) and inside == self._long_ends[found] - 1
        return max(0, min(self._length, inside - found - is_inside_sign))
