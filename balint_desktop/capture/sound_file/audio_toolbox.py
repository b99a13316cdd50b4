"""Decode with macOS AudioToolbox through ctypes: every format that QuickTime plays, without a temporary file."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from balint_desktop.capture.sound_file.take import MAX_CHANNELS, Block, NoSoundError, ReadingAccount, clean

_FRAMEWORKS = "/System/Library/Frameworks"
_FRAMES_AT_ONCE = 1 << 14


def _code(name: bytes) -> int:
    return int.from_bytes(name, "big")


# Constants from ExtendedAudioFile.h and CoreAudioBaseTypes.h.
_FILE_FORMAT, _CLIENT_FORMAT = _code(b"ffmt"), _code(b"cfmt")
_LINEAR_PCM, _FLOAT_PACKED = _code(b"lpcm"), 1 | 8
# AudioStreamBasicDescription: rate, format, flags, bytes and frames per packet, bytes per frame, channels, bits.
_DESCRIPTION = struct.Struct("=dIIIIIII4x")
# AudioBufferList with one buffer: the buffer count, then its channels, size in bytes and address.
_BUFFERS = struct.Struct("=I4xIIQ")


class ToolboxTake:
    """Audio of a file opened by AudioToolbox."""

    def __init__(self, path: Path, words: str, account: ReadingAccount) -> None:
        """Open the file. Raise NoSoundError."""
        del words
        self._account = account
        self._file = ctypes.c_void_p()
        self._toolbox, foundation = _libraries()
        name = os.fsencode(path)
        url = foundation.CFURLCreateFromFileSystemRepresentation(None, name, ctypes.c_long(len(name)), ctypes.c_ubyte())
        if not url:
            raise NoSoundError
        try:
            _check(self._toolbox.ExtAudioFileOpenURL(ctypes.c_void_p(url), ctypes.byref(self._file)))
        finally:
            foundation.CFRelease(ctypes.c_void_p(url))
        try:
            self.rate_hz, self.channels = self._choose_floats()
        except NoSoundError:
            self.close()
            raise

    @property
    def seconds(self) -> float | None:
        """Return None: the expected duration is unknown."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the audio."""
        sound = np.empty((_FRAMES_AT_ONCE, self.channels), np.float32)
        try:
            while True:
                frames = ctypes.c_uint32(_FRAMES_AT_ONCE)
                buffers = _memory(_BUFFERS.pack(1, self.channels, sound.nbytes, sound.ctypes.data))
                if self._toolbox.ExtAudioFileRead(self._file, ctypes.byref(frames), buffers):
                    self._account.errors += 1
                    return
                if not frames.value:
                    return
                yield clean(sound[: frames.value])
        finally:
            self.close()

    def close(self) -> None:
        """Close the file."""
        if self._file.value:
            self._toolbox.ExtAudioFileDispose(self._file)
            self._file = ctypes.c_void_p()

    def _choose_floats(self) -> tuple[int, int]:
        """Request floats at the file's own sample rate and channel count, and return both. Raise NoSoundError."""
        description, size = _memory(bytes(_DESCRIPTION.size)), ctypes.c_uint32(_DESCRIPTION.size)
        _check(self._toolbox.ExtAudioFileGetProperty(self._file, _FILE_FORMAT, ctypes.byref(size), description))
        rate, *_, channels, _bits = _DESCRIPTION.unpack(description)
        if not 0 < rate < 1e7 or not 0 < channels <= MAX_CHANNELS:
            raise NoSoundError
        wanted = _DESCRIPTION.pack(rate, _LINEAR_PCM, _FLOAT_PACKED, 4 * channels, 1, 4 * channels, channels, 32)
        _check(self._toolbox.ExtAudioFileSetProperty(self._file, _CLIENT_FORMAT, len(wanted), _memory(wanted)))
        return round(rate), channels


def _libraries() -> tuple[Any, Any]:
    """Load AudioToolbox and CoreFoundation. Raise NoSoundError if they are missing."""
    try:
        toolbox = ctypes.CDLL(f"{_FRAMEWORKS}/AudioToolbox.framework/AudioToolbox")
        foundation = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
    except OSError as error:
        raise NoSoundError from error
    # The default result type of ctypes is int, which truncates a 64-bit pointer.
    foundation.CFURLCreateFromFileSystemRepresentation.restype = ctypes.c_void_p
    return toolbox, foundation


def _memory(data: bytes) -> Any:
    return ctypes.create_string_buffer(data, len(data))


def _check(status: int) -> None:
    if status:
        raise NoSoundError
