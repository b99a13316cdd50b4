"""Write one part: audio, silence and marks on one timeline, encoded as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from balint_desktop.capture.encoder import OggSink, OpusEncoder
from balint_desktop.capture.level import SILENT_DB, level_db
from balint_desktop.capture.level_log import LevelLog
from balint_desktop.capture.off_record_filter import OffRecordFilter
from balint_desktop.capture.source import BLOCK_FRAMES, FRAME_BYTES, Block
from balint_desktop.capture.timeline import Join, Placed, Timeline
from balint_desktop.domain.part_marks import (
    DriftMark,
    GapMark,
    PartMark,
    PauseMark,
    RedactionMark,
    RedactionUndoneMark,
    ResumeMark,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ
from balint_desktop.sealed.part_facts import PlacedMark

_SILENCE = bytes(BLOCK_FRAMES * FRAME_BYTES)


@dataclass(frozen=True, slots=True)
class Gap:
    """Silence in place of lost audio: its position in the part and its length."""

    at_s: float
    seconds: float


class Track:
    """Writes blocks end to end as Ogg Opus, so that file time equals session time."""

    def __init__(self, write: Callable[[bytes], None], bit_rate: int) -> None:
        self._sink = OggSink(write)
        self._encoder = OpusEncoder(self._sink, bit_rate)
        self._timeline = Timeline()
        self._off_record = OffRecordFilter()
        self._held: list[Block] = []
        self._marks: list[PlacedMark] = []
        self._levels = LevelLog()
        self._gaps: list[Gap] = []
        self.level_db = SILENT_DB

    @property
    def seconds(self) -> float:
        """Return how many seconds are written."""
        return self._timeline.seconds

    @property
    def paused(self) -> bool:
        """Return whether silence is written in place of audio."""
        return self._off_record.paused

    @property
    def marks(self) -> tuple[PlacedMark, ...]:
        """Return the marks so far."""
        return tuple(self._marks)

    @property
    def levels(self) -> str:
        """Return the level of each second so far, one letter each (`sealed/part_levels`)."""
        return self._levels.letters

    def pop_gaps(self) -> list[Gap]:
        """Return the gaps that were filled with silence since the last call."""
        gaps, self._gaps = self._gaps, []
        return gaps

    def seconds_at(self, plain_bytes: int) -> float:
        """Return the duration of the first `plain_bytes` bytes. Call with increasing values."""
        return self._sink.seconds_at(plain_bytes)

    def mark(self, mark: PartMark) -> None:
        """Add a mark at the current end of the part."""
        self._marks.append(PlacedMark(round(self.seconds, 3), mark))
        if isinstance(mark, RedactionMark):
            self._levels.silence_last(mark.seconds)
        elif isinstance(mark, RedactionUndoneMark):
            self._levels.restore_last()

    def pause(self) -> None:
        """Go off the record: write silence from here."""
        if not self.paused:
            self._off_record.pause()
            self.level_db = SILENT_DB
            self.mark(PauseMark())

    def resume(self, now_s: float) -> None:
        """Go back on the record for audio spoken from `now_s` on."""
        if self.paused:
            self._off_record.resume(now_s)
            self.mark(ResumeMark())

    def write_block(self, block: Block, latency_s: float) -> None:
        """Write one block. Raise Trouble SOUND_LATE if the gap before it is too long for one part."""
        placed = self._timeline.place(block.frames, block.arrived_s)
        self._held.append(block)
        if placed.join is not Join.HELD:
            self._write_held(placed, latency_s)

    def close(self, latency_s: float) -> None:
        """Write the blocks held back and the last page. Raise Trouble."""
        try:
            self._write_held(self._timeline.flush(), latency_s)
        finally:
            self.mark(DriftMark(round(self._timeline.drift_s, 3)))
            self._encoder.close()

    def _write_held(self, placed: Placed, latency_s: float) -> None:
        held, self._held = self._held, []
        if placed.join is Join.TOO_LATE:
            raise Trouble(TroubleCode.SOUND_LATE)
        if placed.join is Join.AFTER_SILENCE:
            gap = Gap(self.seconds, placed.silence_frames / RATE_HZ)
            self._gaps.append(gap)
            self.mark(GapMark(round(gap.seconds, 3)))
            self._write_silence(placed.silence_frames)
        for block in held:
            # Delayed audio was spoken before it arrived: if that was off the record, it is silenced.
            spoken_s = min(block.arrived_s - block.frames / RATE_HZ, self._timeline.clock_s) - latency_s
            self._write(block.sound, heard=self._off_record.is_recorded(spoken_s))

    def _write_silence(self, frames: int) -> None:
        whole, rest = divmod(frames, BLOCK_FRAMES)
        for _ in range(whole):
            self._write(_SILENCE, heard=False)
        if rest:
            self._write(bytes(rest * FRAME_BYTES), heard=False)

    def _write(self, sound: bytes, *, heard: bool) -> None:
        self.level_db = level_db(sound) if heard else SILENT_DB
        self._encoder.write(sound if heard else bytes(len(sound)))
        self._levels.add(len(sound) // FRAME_BYTES, self.level_db)
        self._timeline.advance(len(sound) // FRAME_BYTES)
