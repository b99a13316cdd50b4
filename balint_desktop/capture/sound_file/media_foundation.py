"""Decode with Windows Media Foundation through ctypes: every format that Windows's own player plays, in memory."""

from __future__ import annotations

import ctypes
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from balint_desktop.capture.sound_file.take import MAX_CHANNELS, Block, NoSoundError, ReadingAccount, clean

# Constants from mfapi.h, mfreadwrite.h and mfidl.h.
_VERSION = 0x00020070
_FIRST_SOUND = 0xFFFFFFFD
_ALL_STREAMS = 0xFFFFFFFE
_END_OF_STREAM, _ERROR = 2, 1
_MAJOR_TYPE = "48eba18e-f8c9-4687-bf11-0a74c9f96a8f"
_SUBTYPE = "f7e34c9a-42e8-4714-b74b-cb29d72c35e5"
_CHANNELS = "37e48bf5-645e-4c5b-89de-ada9e29b696a"
_RATE = "5faeeae7-0290-4c31-9e8a-c534f68d9dba"
_SOUND = "73647561-0000-0010-8000-00aa00389b71"
_FLOAT = "00000003-0000-0010-8000-00aa00389b71"
# Vtable indexes: three methods of IUnknown come first, then thirty of IMFAttributes in interfaces derived from it.
_RELEASE = 2
_GET_NUMBER, _SET_GUID = 7, 24
_SELECT, _CURRENT_TYPE, _SET_TYPE, _READ = 4, 6, 7, 9
_TO_ONE_BUFFER = 41
_LOCK, _UNLOCK = 3, 4


def _guid(text: str) -> Any:
    return ctypes.create_string_buffer(uuid.UUID(text).bytes_le, 16)


class FoundationTake:
    """First audio stream of a file opened by Media Foundation."""

    def __init__(self, path: Path, words: str, account: ReadingAccount) -> None:
        """Open the file. Raise NoSoundError."""
        del words
        self._account = account
        self._reader = ctypes.c_void_p()
        self._is_started = False
        library, self._platform = _libraries()
        if self._platform.MFStartup(_VERSION, 0) < 0:
            raise NoSoundError
        self._is_started = True
        try:
            _check(library.MFCreateSourceReaderFromURL(ctypes.c_wchar_p(str(path)), None, ctypes.byref(self._reader)))
            self._choose_floats()
            self.rate_hz, self.channels = self._layout()
        except NoSoundError:
            self.close()
            raise

    @property
    def seconds(self) -> float | None:
        """Return None: the expected duration is unknown."""
        return None

    def blocks(self) -> Iterator[Block]:
        """Yield the audio."""
        try:
            while True:
                flags, sample = ctypes.c_uint32(), ctypes.c_void_p()
                status = _call(
                    self._reader,
                    _READ,
                    *(ctypes.c_uint32(_FIRST_SOUND), ctypes.c_uint32(0), None),
                    *(ctypes.byref(flags), None, ctypes.byref(sample)),
                )
                if status < 0 or flags.value & _ERROR:
                    self._account.errors += 1
                    return
                if sample.value:
                    try:
                        yield self._sound(sample)
                    finally:
                        _call(sample, _RELEASE)
                if flags.value & _END_OF_STREAM:
                    return
        finally:
            self.close()

    def close(self) -> None:
        """Release the file and shut Media Foundation down."""
        if self._reader.value:
            _call(self._reader, _RELEASE)
            self._reader = ctypes.c_void_p()
        if self._is_started:
            self._platform.MFShutdown()
            self._is_started = False

    def _choose_floats(self) -> None:
        kind = ctypes.c_void_p()
        _check(self._platform.MFCreateMediaType(ctypes.byref(kind)))
        try:
            for key, value in ((_MAJOR_TYPE, _SOUND), (_SUBTYPE, _FLOAT)):
                _check(_call(kind, _SET_GUID, _guid(key), _guid(value)))
            _call(self._reader, _SELECT, ctypes.c_uint32(_ALL_STREAMS), ctypes.c_int(0))
            _check(_call(self._reader, _SELECT, ctypes.c_uint32(_FIRST_SOUND), ctypes.c_int(1)))
            _check(_call(self._reader, _SET_TYPE, ctypes.c_uint32(_FIRST_SOUND), None, kind))
        finally:
            _call(kind, _RELEASE)

    def _layout(self) -> tuple[int, int]:
        """Return the sample rate and channel count. Raise NoSoundError."""
        current = ctypes.c_void_p()
        _check(_call(self._reader, _CURRENT_TYPE, ctypes.c_uint32(_FIRST_SOUND), ctypes.byref(current)))
        try:
            rate_hz, channels = _number(current, _RATE), _number(current, _CHANNELS)
        finally:
            _call(current, _RELEASE)
        if not rate_hz or not 0 < channels <= MAX_CHANNELS:
            raise NoSoundError
        return rate_hz, channels

    def _sound(self, sample: ctypes.c_void_p) -> Block:
        buffer = ctypes.c_void_p()
        _check(_call(sample, _TO_ONE_BUFFER, ctypes.byref(buffer)))
        try:
            data, size = ctypes.c_void_p(), ctypes.c_uint32()
            _check(_call(buffer, _LOCK, ctypes.byref(data), None, ctypes.byref(size)))
            frames = size.value // (4 * self.channels)
            raw = ctypes.string_at(data, frames * 4 * self.channels)
            _call(buffer, _UNLOCK)
        finally:
            _call(buffer, _RELEASE)
        return clean(np.frombuffer(raw, "<f4").reshape(-1, self.channels))


def _libraries() -> tuple[Any, Any]:
    """Load mfreadwrite and mfplat. Raise NoSoundError if they are missing."""
    if sys.platform != "win32":
        raise NoSoundError
    try:
        reader, platform = ctypes.WinDLL("mfreadwrite"), ctypes.WinDLL("mfplat")
    except OSError as error:
        # The N editions of Windows lack Media Foundation.
        raise NoSoundError from error
    return reader, platform


def _call(thing: ctypes.c_void_p, place: int, *arguments: Any) -> int:
    """Call a COM method by its index in the object's vtable."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    address = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))[place]
    method = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p)
    return int(ctypes.cast(address, method)(thing, *arguments))


def _number(kind: ctypes.c_void_p, key: str) -> int:
    value = ctypes.c_uint32()
    _check(_call(kind, _GET_NUMBER, _guid(key), ctypes.byref(value)))
    return value.value


def _check(status: int) -> None:
    if status < 0:
        raise NoSoundError
