"""The only module that calls PortAudio, in child processes only, since PortAudio can abort its process."""

from __future__ import annotations

import atexit
import contextlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

# PortAudio's error numbers (portaudio.h).
_UNANTICIPATED_HOST_ERROR = -9999
_INVALID_RATE = -9997
_DEVICE_UNAVAILABLE = -9985
# ALSA errors that PortAudio passes on: ENOENT, EIO, ENXIO, ENODEV and ECONNREFUSED.
_ABSENT = {-2, -5, -6, -19, -111}
# Windows' E_ACCESSDENIED: its privacy settings keep the microphone from desktop programs.
_DENIED = -0x7FF8FFFB
_WASAPI = "Windows WASAPI"


@dataclass(frozen=True, slots=True)
class InputDevice:
    """A microphone as PortAudio lists it. Its number is valid until the device list is renewed."""

    number: int
    name: str
    host_api: str
    is_default: bool


def library() -> Any:
    """Return the sounddevice module, loaded on first use. Raise Trouble TOOL_MISSING without PortAudio."""
    _prepare_com()
    try:
        import sounddevice  # noqa: PLC0415  the parent must be able to import this file without PortAudio
    except OSError as error:
        raise Trouble(TroubleCode.TOOL_MISSING, name="PortAudio") from error
    # Its exit handler waits for ever if the sound server hangs; the system cleans up after the process.
    atexit.unregister(sounddevice._exit_handler)  # noqa: SLF001
    return sounddevice


def _prepare_com() -> None:
    """Let every thread call WASAPI, which speaks COM: ours come and go, and PortAudio prepares only its first one."""
    if sys.platform == "win32" and not _com:
        import ctypes  # noqa: PLC0415  this branch alone

        cookie = ctypes.c_void_p()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.windll.ole32.CoIncrementMTAUsage(ctypes.byref(cookie))
        _com.append(cookie)


_com: list[object] = []
"""Set once COM is prepared, for as long as the process lives."""


def renew_device_list() -> None:
    """Make PortAudio list the devices again: its list is stale after a loss."""
    sounddevice = library()
    sounddevice._terminate()  # noqa: SLF001  the documented way, despite the underscores
    sounddevice._initialize()  # noqa: SLF001


def input_devices() -> tuple[InputDevice, ...]:
    """Return every microphone, once: Windows lists each by four host APIs, and MME cuts its name at 31 characters."""
    sounddevice = library()
    host_apis = sounddevice.query_hostapis()
    default = sounddevice.default.device[0]
    wasapi = next((api for api in host_apis if api["name"] == _WASAPI and api["default_input_device"] >= 0), None)
    if wasapi is not None:
        default = wasapi["default_input_device"]
    return tuple(
        InputDevice(number, device["name"], host_apis[device["hostapi"]]["name"], number == default)
        for number, device in enumerate(sounddevice.query_devices())
        if device["max_input_channels"] > 0 and (wasapi is None or number in wasapi["devices"])
    )


def find_input(name: str | None) -> InputDevice:
    """Return the microphone with a name, with or without its host API after a comma; the default one for None.

    Raise Trouble NO_MICROPHONE.
    """
    found = input_devices()
    if name is None:
        matching = [device for device in found if device.is_default] or list(found)
    else:
        matching = [device for device in found if name in {device.name, f"{device.name}, {device.host_api}"}]
    if not matching:
        raise Trouble(TroubleCode.NO_MICROPHONE)
    return matching[0]


def supports_recording_rate(device: InputDevice) -> bool:
    """Return whether a microphone supports 48 kHz, directly or by the system's conversion."""
    sounddevice = library()
    try:
        sounddevice.check_input_settings(
            device.number, channels=1, dtype="int16", samplerate=RATE_HZ, extra_settings=_host_settings(device)
        )
    except sounddevice.PortAudioError as error:
        return trouble_from_portaudio(error).code is not TroubleCode.MICROPHONE_RATE
    return True


def trouble_from_portaudio(error: Exception) -> Trouble:
    """Convert a PortAudio error to a Trouble."""
    number = error.args[1] if len(error.args) > 1 else None
    if _host_error(error) == _DENIED:
        return Trouble(TroubleCode.MICROPHONE_DENIED)
    if number == _INVALID_RATE:
        return Trouble(TroubleCode.MICROPHONE_RATE)
    if number == _DEVICE_UNAVAILABLE or (number == _UNANTICIPATED_HOST_ERROR and not _is_absence(error)):
        return Trouble(TroubleCode.MICROPHONE_BUSY)
    return Trouble(TroubleCode.NO_MICROPHONE)


def _is_absence(error: Exception) -> bool:
    """Return whether the host's own error means that the device is absent rather than in use."""
    return _host_error(error) in _ABSENT


def _host_error(error: Exception) -> object:
    """Return the host API's own error number, None without one."""
    host: tuple[object, ...] = error.args[2] if len(error.args) > 2 else ()
    return host[1] if len(host) > 1 else None


def input_stream(device: InputDevice, block_frames: int, callback: Callable[..., None]) -> Any:
    """Open a microphone and return its running stream: mono int16 at 48 kHz. Raise Trouble."""
    sounddevice = library()
    try:
        stream = sounddevice.RawInputStream(
            device=device.number,
            samplerate=RATE_HZ,
            channels=1,
            dtype="int16",
            blocksize=block_frames,
            latency="high",
            extra_settings=_host_settings(device),
            callback=callback,
        )
        stream.start()
    except sounddevice.PortAudioError as error:
        raise trouble_from_portaudio(error) from error
    return stream


def is_active(stream: Any) -> bool:
    """Return whether a stream is running: PortAudio still calls back."""
    try:
        return bool(stream.active)
    except library().PortAudioError:
        return False


def close(stream: Any) -> None:
    """Close a stream, ignoring errors. May never return."""
    stream.abort(ignore_errors=True)
    stream.close(ignore_errors=True)


def _host_settings(device: InputDevice) -> Any:
    """Return the settings for a device's host API: WASAPI has to be asked to convert the rate."""
    return library().WasapiSettings(auto_convert=True) if "WASAPI" in device.host_api else None
