"""Sun AU reader: a short header, then audio to the end of the file."""

from __future__ import annotations

from balint_desktop.capture.sound_file.extent import extent
from balint_desktop.capture.sound_file.file_bytes import FileBytes, Stretch
from balint_desktop.capture.sound_file.pcm import (
    A_LAW,
    BIG,
    LITTLE,
    MU_LAW,
    Blocks,
    account_for,
    fractions,
    pcm_take,
    signed,
)
from balint_desktop.capture.sound_file.take import NoSoundError, ReadingAccount, SoundFile, UnknownCodecError

_SAMPLES = {
    1: MU_LAW,
    2: signed(1),
    3: signed(2),
    4: signed(3),
    5: signed(4),
    6: fractions(4),
    7: fractions(8),
    27: A_LAW,
}
_SHORTEST_HEAD = 24


def is_au(file: FileBytes) -> bool:
    """Return whether the file starts with an AU header, big- or little-endian."""
    return file.read(0, 4) in {b".snd", b"dns."}


def open_au(file: FileBytes) -> SoundFile:
    """Open an AU file. Raise NoSoundError if it holds no PCM, A-law or mu-law audio."""
    is_big = file.read(0, 4) == b".snd"
    head = file.read(0, _SHORTEST_HEAD)
    begins, said, codec, rate_hz, channels = (
        int.from_bytes(head[at : at + 4], "big" if is_big else "little") for at in range(4, _SHORTEST_HEAD, 4)
    )
    samples = _SAMPLES.get(codec)
    if samples is None:
        raise UnknownCodecError(f"AU (codec {codec})")
    if not rate_hz or not channels or begins < _SHORTEST_HEAD:
        raise NoSoundError
    account = ReadingAccount()
    found = extent(file, begins, said, lambda at: at == file.size)
    if found.until <= begins:
        raise NoSoundError
    account_for(account, begins, said, found, Blocks(rate_hz, samples.bytes * channels))
    # AU has its own number for an unknown length, so only a length of 0 marks an unfinished file.
    account.is_unfinished &= said == 0
    raw = (BIG if is_big else LITTLE, rate_hz, channels)
    return SoundFile("AU", [pcm_take(file, account, Stretch(begins, found.until - begins), samples, raw)], account)
