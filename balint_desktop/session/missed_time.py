"""What was missed while nobody looked: a machine that slept, an app that was gone."""

from __future__ import annotations

from collections.abc import Sequence

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import elapsed_s
from balint_desktop.domain.values import RecordingState
from balint_desktop.session.append_facts import Course
from balint_desktop.session.notices import NoticeKind

# The window ticks at least once a second; a silence as long as this means the machine slept or the app stood still.
_AWAY_S = 10.0


class Away:
    """Tells a session's absences from its ticks, and from what the log kept."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._ticked: Instant | None = None

    def look(self, now: Instant) -> None:
        """Notice that there was no tick for long."""
        if self._course.state.begun and self._ticked is not None:
            away_s = now.seconds_since(self._ticked)
            if away_s >= _AWAY_S and self._course.state.ended_s is None:
                self._was_away(now, away_s)
        self._ticked = now

    def come_back(self, kept: Sequence[f.Fact], sealed_s: float | None) -> None:
        """Go on where the room is, after the app was gone: `kept` are the log's facts.

        `sealed_s` is how much sound of the last part is sealed, None where nothing was being recorded. What is
        missing since then is the gap that the window tells of.
        """
        course = self._course
        course.has_been(kept)
        now = course.now()
        since_fact_s = elapsed_s(course.state, now) - course.state.anchor_s
        recording = course.state.recording
        away_s = since_fact_s
        not_recorded_s = 0.0
        if recording.state in {RecordingState.RECORDING, RecordingState.PAUSED}:
            until_s = recording.parts[-1].span.from_s + (sealed_s or 0.0)
            not_recorded_s = max(0.0, elapsed_s(course.state, now) - until_s)
            away_s = min(since_fact_s, not_recorded_s)
        course.happens(f.AppAway(at=now, seconds=away_s))
        if not_recorded_s:
            course.happens(f.RecordingLost(at=now, seconds=not_recorded_s, why="app-away"))
        elif recording.state is RecordingState.LOST:
            # It was lost before the app was: the gap began then.
            not_recorded_s = course.elapsed_s() - recording.lost[-1].from_s
        course.notice(NoticeKind.BACK_AGAIN, not_recorded_s)
        if course.state.guessed:
            course.notice(NoticeKind.TIME_GUESSED)

    def _was_away(self, now: Instant, away_s: float) -> None:
        self._course.has_happened(f.AppAway(at=now, seconds=away_s))
        # What the recorder missed it tells itself: a short gap is silence in the part, a long one ends it.
        not_recorded_s = away_s if self._course.state.recording.state is RecordingState.RECORDING else 0.0
        self._course.notice(NoticeKind.BACK_AGAIN, not_recorded_s)
