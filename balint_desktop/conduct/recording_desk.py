"""The recording of one session: starting, pausing, losing and finding the microphone, stopping, part after part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from balint_desktop.conduct.backlog import Keep
from balint_desktop.conduct.parts import (
    Level,
    PartPlace,
    Post,
    Recorder,
    RecorderEventKind,
    RecorderMaker,
    RecorderReport,
    Recordings,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId

# A part shorter than this that ends by itself would only do so again: it is not started anew unasked.
_WORTH_ANOTHER_S = 5.0


class DeskState(StrEnum):
    """What the desk is doing, which the facts alone cannot say: starting and stopping take a moment."""

    IDLE = "idle"
    STARTING = "starting"
    RUNNING = "running"
    STOPPING = "stopping"


@dataclass(frozen=True, slots=True)
class DeskEvents:
    """What the desk tells the session. All are called on the session's thread.

    `started` hears the seconds of sound there were by then, `lost` those since the last that was sealed, `stopped`
    the seconds of the sealed part, 0 where nothing was recorded. `keep` keeps something now, or once the disk lets it.
    """

    started: Callable[[PartPlace, float], None]
    lost: Callable[[Trouble, float], None]
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
        self._want_pause = False
        self._offset_s = 0.0
        self.recording: RecordingId | None = None
        self.state = DeskState.IDLE
        self.device: str | None = None
        self.level: Level | None = None
        self.trouble: Trouble | None = None

    def listen(self, events: DeskEvents) -> None:
        """Tell the session what happens, through these."""
        self._events = events

    def start(self, offset_s: float, device: str | None) -> None:
        """Start a recorder on the next part, which begins at that second of the session. Raise Trouble."""
        if self.state is not DeskState.IDLE:
            return
        if self.recording is None:
            self.recording = self._recordings.new()
        place = self._recordings.next_part(self.recording)
        self.device = device
        self.trouble = None
        self.level = None
        self._told_started = False
        self._want_pause = False
        self._offset_s = offset_s
        recorder = self._make_recorder(
            place,
            device,
            offset_s,
            lambda level: self._post(lambda: self._on_level(place, level)),
            lambda report: self._post(lambda: self._on_report(place, report)),
        )
        self._recorder, self._place = recorder, place
        self.state = DeskState.STARTING
        recorder.start()

    def pause(self) -> None:
        """Go off the record."""
        if self._recorder is not None:
            self._want_pause = True
            self._recorder.pause()

    def resume(self) -> None:
        """Go on the record again."""
        if self._recorder is not None:
            self._want_pause = False
            self._recorder.resume()

    def mark(self, text: str) -> None:
        """Write a mark into the part."""
        if self._recorder is not None:
            self._recorder.mark(text)

    def stop(self) -> None:
        """Seal what there is and end."""
        if self._recorder is None:
            self.state = DeskState.IDLE
            if self._events is not None:
                self._events.stopped(0.0)
            return
        self.state = DeskState.STOPPING
        self._recorder.stop()

    def _on_level(self, place: PartPlace, level: Level) -> None:
        if place is not self._place or self._events is None:
            return
        self.level = level
        if not self._told_started and level.state == "recording" and level.seconds > 0:
            self._told_started = True
            if self.state is DeskState.STARTING:
                self.state = DeskState.RUNNING
            self._events.started(place, level.seconds)
            self._events.changed()
        self._events.level()

    def _on_report(self, place: PartPlace, report: RecorderReport) -> None:
        if place is not self._place or self._events is None:
            return
        if report.kind is RecorderEventKind.ENDED:
            self._on_ended(place, report)
        elif report.kind in {RecorderEventKind.DEVICE_BACK, RecorderEventKind.UNMUTED}:
            self.trouble = None
        elif report.trouble is not None:
            self.trouble = self._trouble(report.trouble, report)
        self._events.changed()

    def _on_ended(self, place: PartPlace, report: RecorderReport) -> None:
        asked = self.state is DeskState.STOPPING
        began = self._told_started
        unsealed_s = max(0.0, self.level.seconds - report.sealed) if self.level is not None else 0.0
        self._recorder = self._place = None
        self.state = DeskState.IDLE
        self.level = None
        if self._events is None:
            return
        if began:
            self._events.keep(lambda: self._recordings.finished(place, report.sealed, report.sha256))
        if asked:
            self._events.stopped(report.sealed)
            return
        self.trouble = self._trouble(report.trouble or TroubleCode.RECORDER_DIED, report)
        if began:
            self._events.lost(self.trouble, unsealed_s)

    def _trouble(self, code: TroubleCode, report: RecorderReport) -> Trouble:
        """Return a trouble with the second of the session up to which all is sealed."""
        return Trouble(code, until_s=self._offset_s + report.sealed)

    def worth_another(self, part_seconds: float) -> bool:
        """Tell whether a recorder that died after so many seconds of sound should be followed by another unasked."""
        return (
            part_seconds >= _WORTH_ANOTHER_S
            and self.trouble is not None
            and (self.trouble.code in {TroubleCode.RECORDER_DIED, TroubleCode.SOUND_SYSTEM_FROZEN})
        )
