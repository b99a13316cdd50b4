"""The microphones as PortAudio lists them on each system, and its errors."""

from __future__ import annotations

import builtins
import ctypes
from types import SimpleNamespace

import pytest
from other_systems import RecordedCalls, SystemOf

from balint_desktop.capture import portaudio
from balint_desktop.capture.portaudio import InputDevice
from balint_desktop.domain.trouble import Trouble, TroubleCode

MME, DIRECTSOUND, WASAPI = "MME", "Windows DirectSound", "Windows WASAPI"


def listed(monkeypatch, apis, devices, default):
    """Let PortAudio list host APIs (name, default input) and devices (name, API, input channels)."""
    host_apis = tuple(
        {
            "name": name,
            "default_input_device": first,
            "devices": [number for number, device in enumerate(devices) if device[1] == place],
        }
        for place, (name, first) in enumerate(apis)
    )
    sounddevice = SimpleNamespace(
        query_hostapis=lambda: host_apis,
        query_devices=lambda: [{"name": n, "hostapi": api, "max_input_channels": c} for n, api, c in devices],
        default=SimpleNamespace(device=(default, -1)),
        WasapiSettings=lambda **options: ("WASAPI", options),
    )
    monkeypatch.setattr(portaudio, "library", lambda: sounddevice)


WINDOWS = (
    [(MME, 0), (DIRECTSOUND, 2), (WASAPI, 4)],
    [
        ("Microsoft Sound Mapper - Input", 0, 2),
        ("Microphone Array (Realtek(R) Au", 0, 2),
        ("Primary Sound Capture Driver", 1, 2),
        ("Microphone Array (Realtek(R) Audio)", 1, 2),
        ("Microphone Array (Realtek(R) Audio)", 2, 2),
        ("Speakers (Realtek(R) Audio)", 2, 0),
        ("Jabra SPEAK 510", 2, 1),
    ],
    0,
)


def test_windows_lists_each_microphone_once_by_its_whole_name(monkeypatch):
    listed(monkeypatch, *WINDOWS)

    assert portaudio.input_devices() == (
        InputDevice(4, "Microphone Array (Realtek(R) Audio)", WASAPI, is_default=True),
        InputDevice(6, "Jabra SPEAK 510", WASAPI, is_default=False),
    )
    assert portaudio.find_input(None).number == portaudio.find_input("Microphone Array (Realtek(R) Audio)").number == 4


def test_a_windows_without_wasapi_microphones_lists_the_others(monkeypatch):
    apis, devices, default = WINDOWS
    listed(monkeypatch, [*apis[:2], (WASAPI, -1)], devices[:4], default)

    assert [one.host_api for one in portaudio.input_devices()] == [MME, MME, DIRECTSOUND, DIRECTSOUND]


def test_other_systems_list_what_portaudio_lists(monkeypatch):
    listed(monkeypatch, [("ALSA", 1)], [("hw:0", 0, 2), ("default", 0, 32)], 1)

    assert [(one.name, one.is_default) for one in portaudio.input_devices()] == [("hw:0", False), ("default", True)]


@pytest.mark.parametrize(
    ("expected", "host_api"), [(("WASAPI", {"auto_convert": True}), WASAPI), (None, "Core Audio"), (None, "ALSA")]
)
def test_wasapi_alone_is_asked_to_convert_the_rate(monkeypatch, expected, host_api):
    listed(monkeypatch, *WINDOWS)

    assert portaudio._host_settings(InputDevice(4, "x", host_api, is_default=True)) == expected


@pytest.mark.parametrize(
    ("code", "number", "host"),
    [
        (TroubleCode.MICROPHONE_DENIED, -9999, (13, -2147024891, "Access is denied.")),
        (TroubleCode.MICROPHONE_BUSY, -9999, (13, -2004287478, "AUDCLNT_E_DEVICE_IN_USE")),
        (TroubleCode.NO_MICROPHONE, -9999, (8, -19, "No such device")),
        (TroubleCode.MICROPHONE_RATE, -9997, None),
        (TroubleCode.MICROPHONE_BUSY, -9985, None),
    ],
)
def test_an_error_is_told_by_portaudios_number_or_by_the_systems_own(code, number, host):
    error = RuntimeError("error", number, *([host] if host else []))

    assert portaudio.trouble_from_portaudio(error).code is code


def test_on_windows_every_thread_may_call_the_sound_system_and_it_is_asked_for_once(monkeypatch):
    ole = RecordedCalls(CoIncrementMTAUsage=0)
    monkeypatch.setattr(portaudio, "sys", SystemOf("win32"))
    monkeypatch.setattr(portaudio, "_com", [])
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(ole32=ole), raising=False)
    portaudio._prepare_com()
    portaudio._prepare_com()

    assert [name for name, _ in ole.calls] == ["CoIncrementMTAUsage"]


def test_without_portaudio_the_missing_tool_is_named(monkeypatch):
    def missing(name, *_more, **_options):
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real_import(name, *_more, **_options)

    real_import = builtins.__import__
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(Trouble) as raised:
        portaudio.library()

    assert raised.value.code is TroubleCode.TOOL_MISSING
