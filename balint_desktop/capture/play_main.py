"""The child that plays: told turn by turn on standard input what to play, it says on standard output how far it is."""

from __future__ import annotations

import os
import queue
import signal
import threading
import time

from balint_desktop.capture import portaudio
from balint_desktop.capture.child import run_child
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.play_protocol import Hearing, Told
from balint_desktop.capture.player import Playing
from balint_desktop.capture.stdout_lines import LinesOut
from balint_desktop.capture.timeouts import within

_CHUNK = 1 << 16
_STEP_S = 0.02
_IDLE_S = 1.0
# The list of devices is as old as this at most when one is chosen: headphones may have been put in.
_FRESH_S = 10.0
_LONGEST_LOOK_S = 10.0


def main(_arguments: list[str]) -> int:
    """Play until the end of input. A parent that dies takes the sound with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return run_child(_play)


def _play(out: LinesOut) -> int:
    told: queue.SimpleQueue[Told | None] = queue.SimpleQueue()
    # First, so that a parent never waits for what takes PortAudio so long to get ready.
    threading.Thread(target=_listen, args=(told,), name="listening", daemon=True).start()
    playing = Playing(_Loudspeakers().new, out.say)
    while True:
        try:
            one = told.get(timeout=_IDLE_S if playing.is_idle else _STEP_S)
        except queue.Empty:
            pass
        else:
            if one is None:
                break
            playing.obey(one)
        playing.step(time.monotonic())
    playing.close()
    return 0


def _listen(told: queue.SimpleQueue[Told | None]) -> None:
    # os.read and not sys.stdin: a buffered reader on a daemon thread aborts the interpreter as it ends.
    hearing = Hearing()
    try:
        while data := os.read(0, _CHUNK):
            for one in hearing.take(data):
                told.put(one)
    finally:
        told.put(None)


class _Loudspeakers:
    """Finds the loudspeaker that the system would choose now. PortAudio is made ready before it is needed."""

    def __init__(self) -> None:
        portaudio.library()
        self._listed_s = time.monotonic()

    def new(self) -> Loudspeaker:
        if time.monotonic() - self._listed_s > _FRESH_S:
            within(_LONGEST_LOOK_S, portaudio.renew_device_list)
            self._listed_s = time.monotonic()
        return Loudspeaker()
