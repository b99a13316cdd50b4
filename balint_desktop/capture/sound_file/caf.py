"""Apple CAF reader for the codecs decoded without the system: PCM, A-law, mu-law and IMA4."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from balint_desktop.capture.sound_file.aiff import ima4_take
from balint_desktop.capture.sound_file.extent import extent, is_chunk_id
from balint_desktop.capture.sound_file.file_bytes import FileBytes, Stretch
from balint_desktop.capture.sound_file.pcm import (
    A_LAW,
    BIG,
    LITTLE,
    MU_LAW,
    Blocks,
    Samples,
    account_for,
    fractions,
    pcm_take,
    signed,
)
from balint_desktop.capture.sound_file.take import NoSoundError, ReadingAccount, SoundFile, Take, UnknownCodecError

_MAX_CHUNKS = 10_000
_IS_FLOAT, _IS_LITTLE = 1, 2
_DESCRIPTION = struct.Struct(">d4sIIIII")
_EDIT_COUNT_BYTES = 4
_MAX_RATE_HZ = 10_000_000


@dataclass(frozen=True, slots=True)
class _Description:
    """Fields of the `desc` chunk."""

    rate_hz: int
    codec: bytes
    flags: int
    packet_bytes: int
    packet_frames: int
    channels: int
    bits: int


def is_caf(file: FileBytes) -> bool:
    """Return whether the file starts with a CAF header."""
    return file.read(0, 4) == b"caff"


def open_caf(file: FileBytes) -> SoundFile:
    """Open a CAF file. Raise NoSoundError if it holds no audio in fixed-size blocks."""
    account = ReadingAccount()
    description: _Description | None = None
    at = 8
    for _ in range(_MAX_CHUNKS):
        head = file.read(at, 12)
        if len(head) < 12 or not is_chunk_id(head[:4]):
            break
        length, start = int.from_bytes(head[4:], "big", signed=True), at + 12
        if head[:4] == b"desc":
            description = _description(file.read(start, _DESCRIPTION.size))
        elif head[:4] == b"data" and description is not None:
            take = _build_take(file, account, description, start + _EDIT_COUNT_BYTES, length - _EDIT_COUNT_BYTES)
            return SoundFile("CAF", [take], account)
        if length < 0:
            break
        at = start + length
    raise NoSoundError


def _build_take(
    file: FileBytes, account: ReadingAccount, description: _Description, start: int, stated_bytes: int
) -> Take:
    rate_hz, channels = description.rate_hz, description.channels
    samples = None if description.codec == b"ima4" else _samples(description)
    # In CAF a `data` length of -1 means audio to the end of the file; less the edit count, that is -5 here.
    is_open = stated_bytes < -1
    found = extent(file, start, max(0, stated_bytes), lambda at: _fills(file, at))
    if found.until <= start:
        raise NoSoundError
    if samples is None:
        account_for(account, start, stated_bytes, found, Blocks(rate_hz, 34 * channels, 64))
        take: Take = ima4_take(file, account, start, found.until, (rate_hz, channels))
    else:
        account_for(account, start, stated_bytes, found, Blocks(rate_hz, samples.bytes * channels))
        endian = LITTLE if description.flags & _IS_LITTLE else BIG
        take = pcm_take(file, account, Stretch(start, found.until - start), samples, (endian, rate_hz, channels))
    account.is_unfinished &= not is_open
    return take


def _description(body: bytes) -> _Description:
    """Parse the `desc` chunk. Raise NoSoundError."""
    if len(body) < _DESCRIPTION.size:
        raise NoSoundError
    rate, codec, flags, packet_bytes, packet_frames, channels, bits = _DESCRIPTION.unpack(body)
    if not 0 < rate < _MAX_RATE_HZ or not channels:
        raise NoSoundError
    return _Description(round(rate), codec, flags, packet_bytes, packet_frames, channels, bits)


def _samples(description: _Description) -> Samples:
    if description.codec == b"lpcm":
        size = description.packet_bytes // description.channels
        return fractions(size) if description.flags & _IS_FLOAT else signed(size)
    laws = {b"alaw": A_LAW, b"ulaw": MU_LAW}
    if description.codec not in laws:
        raise UnknownCodecError(f"CAF ({description.codec.decode('ascii', 'replace').strip()})")
    return laws[description.codec]


def _fills(file: FileBytes, at: int) -> bool:
    """Return whether chunks fill the file from a position to its end."""
    for _ in range(_MAX_CHUNKS):
        if at == file.size:
            return True
        head = file.read(at, 12)
        length = int.from_bytes(head[4:], "big", signed=True)
        if len(head) < 12 or not is_chunk_id(head[:4]) or length < 0 or at + 12 + length > file.size:
            return False
        at += 12 + length
    return False
