"""The child that tries a microphone out: its level as it is, or five seconds played back. It keeps nothing."""

from __future__ import annotations

import argparse
import time

from balint_desktop.capture.child import run_child
from balint_desktop.capture.hearing import Hearing
from balint_desktop.capture.level import level_db
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.recorder_protocol import Verb
from balint_desktop.capture.source import Block, Source
from balint_desktop.capture.stdin_commands import CommandsIn
from balint_desktop.capture.stdout_lines import LinesOut
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_WAIT_S = 0.1
_LONGEST_S = 30.0


def main(arguments: list[str]) -> int:
    """Listen until told to stop; with --seconds, play back what was heard and end."""
    parser = argparse.ArgumentParser(prog="balint-desktop try", description="Try a microphone out; nothing is kept.")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--level", action="store_true", help="show the level until stopped")
    parser.add_argument("--seconds", type=float, default=5.0, help="listen so long, then play it back")
    told = parser.parse_args(arguments)
    commands = CommandsIn()
    commands.start()
    longest_s = None if told.level else min(told.seconds, _LONGEST_S)
    return run_child(lambda out: _try(Source(told.device, SystemClock()), out, commands, longest_s))


def _try(source: Source, out: LinesOut, commands: CommandsIn, longest_s: float | None) -> int:
    source.open()
    try:
        heard = _listen(source, out, commands, longest_s)
    finally:
        source.close()
    if heard is not None:
        _play_back(heard, out, commands)
    return 0


def _listen(source: Source, out: LinesOut, commands: CommandsIn, longest_s: float | None) -> bytes | None:
    """Tell the level until stopped; return what was heard where there is a longest, and it was reached."""
    hearing = Hearing(source, _ignore)
    heard = bytearray()
    frames = 0
    while not _stopped(commands):
        blocks = hearing.take(_WAIT_S)
        hearing.watch()
        if hearing.lost:
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        for block in blocks:
            frames += block.frames
            _say_level(out, block, frames, muted=hearing.silence is not None)
            if longest_s is not None:
                heard += block.sound
        if longest_s is not None and frames >= longest_s * RATE_HZ:
            return bytes(heard)
    return None


def _say_level(out: LinesOut, block: Block, frames: int, *, muted: bool) -> None:
    seconds = round(frames / RATE_HZ, 1)
    out.say_if_heard(
        {"state": "listening", "level_db": round(level_db(block.sound), 1), "muted": muted, "seconds": seconds}
    )


def _ignore(_event: RecorderEventKind, _trouble: TroubleCode | None, **_details: object) -> None:
    """Tell nothing: what the level line says is enough here."""


def _play_back(heard: bytes, out: LinesOut, commands: CommandsIn) -> None:
    loudspeaker = Loudspeaker()
    loudspeaker.open()
    loudspeaker.put(heard)
    loudspeaker.no_more()
    while not loudspeaker.is_over and not _stopped(commands):
        out.say_if_heard({"state": "playing", "seconds": round(loudspeaker.played_s, 1)})
        time.sleep(_WAIT_S)
    loudspeaker.close()


def _stopped(commands: CommandsIn) -> bool:
    return any(command.verb is Verb.STOP for command in commands.take())
