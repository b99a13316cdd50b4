"""Choose the reader for a sound file by its first bytes, not by its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from balint_desktop.capture.sound_file import aiff, au, caf, flac, mpeg, ogg, riff, system_sound
from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch
from balint_desktop.capture.sound_file.tags import after_leading_tags
from balint_desktop.capture.sound_file.take import NoSoundError, ReadingAccount, SndTake, SoundFile, UnknownCodecError


class UnsupportedError(Exception):
    """The file is of a known format that nothing on this computer decodes. The argument names the format."""


def open_sound(file: FileBytes, path: Path) -> SoundFile:
    """Open a sound file with the first reader that accepts it. Raise NoSoundError, UnsupportedError, OSError."""
    begins = after_leading_tags(file)
    kind = system_sound.foreign_kind(file, begins)
    for reader in _readers(file, path, begins):
        try:
            return reader()
        except UnknownCodecError as error:
            kind = str(error)
        except NoSoundError:
            continue
    if kind and not system_sound.has_every_decoder():
        raise UnsupportedError(kind)
    raise NoSoundError


def _readers(file: FileBytes, path: Path, begins: int) -> list[Callable[[], SoundFile]]:
    """Return the readers to try, the most specific first."""
    name, words = system_sound.known_kind(file, begins)
    readers: list[Callable[[], SoundFile]] = []
    is_for_us_alone = False
    if riff.is_wave(file, begins):
        readers.append(lambda: riff.open_wave(file, begins))
    elif aiff.is_aiff(file):
        readers.append(lambda: aiff.open_aiff(file))
    elif caf.is_caf(file):
        readers.append(lambda: caf.open_caf(file))
    elif au.is_au(file):
        readers.append(lambda: au.open_au(file))
    elif flac.is_flac(file, begins):
        readers.append(lambda: flac.open_flac(file, begins))
        is_for_us_alone = True
    elif ogg.is_ogg(file, begins):
        readers.append(lambda: ogg.open_ogg(file, begins))
        is_for_us_alone = True
    elif not name and mpeg.is_mpeg(file, begins):
        readers.append(lambda: mpeg.open_mpeg(file, begins, file.size, ReadingAccount()))
        is_for_us_alone = True
    # Where our own reader has checked every frame and found no audio, libsndfile would only guess.
    if not is_for_us_alone:
        readers.append(lambda: open_other(file))
    if words:
        readers.append(lambda: system_sound.open_by_system(file, path, words, name))
    return readers


_BYTES = {
    "PCM_S8": 1,
    "PCM_U8": 1,
    "PCM_16": 2,
    "PCM_24": 3,
    "PCM_32": 4,
    "FLOAT": 4,
    "DOUBLE": 8,
    "ULAW": 1,
    "ALAW": 1,
}
_LONGEST_HEAD = 8192


def open_other(file: FileBytes) -> SoundFile:
    """Open a file with libsndfile. Raise NoSoundError if libsndfile does not recognise it."""
    account = ReadingAccount()
    take = SndTake(PiecedFile(file, [Stretch(0, file.size)]), account)
    size = take.said_frames * take.channels * _BYTES.get(take.subtype, 0)
    # Samples that fill the file except for a header are complete. Nothing else proves it.
    account.is_unchecked = not size or not 0 <= file.size - size <= _LONGEST_HEAD
    return SoundFile(take.kind, [take], account)
