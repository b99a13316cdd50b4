"""Resources the window uses while a session runs untouched: processor, and memory growth since it was opened.

Run as a program it is the window: led from the first start into the room, recording, and then left alone.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from processes import DidNotRun, environment, peak_mb

AIM_PERCENT = 0.7
AIM_MB = 110.0
_SETTLED_S = 4.0
_LONGEST_S = 90.0
_PASSPHRASE = "nobody but a benchmark would choose this"


@dataclass(frozen=True)
class Idle:
    """Resources used: percent of one core per slice of time and at most, MB; and the maximum of its children."""

    percents: list[float]
    peak_mb: float
    children_mb: float


def idle_in_session(slices: int, slice_s: float) -> Idle:
    """Open the window, lead it into a recorded session, and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, __file__, folder, str(slices), str(slice_s)],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=_LONGEST_S + slices * slice_s,
            check=False,
        )
    if done.returncode or not done.stdout:
        raise DidNotRun(f"the session did not run: {done.stderr.strip()[-300:]}")
    return Idle(**json.loads(done.stdout))


def _be_the_window(folder: Path, slices: int, slice_s: float) -> int:
    from PySide6.QtCore import QEventLoop, QTimer  # noqa: PLC0415  only the window needs them

    from balint_desktop.app import desktop as app  # noqa: PLC0415
    from balint_desktop.library.formats import FormatLibrary, shipped_bank  # noqa: PLC0415
    from balint_desktop.rehearsal.hand import Hand  # noqa: PLC0415
    from balint_desktop.rehearsal.script import Script  # noqa: PLC0415

    found: list[Idle] = []

    class HandWithoutCamera(Hand):
        def picture(self, name):
            return self._pictures / name

    def left_alone(seconds: float) -> None:
        """Let time pass with a single timer, so that nothing of the benchmark's own is counted."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def percent() -> float:
        began_s, used_s = time.monotonic(), time.process_time()
        left_alone(slice_s)
        return 100 * (time.process_time() - used_s) / (time.monotonic() - began_s)

    def lead(desktop: app.Desktop) -> None:
        try:
            desktop.shell.resize(1280, 720)
            hand = HandWithoutCamera(folder)
            hour = FormatLibrary(folder / "formats", shipped_bank()).load("student-hour")
            script = Script(hand, hour, Path(), str)
            script.set_up(_PASSPHRASE)
            script.create_group()
            script.get_ready()
            hand.press("recording-start")
            hand.press("say-start-act")
            hand.find_any("recording-pause")
            left_alone(_SETTLED_S)
            percents = [percent() for _ in range(slices)]
            hand.find_any("recording-pause")
            # A child's figure may begin with this process's memory at its start; scrypt's is far above that.
            children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
            found.append(Idle(percents, peak_mb(), children))
        finally:
            desktop.shell.may_close = lambda: True
            desktop.shell.close()

    code = app.main(["--data-dir", str(folder / "data")], lead)
    if found:
        print(json.dumps(asdict(found[0])), flush=True)
    return code


if __name__ == "__main__":
    sys.exit(_be_the_window(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
