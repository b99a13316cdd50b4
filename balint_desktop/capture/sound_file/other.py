"""Files of any other kind that libsndfile knows: read as far as their header says, and checked where it can be."""

from __future__ import annotations

from balint_desktop.capture.sound_file.file_bytes import FileBytes, PiecedFile, Stretch
from balint_desktop.capture.sound_file.take import ReadingAccount, SndTake, SoundFile

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
    """Return the sound of a file. Raise NoSoundError where libsndfile does not know it."""
    account = ReadingAccount()
    take = SndTake(PiecedFile(file, [Stretch(0, file.size)]), account)
    size = take.said_frames * take.channels * _BYTES.get(take.subtype, 0)
    # Samples that take the whole file but for a header are all of them. Nothing else shows that they are.
    account.is_unchecked = not size or not 0 <= file.size - size <= _LONGEST_HEAD
    return SoundFile(take.kind, [take], account)
