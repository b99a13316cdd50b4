"""The child that lists microphones: one JSON object a line."""

from __future__ import annotations

from balint_desktop.capture import portaudio
from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.says import Event
from balint_desktop.domain.trouble import Trouble


def main(_arguments: list[str]) -> int:
    """List the microphones there are."""
    out = LinesOut()
    try:
        for device in portaudio.input_devices():
            out.say(
                {
                    "name": device.name,
                    "host_api": device.host_api,
                    "is_default": device.is_default,
                    "rate_ok": portaudio.takes_our_rate(device),
                }
            )
    except Trouble as trouble:
        out.say({"event": Event.FAILED, "trouble": trouble.code, **trouble.details})
        return 1
    finally:
        out.close()
    return 0
