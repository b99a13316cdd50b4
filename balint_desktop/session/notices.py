"""The quiet notices of a running session, derived from its state: which are true now, the most important first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import schedule
from balint_desktop.domain.session.recording_view import Span
from balint_desktop.domain.session.state import SessionState, elapsed_s
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingState

# A confirmation is read in a glance; where marks moved to takes a little longer; what was not recorded may be
# noticed only when the eyes are back from the group.
_CONFIRMED_S = 10.0
_MOVED_S = 20.0
_REFUSED_S = 60.0
_BACK_S = 120.0
CLOSE_AGAIN_S = 15.0
"""For so long, closing the window once more leaves the session."""


class NoticeKind(StrEnum):
    """Kinds of notice, the most important first. None of them requires an action."""

    CLOSING = "closing"
    CLOSING_UNSTORED = "closing-unstored"
    REDACTED = "redacted"
    RECORDING = "recording"
    TROUBLE = "trouble"
    OFF_THE_RECORD_FROM_NOW = "off-the-record-from-now"
    LATECOMER_PAUSED = "latecomer-paused"
    MARKED = "marked"
    MARKS_MOVED = "marks-moved"
    FORGOTTEN_STOPPED = "forgotten-stopped"
    TIME_GUESSED = "time-guessed"
    GAP = "gap"
    BACK_AGAIN = "back-again"
    PRESENTER_STILL_IN = "presenter-still-in"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `now_s` and `not_recorded_s` are session seconds, for kinds that use them."""

    kind: NoticeKind
    now_s: float = 0.0
    not_recorded_s: float = 0.0
    trouble: Trouble | None = None

    @property
    def key(self) -> tuple[NoticeKind, float, TroubleCode | None]:
        """What makes a notice the same one again after it was dismissed."""
        return self.kind, self.now_s, self.trouble.code if self.trouble is not None else None


@dataclass(frozen=True, slots=True)
class NoticeSources:
    """Everything that notices are derived from.

    `events` are the moments of what the facts do not hold, such as who caused a pause. `refused` is why the last act
    was refused, and when; `unwritten` why facts still wait to be written; `lost_sound` the recording's trouble.
    """

    state: SessionState
    now: Instant
    events: Mapping[NoticeKind, Instant] = field(default_factory=dict)
    refused: tuple[Trouble, Instant] | None = None
    unwritten: Trouble | None = None
    lost_sound: Trouble | None = None
    is_recording_available: bool = False


def true_notices(of: NoticeSources) -> tuple[Notice, ...]:
    """Return the notices that are true now, the most important first."""
    found = (*_of_acts(of), *_of_pauses(of), *_of_time(of))
    order = list(NoticeKind)
    return tuple(sorted(found, key=lambda notice: order.index(notice.kind)))


def _of_acts(of: NoticeSources) -> Iterator[Notice]:
    """Yield confirmations and refusals of what was pressed."""
    for kind in (NoticeKind.CLOSING, NoticeKind.CLOSING_UNSTORED):
        asked = of.events.get(kind)
        if asked is not None and of.now.seconds_since(asked) < CLOSE_AGAIN_S:
            yield Notice(kind, asked.boot)
    if (redacted := schedule.redaction_to_undo(of.state, of.now)) is not None:
        yield Notice(NoticeKind.REDACTED, redacted.until_s or 0.0)
    if of.lost_sound is not None:
        yield Notice(NoticeKind.RECORDING, trouble=of.lost_sound)
    if of.unwritten is not None:
        yield Notice(NoticeKind.TROUBLE, trouble=of.unwritten)
    elif of.refused is not None and of.now.seconds_since(of.refused[1]) < _REFUSED_S:
        yield Notice(NoticeKind.TROUBLE, trouble=of.refused[0])
    moments = of.state.moments
    if moments and elapsed_s(of.state, of.now) - moments[-1].at_s < _CONFIRMED_S:
        yield Notice(NoticeKind.MARKED, moments[-1].at_s)
    moved = of.events.get(NoticeKind.MARKS_MOVED)
    if moved is not None and of.now.seconds_since(moved) < _MOVED_S and of.state.ended_s is None:
        yield Notice(NoticeKind.MARKS_MOVED, moved.boot)


def _of_pauses(of: NoticeSources) -> Iterator[Notice]:
    """Yield why a recording is off, as long as it is and cannot be resumed."""
    recording = of.state.recording
    if recording.state is RecordingState.PAUSED and not of.is_recording_available:
        kinds = (NoticeKind.OFF_THE_RECORD_FROM_NOW, NoticeKind.LATECOMER_PAUSED)
        latest = max((k for k in kinds if k in of.events), key=lambda k: of.events[k].wall, default=None)
        if latest is not None:
            yield Notice(latest, of.events[latest].boot)
    forgotten = of.events.get(NoticeKind.FORGOTTEN_STOPPED)
    if forgotten is not None and recording.state not in {RecordingState.RECORDING, RecordingState.PAUSED}:
        yield Notice(NoticeKind.FORGOTTEN_STOPPED)


def _of_time(of: NoticeSources) -> Iterator[Notice]:
    """Yield what happened to the time: guessed over a restart, not recorded, or running out for the group."""
    state = of.state
    if state.guessed:
        yield Notice(NoticeKind.TIME_GUESSED)
    now_s = elapsed_s(state, of.now)
    gap = _latest_gap(state, now_s)
    if gap is not None:
        yield Notice(NoticeKind.GAP, gap.until_s or now_s, _seconds(gap, now_s))
    yield from _back_again(state, now_s, gap)
    if state.has_begun and state.ended_s is None and schedule.presenter_still_in(state, of.now):
        yield Notice(NoticeKind.PRESENTER_STILL_IN)


def _latest_gap(state: SessionState, now_s: float) -> Span | None:
    """Return a gap of the recording that ended on the record a moment ago, while it still runs.

    Off the record, nothing was lost.
    """
    gap = state.recording.lost[-1] if state.recording.lost else None
    if gap is None or gap.until_s is None or now_s - gap.until_s >= _BACK_S:
        return None
    if state.recording.state is not RecordingState.RECORDING:
        return None
    until_s = gap.until_s
    off_record = (span for span in state.recording.off_record if span.from_s <= until_s)
    return None if any(span.until_s is None or span.until_s >= until_s for span in off_record) else gap


def _back_again(state: SessionState, now_s: float, gap: Span | None) -> Iterator[Notice]:
    """Yield that the app is back after it was closed or slept, until the sound is back as well, or for a while."""
    if not state.away or state.ended_s is not None:
        return
    away = state.away[-1]
    until_s = away.until_s if away.until_s is not None else now_s
    lost = state.recording.lost[-1] if state.recording.lost else None
    overlaps = lost is not None and lost.from_s <= until_s and (lost.until_s is None or lost.until_s >= away.from_s)
    still_lost = lost is not None and overlaps and lost.until_s is None
    if (overlaps and gap is not None) or (now_s - until_s >= _BACK_S and not still_lost):
        return
    not_recorded_s = until_s - lost.from_s if lost is not None and overlaps else 0.0
    yield Notice(NoticeKind.BACK_AGAIN, until_s, max(0.0, not_recorded_s))


def _seconds(span: Span, now_s: float) -> float:
    return (span.until_s if span.until_s is not None else now_s) - span.from_s


class SessionNotices:
    """The notices of one session: what the facts do not hold of them, and which were dismissed."""

    def __init__(self, sources: Callable[[], NoticeSources], changed: Callable[[], None]) -> None:
        self._sources = sources
        self._changed = changed
        self._dismissed: set[tuple[NoticeKind, float, TroubleCode | None]] = set()
        self.events: dict[NoticeKind, Instant] = {}
        self.refused: tuple[Trouble, Instant] | None = None

    def __iter__(self) -> Iterator[Notice]:
        return iter(self.current())

    def current(self) -> tuple[Notice, ...]:
        """Return the notices that are true now and were not dismissed, the most important first."""
        found = true_notices(self._sources())
        # What was dismissed and has ended since is told again when it comes back.
        self._dismissed &= {notice.key for notice in found}
        return tuple(notice for notice in found if notice.key not in self._dismissed)

    def add(self, kind: NoticeKind) -> None:
        """Note the moment of something that the facts do not hold."""
        self.events[kind] = self._sources().now
        self._changed()

    def add_trouble(self, trouble: Trouble) -> None:
        """Note why an act was refused. It is shown for a minute, or until an act succeeds."""
        now = self._sources().now
        self._dismissed.discard(Notice(NoticeKind.TROUBLE, trouble=trouble).key)
        self.refused = (trouble, now)
        self._changed()

    def dismiss(self, notice: Notice) -> None:
        """Stop showing a notice, although it is still true."""
        self._dismissed.add(notice.key)
        self._changed()
