"""The child `balint-desktop try`: report a microphone's level, or play a few seconds of it back. Stores nothing."""

from __future__ import annotations

import argparse
import time

from balint_desktop.capture.child import run_child
from balint_desktop.capture.level import level_db
from balint_desktop.capture.loudspeaker import Loudspeaker
from balint_desktop.capture.microphone_monitor import MicrophoneMonitor
from balint_desktop.capture.recorder_protocol import Verb
from balint_desktop.capture.source import MicrophoneStream
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.capture.try_protocol import TryOutState, TryOutStatus
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ogg.packet import RATE_HZ

_WAIT_S = 0.1
_LONGEST_S = 30.0


def main(arguments: list[str]) -> int:
    """Listen until STOP; with --seconds, play the audio back and end. Return 0, or 1 after a Trouble."""
    parser = argparse.ArgumentParser(prog="balint-desktop try", description="Try a microphone out; nothing is kept.")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--level", action="store_true", help="show the level until stopped")
    parser.add_argument("--seconds", type=float, default=5.0, help="listen so long, then play it back")
    args = parser.parse_args(arguments)
    commands = CommandReader()
    commands.start()
    longest_s = None if args.level else min(args.seconds, _LONGEST_S)
    return run_child(lambda out: _try(MicrophoneStream(args.device, SystemClock()), out, commands, longest_s))


def _try(source: MicrophoneStream, out: LineWriter, commands: CommandReader, longest_s: float | None) -> int:
    source.open()
    try:
        sound = _listen(source, out, commands, longest_s)
    finally:
        source.close()
    if sound is not None:
        _play_back(sound, out, commands)
    return 0


def _listen(
    source: MicrophoneStream, out: LineWriter, commands: CommandReader, longest_s: float | None
) -> bytes | None:
    """Report the level until stopped. Return the audio if `longest_s` is set and was reached."""
    monitor = MicrophoneMonitor(source, _ignore)
    sound = bytearray()
    frames = 0
    while not _is_stopped(commands):
        blocks = monitor.read_blocks(_WAIT_S)
        monitor.check()
        if monitor.is_lost:
            raise Trouble(TroubleCode.MICROPHONE_GONE)
        for block in blocks:
            frames += block.frames
            muted = monitor.silence is not None
            status = TryOutStatus(TryOutState.LISTENING, frames / RATE_HZ, level_db(block.sound), muted)
            out.write_or_drop(status.to_message())
            if longest_s is not None:
                sound += block.sound
        if longest_s is not None and frames >= longest_s * RATE_HZ:
            return bytes(sound)
    return None


def _ignore(_kind: RecorderEventKind, _trouble: TroubleCode | None, **_details: object) -> None:
    """Ignore events: the level message is enough here."""


def _play_back(sound: bytes, out: LineWriter, commands: CommandReader) -> None:
    loudspeaker = Loudspeaker()
    loudspeaker.open()
    loudspeaker.write(sound)
    loudspeaker.finish()
    while not loudspeaker.is_over and not _is_stopped(commands):
        out.write_or_drop(TryOutStatus(TryOutState.PLAYING, loudspeaker.played_s).to_message())
        time.sleep(_WAIT_S)
    loudspeaker.close()


def _is_stopped(commands: CommandReader) -> bool:
    return any(command.verb is Verb.STOP for command in commands.read())
