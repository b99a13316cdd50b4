"""Which microphones there are, asked of a child."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass

from balint_desktop.command import start_child
from balint_desktop.domain.trouble import Trouble, TroubleCode


@dataclass(frozen=True, slots=True)
class Microphone:
    """A microphone. `rate_ok` says that it gives 48 kHz, or that the system converts for it."""

    name: str
    host_api: str
    is_default: bool
    rate_ok: bool


def list_devices(timeout_s: float) -> tuple[Microphone, ...]:
    """Return the microphones there are; waits for the child. Raise Trouble: a sound system that hangs is one."""
    with start_child("devices") as child:
        try:
            out, _ = child.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired as error:
            child.kill()
            raise Trouble(TroubleCode.SOUND_SYSTEM_FROZEN) from error
    told = [json.loads(line) for line in out.splitlines()]
    for one in told:
        if "trouble" in one:
            raise Trouble(TroubleCode(one["trouble"]), name=one.get("name", ""))
    if child.returncode != 0:
        raise Trouble(TroubleCode.CHILD_FAILED)
    return tuple(Microphone(**one) for one in told)
