"""Decide whether and when a recording that ended by itself is resumed: with growing pauses, never against a wish."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.trouble import TroubleCode

# A recorder that died sooner than this would only do so again: no other is started unasked.
_WORTH_ANOTHER_S = 5.0
_AT_ONCE = {TroubleCode.RECORDER_DIED, TroubleCode.SOUND_LATE, TroubleCode.MICROPHONE_CHANGED}
# In the end there is a try every ten seconds: soon enough for a room, and no work to speak of.
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 10.0


class AutoResume:
    """When to try next after a loss, and whether the recording was off the record then."""

    def __init__(self) -> None:
        self._next: Instant | None = None
        self._reason: TroubleCode | None = None
        self._pause_s = _FIRST_PAUSE_S
        self.off_record = False

    @property
    def is_waiting(self) -> bool:
        """Return whether there will be another try without anyone's doing."""
        return self._next is not None

    def on_lost(self, reason: TroubleCode, part_s: float, now: Instant, *, off_record: bool) -> None:
        """Note a loss after a part of so many seconds, and decide when to try, if at all."""
        self.off_record = off_record
        self._reason = reason
        lasted = part_s >= _WORTH_ANOTHER_S
        if lasted:
            self._pause_s = _FIRST_PAUSE_S
        if reason is TroubleCode.RECORDER_DIED and not lasted:
            self.cancel()
        elif reason in _AT_ONCE:
            self._next = now
        else:
            self._wait(now)

    def on_failed_start(self, reason: TroubleCode, now: Instant) -> None:
        """Note a try that brought no sound: the next waits longer, unless one recorder after the other dies."""
        if reason is self._reason is TroubleCode.RECORDER_DIED:
            self.cancel()
        elif self.is_waiting:
            self._reason = reason
            self._wait(now)

    def is_due(self, now: Instant) -> bool:
        """Return whether to try now."""
        return self._next is not None and now.seconds_since(self._next) >= 0

    def cancel(self) -> None:
        """Try no more: there is sound again, or resuming is left to the facilitator."""
        self._next = None

    def _wait(self, now: Instant) -> None:
        self._next = earlier(now, -self._pause_s)
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)
