"""The recorder's process: no Qt, one public key, no secret."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path

from balint_desktop.capture.child import run_child
from balint_desktop.capture.encoder import DEFAULT_BIT_RATE
from balint_desktop.capture.recorder import Order, Recorder
from balint_desktop.capture.source import Source
from balint_desktop.capture.source_moved import MoveWatch
from balint_desktop.capture.stdin_commands import CommandsIn
from balint_desktop.capture.stdout_lines import LinesOut
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.sealed.part import PartWriter


def _order(arguments: list[str]) -> Order:
    parser = argparse.ArgumentParser(prog="balint-desktop recorder", description="Record one part, sealed as it goes.")
    parser.add_argument("--to", type=Path, required=True, help="the part's folder")
    parser.add_argument("--recipient", action="append", required=True, help="the public key (age1…) to seal to")
    parser.add_argument("--device", help="the microphone's name; the system's default where left out")
    parser.add_argument("--seconds", type=float, help="stop by itself after so long")
    parser.add_argument("--offset", type=float, default=0.0, help="where the part begins on the session's clock")
    parser.add_argument("--bit-rate", type=int, default=DEFAULT_BIT_RATE, help="bits a second")
    told = parser.parse_args(arguments)
    return Order(told.to, tuple(told.recipient), told.device, told.offset, told.bit_rate, told.seconds)


def main(arguments: list[str]) -> int:
    """Record until told to stop; return 0 after a proper end, 1 where something ended it."""
    order = _order(arguments)
    commands = CommandsIn()
    commands.start()
    return run_child(lambda out: _record(order, out, commands))


def _record(order: Order, out: LinesOut, commands: CommandsIn) -> int:
    clock = SystemClock()
    source = Source(order.device, clock, MoveWatch())
    source.open()
    try:
        writer = PartWriter(order.folder, order.recipients)
        ended = Recorder(order, source, writer, out=out, commands=commands, clock=clock).run()
    finally:
        # Last, since a sound server that stands still would hold up the sealing; and what it says changes nothing.
        with contextlib.suppress(Trouble):
            source.close()
    return 0 if ended is None else 1
