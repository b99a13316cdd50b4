"""The child that keeps the machine awake: from its start to the end of its input, and by itself never longer."""

from __future__ import annotations

import argparse
import os

from balint_desktop.capture.child import run_child
from balint_desktop.capture.stdout_lines import LinesOut

_CHUNK = 4096


def main(arguments: list[str]) -> int:
    """Keep the machine awake until the end of input; with --probe, only tell whether that can be done.

    The screen may lock: what is kept away is the sleep that comes by itself. A lid that is closed is another matter.
    """
    parser = argparse.ArgumentParser(prog="balint-desktop awake", description="Keep this computer awake.")
    parser.add_argument("--probe", action="store_true", help="tell whether it can be kept awake, and end")
    probe = parser.parse_args(arguments).probe
    return run_child(lambda out: _keep(out, probe=probe))


def _keep(out: LinesOut, *, probe: bool) -> int:
    from wakepy import keep  # noqa: PLC0415  what only tells its usage need not load it

    # In a child since it may wait for a desktop that does not answer, and since its import takes a fifth of a second.
    with keep.running(on_fail="pass") as mode:
        out.say({"awake": bool(mode.active)})
        while not probe and os.read(0, _CHUNK):
            pass
    return 0
