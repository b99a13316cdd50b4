"""The child that plays: sound on standard input (int16, 48 kHz, mono), the position on standard output."""

from __future__ import annotations

import os
import signal
import time

from balint_desktop.capture.child import run_child
from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.loudspeaker import Loudspeaker

_CHUNK = 1 << 15
# As much as stands between "stop" and silence, if the loudspeaker were slow to close.
_AHEAD_S = 2.0
_SAY_EVERY_S = 0.1


def main(_arguments: list[str]) -> int:
    """Play until the end of input, and then what is left. A parent that dies takes the sound with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return run_child(_play)


def _play(out: LinesOut) -> int:
    loudspeaker = Loudspeaker()
    loudspeaker.open()
    parent = os.getppid()
    while data := os.read(0, _CHUNK):
        loudspeaker.put(data)
        while not loudspeaker.wait_for_room(_AHEAD_S, _SAY_EVERY_S):
            _say_position(out, loudspeaker)
    loudspeaker.no_more()
    while not loudspeaker.is_over and os.getppid() == parent:
        _say_position(out, loudspeaker)
        time.sleep(_SAY_EVERY_S)
    loudspeaker.close()
    return 0


def _say_position(out: LinesOut, loudspeaker: Loudspeaker) -> None:
    out.say_if_heard({"seconds": round(loudspeaker.played_s, 2)})
