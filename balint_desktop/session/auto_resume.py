"""Whether and when a recording that ended by itself is started again by itself: calmly, and never against a wish."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.trouble import TroubleCode

# A recorder that died sooner than this would only do so again: it is not started anew unasked.
_WORTH_ANOTHER_S = 5.0
_AT_ONCE = {TroubleCode.RECORDER_DIED, TroubleCode.SOUND_LATE, TroubleCode.MICROPHONE_CHANGED}
# What stays away is asked for again every ten seconds in the end: soon enough for a room, and no work to speak of.
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 10.0


class GoingOn:
    """Waits to go on after a loss, with growing pauses. Holds when to try next, and whether it was off the record."""

    def __init__(self) -> None:
        self._next: Instant | None = None
        self._why: TroubleCode | None = None
        self._pause_s = _FIRST_PAUSE_S
        self.off_record = False

    @property
    def waits(self) -> bool:
        """Tell whether it will be tried again by itself."""
        return self._next is not None

    def lost(self, why: TroubleCode, part_s: float, now: Instant, *, off_record: bool) -> None:
        """Note a loss after a part of so many seconds, and decide when to go on, if at all."""
        self.off_record = off_record
        self._why = why
        lasted = part_s >= _WORTH_ANOTHER_S
        if lasted:
            self._pause_s = _FIRST_PAUSE_S
        if why is TroubleCode.RECORDER_DIED and not lasted:
            self.drop()
        elif why in _AT_ONCE:
            self._next = now
        else:
            self._wait(now)

    def came_to_nothing(self, why: TroubleCode, now: Instant) -> None:
        """Note that a try brought no sound: the next waits longer, unless one recorder after the other dies."""
        if why is self._why is TroubleCode.RECORDER_DIED:
            self.drop()
        elif self.waits:
            self._why = why
            self._wait(now)

    def is_due(self, now: Instant) -> bool:
        """Tell whether to try now."""
        return self._next is not None and now.seconds_since(self._next) >= 0

    def drop(self) -> None:
        """Try no more: there is sound again, or going on is the facilitator's now."""
        self._next = None

    def _wait(self, now: Instant) -> None:
        self._next = earlier(now, -self._pause_s)
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)
