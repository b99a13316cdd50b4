"""What this computer itself can decode besides: what phones and meetings make, by whichever decoder the system has.

Each decoder is a program or a library of the system's own. It is asked for one kind of file, named by its first bytes
and not by its name, so that no file can make it do anything else.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from balint_desktop.capture.sound_file import framed, mp4
from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.tags import after_leading_tags
from balint_desktop.capture.sound_file.take import (
    MOST_CHANNELS,
    Block,
    NoSoundError,
    ReadingAccount,
    SoundFile,
    Take,
    clean,
)
from balint_desktop.command import start_program

Decoder = Callable[[Path, str, ReadingAccount], Take]
"""Opens a file of a kind that ffmpeg's words name. Raise NoSoundError where it cannot."""
_AU_HEAD, _AU_FLOAT = 24, 6
_BYTES_AT_ONCE = 1 << 18
_END_S = 10.0
# What a decoder lets go of at the ends: priming, padding.
_NEARLY_S = 0.3
_OWN = frozenset({"wav", "caf", "aiff", "ogg", "flac", "au"})
"""Kinds of ours: the system is asked where a codec in them is not known here."""
_MAGIC = (
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "WMA", "asf"),
    (b"#!AMR", "AMR", "amr"),
    (b"\x1a\x45\xdf\xa3", "WebM", "matroska"),
    (b"wvpk", "WavPack", "wv"),
    (b"MAC ", "Monkey's Audio", "ape"),
    (b"TTA1", "TTA", "tta"),
    (b"\x02dss", "DSS", "dss"),
    (b"\x03dss", "DSS", "dss"),
    (b"\x03ds2", "DS2", ""),
    (b"MS_VOICE", "Sony voice", ""),
    (b"caff", "CAF", "caf"),
    (b"FORM", "AIFF", "aiff"),
    (b"OggS", "Ogg", "ogg"),
    (b"fLaC", "FLAC", "flac"),
    (b".snd", "AU", "au"),
)


def known_kind(file: FileBytes, begins: int) -> tuple[str, str]:
    """Return what a file is called and how ffmpeg calls it, by its first bytes; empty where neither is known."""
    if name := mp4.kind(file):
        return name, "mov"
    head = file.read(begins, 16)
    if head[:4] in {b"RIFF", b"RIFX", b"RF64"}:
        return ("AVI", "avi") if head[8:12] == b"AVI " else ("WAV", "wav") if head[8:12] == b"WAVE" else ("", "")
    # ADTS: twelve bits of sync, and no layer.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "AAC", "aac"
    return next(((name, words) for magic, name, words in _MAGIC if head.startswith(magic)), ("", ""))


def foreign_kind(file: FileBytes, begins: int) -> str:
    """Return what a file is called that only the system can decode, "" where it is none or holds no index."""
    name, words = known_kind(file, begins)
    if words in _OWN or (words == "mov" and not mp4.has_index(file)):
        return ""
    return name


def has_every_decoder() -> bool:
    """Return whether the one decoder is here that knows every kind, so that what it cannot read is no sound."""
    return find_program("ffmpeg") is not None


def open_by_system(file: FileBytes, path: Path, words: str, name: str) -> SoundFile:
    """Return the sound of a file that the system decodes. Raise NoSoundError where it does not."""
    account = ReadingAccount()
    index = _index(file, words)
    for decoder in decoders():
        try:
            take = decoder(path, words, account)
        except NoSoundError:
            continue
        return SoundFile(name, [_Checked(take, index, account)], account)
    raise NoSoundError


def decoders() -> tuple[Decoder, ...]:
    """Return the decoders to be tried on this system, in order."""
    if sys.platform == "darwin":
        from balint_desktop.capture.sound_file.audio_toolbox import ToolboxTake  # noqa: PLC0415

        return (ToolboxTake, FfmpegTake)
    if sys.platform == "win32":
        from balint_desktop.capture.sound_file.media_foundation import FoundationTake  # noqa: PLC0415

        return (FoundationTake, FfmpegTake)
    return (FfmpegTake,)


def _index(file: FileBytes, words: str) -> mp4.Index | None:
    """Return what the file itself says of its length, None where its kind is not known here."""
    if words == "aac":
        return framed.read_aac(file, after_leading_tags(file))
    if words == "amr":
        return framed.read_amr(file)
    return mp4.read_index(file) if words == "mov" else None


class _Checked:
    """A take whose length is compared with what the file's index says, where it has one."""

    def __init__(self, take: Take, index: mp4.Index | None, account: ReadingAccount) -> None:
        self._take = take
        self._index = index
        self._account = account
        self.rate_hz = take.rate_hz
        self.channels = take.channels

    @property
    def seconds(self) -> float | None:
        """Return how long it must become."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the sound. Raise OSError where the disk fails."""
        frames = 0
        for block in self._take.blocks():
            frames += len(block)
            yield block
        if self._index is None or self._index.seconds is None:
            self._account.is_unchecked = True
            return
        missing = self._index.seconds - frames / self.rate_hz
        self._account.add_stated_length(frames / self.rate_hz if abs(missing) < _NEARLY_S else self._index.seconds)
        self._account.is_cut_short |= not self._index.is_all_there


class FfmpegTake:
    """The first track of sound in a file, by the ffmpeg that is on the path."""

    def __init__(self, path: Path, words: str, account: ReadingAccount) -> None:
        """Start it. Raise NoSoundError where there is none, or where it finds no sound."""
        program = find_program("ffmpeg")
        if program is None or not words:
            raise NoSoundError
        self._account = account
        self._errors = 0
        # One kind, and files alone: no list of files can lead it elsewhere, or into the network.
        self._process = start_program(
            program,
            *("-nostdin", "-v", "error", "-protocol_whitelist", "file", "-f", words),
            *("-i", b"file:" + os.fsencode(path), "-map", "0:a:0", "-vn", "-sn", "-dn"),
            *("-c:a", "pcm_f32be", "-f", "au", "-"),
        )
        self._listener = threading.Thread(target=self._count_errors, name="hears ffmpeg", daemon=True)
        self._listener.start()
        head = self._read(_AU_HEAD)
        begins, _length, codec, self.rate_hz, self.channels = (
            int.from_bytes(head[at : at + 4], "big") for at in range(4, _AU_HEAD, 4)
        )
        if len(head) < _AU_HEAD or codec != _AU_FLOAT or not self.rate_hz or not 0 < self.channels <= MOST_CHANNELS:
            self.close()
            raise NoSoundError
        self._read(begins - _AU_HEAD)

    @property
    def seconds(self) -> float | None:
        """Return how long it must become, which is not known."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the sound."""
        size = 4 * self.channels
        try:
            while data := self._read(_BYTES_AT_ONCE // size * size):
                whole = data[: len(data) // size * size]
                yield clean(np.frombuffer(whole, ">f4").astype(np.float32).reshape(-1, self.channels))
            self._listener.join(_END_S)
            self._account.errors += self._errors + (self._process.wait(_END_S) != 0)
        finally:
            self.close()

    def close(self) -> None:
        """End it."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(_END_S)
        self._listener.join(_END_S)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _count_errors(self) -> None:
        # Read to the end, so that a chatty program is not held up; not kept, since nobody knows what it holds.
        if self._process.stderr is not None:
            self._errors = sum(1 for _ in self._process.stderr)

    def _read(self, size: int) -> bytes:
        stream = self._process.stdout
        return stream.read(size) if stream is not None and size > 0 else b""


def find_program(name: str) -> str | None:
    """Return where a program lies by the path alone: never in the folder that the app was started in."""
    names = [f"{name}.exe"] if sys.platform == "win32" else [name]
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for one in names:
            place = Path(folder) / one
            if Path(folder).is_absolute() and place.is_file() and os.access(place, os.X_OK):
                return str(place)
    return None
