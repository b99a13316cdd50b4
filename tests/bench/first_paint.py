"""Time until the first paint: our window with an empty data folder, beside bare ones with a label."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from processes import DidNotRun, environment

AIM = 1.4
_LONGEST_S = 30.0
_ONE_WINDOW = str(Path(__file__).with_name("one_window.py"))


@dataclass(frozen=True)
class Painted:
    """Time from process start to the first paint, and peak memory by then."""

    after_ms: float
    peak_mb: float


def paint_ours() -> Painted:
    """Open the app as it ships."""
    return _paint("ours")


def paint_bare() -> Painted:
    """Open a window with one label."""
    return _paint("bare")


def paint_with_flags() -> Painted:
    """Open a window with one label, which sets one flag and one alignment."""
    return _paint("flags")


def _paint(side: str) -> Painted:
    with tempfile.TemporaryDirectory() as folder:
        began_s = time.monotonic()
        done = subprocess.run(
            [sys.executable, _ONE_WINDOW, side, str(Path(folder) / "data")],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"the window was never painted: {done.stderr.strip()[-200:]}")
    painted_s, peak = map(float, done.stdout.split())
    return Painted((painted_s - began_s) * 1000, peak)
