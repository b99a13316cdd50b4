"""One recorder: microphone to sealed part, with its commands, its watchdog, and its way to a proper end."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.capture import portaudio, watchdog
from balint_desktop.capture.commands_in import Command, CommandsIn, Verb
from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.capture.level import SILENT_DB, is_digital_silence, level_db
from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.off_record import OffRecord
from balint_desktop.capture.portaudio import RATE_HZ
from balint_desktop.capture.says import Event, State
from balint_desktop.capture.source import BLOCK_FRAMES, FRAME_BYTES, Block, Source
from balint_desktop.capture.timeline import LONGEST_GAP_S, Join, Timeline
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts, PartMark

TAIL_EVERY_S = 1.5
_WATCH_EVERY_S = 0.25
_DISK_EVERY_S = 5.0
_BACK_EVERY_S = 1.0
_BLOCK_S = BLOCK_FRAMES / RATE_HZ
# Sealing, tails and the file system come on top of the sound itself.
_DISK_MARGIN = 1.5
_SILENCE = bytes(BLOCK_FRAMES * FRAME_BYTES)


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

    def __init__(self, order: Order, source: Source, writer: PartWriter, out: LinesOut, commands: CommandsIn) -> None:
        self._order = order
        self._source = source
        self._writer = writer
        self._out = out
        self._commands = commands
        self._sink = OggSink(writer.write)
        self._encoder = OpusEncoder(self._sink, order.bit_rate)
        self._timeline = Timeline()
        self._off_record = OffRecord()
        self._marks: list[PartMark] = []
        self._level_db = SILENT_DB
        self._zeros_s = 0.0
        self._muted = False
        self._told_disk_low = False
        self._told_dropped = 0
        self._lost_since_s: float | None = None
        self._due = {"tail": 0.0, "watch": 0.0, "disk": 0.0, "back": 0.0}
        self._ending: Trouble | None = None
        self._stop = False

    def run(self) -> Trouble | None:
        """Record, seal, and return what ended it unasked. What was recorded is sealed whatever that is."""
        self._writer.write_facts(self._facts())
        try:
            while not self._stop:
                self._turn()
        except Trouble as trouble:
            self._ending = trouble
        self._let_go()
        return self._seal()

    def _turn(self) -> None:
        """Do what there is to do in a tenth of a second."""
        blocks = self._source.take(_BLOCK_S) if self._lost_since_s is None else self._wait_for_it()
        for command in self._commands.take():
            self._obey(command)
        for block in blocks:
            self._take(block)
        now_s = time.monotonic()
        if self._is_due("tail", now_s, TAIL_EVERY_S):
            self._writer.write_tail()
        if self._writer.failure is not None:
            raise self._writer.failure
        if self._is_due("watch", now_s, _WATCH_EVERY_S):
            self._watch(now_s)
        if self._order.longest_s is not None and self._timeline.seconds >= self._order.longest_s:
            self._stop = True
        self._out.say_if_heard(self._status())

    def _is_due(self, what: str, now_s: float, every_s: float) -> bool:
        if now_s < self._due[what]:
            return False
        self._due[what] = now_s + every_s
        return True

    def _obey(self, command: Command) -> None:
        if command.verb is Verb.PAUSE:
            self._off_record.pause()
        elif command.verb is Verb.RESUME:
            self._off_record.resume(time.monotonic())
        elif command.verb is Verb.MARK:
            self._marks.append(PartMark(round(self._timeline.seconds, 3), command.text))
            self._writer.write_facts(self._facts())
        else:
            self._stop = True

    def _take(self, block: Block) -> None:
        """Write one block, after silence where sound is missing, and as silence where it may not be heard."""
        frames = len(block.sound) // FRAME_BYTES
        placed = self._timeline.place(frames, block.came_s)
        if placed.join is Join.TOO_LATE:
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        if placed.join is Join.AFTER_SILENCE:
            self._write_silence(placed.silence_frames)
        began_s = block.came_s - frames / RATE_HZ - self._source.latency_s
        heard = self._off_record.is_heard(began_s)
        if is_digital_silence(block.sound):
            self._zeros_s += frames / RATE_HZ
        else:
            self._zeros_s = 0.0
        self._level_db = level_db(block.sound) if heard else SILENT_DB
        self._write(block.sound if heard else bytes(len(block.sound)), frames)

    def _write_silence(self, frames: int) -> None:
        whole, rest = divmod(frames, BLOCK_FRAMES)
        for _ in range(whole):
            self._write(_SILENCE, BLOCK_FRAMES)
        if rest:
            self._write(bytes(rest * FRAME_BYTES), rest)

    def _write(self, sound: bytes, frames: int) -> None:
        self._encoder.write(sound)
        self._timeline.wrote(frames)

    # --- watching ---

    def _watch(self, now_s: float) -> None:
        if self._lost_since_s is None:
            self._watch_microphone(now_s)
        if self._is_due("disk", now_s, _DISK_EVERY_S):
            self._watch_disk()
        if self._source.dropped > self._told_dropped:
            self._told_dropped = self._source.dropped
            self._out.say({"event": Event.OVERRUN, "dropped": self._told_dropped})

    def _watch_microphone(self, now_s: float) -> None:
        seen = watchdog.Seen(now_s - self._source.last_came_s, self._source.is_active, self._zeros_s)
        if watchdog.is_lost(seen):
            self._lose(now_s)
            return
        muted = watchdog.is_muted(seen)
        if muted != self._muted:
            self._muted = muted
            event = Event.MUTED if muted else Event.UNMUTED
            trouble = {"trouble": TroubleCode.MICROPHONE_MUTED} if muted else {}
            self._out.say({"event": event, "seconds": self._timeline.seconds, **trouble})

    def _watch_disk(self) -> None:
        rate = self._order.bit_rate / 8 * _DISK_MARGIN
        seen = watchdog.Seen(0, True, 0, disk.free_bytes(self._order.folder), rate)  # noqa: FBT003
        trouble = watchdog.disk_trouble(seen)
        if trouble is not None and not self._told_disk_low:
            self._out.say({"event": Event.DISK_LOW, "trouble": trouble})
        self._told_disk_low = trouble is not None

    # --- losing the microphone, and finding it again ---

    def _lose(self, now_s: float) -> None:
        """Say that the microphone is gone, and let go of it. Raise Trouble where the sound system hangs."""
        self._lost_since_s = now_s
        self._level_db = SILENT_DB
        self._zeros_s = 0.0
        self._writer.write_tail()
        trouble = TroubleCode.MICROPHONE_GONE
        self._out.say({"event": Event.DEVICE_LOST, "trouble": trouble, **self._lengths()})
        self._source.close()

    def _wait_for_it(self) -> list[Block]:
        """Wait a moment for a microphone that is gone, and try it again. Raise Trouble after a minute."""
        time.sleep(_BLOCK_S)
        now_s = time.monotonic()
        if self._lost_since_s is not None and now_s - self._lost_since_s > LONGEST_GAP_S:
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        if not self._is_due("back", now_s, _BACK_EVERY_S):
            return []
        portaudio.renew_device_list()
        try:
            self._source.open()
        except Trouble:
            return []
        self._lost_since_s = None
        self._out.say({"event": Event.DEVICE_BACK, "device": self._source.device_name})
        return []

    def _let_go(self) -> None:
        """Take what the microphone still holds, and close it. A sound system that hangs is left hanging."""
        try:
            if self._lost_since_s is None and self._ending is None:
                for block in self._source.take(0):
                    self._take(block)
            self._source.close()
        except Trouble as trouble:
            self._ending = self._ending or trouble

    # --- the end ---

    def _seal(self) -> Trouble | None:
        try:
            self._encoder.close()
            closed = self._writer.close(self._facts())
            self._out.say(
                {"event": Event.CLOSED, "seconds": closed.seconds, "sealed": closed.seconds, "sha256": closed.sha256}
            )
        except Trouble as trouble:
            self._ending = trouble
            event = Event.DISK_FULL if trouble.code is TroubleCode.DISK_FULL else Event.FAILED
            self._out.say({"event": event, "trouble": trouble.code, **self._lengths()})
            return trouble
        if self._ending is not None:
            self._out.say({"event": Event.FAILED, "trouble": self._ending.code, **self._lengths()})
        return self._ending

    def _facts(self) -> PartFacts:
        return PartFacts(
            offset_s=self._order.offset_s,
            device=self._source.device_name,
            seconds=round(self._timeline.seconds, 3),
            marks=tuple(self._marks),
            dropped=self._source.dropped,
        )

    def _lengths(self) -> dict[str, float]:
        sealed = self._sink.seconds_at(self._writer.sealed_bytes)
        return {"seconds": round(self._timeline.seconds, 2), "sealed": round(sealed, 2)}

    def _status(self) -> dict[str, object]:
        state = State.RECORDING
        if self._lost_since_s is not None:
            state = State.LOST
        elif self._off_record.paused:
            state = State.PAUSED
        level = round(self._level_db, 1)
        return {"state": state, **self._lengths(), "level_db": level, "dropped": self._source.dropped}
