"""Read MP3, MP2 and MP1 by their own frame headers, whatever length a Xing, LAME or VBRI header states.

Each frame's header gives the start of the next frame. Bytes that belong to no frame are tags, which are skipped, or
damage, which is accounted for. The decoder is given nothing but frames, and must return as much audio as they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from balint_desktop.capture.sound_file import tags
from balint_desktop.capture.sound_file.file_bytes import FileBytes, Piece, PiecedFile, Stretch, Zeros
from balint_desktop.capture.sound_file.take import NoSoundError, ReadingAccount, SndTake, SoundFile

# ISO 11172-3 and 13818-3: bit rates in kbit/s by layer, and by whether the sample rates are those of MPEG-1.
_BIT_RATES = {
    (1, True): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (2, True): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, True): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (1, False): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, False): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (3, False): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ = (44_100, 48_000, 32_000)
_DIVIDED = {3: 1, 2: 2, 0: 4}
"""Divisor of the MPEG-1 sample rates for MPEG-1, MPEG-2 and MPEG-2.5, by the header's version field."""
_MONO = 3
_HEAD = 4
_LONGEST_FRAME = 8192
_LONGEST_INFO = 200
_FRAMES_THAT_PROVE = 3
_SEARCHED_AT_ONCE = 1 << 16
_LONGEST_FILL = 1 << 16
_MAY_BEGIN = re.compile(rb"\xff[\xe2-\xe7\xf2-\xff][\x00-\xef]|" + b"|".join(tags.MARKS), re.DOTALL)
_LONGEST_MARK = max(map(len, tags.MARKS))
_LOOKED_AT = 1 << 18


class _Kind(NamedTuple):
    """Header fields that are constant within a stream."""

    version: int
    layer: int
    rate_hz: int
    is_mono: bool


class _Frame(NamedTuple):
    """Frame: its kind, its length in bytes (0 in free format, where it is not stated) and its padding."""

    kind: _Kind
    length: int
    padding: int

    @property
    def samples(self) -> int:
        """Return the number of samples the frame decodes to."""
        if self.kind.layer == 1:
            return 384
        return 576 if self.kind.layer == 3 and self.kind.version != 3 else 1152


@dataclass(slots=True)
class _Run:
    """Frames of one kind: their byte ranges, their number and the last of them."""

    kind: _Kind
    samples_per_frame: int
    pieces: list[Stretch] = field(default_factory=list)
    frames: int = 0
    longest: int = 0
    last: Stretch | None = None
    stated_s: float | None = None

    def add(self, at: int, length: int) -> None:
        """Append a frame."""
        if self.pieces and self.pieces[-1].until == at:
            self.pieces[-1] = Stretch(self.pieces[-1].begins, self.pieces[-1].length + length)
        else:
            self.pieces.append(Stretch(at, length))
        self.last = Stretch(at, length)
        self.frames += 1
        self.longest = max(self.longest, length)

    @property
    def seconds_per_byte(self) -> float:
        """Return the playing time per byte of the frames."""
        return self.frames * self.samples_per_frame / self.kind.rate_hz / sum(piece.length for piece in self.pieces)


def is_mpeg(file: FileBytes, at: int) -> bool:
    """Return whether consecutive frames start at a position or soon after it."""
    return next(_Scan(file, at, min(file.size, at + _LOOKED_AT), ReadingAccount()).runs(), None) is not None


def open_mpeg(file: FileBytes, begins: int, until: int, account: ReadingAccount) -> SoundFile:
    """Open the frames between two positions. Raise NoSoundError if there are none."""
    runs = list(_Scan(file, begins, until, account).runs())
    if not runs:
        raise NoSoundError
    said = [run.stated_s for run in runs]
    if any(one is not None for one in said):
        # If only some streams state a length, the others add nothing to it.
        for one in said:
            account.add_stated_length(one or 0.0)
    return SoundFile(f"MP{runs[0].kind.layer}", [_build_take(file, run, account) for run in runs], account)


def _build_take(file: FileBytes, run: _Run, account: ReadingAccount) -> SndTake:
    # The decoder estimates the total length from the size of a frame, and would stop there. So its input is extended:
    # by copies of the last frame, since a frame counts only if others follow it, and then by zeros beyond the estimate.
    again: list[Piece] = [] if run.last is None else [run.last] * 3
    more = Zeros((run.frames + 64) * run.longest * 2)
    return SndTake(PiecedFile(file, [*run.pieces, *again, more]), account, frames=run.frames * run.samples_per_frame)


class _Scan:
    """Walks from frame to frame."""

    def __init__(self, file: FileBytes, begins: int, until: int, account: ReadingAccount) -> None:
        self._file = file
        self._at = begins
        self._begins = begins
        self._until = until
        self._account = account
        self._free: dict[_Kind, int] = {}
        self._lost_before = 0

    def runs(self) -> Iterator[_Run]:
        """Yield the runs of frames of one kind."""
        run: _Run | None = None
        while self._at < self._until:
            frame = self._next(run)
            if frame is None:
                continue
            if self._at + frame.length > self._until:
                # The last frame, or a tag, is incomplete: the file was truncated here.
                self._account.is_cut_short = True
                break
            said_s = self._info(frame)
            if run is None or frame.kind != run.kind or (said_s is not None and run.frames):
                if run is not None and run.frames:
                    yield self._ended(run)
                run = _Run(frame.kind, frame.samples)
            if said_s is None:
                run.add(self._at, frame.length)
            else:
                run.stated_s = said_s or None
            self._at += frame.length
        if run is not None and run.frames:
            yield self._ended(run)

    def _ended(self, run: _Run) -> _Run:
        """Return a run, after accounting for damage before its first frame."""
        self._account.lost_s += self._lost_before * run.seconds_per_byte
        self._lost_before = 0
        return run

    def confirmed_frame(self, at: int) -> _Frame | None:
        """Return the frame at a position if enough frames of its kind follow to rule out chance."""
        first = frame = self._frame(at)
        kind = first.kind if first is not None else None
        for _ in range(_FRAMES_THAT_PROVE):
            if frame is None or frame.kind != kind:
                return None
            at += frame.length
            if at >= self._until:
                break
            if self._tag(at):
                break
            frame = self._frame(at)
        return first

    def _next(self, run: _Run | None) -> _Frame | None:
        """Return the frame at the current position, or None after skipping a tag or damage."""
        frame = self._frame(self._at)
        if frame is not None and (run is None or frame.kind != run.kind):
            frame = self.confirmed_frame(self._at)
        if frame is not None:
            return frame
        length = self._tag(self._at)
        if length:
            self._at = min(self._at + length, self._until)
            return None
        self._search(run)
        return None

    def _search(self, run: _Run | None) -> None:
        """Move to the next confirmed frame or tag, and account for the bytes in between."""
        begins = self._at
        at = begins + 1
        while at < self._until and not self._tag(at) and (self._frame(at) is None or self.confirmed_frame(at) is None):
            at = self._candidate(at + 1)
        self._at = min(at, self._until)
        lost, is_end = self._at - begins, self._at >= self._until
        if run is None or not run.frames:
            # Less than one frame: the file was cut out of a longer one, and nothing is lost.
            self._lost_before += lost if lost > _LONGEST_FRAME else 0
        elif is_end and self._file.is_zero(begins, self._at):
            # Zeros padding a sector hold no audio. A longer run should have held some.
            self._account.is_cut_short |= lost > _LONGEST_FILL
        elif is_end and lost <= 2 * run.longest:
            self._account.is_cut_short = True
        else:
            # Its length is unknown: assume that of as many bytes of frames.
            self._account.lost_s += lost * run.seconds_per_byte

    def _candidate(self, at: int) -> int:
        """Return the next position at which a frame or a tag may start."""
        while at < self._until:
            window = self._file.read(at, min(_SEARCHED_AT_ONCE, self._until - at))
            found = _MAY_BEGIN.search(window)
            if found is not None:
                return at + found.start()
            at += max(1, len(window) - _LONGEST_MARK + 1)
        return self._until

    def _frame(self, at: int) -> _Frame | None:
        """Return the frame whose header is at a position, or None."""
        head = self._file.read(at, _HEAD)
        frame = _parsed(head)
        if frame is None or frame.length:
            return frame
        length = self._free_length(at, frame, head)
        return None if length is None else frame._replace(length=length + frame.padding)

    def _free_length(self, at: int, frame: _Frame, head: bytes) -> int | None:
        """Return the length of free-format frames, without padding, from the start of the next frame."""
        if frame.kind in self._free:
            return self._free[frame.kind]
        window = self._file.read(at, 3 * _LONGEST_FRAME)
        place = 24
        while 0 <= (place := window.find(head[:2], place)) <= _LONGEST_FRAME:
            again = _parsed(window[place : place + _HEAD])
            length = place - frame.padding
            if again is not None and again.kind == frame.kind and not again.length:
                third = _parsed(window[place + length + again.padding :][:_HEAD])
                if third is not None and third.kind == frame.kind and not third.length:
                    self._free[frame.kind] = length
                    return length
            place += 1
        return None

    def _info(self, frame: _Frame) -> float | None:
        """Return the duration stated by a Xing, Info or VBRI frame, or None for an audio frame.

        0 if the frame states none.
        """
        if frame.kind.layer != 3:
            return None
        data = self._file.read(self._at, min(_LONGEST_INFO, frame.length))
        is_mpeg_1 = frame.kind.version == 3
        side = (17 if frame.kind.is_mono else 32) if is_mpeg_1 else (9 if frame.kind.is_mono else 17)
        for crc in (0, 2):
            at = _HEAD + side + crc
            if data[at : at + 4] in {b"Xing", b"Info"}:
                has_count = data[at + 7] & 1 if len(data) > at + 7 else 0
                count = int.from_bytes(data[at + 8 : at + 12], "big") if has_count else 0
                return count * frame.samples / frame.kind.rate_hz
        if data[36:40] == b"VBRI":
            return int.from_bytes(data[50:54], "big") * frame.samples / frame.kind.rate_hz
        return None

    def _tag(self, at: int) -> int:
        """Return the length of the tag at a position, 0 if there is none."""
        if (
            self._file.read(at, len(tags.ID3V1)) == tags.ID3V1
            and self.confirmed_frame(at + tags.ID3V1_LENGTH) is not None
        ):
            # Concatenated files: an ID3v1 tag at the end of one of them.
            return tags.ID3V1_LENGTH
        return tags.tag_length(self._file, at, self._until)


def _parsed(head: bytes) -> _Frame | None:
    """Parse a frame header. Return None if it is none."""
    if len(head) < _HEAD or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    rate, rate_index = head[2] >> 4, head[2] >> 2 & 3
    # Emphasis 2 is reserved, and no encoder writes it.
    if version == 1 or layer == 4 or rate == 15 or rate_index == 3 or head[3] & 3 == 2:
        return None
    rate_hz = _RATES_HZ[rate_index] // _DIVIDED[version]
    padding = head[2] >> 1 & 1
    kind = _Kind(version, layer, rate_hz, head[3] >> 6 == _MONO)
    if not rate:
        return _Frame(kind, 0, padding * (4 if layer == 1 else 1))
    bits = _BIT_RATES[layer, version == 3][rate - 1] * 1000
    if layer == 1:
        return _Frame(kind, (12 * bits // rate_hz + padding) * 4, 0)
    slots = 72 if layer == 3 and version != 3 else 144
    return _Frame(kind, slots * bits // rate_hz + padding, 0)
