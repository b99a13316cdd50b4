"""Detect time that the app missed: the computer slept, or the app was closed. A window that was busy misses none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import elapsed_s
from balint_desktop.domain.values import RecordingState
from balint_desktop.session.append_facts import SessionFacts

# A sleep shorter than this is not worth a word.
_MISSED_S = 10.0


class MissedTime:
    """Records missed time as a fact. `awake_s` counts the seconds in which the computer did not sleep.

    What of it was not recorded, the recorder alone can say: it goes on while the window is busy.
    """

    def __init__(self, facts: SessionFacts, awake_s: Callable[[], float]) -> None:
        self._facts = facts
        self._awake_s = awake_s
        self._checked: tuple[Instant, float] | None = None

    def check(self, now: Instant) -> None:
        """Record how long the computer slept since the last check. Called about once a second."""
        awake_s = self._awake_s()
        if self._facts.state.has_begun and self._checked is not None:
            checked, awake_then_s = self._checked
            asleep_s = now.seconds_since(checked) - (awake_s - awake_then_s)
            if asleep_s >= _MISSED_S and self._facts.state.ended_s is None:
                self._facts.append_deferred(f.AppAway(at=now, seconds=asleep_s))
        self._checked = now, awake_s

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
