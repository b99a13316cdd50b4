"""The child `balint-desktop awake`: inhibit sleep until the end of standard input."""

from __future__ import annotations

import argparse
import os

from balint_desktop.capture.child import run_child
from balint_desktop.capture.stdout_lines import LineWriter

_CHUNK = 4096


def main(arguments: list[str]) -> int:
    """Keep the computer awake until the end of input; with --probe, only report whether that works.

    Only idle sleep is inhibited: the screen may lock, and closing the lid still suspends the computer.
    """
    parser = argparse.ArgumentParser(prog="balint-desktop awake", description="Keep this computer awake.")
    parser.add_argument("--probe", action="store_true", help="report whether it can be kept awake, and end")
    probe = parser.parse_args(arguments).probe
    return run_child(lambda out: _keep(out, probe=probe))


def _keep(out: LineWriter, *, probe: bool) -> int:
    from wakepy import keep  # noqa: PLC0415  --help need not load it

    # In a child, since it may wait for an unresponsive desktop, and since its import takes a fifth of a second.
    with keep.running(on_fail="pass") as mode:
        out.write({"awake": bool(mode.active)})
        while not probe and os.read(0, _CHUNK):
            pass
    return 0
