r"""Build the installer of the transcription engine for Windows: freeze it, start it once, sign it, and wrap it.

    python installers\windows\build_transcribe.py

It runs under the Python of a venv of its own, which holds requirements-transcribe.lock and
requirements-transcribe-package.lock (installers/README.md). See build.py.
"""

from __future__ import annotations

import subprocess
import sys

import build
import engine_notices  # build.py puts its folder on the path

NAME = "balint-desktop-transcribe"


def main() -> int:
    """Freeze, start, sign and wrap."""
    if sys.platform != "win32":
        print("The installer of the engine is built on Windows.", file=sys.stderr)
        return 1
    frozen = build.freeze(NAME)
    engine_notices.write_texts(frozen)
    # Without a request it ends at once: it is whole enough to start.
    subprocess.run([str(frozen / f"{NAME}.exe")], stdin=subprocess.DEVNULL, check=True)
    build.sign(frozen)
    build.write_setup(NAME, frozen)
    return 0


if __name__ == "__main__":
    sys.exit(main())
