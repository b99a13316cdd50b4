"""Build the disk image for this Mac's processor: freeze the program, and lay it beside a link to Applications.

    python installers/macos/build.py

It runs on macOS 13 or later, under the Python of a venv that holds requirements-package.lock (installers/README.md).
With BALINT_SIGNER and BALINT_NOTARY set, `sign_notarize.sh` signs and notarises the image;
without them the app is signed ad hoc, and each user has to allow it once.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from balint_desktop import __version__  # noqa: E402  the checkout's

APP = ROOT / "dist" / "Balint Desktop.app"
NOTICES = ROOT / "resources" / "licences" / "THIRD_PARTY_NOTICES.txt"


def main() -> int:
    """Freeze, test, sign and wrap."""
    if sys.platform != "darwin":
        print("A disk image is built on a Mac.", file=sys.stderr)
        return 1
    python = [sys.executable, "-m"]
    spec = ROOT / "installers" / "common" / "balint-desktop.spec"
    subprocess.run([*python, "PyInstaller", "--noconfirm", "--log-level", "WARN", str(spec)], check=True, cwd=ROOT)
    subprocess.run([str(APP / "Contents" / "MacOS" / "balint-desktop"), "doctor", "--self-test"], check=True)
    image = ROOT / "dist" / f"balint-desktop-{__version__}-{platform.machine()}.dmg"
    image.unlink(missing_ok=True)
    defines = {"app": APP, "licence": ROOT / "LICENSE", "notices": NOTICES}
    given = [f"-D{name}={value}" for name, value in defines.items()]
    settings = ROOT / "installers" / "macos" / "dmg_settings.py"
    subprocess.run([*python, "dmgbuild", "-s", str(settings), *given, "Balint Desktop", str(image)], check=True)
    if os.environ.get("BALINT_SIGNER"):
        subprocess.run(["/bin/sh", str(ROOT / "installers" / "macos" / "sign_notarize.sh"), str(image)], check=True)
    print(f"{image.relative_to(ROOT)}: {image.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
