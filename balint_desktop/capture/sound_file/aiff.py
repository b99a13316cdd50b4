"""AIFF and AIFF-C reader, including files whose header was never completed."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from balint_desktop.capture.sound_file.extent import extent, is_chunk_id
from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch
from balint_desktop.capture.sound_file.pcm import (
    A_LAW,
    BIG,
    LITTLE,
    MU_LAW,
    UNSIGNED_8,
    Blocks,
    Samples,
    account_for,
    fractions,
    pcm_take,
    signed,
)
from balint_desktop.capture.sound_file.take import (
    NoSoundError,
    ReadingAccount,
    SndTake,
    SoundFile,
    Take,
    UnknownCodecError,
)

_MAX_CHUNKS = 10_000
_IMA4, _IMA4_BYTES, _IMA4_FRAMES = b"ima4", 34, 64
_COMMON = 18
_SAMPLES = {
    b"fl32": fractions(4),
    b"FL32": fractions(4),
    b"fl64": fractions(8),
    b"FL64": fractions(8),
    b"in24": signed(3),
    b"in32": signed(4),
    b"raw ": UNSIGNED_8,
    b"alaw": A_LAW,
    b"ALAW": A_LAW,
    b"ulaw": MU_LAW,
    b"ULAW": MU_LAW,
}
_BY_BITS = frozenset({b"NONE", b"twos", b"sowt"})


@dataclass(frozen=True, slots=True)
class _Common:
    """Fields of the `COMM` chunk."""

    channels: int
    bits: int
    rate_hz: int
    codec: bytes


def is_aiff(file: FileBytes) -> bool:
    """Return whether the file starts with an AIFF or AIFF-C header."""
    head = file.read(0, 12)
    return head[:4] == b"FORM" and head[8:] in {b"AIFF", b"AIFC"}


def open_aiff(file: FileBytes) -> SoundFile:
    """Open an AIFF file. Raise NoSoundError if it holds no audio that can be decoded here."""
    account = ReadingAccount()
    common: _Common | None = None
    sound: tuple[int, int] | None = None
    at = 12
    for _ in range(_MAX_CHUNKS):
        head = file.read(at, 8)
        if len(head) < 8 or not is_chunk_id(head[:4]) or (common is not None and sound is not None):
            break
        length, begins = int.from_bytes(head[4:], "big"), at + 8
        if head[:4] == b"COMM":
            common = _common(file.read(begins, min(length, 256)))
        elif head[:4] == b"SSND":
            offset = int.from_bytes(file.read(begins, 4), "big")
            sound = begins + 8 + offset, length - 8 - offset
        at = begins + length + length % 2
    if common is None or sound is None:
        raise NoSoundError
    return SoundFile("AIFF", [_build_take(file, account, common, *sound)], account)


def _build_take(file: FileBytes, account: ReadingAccount, common: _Common, begins: int, said: int) -> Take:
    # A chunk length of 0, never filled in, excludes the 8 bytes of offset and block size: `said` is then negative.
    found = extent(file, begins, max(0, said), lambda at: _fills(file, at), is_whole=_says_its_true_size(file))
    if found.until <= begins:
        raise NoSoundError
    if common.codec == _IMA4:
        blocks = Blocks(common.rate_hz, _IMA4_BYTES * common.channels, _IMA4_FRAMES)
        account_for(account, begins, said, found, blocks)
        return ima4_take(file, account, begins, found.until, (common.rate_hz, common.channels))
    samples = _samples(common)
    account_for(account, begins, said, found, Blocks(common.rate_hz, samples.bytes * common.channels))
    endian = LITTLE if common.codec == b"sowt" else BIG
    return pcm_take(
        file, account, Stretch(begins, found.until - begins), samples, (endian, common.rate_hz, common.channels)
    )


def ima4_take(
    file: FileBytes, account: ReadingAccount, begins: int, until: int, rate_and_channels: tuple[int, int]
) -> SndTake:
    """Return a take of Apple IMA ADPCM with a header that states its true length. Raise NoSoundError."""
    rate_hz, channels = rate_and_channels
    packets = (until - begins) // (_IMA4_BYTES * channels)
    length = packets * _IMA4_BYTES * channels
    common = struct.pack(">HIH", channels, packets, 16) + _extended(rate_hz) + _IMA4 + b"\0\0"
    body = b"AIFCFVER" + struct.pack(">II", 4, 0xA2805140) + b"COMM" + struct.pack(">I", len(common)) + common
    body += b"SSND" + struct.pack(">III", length + 8, 0, 0)
    head = b"FORM" + struct.pack(">I", len(body) + length) + body
    return SndTake(PiecedFile(file, [head, Stretch(begins, length)]), account, frames=packets * _IMA4_FRAMES)


def _common(body: bytes) -> _Common:
    """Parse the `COMM` chunk. Raise NoSoundError."""
    if len(body) < _COMMON:
        raise NoSoundError
    channels, _frames, bits = struct.unpack(">HIH", body[:8])
    # An 80-bit float: the first 32 bits of its mantissa are enough for any real sample rate.
    exponent = int.from_bytes(body[8:10], "big") - 16_383
    rate_hz = int.from_bytes(body[10:14], "big") >> (31 - exponent) if 0 <= exponent <= 31 else 0
    if not channels or not rate_hz:
        raise NoSoundError
    return _Common(channels, bits, rate_hz, body[18:22] if len(body) >= 22 else b"NONE")


def _extended(rate_hz: int) -> bytes:
    exponent = rate_hz.bit_length() - 1
    return struct.pack(">HQ", exponent + 16_383, rate_hz << (63 - exponent))


def _samples(common: _Common) -> Samples:
    if common.codec in _SAMPLES:
        return _SAMPLES[common.codec]
    if common.codec not in _BY_BITS:
        raise UnknownCodecError(f"AIFF ({common.codec.decode('ascii', 'replace').strip()})")
    return signed(-(-common.bits // 8))


def _says_its_true_size(file: FileBytes) -> bool:
    return int.from_bytes(file.read(4, 4), "big") + 8 == file.size


def _fills(file: FileBytes, at: int) -> bool:
    """Return whether chunks fill the file from a position to its end."""
    for _ in range(_MAX_CHUNKS):
        if 0 <= file.size - at <= 1:
            return True
        head = file.read(at, 8)
        length = int.from_bytes(head[4:], "big")
        if len(head) < 8 or not is_chunk_id(head[:4]) or at + 8 + length > file.size:
            return False
        at = min(at + 8 + length + length % 2, file.size)
    return False
