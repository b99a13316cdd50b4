"""The child `balint-desktop play`: play the audio that arrives on standard input, and report the position."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time

from balint_desktop.capture import portaudio
from balint_desktop.capture.child import run_child
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.play_protocol import PlayCommand, PlayCommandReader
from balint_desktop.capture.player import PlaybackEngine
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.timeouts import call_with_timeout

_CHUNK = 1 << 16
_STEP_S = 0.02
_IDLE_S = 1.0
# Maximum age of the device list when a loudspeaker is opened: headphones may have been plugged in.
_FRESH_S = 10.0
_LIST_TIMEOUT_S = 10.0


def main(_arguments: list[str]) -> int:
    """Play until the end of input, so the audio stops when the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return run_child(_play)


def _play(out: LineWriter) -> int:
    commands: queue.SimpleQueue[PlayCommand | None] = queue.SimpleQueue()
    # First, so that the parent never waits for PortAudio to start.
    threading.Thread(target=_read, args=(commands,), name="reads commands", daemon=True).start()
    engine = PlaybackEngine(_Loudspeakers().new, out.write)
    while True:
        try:
            command = commands.get(timeout=_IDLE_S if engine.is_idle else _STEP_S)
        except queue.Empty:
            pass
        else:
            if command is None:
                break
            engine.obey(command)
        engine.step(time.monotonic())
    engine.close()
    return 0


def _read(commands: queue.SimpleQueue[PlayCommand | None]) -> None:
    # os.read and not sys.stdin: a buffered reader on a daemon thread aborts the interpreter at exit.
    reader = PlayCommandReader()
    try:
        while data := os.read(0, _CHUNK):
            for command in reader.feed(data):
                commands.put(command)
    finally:
        commands.put(None)


class _Loudspeakers:
    """Creates the system's current default loudspeaker. Starts PortAudio before one is needed."""

    def __init__(self) -> None:
        portaudio.library()
        self._listed_s = time.monotonic()

    def new(self) -> Loudspeaker:
        if time.monotonic() - self._listed_s > _FRESH_S:
            call_with_timeout(_LIST_TIMEOUT_S, portaudio.renew_device_list)
            self._listed_s = time.monotonic()
        return Loudspeaker()
