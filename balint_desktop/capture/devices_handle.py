"""List the microphones in a child process."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from balint_desktop.command import start_child
from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.trouble import Trouble, TroubleCode


@dataclass(frozen=True, slots=True)
class Microphone:
    """A microphone. `rate_ok` is whether it supports 48 kHz, directly or by the system's conversion."""

    name: str
    host_api: str
    is_default: bool
    rate_ok: bool


def list_devices(timeout_s: float) -> tuple[Microphone, ...]:
    """Return the microphones. Waits for the child. Raise Trouble; SOUND_SYSTEM_FROZEN after the timeout."""
    with start_child("devices") as child:
        try:
            out, _ = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN) from error
    with foreign_errors(Trouble(TroubleCode.CHILD_FAILED)):
        messages = [json.loads(line) for line in out.splitlines()]
        for message in messages:
            if "trouble" in message:
                raise Trouble(TroubleCode(message["trouble"]), name=message.get("name", ""))
        if child.returncode != 0:
            raise Trouble(TroubleCode.CHILD_FAILED)
        return tuple(Microphone(**message) for message in messages)
