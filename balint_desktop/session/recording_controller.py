"""Control the recorder process of a session: start, pause, stop, replace and watch it, part after part."""

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
from balint_desktop.session.interfaces import Post, RecorderFactory, RecorderProcess, RecordingStore
from balint_desktop.session.pending_writes import Write
from balint_desktop.session.recorder_watchdog import KILLED_S, SILENT_S, RecorderWatchdog
from balint_desktop.session.recording_troubles import Cause, RecordingTroubles

_BLOCK_S = 0.1
_BEGINS = {
    RecorderEventKind.DEVICE_LOST: Cause.MICROPHONE,
    RecorderEventKind.MUTED: Cause.MUTED,
    RecorderEventKind.SOURCE_CHANGED: Cause.CHANGED,
    RecorderEventKind.DISK_LOW: Cause.DISK,
    RecorderEventKind.COMPUTER_LOST: Cause.COMPUTER,
    RecorderEventKind.COMPUTER_SILENT: Cause.COMPUTER,
}
_ENDS = {
    RecorderEventKind.DEVICE_BACK: Cause.MICROPHONE,
    RecorderEventKind.UNMUTED: Cause.MUTED,
    RecorderEventKind.DISK_ROOM: Cause.DISK,
    RecorderEventKind.COMPUTER_BACK: Cause.COMPUTER,
    RecorderEventKind.COMPUTER_HEARD: Cause.COMPUTER,
}


class ProcessState(StrEnum):
    """State of the recorder process, which is not in the facts: starting and stopping take a moment."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class RecordingCallbacks:
    """Callbacks of the controller, all on the session's thread.

    `started` gets the part and the seconds of audio so far; `lost` the reason and the seconds sealed; `gap` the
    position in the part where silence begins and its length; `failed` the reason why a start produced no audio;
    `stopped` the seconds sealed, 0 if nothing was recorded. `changed` and `level` report a change of the controller's
    state, or of its level alone. `write` writes now, or once the disk allows it.
    """

    started: Callable[[PartPlace, float], None]
    lost: Callable[[Trouble, float], None]
    gap: Callable[[float, float], None]
    failed: Callable[[Trouble], None]
    stopped: Callable[[float], None]
    changed: Callable[[], None]
    level: Callable[[], None]
    write: Callable[[Write], None]


def _ignore(*_: object) -> None:
    """Do nothing, for a controller that has no callbacks yet."""


_NO_CALLBACKS = RecordingCallbacks(_ignore, _ignore, _ignore, _ignore, _ignore, _ignore, _ignore, lambda write: write())


class RecordingController:
    """Holds the recorder process of the current part.

    Its status and reports arrive on a reader thread and are posted to the session's thread. Those of a replaced
    recorder are ignored. `monitor` is the name of the source that hears what the computer plays; with one, each part
    records both sources.
    """

    def __init__(self, store: RecordingStore, make_recorder: RecorderFactory, post: Post) -> None:
        self._store = store
        self._make_recorder = make_recorder
        self._post = post
        self._callbacks = _NO_CALLBACKS
        self._recorder: RecorderProcess | None = None
        self._place: PartPlace | None = None
        self._has_started = False
        self._replacing = False
        self._offset_s = 0.0
        self._sealed_until_s: float | None = None
        self._troubles = RecordingTroubles()
        self._watchdog = RecorderWatchdog()
        self.recording: RecordingId | None = None
        self.state = ProcessState.IDLE
        self.device: str | None = None
        self.monitor: str | None = None
        self.status: RecorderStatus | None = None

    @property
    def trouble(self) -> Trouble | None:
        """Return the current trouble of the recording, or None."""
        return self._troubles.first

    @property
    def hears_nothing(self) -> bool:
        """Return whether a running recorder receives no audio: no source is left, or the recorder does not respond."""
        lost = self._troubles.get(Cause.MICROPHONE)
        is_nothing_left = lost is not None and lost.code is not TroubleCode.ONLY_COMPUTER_SOUND
        return is_nothing_left or self._troubles.has(Cause.SILENT)

    def set_callbacks(self, callbacks: RecordingCallbacks) -> None:
        """Set the callbacks."""
        self._callbacks = callbacks

    def start(self, offset_s: float, device: str | None, *, resuming: bool = False, off_record: bool = False) -> None:
        """Start a recorder for the next part, which starts at `offset_s` of the session. Raise Trouble.

        Does nothing while another is running. On an automatic resume after a loss, the trouble stays until there is
        audio.
        """
        if self.state is not ProcessState.IDLE:
            return
        if self.recording is None:
            self.recording = self._store.create()
        place = self._store.next_part(self.recording, resuming=resuming)
        self.device = device
        if not resuming:
            self._troubles.clear()
        self.status = None
        self._has_started = False
        self._replacing = False
        self._watchdog = RecorderWatchdog()
        self._offset_s = offset_s
        recorder = self._make_recorder(
            place,
            device,
            offset_s,
            lambda status: self._post(lambda: self._on_status(place, status)),
            lambda report: self._post(lambda: self._on_report(place, report)),
            monitor=self.monitor,
        )
        self._recorder, self._place = recorder, place
        self.state = ProcessState.STARTING
        recorder.start()
        if off_record:
            # Takes effect before the first sample: what was off the record before a loss stays so after it.
            recorder.pause()

    def pause(self) -> None:
        """Go off the record."""
        if self._recorder is not None:
            self._recorder.pause()

    def resume(self) -> None:
        """Go back on the record."""
        if self._recorder is not None:
            self._recorder.resume()

    def mark(self, mark: PartMark) -> None:
        """Write a mark to the part."""
        if self._recorder is not None:
            self._recorder.mark(mark)

    def switch_microphone(self, device: str) -> None:
        """Seal this part, and record the next one from another microphone."""
        self.device = device
        if self._recorder is not None and self.state is not ProcessState.STOPPING:
            self._replacing = True
            self._recorder.stop()

    def stop(self) -> None:
        """Seal the part and end."""
        if self._recorder is None:
            self.state = ProcessState.IDLE
            self._troubles.clear()
            self._callbacks.stopped(0.0)
            return
        self.state = ProcessState.STOPPING
        self._recorder.stop()

    def check(self, now: Instant) -> None:
        """Detect a recorder that does not respond, and kill it after a minute. Called about once a second."""
        if self._recorder is None or self.state is ProcessState.STOPPING:
            return
        self._watchdog.check(now)
        if self._watchdog.silent_s >= KILLED_S:
            self._recorder.kill()
        elif self._watchdog.silent_s >= SILENT_S and self._has_started and not self._troubles.has(Cause.SILENT):
            self._troubles.begin(Cause.SILENT, self._trouble(TroubleCode.RECORDER_SILENT))
            self._callbacks.changed()

    def has_space(self) -> bool:
        """Return whether a disk that was full has space to resume."""
        full = self.trouble is not None and self.trouble.code is TroubleCode.DISK_FULL
        return not full or self._store.has_space()

    # --- what a recorder sends ---

    def _on_status(self, place: PartPlace, status: RecorderStatus) -> None:
        if place is not self._place:
            return
        self.status = status
        self._on_line(status.sealed_s)
        if not self._has_started and status.state is not RecorderState.LOST and status.seconds > 0:
            self._has_started = True
            self._troubles.clear()
            if self.state is ProcessState.STARTING:
                self.state = ProcessState.RUNNING
            self._callbacks.started(place, status.seconds)
            self._callbacks.changed()
        if status.dropped:
            self._note_dropped(status.dropped * _BLOCK_S)
        self._callbacks.level()

    def _on_line(self, sealed_s: float) -> None:
        self._watchdog.on_line()
        if sealed_s > 0:
            self._sealed_until_s = self._offset_s + sealed_s
        if self._troubles.has(Cause.SILENT):
            self._troubles.end(Cause.SILENT)
            self._callbacks.changed()

    def _note_dropped(self, seconds: float) -> None:
        trouble = Trouble(TroubleCode.SOUND_DROPPED, lost_s=round(seconds, 1))
        if self._troubles.begin(Cause.DROPPED, trouble):
            self._callbacks.changed()

    def _on_report(self, place: PartPlace, report: RecorderReport) -> None:
        if place is not self._place:
            return
        self._on_line(report.sealed_s)
        if report.kind is RecorderEventKind.ENDED:
            self._on_ended(place, report)
        elif report.kind is RecorderEventKind.GAP:
            self._callbacks.gap(report.gap_at_s, report.gap_s)
        elif report.kind in _ENDS:
            self._troubles.end(_ENDS[report.kind])
        elif report.kind in _BEGINS and report.trouble is not None:
            self._troubles.begin(_BEGINS[report.kind], self._trouble(report.trouble))
        elif report.kind in _BEGINS:
            self._troubles.end(_BEGINS[report.kind])
        self._callbacks.changed()

    def _on_ended(self, place: PartPlace, report: RecorderReport) -> None:
        stopped, replacing, had_started = self.state is ProcessState.STOPPING, self._replacing, self._has_started
        self._recorder = self._place = None
        self._replacing = False
        self.state = ProcessState.IDLE
        self.status = None
        if had_started:
            self._callbacks.write(lambda: self._store.finish_part(place, report.sealed_s, report.sha256))
        if stopped:
            self._troubles.clear()
            self._callbacks.stopped(report.sealed_s)
            return
        reason = TroubleCode.MICROPHONE_CHANGED if replacing else report.trouble or TroubleCode.RECORDER_DIED
        if reason is TroubleCode.NO_MICROPHONE and self._sealed_until_s is not None:
            # The microphone was there before.
            reason = TroubleCode.MICROPHONE_GONE
        trouble = self._trouble(reason)
        self._troubles.clear()
        if not replacing:
            self._troubles.begin(Cause.ENDED, trouble)
        if had_started:
            self._callbacks.lost(trouble, report.sealed_s)
        else:
            self._callbacks.failed(trouble)

    def _trouble(self, code: TroubleCode) -> Trouble:
        """Return a Trouble with the session second up to which all audio is sealed, if any is."""
        return Trouble(code) if self._sealed_until_s is None else Trouble(code, until_s=self._sealed_until_s)
