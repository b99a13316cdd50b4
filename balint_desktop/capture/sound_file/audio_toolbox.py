"""Decode with macOS's own AudioToolbox, through ctypes: what QuickTime plays, read as it is decoded, no file between."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from balint_desktop.capture.sound_file.take import MOST_CHANNELS, Account, Block, NoSoundError, clean

_FRAMEWORKS = "/System/Library/Frameworks"
_FRAMES_AT_ONCE = 1 << 14


def _code(name: bytes) -> int:
    return int.from_bytes(name, "big")


# ExtendedAudioFile.h and CoreAudioBaseTypes.h.
_FILE_FORMAT, _CLIENT_FORMAT = _code(b"ffmt"), _code(b"cfmt")
_LINEAR_PCM, _FLOAT_PACKED = _code(b"lpcm"), 1 | 8


class _Description(ctypes.Structure):
    """AudioStreamBasicDescription."""

    _fields_ = (
        ("rate", ctypes.c_double),
        ("format", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("packet_bytes", ctypes.c_uint32),
        ("packet_frames", ctypes.c_uint32),
        ("frame_bytes", ctypes.c_uint32),
        ("channels", ctypes.c_uint32),
        ("bits", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32),
    )


class _Buffer(ctypes.Structure):
    """AudioBuffer: interleaved sound."""

    _fields_ = (("channels", ctypes.c_uint32), ("bytes", ctypes.c_uint32), ("data", ctypes.c_void_p))


class _BufferList(ctypes.Structure):
    """AudioBufferList with one buffer in it."""

    _fields_ = (("count", ctypes.c_uint32), ("buffer", _Buffer))


class ToolboxTake:
    """The sound of a file that AudioToolbox opens."""

    def __init__(self, path: Path, words: str, account: Account) -> None:
        """Open it. Raise NoSoundError."""
        del words
        self._account = account
        self._toolbox: Any = None
        self._file = ctypes.c_void_p()
        self._toolbox, foundation = _libraries()
        name = os.fsencode(path)
        url = foundation.CFURLCreateFromFileSystemRepresentation(None, name, len(name), 0)
        if not url:
            raise NoSoundError
        try:
            self._check(self._toolbox.ExtAudioFileOpenURL(ctypes.c_void_p(url), ctypes.byref(self._file)))
        finally:
            foundation.CFRelease(ctypes.c_void_p(url))
        try:
            description = _Description()
            size = ctypes.c_uint32(ctypes.sizeof(description))
            got = self._toolbox.ExtAudioFileGetProperty(
                self._file, _FILE_FORMAT, ctypes.byref(size), ctypes.byref(description)
            )
            self._check(got)
            self.rate_hz, self.channels = round(description.rate), int(description.channels)
            if not self.rate_hz or not 0 < self.channels <= MOST_CHANNELS:
                raise NoSoundError
            wanted = _float_description(self.rate_hz, self.channels)
            self._check(
                self._toolbox.ExtAudioFileSetProperty(
                    self._file, _CLIENT_FORMAT, ctypes.sizeof(wanted), ctypes.byref(wanted)
                )
            )
        except NoSoundError:
            self.close()
            raise

    @property
    def seconds(self) -> float | None:
        """Return how long it must become, which is not known."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the sound."""
        sound = np.empty((_FRAMES_AT_ONCE, self.channels), np.float32)
        try:
            while True:
                frames = ctypes.c_uint32(_FRAMES_AT_ONCE)
                buffers = _BufferList(1, _Buffer(self.channels, sound.nbytes, sound.ctypes.data))
                if self._toolbox.ExtAudioFileRead(self._file, ctypes.byref(frames), ctypes.byref(buffers)):
                    self._account.errors += 1
                    return
                if not frames.value:
                    return
                yield clean(sound[: frames.value])
        finally:
            self.close()

    def close(self) -> None:
        """Close it."""
        if self._file:
            self._toolbox.ExtAudioFileDispose(self._file)
            self._file = ctypes.c_void_p()

    def _check(self, status: int) -> None:
        if status:
            raise NoSoundError


def _libraries() -> tuple[Any, Any]:
    """Return AudioToolbox and CoreFoundation. Raise NoSoundError where they are not there."""
    try:
        toolbox = ctypes.CDLL(f"{_FRAMEWORKS}/AudioToolbox.framework/AudioToolbox")
        foundation = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
    except OSError as error:
        raise NoSoundError from error
    foundation.CFURLCreateFromFileSystemRepresentation.restype = ctypes.c_void_p
    foundation.CFURLCreateFromFileSystemRepresentation.argtypes = [
        ctypes.c_void_p,
        ctypes.c_char_p,
        ctypes.c_long,
        ctypes.c_ubyte,
    ]
    return toolbox, foundation


def _float_description(rate_hz: int, channels: int) -> _Description:
    return _Description(rate_hz, _LINEAR_PCM, _FLOAT_PACKED, 4 * channels, 1, 4 * channels, channels, 32, 0)
