"""The child `balint-desktop try`: report a microphone's level, or play a few seconds of it back. Stores nothing."""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from balint_desktop.capture.two_source_trial import TwoSourceTrial

_WAIT_S = 0.1
_LONGEST_S = 30.0


def main(arguments: list[str]) -> int:
    """Listen until STOP; with --seconds, play the audio back and end. Return 0, or 1 after a Trouble."""
    parser = argparse.ArgumentParser(prog="balint-desktop try", description="Try a microphone out; nothing is kept.")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--monitor", help="try what hears this computer's sound as well, by its name")
    parser.add_argument("--level", action="store_true", help="show the level until stopped")
    parser.add_argument("--seconds", type=float, default=5.0, help="listen so long, then play it back")
    args = parser.parse_args(arguments)
    commands = CommandReader()
    commands.start()
    longest_s = None if args.level else min(args.seconds, _LONGEST_S)
    source = MicrophoneStream(args.device, SystemClock())
    return run_child(lambda out: _try(source, args.monitor, out, commands, longest_s))


def _try(
    source: MicrophoneStream, monitor: str | None, out: LineWriter, commands: CommandReader, longest_s: float | None
) -> int:
    with _heard_with(monitor) as both:
        source.open()
        try:
            sound = _listen(source, both, out, commands, longest_s)
        finally:
            source.close()
    if sound is not None:
        mixed, echo_s = both.mixed() if both is not None else (sound, None)
        _play_back(mixed, echo_s, out, commands)
    return 0


@contextlib.contextmanager
def _heard_with(monitor: str | None) -> Iterator[TwoSourceTrial | None]:
    """Listen to what this computer plays for the duration of the block; to nothing without a name."""
    if monitor is None:
        yield None
        return
    from balint_desktop.capture.two_source_trial import TwoSourceTrial  # noqa: PLC0415  it needs numpy

    both = TwoSourceTrial(monitor)
    both.open()
    try:
        yield both
    finally:
        both.close()


def _listen(
    source: MicrophoneStream,
    both: TwoSourceTrial | None,
    out: LineWriter,
    commands: CommandReader,
    longest_s: float | None,
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
            if both is not None:
                both.add_microphone(block, source.latency_s)
            computer_db = both.computer_db if both is not None else None
            status = TryOutStatus(TryOutState.LISTENING, frames / RATE_HZ, level_db(block.sound), muted, computer_db)
            out.write_or_drop(status.to_message())
            if longest_s is not None:
                sound += block.sound
        if longest_s is not None and frames >= longest_s * RATE_HZ:
            return bytes(sound)
    return None


def _ignore(_kind: RecorderEventKind, _trouble: TroubleCode | None, **_details: object) -> None:
    """Ignore events: the level message is enough here."""


def _play_back(sound: bytes, echo_s: float | None, out: LineWriter, commands: CommandReader) -> None:
    loudspeaker = Loudspeaker()
    loudspeaker.open()
    loudspeaker.write(sound)
    loudspeaker.finish()
    while not loudspeaker.is_over and not _is_stopped(commands):
        out.write_or_drop(TryOutStatus(TryOutState.PLAYING, loudspeaker.played_s, echo_s=echo_s).to_message())
        time.sleep(_WAIT_S)
    loudspeaker.close()


def _is_stopped(commands: CommandReader) -> bool:
    return any(command.verb is Verb.STOP for command in commands.read())
