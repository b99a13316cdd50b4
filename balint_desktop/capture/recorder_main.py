"""The child `balint-desktop recorder`: record one part with public keys only and no secret. Loads no Qt."""

from __future__ import annotations

import argparse
import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from balint_desktop.capture.child import run_child
from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.monitor_sources import recorded_monitor
from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.source import MicrophoneStream
from balint_desktop.capture.source_moved import SourceMoveWatcher
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.domain.clock import Clock, SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.part import PartWriter

if TYPE_CHECKING:
    from balint_desktop.capture.computer_sound import ComputerSound


def _parse_options(arguments: list[str]) -> RecorderOptions:
    parser = argparse.ArgumentParser(
        prog="balint-desktop recorder", description="Record only, sealed to a public key, without opening a vault."
    )
    parser.add_argument("--to", type=Path, required=True, help="the part’s folder")
    parser.add_argument("--recipient", action="append", required=True, help="the public key (age1…) to seal to")
    parser.add_argument("--device", help="the microphone’s name; without it, the system’s default")
    parser.add_argument(
        "--monitor", help="record what this computer plays as well: a sound server’s monitor, or an input, by its name"
    )
    parser.add_argument("--seconds", type=float, help="stop after this many seconds")
    parser.add_argument(
        "--offset", type=float, default=0.0, help="where the part begins on the session’s clock, in seconds"
    )
    parser.add_argument("--bit-rate", type=int, default=DEFAULT_BIT_RATE, help="bits per second")
    args = parser.parse_args(arguments)
    return RecorderOptions(
        args.to, tuple(args.recipient), args.device, args.offset, args.bit_rate, args.seconds, args.monitor
    )


def main(arguments: list[str]) -> int:
    """Record until STOP. Return 0 after an orderly end, 1 if a Trouble ended it."""
    options = _parse_options(arguments)
    commands = CommandReader()
    commands.start()
    return run_child(lambda out: _record(options, out, commands))


def _record(options: RecorderOptions, out: LineWriter, commands: CommandReader) -> int:
    clock = SystemClock()
    # Without a microphone a sound server gives a monitor instead: the call would be recorded twice.
    is_other_source = (lambda: recorded_monitor(os.getpid()) is not None) if options.monitor else (lambda: False)
    source = MicrophoneStream(options.device, clock, SourceMoveWatcher(), is_other_source=is_other_source)
    with _computer_sound(options.monitor, clock) as computer:
        missing = _open(source, computer)
        try:
            writer = PartWriter(options.folder, options.recipients)
            recorder = Recorder(options, source, writer, out=out, commands=commands, clock=clock, computer=computer)
            ended = recorder.run(without_microphone=missing)
        finally:
            # Last, since a hanging sound server would delay the sealing; its errors change nothing.
            with contextlib.suppress(Trouble):
                source.close()
    return 0 if ended is None else 1


@contextlib.contextmanager
def _computer_sound(name: str | None, clock: Clock) -> Iterator[ComputerSound | None]:
    """Listen to what the computer plays for the duration of the block; to nothing without a name."""
    if name is None:
        yield None
        return
    from balint_desktop.capture.computer_sound import ComputerSound  # noqa: PLC0415  it needs numpy
    from balint_desktop.capture.computer_stream import ComputerStream  # noqa: PLC0415

    computer = ComputerSound(ComputerStream(name), clock)
    computer.open()
    try:
        yield computer
    finally:
        computer.close()


def _open(source: MicrophoneStream, computer: ComputerSound | None) -> bool:
    """Open the microphone. Return whether it is missing and the other source is heard. Raise Trouble without both."""
    try:
        source.open()
    except Trouble as trouble:
        if computer is None or trouble.code is TroubleCode.SOUND_SYSTEM_FROZEN or not computer.wait_until_live():
            raise
        return True
    return False
