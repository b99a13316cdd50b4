"""Try the wheel as its user installs it, by pipx, in folders of its own.

    make wheel try-wheel

It installs the wheel and what it asks for from the index, asks the installed commands for their version, runs the
self-test, opens the window on a virtual screen, and removes the program. Nothing of this machine's own is changed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))

from paint_witness import PaintWitness
from steps import FailedError, expect, step

from balint_desktop import __version__
from balint_desktop.rehearsal.screen import screen

_LONGEST_S = 900.0
_PAINTED_S = 30.0


class Installation:
    """A home for pipx, and the commands that it installs."""

    def __init__(self, pipx: str, folder: Path) -> None:
        self._pipx = pipx
        self._environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if not name.startswith(("PYTHON", "QT_", "VIRTUAL_ENV"))
            },
            "PIPX_HOME": str(folder / "home"),
            "PIPX_BIN_DIR": str(folder / "bin"),
            "PIPX_MAN_DIR": str(folder / "man"),
            "PIPX_DEFAULT_PYTHON": str(getattr(sys, "_base_executable", sys.executable)),
        }
        self.commands = folder / "bin"

    def pipx(self, *words: str) -> str:
        """Run pipx and return what it printed. Raise FailedError."""
        return self._run(self._pipx, *words)

    def run(self, command: str, *words: str, **environment: str) -> str:
        """Run an installed command and return what it printed. Raise FailedError."""
        return self._run(str(self.commands / command), *words, **environment)

    def open(self, command: str, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """Start an installed command."""
        return subprocess.Popen(
            [str(self.commands / command), *words],
            env={**self._environment, **environment},
            cwd="/",
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _run(self, *words: str, **environment: str) -> str:
        done = subprocess.run(
            words,
            env={**self._environment, **environment},
            # Not the checkout, which would be imported in place of what is installed.
            cwd="/",
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
        if done.returncode:
            raise FailedError(f"{' '.join(words)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}")
        return done.stdout


def trial(installed: Installation, wheel: Path, folder: Path) -> None:
    """Go through the wheel's life."""
    with step(f"pipx installs {wheel.name}"):
        installed.pipx("install", str(wheel.resolve()))
        expect((installed.commands / "balint-desktop-window").exists(), "the window has no command of its own")
    with step("it says its version"):
        expect(__version__ in installed.run("balint-desktop", "--version"), f"it is not {__version__}")
    with step("its self-test passes"):
        tested = installed.run("balint-desktop", "doctor", "--self-test", QT_QPA_PLATFORM="offscreen")
        print("        " + tested.strip().replace("\n", "\n        "))
    data, passphrase = folder / "data", folder / "passphrase"
    with step("it makes a vault"):
        passphrase.write_text("river lantern copper meadow\n", encoding="utf-8")
        installed.run(
            "balint-desktop", "vault", "create", "--data-dir", str(data), "--passphrase-file", str(passphrase)
        )
    with step("its window is painted"):
        paint_window(installed, data)
    with step("removed, and the vault is left alone"):
        before = sorted(data.rglob("*"))
        installed.pipx("uninstall", "balint-desktop")
        expect(not (installed.commands / "balint-desktop").exists(), "the command is still there")
        expect(sorted(data.rglob("*")) == before, "the vault was touched")


def paint_window(installed: Installation, data: Path) -> None:
    """Open the window on a virtual screen, and wait until it is painted."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        os.environ.pop(name, None)
    with screen() as shown:
        expect("DISPLAY" in shown.environment, "there is no Xvfb")
        witness = PaintWitness(shown.environment["DISPLAY"])
        with installed.open("balint-desktop", "--data-dir", str(data), **shown.environment) as window:
            try:
                witness.wait_for_paint(_PAINTED_S)
            finally:
                window.kill()
        witness.close()


def main() -> int:
    """Try the wheel; exit code 1 where a step failed."""
    parser = argparse.ArgumentParser(description="Try the wheel by pipx.")
    parser.add_argument("--pipx", default="pipx", help="pipx's command")
    parser.add_argument("wheel", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="balint-try-wheel-") as folder:
        try:
            trial(Installation(asked.pipx, Path(folder)), asked.wheel, Path(folder))
        except FailedError:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
