"""The recording of one session: starting, pausing, losing and finding the microphone, stopping, part after part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.part_marks import PartMark
from balint_desktop.domain.recorder import (
    PartPlace,
    RecorderEventKind,
    RecorderReport,
    RecorderState,
    RecorderStatus,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.session.interfaces import Post, Recorder, RecorderMaker, Recordings
from balint_desktop.session.pending_writes import Keep
from balint_desktop.session.recorder_watchdog import REPLACED_S, SAID_S, Unheard
from balint_desktop.session.recording_troubles import Cause, RecordingTroubles

_BLOCK_S = 0.1
_BEGINS = {
    RecorderEventKind.DEVICE_LOST: Cause.MICROPHONE,
    RecorderEventKind.MUTED: Cause.MUTED,
    RecorderEventKind.SOURCE_CHANGED: Cause.CHANGED,
    RecorderEventKind.DISK_LOW: Cause.DISK,
}
_ENDS = {
    RecorderEventKind.DEVICE_BACK: Cause.MICROPHONE,
    RecorderEventKind.UNMUTED: Cause.MUTED,
    RecorderEventKind.DISK_ROOM: Cause.DISK,
}


class DeskState(StrEnum):
    """What the desk is doing, which the facts alone cannot say: starting and stopping take a moment."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class DeskEvents:
    """What the desk tells the session. All are called on the session's thread.

    `started` hears the seconds of sound there were by then, `lost` and `stopped` those of the part that are sealed
    (0 where nothing was recorded), `gap` where in the part silence begins and how long it is; `nothing` is a start
    that brought no sound. `keep` keeps something now, or once the disk lets it.
    """

    started: Callable[[PartPlace, float], None]
    lost: Callable[[Trouble, float], None]
    gap: Callable[[float, float], None]
    nothing: Callable[[Trouble], None]
    stopped: Callable[[float], None]
    changed: Callable[[], None]
    level: Callable[[], None]
    keep: Callable[[Keep], None]


class RecordingDesk:
    """Holds the recorder process of the current part.

    Reports come in on a reader's thread and are posted to the session's. A report of a recorder that has been
    replaced is ignored.
    """

    def __init__(self, recordings: Recordings, make_recorder: RecorderMaker, post: Post) -> None:
        self._recordings = recordings
        self._make_recorder = make_recorder
        self._post = post
        self._events: DeskEvents | None = None
        self._recorder: Recorder | None = None
        self._place: PartPlace | None = None
        self._told_started = False
        self._replacing = False
        self._offset_s = 0.0
        self._sealed_until_s: float | None = None
        self._troubles = RecordingTroubles()
        self._unheard = Unheard()
        self.recording: RecordingId | None = None
        self.state = DeskState.IDLE
        self.device: str | None = None
        self.status: RecorderStatus | None = None

    @property
    def trouble(self) -> Trouble | None:
        """Return what is the matter with the recording now, None where all is well."""
        return self._troubles.first

    @property
    def is_deaf(self) -> bool:
        """Tell whether nothing is heard although a recorder runs: no microphone, or no answer from the recorder."""
        return self._troubles.has(Cause.MICROPHONE) or self._troubles.has(Cause.UNHEARD)

    def listen(self, events: DeskEvents) -> None:
        """Tell the session what happens, through these."""
        self._events = events

    def start(self, offset_s: float, device: str | None, *, going_on: bool = False, off_record: bool = False) -> None:
        """Start a recorder on the next part, which begins at that second of the session. Raise Trouble.

        One that goes on by itself after a loss keeps saying what is the matter until there is sound.
        """
        if self.state is not DeskState.IDLE:
            return
        if self.recording is None:
            self.recording = self._recordings.new()
        place = self._recordings.next_part(self.recording, going_on=going_on)
        self.device = device
        if not going_on:
            self._troubles.clear()
        self.status = None
        self._told_started = False
        self._replacing = False
        self._unheard = Unheard()
        self._offset_s = offset_s
        recorder = self._make_recorder(
            place,
            device,
            offset_s,
            lambda status: self._post(lambda: self._on_status(place, status)),
            lambda report: self._post(lambda: self._on_report(place, report)),
        )
        self._recorder, self._place = recorder, place
        self.state = DeskState.STARTING
        recorder.start()
        if off_record:
            # Heard before its first sample: what was off the record before a loss is so after it.
            recorder.pause()

    def pause(self) -> None:
        """Go off the record."""
        if self._recorder is not None:
            self._recorder.pause()

    def resume(self) -> None:
        """Go on the record again."""
        if self._recorder is not None:
            self._recorder.resume()

    def mark(self, mark: PartMark) -> None:
        """Write a mark into the part."""
        if self._recorder is not None:
            self._recorder.mark(mark)

    def replace(self, device: str) -> None:
        """Seal this part; the next one is recorded from another microphone."""
        self.device = device
        if self._recorder is not None and self.state is not DeskState.STOPPING:
            self._replacing = True
            self._recorder.stop()

    def stop(self) -> None:
        """Seal what there is and end."""
        if self._recorder is None:
            self.state = DeskState.IDLE
            self._troubles.clear()
            if self._events is not None:
                self._events.stopped(0.0)
            return
        self.state = DeskState.STOPPING
        self._recorder.stop()

    def watch(self, now: Instant) -> None:
        """Notice a recorder that stands still; one that does so for long is ended, and its end is told."""
        if self._recorder is None or self.state is DeskState.STOPPING:
            return
        self._unheard.look(now)
        if self._unheard.seconds >= REPLACED_S:
            self._recorder.kill()
        elif self._unheard.seconds >= SAID_S and self._told_started and not self._troubles.has(Cause.UNHEARD):
            self._troubles.begin(Cause.UNHEARD, self._trouble(TroubleCode.RECORDER_SILENT))
            self._tell_changed()

    def has_room(self) -> bool:
        """Tell whether a recording may go on as far as the disk is concerned."""
        full = self.trouble is not None and self.trouble.code is TroubleCode.DISK_FULL
        return not full or self._recordings.has_room()

    # --- what a recorder tells ---

    def _on_status(self, place: PartPlace, status: RecorderStatus) -> None:
        if place is not self._place or self._events is None:
            return
        self.status = status
        self._heard(status.sealed_s)
        if not self._told_started and status.state is not RecorderState.LOST and status.seconds > 0:
            self._told_started = True
            self._troubles.clear()
            if self.state is DeskState.STARTING:
                self.state = DeskState.RUNNING
            self._events.started(place, status.seconds)
            self._events.changed()
        if status.dropped:
            self._tell_dropped(status.dropped * _BLOCK_S)
        self._events.level()

    def _heard(self, sealed_s: float) -> None:
        self._unheard.heard()
        if sealed_s > 0:
            self._sealed_until_s = self._offset_s + sealed_s
        if self._troubles.has(Cause.UNHEARD):
            self._troubles.end(Cause.UNHEARD)
            self._tell_changed()

    def _tell_dropped(self, seconds: float) -> None:
        trouble = Trouble(TroubleCode.SOUND_DROPPED, lost_s=round(seconds, 1))
        if self._troubles.begin(Cause.DROPPED, trouble):
            self._tell_changed()

    def _on_report(self, place: PartPlace, report: RecorderReport) -> None:
        if place is not self._place or self._events is None:
            return
        self._heard(report.sealed_s)
        if report.kind is RecorderEventKind.ENDED:
            self._on_ended(place, report)
        elif report.kind is RecorderEventKind.GAP:
            self._events.gap(report.gap_at_s, report.gap_s)
        elif report.kind in _ENDS:
            self._troubles.end(_ENDS[report.kind])
        elif report.kind in _BEGINS and report.trouble is not None:
            self._troubles.begin(_BEGINS[report.kind], self._trouble(report.trouble))
        elif report.kind in _BEGINS:
            self._troubles.end(_BEGINS[report.kind])
        self._tell_changed()

    def _on_ended(self, place: PartPlace, report: RecorderReport) -> None:
        asked, replacing, began = self.state is DeskState.STOPPING, self._replacing, self._told_started
        self._recorder = self._place = None
        self._replacing = False
        self.state = DeskState.IDLE
        self.status = None
        if self._events is None:
            return
        if began:
            self._events.keep(lambda: self._recordings.finished(place, report.sealed_s, report.sha256))
        if asked:
            self._troubles.clear()
            self._events.stopped(report.sealed_s)
            return
        why = TroubleCode.MICROPHONE_CHANGED if replacing else report.trouble or TroubleCode.RECORDER_DIED
        if why is TroubleCode.NO_MICROPHONE and self._sealed_until_s is not None:
            # It was there before.
            why = TroubleCode.MICROPHONE_GONE
        trouble = self._trouble(why)
        self._troubles.clear()
        if not replacing:
            self._troubles.begin(Cause.ENDED, trouble)
        if began:
            self._events.lost(trouble, report.sealed_s)
        else:
            self._events.nothing(trouble)

    def _trouble(self, code: TroubleCode) -> Trouble:
        """Return a trouble with the second of the session up to which all is sealed, where anything is."""
        return Trouble(code) if self._sealed_until_s is None else Trouble(code, until_s=self._sealed_until_s)

    def _tell_changed(self) -> None:
        if self._events is not None:
            self._events.changed()
