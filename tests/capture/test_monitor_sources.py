"""What hears a computer's sound, in a sound server's lists and among other systems' devices."""

from __future__ import annotations

import pytest

from balint_desktop.capture.monitor_sources import (
    MonitorSource,
    is_loopback_name,
    is_monitor_name,
    list_monitors,
    parse_monitors,
)

# From PulseAudio 16 and from PipeWire 1.0, shortened.
SOURCES = """\
Source #1
\tState: SUSPENDED
\tName: alsa_output.pci-0000_00_1f.3.analog-stereo.monitor
\tDescription: Monitor of Built-in Audio Analog Stereo
\tMonitor of Sink: alsa_output.pci-0000_00_1f.3.analog-stereo
\tLatency: 0 usec, configured 0 usec

Source #2
\tName: alsa_input.pci-0000_00_1f.3.analog-stereo
\tDescription: Built-in Audio Analog Stereo
\tMonitor of Sink: n/a

Source #57
\tName: bluez_output.00_11.monitor
\tDescription: Monitor of Headset “Ænne’s”
\tMonitor of Sink: bluez_output.00_11
"""
INFO = "Server Name: pulseaudio\nDefault Sink: bluez_output.00_11\nDefault Source: alsa_input\n"
SPEAKERS = MonitorSource(
    1, "alsa_output.pci-0000_00_1f.3.analog-stereo.monitor", "Built-in Audio Analog Stereo", is_default=False
)
HEADSET = MonitorSource(57, "bluez_output.00_11.monitor", "Headset “Ænne’s”", is_default=True)


def test_each_output_has_a_monitor_and_the_default_output_comes_first():
    assert parse_monitors(SOURCES, INFO) == (HEADSET, SPEAKERS)


@pytest.mark.parametrize("listing", ["", "nonsense", "Source #x\n\tName: a.monitor\n", "Source #1\n\tName:\n"])
def test_a_list_that_makes_no_sense_has_no_monitors(listing):
    assert parse_monitors(listing, "") == ()


def test_without_the_sound_servers_tool_there_are_no_monitors(monkeypatch):
    monkeypatch.setenv("PATH", "/nothing")

    assert list_monitors() == ()


@pytest.mark.parametrize(
    "name",
    [
        "Stereo Mix (Realtek(R) Audio)",
        "Stereomix (Realtek High Definition Audio)",
        "CABLE Output (VB-Audio Virtual Cable)",
        "BlackHole 2ch",
        "Loopback Audio",
        "What U Hear (Sound Blaster)",
    ],
)
def test_loopback_devices_of_other_systems_are_known_by_name(name):
    assert is_loopback_name(name)


@pytest.mark.parametrize("name", ["Microphone Array (Realtek(R) Audio)", "MacBook Pro Microphone", "USB Audio CODEC"])
def test_a_microphone_is_no_loopback(name):
    assert not is_loopback_name(name)


def test_a_monitor_is_known_by_its_name():
    assert is_monitor_name(HEADSET.name)
    assert not is_monitor_name("Stereo Mix")
