"""The child `balint-desktop devices`: list the microphones, or what hears this computer; a JSON object per line."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from balint_desktop.capture import portaudio
from balint_desktop.capture.child import run_child
from balint_desktop.capture.monitor_sources import is_loopback_name, list_monitors
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.timeouts import call_with_timeout

_LIST_TIMEOUT_S = 10.0


def main(arguments: list[str]) -> int:
    """List the microphones, or what hears this computer. Return 0, or 1 after a Trouble."""
    parser = argparse.ArgumentParser(prog="balint-desktop devices", description="List the microphones.")
    parser.add_argument("--computer", action="store_true", help="list what hears the sound of this computer instead")
    args = parser.parse_args(arguments)
    return run_child(lambda out: _list(out, _computer_sources if args.computer else _devices))


def _list(out: LineWriter, listed: Callable[[], list[dict[str, object]]]) -> int:
    for message in call_with_timeout(_LIST_TIMEOUT_S, listed):
        out.write(message)
    return 0


def _computer_sources() -> list[dict[str, object]]:
    monitors = list_monitors()
    if monitors:
        return [{"name": monitor.name, "output": monitor.output} for monitor in monitors]
    # PortAudio lists one device several times, for each of the system's ways to it: the first is enough.
    names = dict.fromkeys(device.name for device in portaudio.input_devices() if is_loopback_name(device.name))
    return [{"name": name, "output": name} for name in names]


def _devices() -> list[dict[str, object]]:
    return [
        {
            "name": device.name,
            "host_api": device.host_api,
            "is_default": device.is_default,
            "rate_ok": portaudio.supports_recording_rate(device),
        }
        for device in portaudio.input_devices()
    ]
