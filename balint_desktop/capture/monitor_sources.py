"""Find what a computer plays among its sound sources: a sound server's monitors, or a loopback device by its name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass

from balint_desktop.capture.source_moved import server_address, source_number

_TOOL = "pactl"
_TIMEOUT_S = 2.0
_MONITOR_SUFFIX = ".monitor"
# Stereo Mix of sound cards in English and German, virtual cables of Windows, and those of macOS.
_LOOPBACKS = re.compile(
    r"stereo ?mix|what u hear|wave out mix|cable output|voicemeeter|blackhole|loopback|soundflower", re.IGNORECASE
)
_SOURCE = re.compile(r"^Source #(\d+)$", re.MULTILINE)
_NAME = re.compile(r"^\tName: (.*)$", re.MULTILINE)
_DESCRIPTION = re.compile(r"^\tDescription: (.*)$", re.MULTILINE)
_SINK = re.compile(r"^\tMonitor of Sink: (.*)$", re.MULTILINE)
_DEFAULT_SINK = re.compile(r"^Default Sink: (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MonitorSource:
    """A source that hears what an output plays. `name` is the sound server's, `output` the output's for people."""

    number: int
    name: str
    output: str
    is_default: bool


def is_monitor_name(name: str) -> bool:
    """Return whether a name is that of a sound server's monitor."""
    return name.endswith(_MONITOR_SUFFIX)


def is_loopback_name(name: str) -> bool:
    """Return whether an input device's name is that of a device known to hear what a computer plays."""
    return _LOOPBACKS.search(name) is not None


def parse_monitors(sources: str, info: str) -> tuple[MonitorSource, ...]:
    """Return the monitors in pactl's list of sources, the default output's first; `info` is its `pactl info`."""
    default = _DEFAULT_SINK.search(info)
    found = []
    pieces = _SOURCE.split(sources)[1:]
    for number, text in zip(pieces[::2], pieces[1::2], strict=True):
        name, sink, description = _NAME.search(text), _SINK.search(text), _DESCRIPTION.search(text)
        if name is None or sink is None or sink[1] == "n/a" or not is_monitor_name(name[1]):
            continue
        output = description[1].removeprefix("Monitor of ") if description else sink[1]
        is_default = default is not None and default[1] == sink[1]
        found.append(MonitorSource(int(number), name[1], output, is_default))
    return tuple(sorted(found, key=lambda one: not one.is_default))


def list_monitors() -> tuple[MonitorSource, ...]:
    """Return the sound server's monitors; none without a server or the tool to ask it."""
    return parse_monitors(_ask("list", "sources"), _ask("info"))


def recorded_monitor(pid: int) -> str | None:
    """Return the name of the monitor that a process records from; None if it records from none."""
    number = source_number(_ask("list", "source-outputs"), pid)
    return next((one.name for one in list_monitors() if one.number == number), None)


def _ask(*words: str) -> str:
    tool, server = shutil.which(_TOOL), server_address()
    if tool is None or server is None:
        return ""
    environment = {**os.environ, "LC_ALL": "C", "PULSE_SERVER": server}
    try:
        done = subprocess.run(
            [tool, *words], capture_output=True, check=True, text=True, timeout=_TIMEOUT_S, env=environment
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return ""
    return done.stdout
