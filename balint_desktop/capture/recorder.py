"""One recorder: microphone to sealed part, with its commands, its status, and its way to a proper end."""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.capture import watchdog
from balint_desktop.capture.hearing import Hearing
from balint_desktop.capture.level import SILENT_DB
from balint_desktop.capture.recorder_protocol import (
    Command,
    Verb,
    closed_message,
    ended_message,
    event_message,
    status_message,
)
from balint_desktop.capture.source import Source
from balint_desktop.capture.stdin_commands import CommandsIn
from balint_desktop.capture.stdout_lines import LinesOut
from balint_desktop.capture.track import Track
from balint_desktop.domain.clock import Clock
from balint_desktop.domain.recorder import RecorderEventKind, RecorderState, RecorderStatus
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts

# Two seconds may be lost: what is left of them is for a page of sound, and for a disk and a machine that are busy.
_TAIL_EVERY_S = 1.2
_WATCH_EVERY_S = 0.25
_DISK_EVERY_S = 5.0
# What a kill leaves of the facts; the sound itself is as old as its last tail.
_FACTS_EVERY_S = 60.0
# Blocks come ten times a second and wake the recorder; where none come it still has to look around.
_WAIT_S = 0.25
# Sealing, tails and the file system come on top of the sound itself.
_DISK_MARGIN = 1.5


@dataclass(frozen=True, slots=True)
class Order:
    """What to record: where to, sealed to whom, from which microphone, and for how long at most."""

    folder: Path
    recipients: tuple[str, ...]
    device: str | None
    offset_s: float
    bit_rate: int
    longest_s: float | None


class Recorder:
    """Records one part until it is told to stop, or cannot go on. All of it on one thread, but for the sealing."""

    def __init__(
        self, order: Order, source: Source, writer: PartWriter, *, out: LinesOut, commands: CommandsIn, clock: Clock
    ) -> None:
        self._order = order
        self._source = source
        self._writer = writer
        self._out = out
        self._commands = commands
        self._clock = clock
        self._hearing = Hearing(source, self._tell)
        self._track = Track(writer.write, order.bit_rate)
        self._told_disk_low = False
        self._due = {"tail": 0.0, "watch": 0.0, "disk": 0.0, "facts": time.monotonic() + _FACTS_EVERY_S}
        self._stop = False

    def run(self) -> Trouble | None:
        """Record, seal, and return what ended it unasked. What was recorded is sealed, whatever that is.

        The source is left open.
        """
        ending = None
        try:
            self._writer.write_facts(self._facts())
            while not self._stop:
                self._turn()
            for block in self._source.take(0):
                self._track.take(block, self._source.latency_s)
        except Trouble as trouble:
            ending = trouble
        except Exception:  # noqa: BLE001  an edge: a slip of ours must not cost what is recorded
            ending = Trouble(TroubleCode.RECORDER_DIED)
        return self._seal(ending)

    def _turn(self) -> None:
        """Do what there is to do in a tenth of a second."""
        blocks = self._hearing.take(_WAIT_S)
        for command in self._commands.take():
            self._obey(command)
        for block in blocks:
            self._track.take(block, self._source.latency_s)
        self._tell_gaps()
        if self._is_due("tail", _TAIL_EVERY_S):
            self._writer.write_tail()
        if self._writer.failure is not None:
            raise self._writer.failure
        if self._is_due("watch", _WATCH_EVERY_S):
            self._hearing.watch()
        if self._is_due("disk", _DISK_EVERY_S):
            self._watch_disk()
        if self._is_due("facts", _FACTS_EVERY_S):
            self._keep_facts()
        if self._order.longest_s is not None and self._track.seconds >= self._order.longest_s:
            self._stop = True
        self._out.say_if_heard(status_message(self._status()))

    def _is_due(self, what: str, every_s: float) -> bool:
        now_s = time.monotonic()
        if now_s < self._due[what]:
            return False
        self._due[what] = now_s + every_s
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

    def _keep_facts(self) -> None:
        """Seal the facts as they are by now. A disk that refuses them ends nothing: the tails tell what it means."""
        with contextlib.suppress(Trouble):
            self._writer.write_facts(self._facts())

    def _watch_disk(self) -> None:
        rate = self._order.bit_rate / 8 * _DISK_MARGIN
        trouble = watchdog.disk_trouble(disk.free_bytes(self._order.folder), rate)
        if (trouble is not None) != self._told_disk_low:
            self._tell(RecorderEventKind.DISK_ROOM if trouble is None else RecorderEventKind.DISK_LOW, trouble)
        self._told_disk_low = trouble is not None

    def _seal(self, ending: Trouble | None) -> Trouble | None:
        try:
            self._track.close(self._source.latency_s)
        except Trouble as trouble:
            ending = ending or trouble
        except Exception:  # noqa: BLE001  an edge, as above: the pages written so far can still be sealed
            ending = ending or Trouble(TroubleCode.RECORDER_DIED)
        self._tell_gaps()
        try:
            closed = self._writer.close(self._facts())
        except Trouble as trouble:
            self._tell_end(trouble.code)
            return trouble
        self._out.say(closed_message(closed.seconds, closed.sha256))
        if ending is not None:
            self._tell_end(ending.code)
        return ending

    def _tell_gaps(self) -> None:
        for gap in self._track.take_gaps():
            self._tell(RecorderEventKind.GAP, at_s=round(gap.at_s, 3), gap_s=round(gap.seconds, 3))

    def _tell_end(self, code: TroubleCode) -> None:
        self._out.say(ended_message(code, self._track.seconds, self._sealed_s()))

    def _facts(self) -> PartFacts:
        return PartFacts(
            offset_s=self._order.offset_s,
            device=self._source.device_name,
            seconds=round(self._track.seconds, 3),
            marks=self._track.marks,
            dropped=self._source.dropped,
            levels=self._track.levels,
        )

    def _tell(self, kind: RecorderEventKind, trouble: TroubleCode | None = None, **details: object) -> None:
        if kind is RecorderEventKind.DEVICE_LOST:
            # What "sealed" says now is what a person is told is safe.
            self._writer.write_tail()
        self._out.say(event_message(kind, trouble, self._track.seconds, self._sealed_s(), **details))

    def _sealed_s(self) -> float:
        return self._track.seconds_in(self._writer.sealed_bytes)

    def _status(self) -> RecorderStatus:
        state = RecorderState.PAUSED if self._track.paused else RecorderState.RECORDING
        level_db = self._track.level_db
        if self._hearing.lost:
            state, level_db = RecorderState.LOST, SILENT_DB
        return RecorderStatus(state, self._track.seconds, self._sealed_s(), level_db, self._source.dropped)
