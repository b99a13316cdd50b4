"""Record one part from microphone to sealed file: commands, status, and an orderly end."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.capture import watchdog
from balint_desktop.capture.level import SILENT_DB
from balint_desktop.capture.microphone_monitor import MicrophoneMonitor
from balint_desktop.capture.recorder_protocol import (
    Command,
    Verb,
    closed_message,
    ended_message,
    event_message,
    status_message,
)
from balint_desktop.capture.source import Block, MicrophoneStream
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.track import Track
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.part_marks import PartMark, SourceBackMark, SourceLostMark
from balint_desktop.domain.recorder import RecorderEventKind, RecorderState, RecorderStatus
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SoundSource
from balint_desktop.sealed import disk
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.tail import TAIL_EVERY_S

if TYPE_CHECKING:
    # Loaded where there is a second source alone: it needs numpy.
    from balint_desktop.capture.computer_sound import ComputerSound

_CHECK_EVERY_S = 0.25
# Three blocks: the window shows a level, and every line costs both processes.
_STATUS_EVERY_S = 0.25
_DISK_EVERY_S = 5.0
# Maximum age of the facts after a kill; the audio itself is only as old as its last tail.
_FACTS_EVERY_S = 60.0
# Blocks arrive ten times a second and wake the recorder; without blocks it still has to check.
_WAIT_S = 0.25
# Sealing, tails and the file system take space in addition to the audio.
_DISK_MARGIN = 1.5
_COMPUTER_CHANGES = {RecorderEventKind.COMPUTER_LOST, RecorderEventKind.COMPUTER_BACK}
# Which mark tells of a source of two; where there is one alone, its loss is a gap.
_SOURCE_MARKS: dict[RecorderEventKind, PartMark] = {
    RecorderEventKind.COMPUTER_LOST: SourceLostMark(SoundSource.CALL),
    RecorderEventKind.COMPUTER_BACK: SourceBackMark(SoundSource.CALL),
    RecorderEventKind.DEVICE_LOST: SourceLostMark(SoundSource.MICROPHONE),
    RecorderEventKind.DEVICE_BACK: SourceBackMark(SoundSource.MICROPHONE),
}


@dataclass(frozen=True, slots=True)
class RecorderOptions:
    """Options of a recording: the part's folder, the public keys to seal to, and the microphone's name or None for any.

    `offset_s` is where the part starts on the session's clock, `bit_rate` is in bits per second, and `longest_s` is
    when to stop by itself, None for never. `monitor` is the name of the source that hears what the computer plays,
    None to record the microphone alone.
    """

    folder: Path
    recipients: tuple[str, ...]
    device: str | None
    offset_s: float
    bit_rate: int
    longest_s: float | None
    monitor: str | None = None


class Recorder:
    """Records one part until STOP or a failure. All on one thread, except for the sealing."""

    def __init__(
        self,
        options: RecorderOptions,
        source: MicrophoneStream,
        writer: PartWriter,
        *,
        out: LineWriter,
        commands: CommandReader,
        clock: Clock,
        computer: ComputerSound | None = None,
    ) -> None:
        """Prepare to record. `computer` is the second source, what the computer plays."""
        self._options = options
        self._source = source
        self._writer = writer
        self._out = out
        self._commands = commands
        self._clock = clock
        self._computer = computer
        self._monitor = MicrophoneMonitor(source, self._report, may_wait=lambda: self._has_computer)
        if computer is not None:
            computer.set_report(self._report)
        self._track = Track(writer.write, options.bit_rate)
        self._reported_disk_low = False
        self._reported: RecorderState | None = None
        self._loudest_db: tuple[float, float | None] = (SILENT_DB, None)
        self._due = {"status": 0.0, "tail": 0.0, "check": 0.0, "disk": 0.0, "facts": time.monotonic() + _FACTS_EVERY_S}
        self._lost_reason: TroubleCode | None = None
        self._stop = False

    def run(self, *, without_microphone: bool = False) -> Trouble | None:
        """Record, seal, and return the Trouble that ended the recording, or None. Whatever was recorded is sealed.

        `without_microphone` begins with the computer's sound alone, until the microphone is there.

        The microphone is left open.
        """
        ending = None
        try:
            self._writer.write_facts(self._facts())
            if without_microphone:
                self._monitor.begin_lost()
            while not self._stop:
                self._step()
            self._write(self._source.read_blocks(0), ends=True)
        except Trouble as trouble:
            ending = trouble
        except Exception:  # noqa: BLE001  a bug of ours must not cost the recording
            ending = Trouble(TroubleCode.RECORDER_DIED)
        return self._seal(ending)

    def _step(self) -> None:
        """Do a tenth of a second's work."""
        blocks = self._monitor.read_blocks(_WAIT_S)
        for command in self._commands.read():
            self._obey(command)
        self._write(blocks)
        self._report_gaps()
        if self._is_due("tail", TAIL_EVERY_S):
            self._writer.write_tail()
        if self._writer.failure is not None:
            raise self._writer.failure
        if self._is_due("check", _CHECK_EVERY_S):
            self._monitor.check()
            if self._computer is not None:
                self._computer.check()
        if self._is_due("disk", _DISK_EVERY_S):
            self._check_disk()
        if self._is_due("facts", _FACTS_EVERY_S):
            self._update_facts()
        if self._options.longest_s is not None and self._track.seconds >= self._options.longest_s:
            self._stop = True
        self._report_status()

    def _report_status(self) -> None:
        """Send a status with the loudest level since the last, at once where the state has changed."""
        status = self._status()
        is_new = status.state is not self._reported
        loudest = (SILENT_DB, None) if is_new else self._loudest_db
        level_db, computer_db = max(loudest[0], status.level_db), _louder(loudest[1], status.computer_db)
        self._loudest_db = level_db, computer_db
        if self._is_due("status", _STATUS_EVERY_S) or is_new:
            self._out.write_or_drop(status_message(replace(status, level_db=level_db, computer_db=computer_db)))
            self._reported, self._loudest_db = status.state, (SILENT_DB, None)

    @property
    def _has_computer(self) -> bool:
        """Return whether there is a second source, and it is heard."""
        return self._computer is not None and self._computer.is_live

    def _write(self, blocks: list[Block], *, ends: bool = False) -> None:
        """Write the microphone's blocks, with what the computer played at the same time."""
        if self._computer is not None:
            lost = self._monitor.is_lost
            blocks = self._computer.mix(blocks, self._source.latency_s, is_microphone_lost=lost, ends=ends)
        for block in blocks:
            self._track.write_block(block, self._source.latency_s)

    def _is_due(self, task: str, every_s: float) -> bool:
        now_s = time.monotonic()
        if now_s < self._due[task]:
            return False
        self._due[task] = now_s + every_s
        return True

    def _obey(self, command: Command) -> None:
        if command.verb is Verb.STOP:
            self._stop = True
            return
        if command.verb is Verb.PAUSE:
            self._track.pause()
        elif command.verb is Verb.RESUME:
            self._track.resume(self._clock.now().boot)
        elif command.mark is not None:
            self._track.mark(command.mark)
        self._writer.write_facts(self._facts())

    def _update_facts(self) -> None:
        """Seal the current facts. A disk error does not end the recording: the tails report it if it matters."""
        with contextlib.suppress(Trouble):
            self._writer.write_facts(self._facts())

    def _check_disk(self) -> None:
        rate = self._options.bit_rate / 8 * _DISK_MARGIN
        trouble = watchdog.disk_trouble(disk.free_bytes(self._options.folder), rate)
        if (trouble is not None) != self._reported_disk_low:
            self._report(RecorderEventKind.DISK_ROOM if trouble is None else RecorderEventKind.DISK_LOW, trouble)
        self._reported_disk_low = trouble is not None

    def _seal(self, ending: Trouble | None) -> Trouble | None:
        try:
            self._track.close(self._source.latency_s)
        except Trouble as trouble:
            ending = ending or trouble
        except Exception:  # noqa: BLE001  as above: the pages written so far can still be sealed
            ending = ending or Trouble(TroubleCode.RECORDER_DIED)
        self._report_gaps()
        try:
            closed = self._writer.close(self._facts())
        except Trouble as trouble:
            self._report_end(trouble.code)
            return trouble
        self._out.write(closed_message(closed.seconds, closed.sha256))
        if ending is not None:
            self._report_end(ending.code)
        return ending

    def _report_gaps(self) -> None:
        for gap in self._track.pop_gaps():
            self._report(RecorderEventKind.GAP, at_s=round(gap.at_s, 3), gap_s=round(gap.seconds, 3))

    def _report_end(self, code: TroubleCode) -> None:
        self._out.write(ended_message(code, self._track.seconds, self._sealed_s()))

    def _facts(self) -> PartFacts:
        return PartFacts(
            offset_s=self._options.offset_s,
            device=self._source.device_name,
            seconds=round(self._track.seconds, 3),
            marks=self._track.marks,
            dropped=self._source.dropped,
            levels=self._track.levels,
            computer=self._computer.name if self._computer is not None else "",
        )

    def _report(self, kind: RecorderEventKind, trouble: TroubleCode | None = None, **details: object) -> None:
        if kind is RecorderEventKind.DEVICE_LOST:
            # The sealed seconds of this report are shown to the user as safe.
            self._writer.write_tail()
            self._lost_reason = trouble
            trouble = TroubleCode.ONLY_COMPUTER_SOUND if self._has_computer else trouble
        self._out.write(event_message(kind, trouble, self._track.seconds, self._sealed_s(), **details))
        if self._computer is not None and kind in _SOURCE_MARKS:
            self._track.mark(_SOURCE_MARKS[kind])
            self._update_facts()
        if kind in _COMPUTER_CHANGES and self._monitor.is_lost:
            # What the loss of the microphone means depends on whether there is another source.
            self._report(RecorderEventKind.DEVICE_LOST, self._lost_reason)

    def _sealed_s(self) -> float:
        return self._track.seconds_at(self._writer.sealed_bytes)

    def _status(self) -> RecorderStatus:
        state = RecorderState.PAUSED if self._track.paused else RecorderState.RECORDING
        level_db, computer_db = self._levels()
        if self._monitor.is_lost:
            level_db = SILENT_DB
            state = state if self._has_computer else RecorderState.LOST
        return RecorderStatus(state, self._track.seconds, self._sealed_s(), level_db, self._source.dropped, computer_db)

    def _levels(self) -> tuple[float, float | None]:
        """Return the level of the microphone and of the computer's sound, as written last."""
        if self._computer is None:
            return self._track.level_db, None
        if self._track.paused:
            return SILENT_DB, SILENT_DB if self._has_computer else None
        microphone_db = self._computer.microphone_db
        return (SILENT_DB if microphone_db is None else microphone_db), self._computer.computer_db


def _louder(one_db: float | None, other_db: float | None) -> float | None:
    return max((level for level in (one_db, other_db) if level is not None), default=None)
