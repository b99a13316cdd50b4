r"""Build the installer for Windows: freeze the program, test it, sign it, and wrap it by Inno Setup.

    python installers\windows\build.py

It runs on Windows 10 (1809) or later, x64, under the Python of a venv that holds requirements-package.lock, with Inno
Setup 6 installed (installers/README.md). With BALINT_SIGN set, all that can be signed is.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "installers" / "common"))

from balint_desktop import __version__  # noqa: E402  the checkout's

NAME = "balint-desktop"
DIST = ROOT / "dist"
HERE = ROOT / "installers" / "windows"
SIGN = ["powershell", "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", str(HERE / "sign.ps1")]


def main() -> int:
    """Freeze, test, sign and wrap."""
    if sys.platform != "win32":
        print("The installer is built on Windows.", file=sys.stderr)
        return 1
    import icons  # noqa: PLC0415  it needs Qt

    frozen = freeze(NAME)
    subprocess.run([str(frozen / f"{NAME}.exe"), "doctor", "--self-test"], check=True)
    sign(frozen)
    write_setup(NAME, frozen, Icon=icons.write_icon(ROOT / "build" / "icons", icons.NAME, "win32"))
    return 0


def freeze(name: str) -> Path:
    """Freeze a program by the spec of its name, and return its folder."""
    spec = ROOT / "installers" / "common" / f"{name}.spec"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", str(spec)]
    subprocess.run(command, check=True, cwd=ROOT)
    return DIST / name


def sign(frozen: Path) -> None:
    """Sign all programs and libraries in a folder, if there is a certificate."""
    if _is_signed():
        subprocess.run([*SIGN, str(frozen)], check=True)


def write_setup(name: str, frozen: Path, **more: Path) -> Path:
    """Write the setup by the script of that name, with its checksum beside it."""
    defines = {"Version": __version__, "Frozen": frozen, "Output": DIST, **more}
    given = [f"/D{key}={value}" for key, value in defines.items()]
    if _is_signed():
        # Inno Setup signs the installer and the uninstaller inside it.
        given += ["/DSignTool=balint", f"/Sbalint={' '.join(SIGN)} $f"]
    subprocess.run([_compiler(), "/Qp", *given, str(HERE / f"{name}.iss")], check=True)
    setup = DIST / f"{name}-{__version__}-setup.exe"
    digest = hashlib.sha256(setup.read_bytes()).hexdigest()
    setup.with_name(f"{setup.name}.sha256").write_text(f"{digest}  {setup.name}\n", encoding="ascii")
    print(f"{setup.relative_to(ROOT)}: {setup.stat().st_size / 1e6:.1f} MB, SHA-256 {digest}")
    return setup


def _is_signed() -> bool:
    return bool(os.environ.get("BALINT_SIGN"))


def _compiler() -> str:
    """Return Inno Setup's compiler: on the path, or where its own setup puts it."""
    folders = (os.environ.get("PROGRAMFILES(X86)", ""), os.environ.get("LOCALAPPDATA", "") + r"\Programs")
    places = [Path(folder) / "Inno Setup 6" / "ISCC.exe" for folder in folders if folder]
    found = shutil.which("ISCC") or next((str(place) for place in places if place.exists()), None)
    if found is None:
        raise SystemExit("Inno Setup 6 is missing. Install it, or put ISCC.exe on the path.")
    return found


if __name__ == "__main__":
    sys.exit(main())
