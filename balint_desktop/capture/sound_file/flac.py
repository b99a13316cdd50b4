"""FLAC reader: find every frame by its own header and checksum, and place it by its number.

Missing or damaged frames become silence, so that all audio after them keeps its place in time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch
from balint_desktop.capture.sound_file.tags import MARKS, tag_length
from balint_desktop.capture.sound_file.take import (
    Block,
    NoSoundError,
    ReadingAccount,
    SndTake,
    SoundFile,
    Take,
    UnknownCodecError,
    silence,
)

MARK = b"fLaC"
_STREAM_INFO, _STREAM_INFO_LENGTH = 0, 34
_LAST_BLOCK = 0x80
_FRAME = re.compile(rb"\xff[\xf8\xf9]")
LONGEST_HEAD = 16
_SEARCHED_AT_ONCE = 1 << 20
_FRAMES_AT_ONCE = 64
_FRAMES_THAT_PROVE = 100
_LONGEST_FRAME = 1 << 21
_MAX_BLOCKS = 1000
_COUNT_BITS = 36
_IS_RESERVED_SIZE = frozenset({3, 7})


class Info(NamedTuple):
    """Fields of STREAMINFO. `samples` is 0 if the total is not stated."""

    raw: bytes
    block: int
    rate_hz: int
    channels: int
    samples: int


class Head(NamedTuple):
    """Fields of a frame header: its first sample and its number of samples."""

    first: int
    samples: int


class Frame(NamedTuple):
    """Frame: its first sample, its number of samples and its byte ranges."""

    first: int
    samples: int
    pieces: Sequence[Stretch]


class FlacTake:
    """Audio of one FLAC stream, with silence for missing or damaged frames."""

    def __init__(self, file: FileBytes, info: Info, frames: Sequence[Frame], account: ReadingAccount) -> None:
        self._file = file
        self._info = info
        self._frames = frames
        self._account = account
        self.rate_hz = info.rate_hz
        self.channels = info.channels

    @property
    def seconds(self) -> float:
        """Return the expected duration."""
        return (self._frames[-1].first + self._frames[-1].samples - self._frames[0].first) / self.rate_hz

    def blocks(self) -> Iterator[Block]:
        """Yield the audio. Raise OSError on a disk error."""
        at = self._frames[0].first
        for frames in _batches(self._frames):
            gap = frames[0].first - at
            self._account.lost_s += gap / self.rate_hz
            yield from silence(gap, self.channels)
            yield from self._batch(frames)
            at = frames[-1].first + frames[-1].samples

    def _batch(self, frames: Sequence[Frame]) -> Sequence[Block]:
        """Decode consecutive frames. If any audio is missing, decode each frame by itself."""
        attempt = ReadingAccount()
        try:
            blocks = list(self._build_take(frames, attempt).blocks())
        except NoSoundError:
            blocks = []
        if blocks and not attempt.lost_s:
            self._account.errors += attempt.errors
            return blocks
        if len(frames) > 1:
            return [block for frame in frames for block in self._batch([frame])]
        self._account.lost_s += frames[0].samples / self.rate_hz
        return list(silence(frames[0].samples, self.channels))

    def _build_take(self, frames: Sequence[Frame], account: ReadingAccount) -> SndTake:
        pieces = [piece for frame in frames for piece in frame.pieces]
        data = PiecedFile(self._file, [_header(self._info), *pieces])
        return SndTake(data, account, frames=sum(frame.samples for frame in frames))


def _batches(frames: Sequence[Frame]) -> Iterator[Sequence[Frame]]:
    """Yield batches of consecutive frames, at most `_FRAMES_AT_ONCE` each."""
    begins = 0
    for at, (one, after) in enumerate(pairwise(frames), 1):
        if one.first + one.samples != after.first or at - begins == _FRAMES_AT_ONCE:
            yield frames[begins:at]
            begins = at
    yield frames[begins:]


def is_flac(file: FileBytes, at: int) -> bool:
    """Return whether a FLAC stream starts at a position."""
    return file.read(at, len(MARK)) == MARK


def open_flac(file: FileBytes, begins: int) -> SoundFile:
    """Open a FLAC file. Raise NoSoundError if it holds no audio."""
    account = ReadingAccount()
    takes: list[Take] = []
    at = begins
    while at >= 0:
        info, frames_at = _read_info(file, at)
        at = _next_stream(file, frames_at)
        frames = _frames(file, info, frames_at, file.size if at < 0 else at, account)
        if frames and not any(decodes(file, info, frame) for frame in frames[:_FRAMES_THAT_PROVE]):
            raise UnknownCodecError("FLAC")
        if frames:
            # The audio before the first frame present is missing: one error, whatever its length.
            account.errors += frames[0].first > 0
            takes.append(FlacTake(file, info, frames, account))
            if info.samples:
                account.add_stated_length(info.samples / info.rate_hz)
    if not takes:
        raise NoSoundError
    return SoundFile("FLAC", takes, account)


def parse_info(body: bytes) -> Info:
    """Parse STREAMINFO. Raise NoSoundError."""
    if len(body) < _STREAM_INFO_LENGTH:
        raise NoSoundError
    packed = int.from_bytes(body[10:18], "big")
    info = Info(
        body[:_STREAM_INFO_LENGTH],
        int.from_bytes(body[2:4], "big"),
        packed >> 44,
        (packed >> 41 & 7) + 1,
        packed & (1 << _COUNT_BITS) - 1,
    )
    if not info.rate_hz:
        raise NoSoundError
    return info


def frame_head(head: bytes, info: Info) -> Head | None:
    """Parse a frame header. Return None if it is none or its CRC-8 does not match."""
    if len(head) < 6 or head[0] != 0xFF or head[1] not in {0xF8, 0xF9} or head[3] & 1:
        return None
    size, rate = head[2] >> 4, head[2] & 15
    if not size or rate == 15 or head[3] >> 4 > 10 or head[3] >> 1 & 7 in _IS_RESERVED_SIZE:
        return None
    number, at = _number(head)
    if number is None:
        return None
    if size in {6, 7}:
        samples = int.from_bytes(head[at : at + size - 5], "big") + 1
        at += size - 5
    else:
        samples = 192 if size == 1 else 576 << (size - 2) if size < 6 else 256 << (size - 8)
    at += {12: 1, 13: 2, 14: 2}.get(rate, 0)
    if len(head) <= at or _crc_8(head[:at]) != head[at]:
        return None
    is_counted_in_samples = head[1] & 1
    return Head(number if is_counted_in_samples else number * info.block, samples)


def _number(head: bytes) -> tuple[int | None, int]:
    """Return the frame number, coded as in UTF-8, and the position after it; (None, 0) if it is invalid."""
    first = head[4]
    if first < 0x80:
        return first, 5
    length = 8 - (first ^ 0xFF).bit_length()
    if not 2 <= length <= 7:
        return None, 0
    number = first & (0x7F >> length)
    for byte in head[5 : 4 + length]:
        if byte >> 6 != 2:
            return None, 0
        number = number << 6 | byte & 0x3F
    return number, 4 + length


def _read_info(file: FileBytes, at: int) -> tuple[Info, int]:
    """Read STREAMINFO, and return it with the position of the first frame. Raise NoSoundError."""
    info: Info | None = None
    at += len(MARK)
    for _ in range(_MAX_BLOCKS):
        head = file.read(at, 4)
        if len(head) < 4 or head[0] == 0xFF:
            break
        length = int.from_bytes(head[1:], "big")
        if head[0] & 0x7F == _STREAM_INFO:
            info = parse_info(file.read(at + 4, _STREAM_INFO_LENGTH))
        at += 4 + length
        if head[0] & _LAST_BLOCK:
            break
    if info is None:
        raise NoSoundError
    return info, at


def _next_stream(file: FileBytes, at: int) -> int:
    """Return the position of the next FLAC stream, or -1."""
    while (at := file.find(MARK, at)) >= 0:
        if file.read(at, 8)[4:] in {b"\x00\x00\x00\x22", b"\x80\x00\x00\x22"}:
            return at
        at += 1
    return -1


def _frames(file: FileBytes, info: Info, begins: int, until: int, account: ReadingAccount) -> list[Frame]:
    """Return the frames between two positions. The bytes up to the next frame count as part of a frame."""
    found = list(_in_order(file, info, begins, until))
    if not found:
        return []
    ends = [at for at, _ in found[1:]] + [until]
    frames = [
        Frame(head.first, head.samples, (Stretch(at, end - at),)) for (at, head), end in zip(found, ends, strict=True)
    ]
    if not _is_whole(file, found[-1][0], until):
        account.is_cut_short = True
        if not decodes(file, info, frames[-1]):
            frames.pop()
    return frames


def decodes(file: FileBytes, info: Info, frame: Frame) -> bool:
    """Return whether a single frame decodes to as many samples as its header states."""
    account = ReadingAccount()
    try:
        for _ in FlacTake(file, info, [frame], account).blocks():
            pass
    except NoSoundError:
        return False
    return not account.lost_s


def _in_order(file: FileBytes, info: Info, begins: int, until: int) -> Iterator[tuple[int, Head]]:
    """Yield frame positions and headers. A frame with an unexpected number counts only if the next one continues it."""
    expected: int | None = None
    doubtful: tuple[int, Head] | None = None
    for at, head in _candidates(file, info, begins, until):
        if expected is None or head.first == expected:
            yield at, head
        elif doubtful is not None and head.first == doubtful[1].first + doubtful[1].samples:
            yield doubtful
            yield at, head
        else:
            doubtful = (at, head) if head.first > expected else doubtful
            continue
        doubtful = None
        expected = head.first + head.samples
    if doubtful is not None and not _crc_16(file.read(doubtful[0], min(_LONGEST_FRAME, until - doubtful[0]))):
        yield doubtful


def _candidates(file: FileBytes, info: Info, begins: int, until: int) -> Iterator[tuple[int, Head]]:
    at = begins
    while at < until:
        window = file.read(at, min(_SEARCHED_AT_ONCE, until - at))
        is_last = at + len(window) >= until
        fresh = len(window) if is_last else len(window) - LONGEST_HEAD
        for found in _FRAME.finditer(window):
            if found.start() >= fresh:
                break
            head = frame_head(window[found.start() : found.start() + LONGEST_HEAD], info)
            if head is not None:
                yield at + found.start(), head
        if is_last:
            return
        at += max(1, fresh)


def _is_whole(file: FileBytes, at: int, until: int) -> bool:
    """Return whether the last frame is complete: its CRC-16 matches at the end, before tags or before zero padding."""
    if until - at > _LONGEST_FRAME:
        return False
    data = file.read(at, until - at)
    end = len(data.rstrip(b"\0"))
    ends = [len(data), *range(end, min(end + 3, len(data)))]
    ends += [place for mark in MARKS if (place := data.rfind(mark)) > 0 and tag_length(file, at + place, until)]
    return any(not _crc_16(data[:end]) for end in ends)


def _header(info: Info) -> bytes:
    """Build a header without a total length, a checksum or frame sizes."""
    packed = int.from_bytes(info.raw[10:18], "big") >> _COUNT_BITS << _COUNT_BITS
    body = info.raw[:4] + bytes(6) + packed.to_bytes(8, "big") + bytes(16)
    return MARK + bytes((_LAST_BLOCK | _STREAM_INFO, 0, 0, len(body))) + body


def _table(bits: int, polynomial: int) -> tuple[int, ...]:
    def entry(value: int) -> int:
        value <<= bits - 8
        for _ in range(8):
            value = (value << 1) ^ (polynomial if value >> (bits - 1) & 1 else 0)
            value &= (1 << bits) - 1
        return value

    return tuple(entry(value) for value in range(256))


_CRC_8, _CRC_16 = _table(8, 0x07), _table(16, 0x8005)


def _crc_8(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = _CRC_8[crc ^ byte]
    return crc


def _crc_16(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc = (crc << 8 & 0xFF00) ^ _CRC_16[crc >> 8 ^ byte]
    return crc
