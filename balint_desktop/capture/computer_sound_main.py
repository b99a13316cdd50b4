"""The child `balint-desktop computer-sound`: pass on what this computer plays, block by block, until it is lost."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time

from balint_desktop.capture import portaudio, watchdog
from balint_desktop.capture.block_pipe import pack_block
from balint_desktop.capture.monitor_sources import is_monitor_name, recorded_monitor
from balint_desktop.capture.recorder_protocol import Verb
from balint_desktop.capture.source import MicrophoneStream
from balint_desktop.capture.source_moved import SourceMoveWatcher
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.timeouts import call_with_timeout, has_hanging_call
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode

_WAIT_S = 0.25
_LIST_TIMEOUT_S = 10.0
_CONNECT_S = 3.0
# ALSA's ways to a sound server, the better one first: the other may be another device's.
_SERVER_DEVICES = ("pulse", "default")


def main(arguments: list[str]) -> int:
    """Pass sound on until the input ends. Return 0, or 1 if the source is lost."""
    parser = argparse.ArgumentParser(prog="balint-desktop computer-sound")
    parser.add_argument("--source", required=True, help="a sound server’s monitor, or an input device, by its name")
    name = parser.parse_args(arguments).source
    commands = CommandReader()
    commands.start()
    code = 0
    try:
        _pass_on(name, commands)
    except (Trouble, OSError):
        code = 1
    if has_hanging_call():
        os._exit(code)
    return code


def _pass_on(name: str, commands: CommandReader) -> None:
    source = _open(name)
    try:
        while not any(command.verb is Verb.STOP for command in commands.read()):
            for block in source.read_blocks(_WAIT_S):
                _write(pack_block(block, source.latency_s))
            health = watchdog.MicrophoneHealth(source.since_block_s, source.is_active, 0.0)
            if watchdog.is_lost(health) or source.moved:
                raise Trouble(TroubleCode.COMPUTER_SOUND_LOST)
    finally:
        with contextlib.suppress(Trouble):
            source.close()


def _open(name: str) -> MicrophoneStream:
    """Open the source. Raise Trouble where the sound server gives another: the microphone would be heard twice."""
    if not is_monitor_name(name):
        source = MicrophoneStream(name, SystemClock())
        source.open()
        return source
    # PortAudio knows no monitors. The sound server's own library takes this one where no other is named.
    os.environ["PULSE_SOURCE"] = name
    source = MicrophoneStream(call_with_timeout(_LIST_TIMEOUT_S, _server_device), SystemClock(), SourceMoveWatcher())
    source.open()
    until_s = time.monotonic() + _CONNECT_S
    while (found := recorded_monitor(os.getpid())) != name:
        if time.monotonic() > until_s or (found is not None and found != name):
            raise Trouble(TroubleCode.COMPUTER_SOUND_LOST)
        time.sleep(_WAIT_S)
    return source


def _server_device() -> str | None:
    names = {device.name for device in portaudio.input_devices()}
    return next((name for name in _SERVER_DEVICES if name in names), None)


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(sys.stdout.fileno(), view) :]
