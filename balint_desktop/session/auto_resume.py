"""Decide whether and when to resume a recording that ended by itself: with growing delays, and never if unwanted."""

from __future__ import annotations

from balint_desktop.domain.clock import Instant, earlier
from balint_desktop.domain.trouble import TroubleCode

# A recorder that died sooner than this would only die again: no other is started automatically.
_WORTH_ANOTHER_S = 5.0
_AT_ONCE = {TroubleCode.RECORDER_DIED, TroubleCode.SOUND_LATE, TroubleCode.MICROPHONE_CHANGED}
# The delay grows to ten seconds: soon enough for a room, and hardly any work.
_FIRST_PAUSE_S = 2.0
_LONGEST_PAUSE_S = 10.0


class AutoResume:
    """Schedules attempts to resume after a loss. `off_record` is whether the recording was off the record then."""

    def __init__(self) -> None:
        self._next: Instant | None = None
        self._reason: TroubleCode | None = None
        self._pause_s = _FIRST_PAUSE_S
        self.off_record = False

    @property
    def is_waiting(self) -> bool:
        """Return whether another automatic attempt is scheduled."""
        return self._next is not None

    def on_lost(self, reason: TroubleCode, part_s: float, now: Instant, *, off_record: bool) -> None:
        """Handle a loss after a part of `part_s` seconds, and schedule an attempt if there is to be one."""
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
        """Handle an attempt that produced no audio: wait longer, or give up if one recorder after the other dies."""
        if reason is self._reason is TroubleCode.RECORDER_DIED:
            self.cancel()
        elif self.is_waiting:
            self._reason = reason
            self._wait(now)

    def is_due(self, now: Instant) -> bool:
        """Return whether the next attempt is due."""
        return self._next is not None and now.seconds_since(self._next) >= 0

    def cancel(self) -> None:
        """Cancel attempts: the recording has resumed, or resuming is left to the facilitator."""
        self._next = None

    def _wait(self, now: Instant) -> None:
        self._next = earlier(now, -self._pause_s)
        self._pause_s = min(self._pause_s * 2, _LONGEST_PAUSE_S)
