"""The child that plays: sound on standard input (int16, 48 kHz, mono), the position on standard output."""

from __future__ import annotations

import os
import signal
import time

from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.says import Event
from balint_desktop.domain.trouble import Trouble

_CHUNK = 1 << 15
# As much as stands between "stop" and silence, if the loudspeaker were slow to close.
_AHEAD_S = 2.0
_SAY_EVERY_S = 0.1


def main(_arguments: list[str]) -> int:
    """Play until the end of input, and then what is left. A parent that dies takes the sound with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = LinesOut()
    loudspeaker = Loudspeaker()
    code = 0
    try:
        loudspeaker.open()
        parent = os.getppid()
        while data := os.read(0, _CHUNK):
            loudspeaker.put(data)
            while not loudspeaker.wait_for_room(_AHEAD_S, _SAY_EVERY_S):
                out.say_if_heard({"seconds": round(loudspeaker.played_s, 2)})
        loudspeaker.no_more()
        while not loudspeaker.is_over and os.getppid() == parent:
            out.say_if_heard({"seconds": round(loudspeaker.played_s, 2)})
            time.sleep(_SAY_EVERY_S)
        loudspeaker.close()
    except Trouble as trouble:
        out.say({"event": Event.FAILED, "trouble": trouble.code})
        code = 1
    out.close()
    return code
