"""The child `balint-desktop recorder`: record one part with public keys only and no secret. Loads no Qt."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from balint_desktop.capture.child import run_child
from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.recorder import Recorder, RecorderOptions
from balint_desktop.capture.source import MicrophoneStream
from balint_desktop.capture.source_moved import SourceMoveWatcher
from balint_desktop.capture.stdin_commands import CommandReader
from balint_desktop.capture.stdout_lines import LineWriter
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.part import PartWriter


def _parse_options(arguments: list[str]) -> RecorderOptions:
    parser = argparse.ArgumentParser(prog="balint-desktop recorder", description="Record one part, sealed as it goes.")
    parser.add_argument("--to", type=Path, required=True, help="the part's folder")
    parser.add_argument("--recipient", action="append", required=True, help="the public key (age1…) to seal to")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--seconds", type=float, help="stop by itself after so long")
    parser.add_argument("--offset", type=float, default=0.0, help="where the part begins on the session's clock")
    parser.add_argument("--bit-rate", type=int, default=DEFAULT_BIT_RATE, help="bits a second")
    args = parser.parse_args(arguments)
    return RecorderOptions(args.to, tuple(args.recipient), args.device, args.offset, args.bit_rate, args.seconds)


def main(arguments: list[str]) -> int:
    """Record until STOP. Return 0 after an orderly end, 1 if a Trouble ended it."""
    options = _parse_options(arguments)
    commands = CommandReader()
    commands.start()
    return run_child(lambda out: _record(options, out, commands))


def _record(options: RecorderOptions, out: LineWriter, commands: CommandReader) -> int:
    clock = SystemClock()
    source = MicrophoneStream(options.device, clock, SourceMoveWatcher())
    source.open()
    try:
        writer = PartWriter(options.folder, options.recipients)
        ended = Recorder(options, source, writer, out=out, commands=commands, clock=clock).run()
    finally:
        # Last, since a hanging sound server would delay the sealing; its errors change nothing.
        with contextlib.suppress(Trouble):
            source.close()
    return 0 if ended is None else 1
