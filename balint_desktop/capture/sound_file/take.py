"""Decode one run of audio at one sample rate with libsndfile, and compare its length with the expected one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import soundfile
from numpy.typing import NDArray

from balint_desktop.capture.sound_file.file_bytes import PiecedFile
from balint_desktop.domain.foreign import FOREIGN_ERRORS

Block = NDArray[np.float32]
"""Sound as frames × channels, between -1 and 1."""
# A multiple of an MP3 frame. Small, because everything decoded in the call that fails is lost.
_FRAMES_AT_ONCE = 1152 * 8
MAX_CHANNELS = 32


class NoSoundError(Exception):
    """The bytes hold no audio that can be read."""


class UnknownCodecError(NoSoundError):
    """The bytes hold audio in an unknown codec. The argument names the codec for the user."""


@dataclass(slots=True)
class ReadingAccount:
    """Completeness of a file, filled in while it is read.

    `stated_s` is the length stated in its headers, None if they state none. `lost_s` is audio that was present and
    could not be decoded: it is replaced with silence if its length is known.
    """

    stated_s: float | None = None
    lost_s: float = 0.0
    errors: int = 0
    is_cut_short: bool = False
    is_unfinished: bool = False
    is_unchecked: bool = False

    def add_stated_length(self, seconds: float) -> None:
        """Add a length stated in a header."""
        self.stated_s = (self.stated_s or 0.0) + seconds


class Take(Protocol):
    """One run of audio. `seconds` is the expected duration computed from the bytes, None if unknown."""

    @property
    def rate_hz(self) -> int:
        """Return the sample rate."""
        ...

    @property
    def channels(self) -> int:
        """Return the number of channels."""
        ...

    @property
    def seconds(self) -> float | None:
        """Return the expected duration."""
        ...

    def blocks(self) -> Iterator[Block]:
        """Yield the audio. Raise OSError on a disk error."""
        ...


@dataclass(frozen=True, slots=True)
class SoundFile:
    """Opened sound file: its format, its takes in order, and the account that is completed while they are read."""

    kind: str
    takes: Iterable[Take]
    account: ReadingAccount = field(default_factory=ReadingAccount)


@dataclass(frozen=True, slots=True)
class Raw:
    """Layout of audio without a header, in libsndfile's terms."""

    subtype: str
    endian: str
    rate_hz: int
    channels: int


class SndTake:
    """Audio that libsndfile decodes from joined byte ranges.

    `frames` is the expected number: surplus frames are dropped, missing ones become silence and are accounted for.
    """

    def __init__(
        self, data: PiecedFile, account: ReadingAccount, *, frames: int | None = None, raw: Raw | None = None
    ) -> None:
        """Open the data. Raise NoSoundError, OSError."""
        self._data = data
        self._account = account
        self._frames = frames
        self._file = _opened(data, raw)
        self.rate_hz = int(self._file.samplerate)
        self.channels = int(self._file.channels)
        self.kind = str(self._file.format)
        self.subtype = str(self._file.subtype)
        self.said_frames = int(self._file.frames)

    def close(self) -> None:
        """Close the decoder, whether or not it was read to the end."""
        self._file.close()

    @property
    def seconds(self) -> float | None:
        """Return the expected duration."""
        return None if self._frames is None else self._frames / self.rate_hz

    def blocks(self, most: float = 1.0) -> Iterator[Block]:
        """Yield the audio, clipped to `most`. Raise OSError on a disk error."""
        left = self._frames
        try:
            while left is None or left > 0:
                block = clean(self._decoded(_FRAMES_AT_ONCE if left is None else min(left, _FRAMES_AT_ONCE)), most)
                if not len(block):
                    break
                yield block
                left = None if left is None else left - len(block)
        finally:
            self._file.close()
        if left:
            self._account.lost_s += left / self.rate_hz
            yield from silence(left, self.channels)

    def _decoded(self, most: int) -> Block:
        """Decode the next block, empty at the end. soundfile's own read() drops all frames decoded before an error."""
        block = np.empty((most, self.channels), np.float32)
        library, handle = soundfile._snd, self._file._file  # noqa: SLF001
        pointer = soundfile._ffi.cast("float*", soundfile._ffi.from_buffer(block))  # noqa: SLF001
        frames = int(library.sf_readf_float(handle, pointer, most))
        if self._data.error is not None:
            raise self._data.error
        if library.sf_error(handle):
            self._account.errors += 1
        return block[: max(0, frames)]


def clean(block: Block, most: float = 1.0) -> Block:
    """Replace NaN with 0, and clip to `most`."""
    return np.clip(np.nan_to_num(block, nan=0.0), -most, most)


def silence(frames: int, channels: int) -> Iterator[Block]:
    """Yield `frames` frames of silence."""
    while frames > 0:
        some = min(frames, _FRAMES_AT_ONCE)
        yield np.zeros((some, channels), np.float32)
        frames -= some


def _opened(data: PiecedFile, raw: Raw | None) -> Any:
    layout: dict[str, Any] = {}
    if raw is not None:
        layout = {"format": "RAW", "subtype": raw.subtype, "endian": raw.endian}
        layout |= {"samplerate": raw.rate_hz, "channels": raw.channels}
    try:
        file = soundfile.SoundFile(data, **layout)
    except (soundfile.LibsndfileError, *FOREIGN_ERRORS) as error:
        if data.error is not None:
            raise data.error from error
        raise NoSoundError from error
    if not 1 <= file.channels <= MAX_CHANNELS:
        file.close()
        raise NoSoundError
    return file
