"""The child `balint-desktop devices`: list the microphones, one JSON object per line."""

from __future__ import annotations

from balint_desktop.capture import portaudio
from balint_desktop.capture.child import run_child
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.timeouts import call_with_timeout

_LIST_TIMEOUT_S = 10.0


def main(_arguments: list[str]) -> int:
    """List the microphones. Return 0, or 1 after a Trouble."""
    return run_child(_list)


def _list(out: LineWriter) -> int:
    for message in call_with_timeout(_LIST_TIMEOUT_S, _devices):
        out.write(message)
    return 0


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
