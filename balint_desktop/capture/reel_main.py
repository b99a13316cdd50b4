"""What the child `balint-desktop reel` does: it holds an open recording's sound, and decodes any stretch when asked."""

from __future__ import annotations

import signal
import sys

from balint_desktop.capture.decoder import Decoder, NotOurSound
from balint_desktop.capture.reel_protocol import ANSWER, REQUEST, Ask, read_exactly


def main(_arguments: list[str]) -> int:
    """Answer until the end of input: a parent that dies takes what is in memory with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    reel = _Reel()
    take, out = sys.stdin.buffer.read, sys.stdout.buffer
    while (asked := read_exactly(take, REQUEST.size)) is not None:
        ask, part, first, second = REQUEST.unpack(asked)
        if ask == Ask.HOLD:
            ogg = read_exactly(take, first)
            if ogg is None:
                break
            reel.hold(part, ogg)
            continue
        try:
            sound = reel.read(part, first, second)
            answer = ANSWER.pack(True, len(sound)) + sound  # noqa: FBT003  it is a field of the answer
        except NotOurSound:
            answer = ANSWER.pack(False, 0)  # noqa: FBT003
        try:
            out.write(answer)
            out.flush()
        except BrokenPipeError:
            sys.stdout = None
            break
    return 0


class _Reel:
    """The parts that are held, each with its decoder from the first time on that it is asked for."""

    def __init__(self) -> None:
        self._oggs: dict[int, bytes] = {}
        self._decoders: dict[int, Decoder] = {}

    def hold(self, part: int, ogg: bytes) -> None:
        self._oggs[part] = ogg
        self._decoders.pop(part, None)

    def read(self, part: int, at: int, frames: int) -> bytes:
        if part not in self._decoders:
            self._decoders[part] = Decoder(self._oggs.get(part, b""))
        return self._decoders[part].read(frames, at)
