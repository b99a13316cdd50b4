"""List the microphones in a child process."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class ComputerSource:
    """A source that hears what this computer plays: its name, and what is played on for people to choose by."""

    name: str
    output: str


def list_devices(timeout_s: float) -> tuple[Microphone, ...]:
    """Return the microphones. Waits for the child. Raise Trouble; SOUND_SYSTEM_FROZEN after the timeout."""
    with foreign_errors(Trouble(TroubleCode.CHILD_FAILED)):
        return tuple(Microphone(**message) for message in _ask("devices", timeout_s=timeout_s))


def list_computer_sources(timeout_s: float) -> tuple[ComputerSource, ...]:
    """Return the sources that hear what this computer plays, the default output's first. As `list_devices`."""
    with foreign_errors(Trouble(TroubleCode.CHILD_FAILED)):
        return tuple(ComputerSource(**message) for message in _ask("devices", "--computer", timeout_s=timeout_s))


def _ask(*arguments: str, timeout_s: float) -> list[dict[str, Any]]:
    with start_child(*arguments) as child:
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
    return messages
