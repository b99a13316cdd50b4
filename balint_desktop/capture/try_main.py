"""The child that tries a microphone out: its level as it is, or five seconds played back. It keeps nothing."""

from __future__ import annotations

import argparse
import time

from balint_desktop.capture.commands_in import CommandsIn, Verb
from balint_desktop.capture.level import is_digital_silence, level_db
from balint_desktop.capture.lines_out import LinesOut
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.portaudio import RATE_HZ
from balint_desktop.capture.says import Event
from balint_desktop.capture.source import FRAME_BYTES, Source
from balint_desktop.capture.watchdog import MUTED_S, STALLED_S
from balint_desktop.domain.trouble import Trouble, TroubleCode

_WAIT_S = 0.1
_LONGEST_TRY_S = 30.0


def main(arguments: list[str]) -> int:
    """Listen until told to stop; with --seconds, play back what was heard and end."""
    parser = argparse.ArgumentParser(prog="balint-desktop try", description="Try a microphone out; nothing is kept.")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--level", action="store_true", help="show the level until stopped")
    parser.add_argument("--seconds", type=float, default=5.0, help="listen so long, then play it back")
    told = parser.parse_args(arguments)
    commands = CommandsIn()
    commands.start()
    out = LinesOut()
    code = 0
    try:
        _try(Source(told.device), out, commands, None if told.level else min(told.seconds, _LONGEST_TRY_S))
    except Trouble as trouble:
        out.say({"event": Event.FAILED, "trouble": trouble.code})
        code = 1
    out.close()
    return code


def _try(source: Source, out: LinesOut, commands: CommandsIn, seconds: float | None) -> None:
    source.open()
    heard = bytearray()
    zeros_s = 0.0
    try:
        while not _stopped(commands):
            blocks = source.take(_WAIT_S)
            if time.monotonic() - source.last_came_s > STALLED_S:
                raise Trouble(TroubleCode.MICROPHONE_GONE)
            for block in blocks:
                zeros_s = zeros_s + _WAIT_S if is_digital_silence(block.sound) else 0.0
                out.say_if_heard(
                    {
                        "state": "listening",
                        "level_db": round(level_db(block.sound), 1),
                        "muted": zeros_s >= MUTED_S,
                        "seconds": round(len(heard) / FRAME_BYTES / RATE_HZ, 1),
                    }
                )
                if seconds is not None:
                    heard += block.sound
            if seconds is not None and len(heard) >= seconds * RATE_HZ * FRAME_BYTES:
                break
        else:
            return
    finally:
        source.close()
    _play_back(bytes(heard), out, commands)


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
