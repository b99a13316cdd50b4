"""Decode other formats, such as those of phones and meeting software, with whichever decoder the system provides.

Each decoder is a program or a library of the system. It is told the one format to expect, detected from the first bytes
and not from the name, so that no file can make it do anything else.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np

from balint_desktop.capture.sound_file import framed, mp4
from balint_desktop.capture.sound_file.file_bytes import FileBytes
from balint_desktop.capture.sound_file.tags import after_leading_tags
from balint_desktop.capture.sound_file.take import (
    MAX_CHANNELS,
    Block,
    NoSoundError,
    ReadingAccount,
    SoundFile,
    Take,
    clean,
)
from balint_desktop.command import start_program

Decoder = Callable[[Path, str, ReadingAccount], Take]
"""Opens a file given ffmpeg's name of its format. Raises NoSoundError if it cannot."""
_AU_HEAD, _AU_FLOAT = 24, 6
_BYTES_AT_ONCE = 1 << 18
_END_S = 10.0
# Priming and padding that a decoder drops at either end.
_NEARLY_S = 0.3
# ffmpeg's own Opus decoder distorts low bit rates: half a second at a time at several times its level (seen with 5.1).
_BY_LIBOPUS = ("-c:a", "libopus")
_MATROSKA_HEAD = 1 << 16
_OWN = frozenset({"wav", "caf", "aiff", "ogg", "flac", "au"})
"""Formats with a reader of our own: the system is used only for codecs that this reader does not know."""
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
    """Detect the format from the first bytes. Return its name and ffmpeg's name for it, both empty if unknown."""
    if name := mp4.kind(file):
        return name, "mov"
    head = file.read(begins, 16)
    if head[:4] in {b"RIFF", b"RIFX", b"RF64"}:
        return ("AVI", "avi") if head[8:12] == b"AVI " else ("WAV", "wav") if head[8:12] == b"WAVE" else ("", "")
    # ADTS: a sync word of twelve bits, and layer 0.
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "AAC", "aac"
    return next(((name, words) for magic, name, words in _MAGIC if head.startswith(magic)), ("", ""))


def foreign_kind(file: FileBytes, begins: int) -> str:
    """Return the name of a format that only the system can decode, "" if it is another or the file has no index."""
    name, words = known_kind(file, begins)
    if words in _OWN or (words == "mov" and not mp4.has_index(file)):
        return ""
    return name


def has_every_decoder() -> bool:
    """Return whether ffmpeg is installed: it knows every format, so a file that it cannot read holds no audio."""
    return find_program("ffmpeg") is not None


def open_by_system(file: FileBytes, path: Path, words: str, name: str) -> SoundFile:
    """Open a file with the first system decoder that accepts it. Raise NoSoundError if none does."""
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
    """Return the decoders to try on this system, in order."""
    if sys.platform == "darwin":
        from balint_desktop.capture.sound_file.audio_toolbox import ToolboxTake  # noqa: PLC0415

        return (ToolboxTake, FfmpegTake)
    if sys.platform == "win32":
        from balint_desktop.capture.sound_file.media_foundation import FoundationTake  # noqa: PLC0415

        return (FoundationTake, FfmpegTake)
    return (FfmpegTake,)


def _index(file: FileBytes, words: str) -> mp4.Index | None:
    """Return the duration stated by the file itself, or None if its format is not parsed here."""
    if words == "aac":
        return framed.read_aac(file, after_leading_tags(file))
    if words == "amr":
        return framed.read_amr(file)
    return mp4.read_index(file) if words == "mov" else None


class _Checked:
    """Take whose decoded length is compared with the file's index, if there is one."""

    def __init__(self, take: Take, index: mp4.Index | None, account: ReadingAccount) -> None:
        self._take = take
        self._index = index
        self._account = account
        self.rate_hz = take.rate_hz
        self.channels = take.channels

    @property
    def seconds(self) -> float | None:
        """Return None: the length is checked after decoding."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the audio. Raise OSError on a disk error."""
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
    """First audio track of a file, decoded by the ffmpeg on the PATH."""

    def __init__(self, path: Path, words: str, account: ReadingAccount) -> None:
        """Start ffmpeg. Raise NoSoundError if it is missing or finds no audio."""
        program = find_program("ffmpeg")
        if program is None or not words:
            raise NoSoundError
        self._account = account
        # An ffmpeg built without libopus does not know the option, and says so before any sound.
        codecs = (_BY_LIBOPUS, ()) if _holds_opus(path, words) else ((),)
        if not any(self._starts(program, path, words, codec) for codec in codecs):
            raise NoSoundError

    def _starts(self, program: str, path: Path, words: str, codec: tuple[str, ...]) -> bool:
        """Start ffmpeg and read the header of its output; return whether it has found audio."""
        self._errors = 0
        # One format and local files only: no playlist can make ffmpeg open another file or the network.
        self._process = start_program(
            program,
            *("-nostdin", "-v", "error", "-protocol_whitelist", "file", "-f", words, *codec),
            *("-i", b"file:" + os.fsencode(path), "-map", "0:a:0", "-vn", "-sn", "-dn"),
            *("-c:a", "pcm_f32be", "-f", "au", "-"),
        )
        self._listener = threading.Thread(target=self._count_errors, name="hears ffmpeg", daemon=True)
        self._listener.start()
        head = self._read(_AU_HEAD)
        begins, _length, form, self.rate_hz, self.channels = (
            int.from_bytes(head[at : at + 4], "big") for at in range(4, _AU_HEAD, 4)
        )
        if len(head) < _AU_HEAD or form != _AU_FLOAT or not self.rate_hz or not 0 < self.channels <= MAX_CHANNELS:
            self.close()
            return False
        self._read(begins - _AU_HEAD)
        return True

    @property
    def seconds(self) -> float | None:
        """Return None: the expected duration is unknown."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the audio."""
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
        """Stop ffmpeg."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait(_END_S)
        self._listener.join(_END_S)
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _count_errors(self) -> None:
        # Read to the end, so that a full pipe does not block ffmpeg; discarded, since it may contain anything.
        if self._process.stderr is not None:
            self._errors = sum(1 for _ in self._process.stderr)

    def _read(self, size: int) -> bytes:
        stream = self._process.stdout
        return stream.read(size) if stream is not None and size > 0 else b""


def _holds_opus(path: Path, words: str) -> bool:
    """Return whether the head of a Matroska or WebM file, or the index of an MP4, names Opus."""
    with closing(FileBytes(path)) as file:
        if words == "matroska":
            return file.find(b"A_OPUS", 0, _MATROSKA_HEAD) >= 0
        return words == "mov" and mp4.index_names(file, b"dOps")


def find_program(name: str) -> str | None:
    """Return the path of a program from absolute folders on the PATH, never from the working directory."""
    names = [f"{name}.exe"] if sys.platform == "win32" else [name]
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for one in names:
            place = Path(folder) / one
            if Path(folder).is_absolute() and place.is_file() and os.access(place, os.X_OK):
                return str(place)
    return None
