"""Detect time that the app missed: the computer slept, the window hung, or the app was closed."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import elapsed_s
from balint_desktop.domain.values import RecordingState
from balint_desktop.session.append_facts import SessionFacts
from balint_desktop.session.notices import NoticeKind

# The window ticks once a second; a pause as long as this means that the computer slept or the window hung.
_MISSED_S = 10.0


class MissedTime:
    """Records missed time as a fact, with a notice of how much of it was not recorded."""

    def __init__(self, facts: SessionFacts) -> None:
        self._facts = facts
        self._checked: Instant | None = None

    def check(self, now: Instant) -> None:
        """Record missed time after a long interval without a check. Called about once a second."""
        if self._facts.state.has_begun and self._checked is not None:
            missed_s = now.seconds_since(self._checked)
            if missed_s >= _MISSED_S and self._facts.state.ended_s is None:
                self._note(now, missed_s)
        self._checked = now

    def restore(self, logged: Sequence[f.Fact], sealed_s: float | None) -> None:
        """Restore a session from the facts in the log, and record the time since then as missed. Raise Trouble.

        `sealed_s` is how many seconds of the last part are sealed, None if nothing was being recorded: the rest of that
        time was not recorded.
        """
        facts = self._facts
        facts.restore(logged)
        now = facts.now()
        since_fact_s = elapsed_s(facts.state, now) - facts.state.anchor_s
        recording = facts.state.recording
        missed_s = since_fact_s
        not_recorded_s = 0.0
        if recording.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            until_s = recording.parts[-1].span.from_s + (sealed_s or 0.0)
            not_recorded_s = max(0.0, elapsed_s(facts.state, now) - until_s)
            missed_s = min(since_fact_s, not_recorded_s)
        facts.append(f.AppAway(at=now, seconds=missed_s))
        if not_recorded_s:
            facts.append(f.RecordingLost(at=now, seconds=not_recorded_s, why="app-away"))
        elif recording.state is RecordingState.LOST:
            # The recording was lost before the app closed: the gap began then.
            not_recorded_s = facts.elapsed_s() - recording.lost[-1].from_s
        facts.notices.add(NoticeKind.BACK_AGAIN, not_recorded_s)
        if facts.state.guessed:
            facts.notices.add(NoticeKind.TIME_GUESSED)

    def _note(self, now: Instant, missed_s: float) -> None:
        self._facts.append_deferred(f.AppAway(at=now, seconds=missed_s))
        # The recorder reports its own gaps: a short one is silence in the part, a long one ends the part.
        not_recorded_s = missed_s if self._facts.state.recording.state is RecordingState.RECORDING else 0.0
        self._facts.notices.add(NoticeKind.BACK_AGAIN, not_recorded_s)
