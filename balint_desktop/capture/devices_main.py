"""The child that lists microphones: one JSON object a line."""

from __future__ import annotations

from balint_desktop.capture import portaudio
from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.patience import within
from balint_desktop.capture.says import Event
from balint_desktop.domain.trouble import Trouble, TroubleCode

_ASK_S = 10.0


def main(_arguments: list[str]) -> int:
    """List the microphones there are."""
    out = LinesOut()
    try:
        for told in within(_ASK_S, _devices):
            out.say(told)
    except Trouble as trouble:
        out.say({"event": Event.FAILED, "trouble": trouble.code, **trouble.details})
        return 1
    except Exception:  # noqa: BLE001  the top of the process: an end that nobody foresaw is told like any other
        out.say({"event": Event.FAILED, "trouble": TroubleCode.CHILD_FAILED})
        return 1
    finally:
        out.close()
    return 0


def _devices() -> list[dict[str, object]]:
    return [
        {
            "name": device.name,
            "host_api": device.host_api,
            "is_default": device.is_default,
            "rate_ok": portaudio.takes_our_rate(device),
        }
        for device in portaudio.input_devices()
    ]
