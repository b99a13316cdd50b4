"""The child `balint-desktop reel`: hold an open recording's audio, and decode any stretch of it on request."""

from __future__ import annotations

import signal
import sys

from balint_desktop.capture.decoder import Decoder, NotOpusError
from balint_desktop.capture.reel_protocol import ANSWER, REQUEST, ReelRequest
from balint_desktop.command import is_reader_gone
from balint_desktop.pipes import read_exactly


def main(_arguments: list[str]) -> int:
    """Answer requests until the end of input, so that no audio stays in memory after the parent dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reel = _Reel()
    read, out = sys.stdin.buffer.read, sys.stdout.buffer
    while (head := read_exactly(read, REQUEST.size)) is not None:
        request, part, first, second = REQUEST.unpack(head)
        if request == ReelRequest.HOLD:
            ogg = read_exactly(read, first)
            if ogg is None:
                break
            reel.add(part, ogg)
            continue
        try:
            sound = reel.read(part, first, second)
            answer = ANSWER.pack(True, len(sound)) + sound  # noqa: FBT003  it is a field of the answer
        except NotOpusError:
            answer = ANSWER.pack(False, 0)  # noqa: FBT003
        try:
            out.write(answer)
            out.flush()
        except OSError as error:
            if not is_reader_gone(error):
                raise
            sys.stdout = None
            break
    return 0


class _Reel:
    """The parts held, each with a decoder once it has been read."""

    def __init__(self) -> None:
        self._oggs: dict[int, bytes] = {}
        self._decoders: dict[int, Decoder] = {}

    def add(self, part: int, ogg: bytes) -> None:
        self._oggs[part] = ogg
        self._decoders.pop(part, None)

    def read(self, part: int, at: int, frames: int) -> bytes:
        if part not in self._decoders:
            self._decoders[part] = Decoder(self._oggs.get(part, b""))
        return self._decoders[part].read(frames, at)
