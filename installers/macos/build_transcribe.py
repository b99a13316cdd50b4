"""Build the package of the transcription engine for this Mac's processor: freeze it, start it once, and wrap it.

    python installers/macos/build_transcribe.py

It runs on macOS 13 or later, under the Python of a venv of its own, which holds requirements-transcribe.lock and
requirements-transcribe-package.lock (installers/README.md). With BALINT_SIGNER, BALINT_INSTALLER_SIGNER and
BALINT_NOTARY set, `sign_notarize.sh` signs and notarises it.

It goes to /Library/Application Support, where only an administrator can write: the engine is handed the sound of opened
recordings. Inside the app it would break the seal of the app's signature.
"""

from __future__ import annotations

import os
import platform
import plistlib
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "installers" / "common"))

import engine_notices  # noqa: E402  in that folder

from balint_desktop import __version__  # noqa: E402  the checkout's
from balint_desktop.transcription.engine_location import MAC_FOLDER, PROGRAM  # noqa: E402

# Never changed: by it an upgrade finds what it replaces.
IDENTIFIER = "org.balint-desktop.transcribe"
HERE = ROOT / "installers" / "macos"
DIST = ROOT / "dist"
WORK = ROOT / "build" / "package-transcribe"


def distribution(version: str, machine: str) -> str:
    """Return what the installer shows and asks for: the licence, the kind of processor, and the least macOS."""
    return f"""\
<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2">
  <title>Balint Desktop Transcribe</title>
  <license file="LICENCE.txt"/>
  <options customize="never" require-scripts="false" hostArchitectures="{machine}"/>
  <domains enable_anywhere="false" enable_currentUserHome="false" enable_localSystem="true"/>
  <volume-check><allowed-os-versions><os-version min="13.0"/></allowed-os-versions></volume-check>
  <choices-outline><line choice="engine"/></choices-outline>
  <choice id="engine" visible="false"><pkg-ref id="{IDENTIFIER}"/></choice>
  <pkg-ref id="{IDENTIFIER}" version="{version}">engine.pkg</pkg-ref>
</installer-gui-script>
"""


def stay_in_place(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the bundles of a package such that each goes where the package says, and replaces any version."""
    for one in components:
        one |= {"BundleIsRelocatable": False, "BundleIsVersionChecked": False, "BundleOverwriteAction": "upgrade"}
        stay_in_place(one.get("ChildBundles", []))
    return components


def write_package(frozen: Path, target: Path) -> None:
    """Write the package of a frozen engine."""
    WORK.mkdir(parents=True, exist_ok=True)
    components = WORK / "components.plist"
    subprocess.run(["pkgbuild", "--analyze", "--root", str(frozen), str(components)], check=True)
    components.write_bytes(plistlib.dumps(stay_in_place(plistlib.loads(components.read_bytes()))))
    options = {
        "root": frozen,
        "component-plist": components,
        "identifier": IDENTIFIER,
        "version": __version__,
        "install-location": MAC_FOLDER,
        "scripts": HERE / "transcribe-scripts",
        "ownership": "recommended",
    }
    given = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    subprocess.run(["pkgbuild", *given, str(WORK / "engine.pkg")], check=True)
    (WORK / "distribution.xml").write_text(distribution(__version__, platform.machine()), encoding="utf-8")
    places = ["--distribution", str(WORK / "distribution.xml"), "--package-path", str(WORK), "--resources", str(frozen)]
    subprocess.run(["productbuild", *places, str(target)], check=True)


def main() -> int:
    """Freeze, start, wrap and sign."""
    if sys.platform != "darwin":
        print("The package of the engine is built on a Mac.", file=sys.stderr)
        return 1
    spec = ROOT / "installers" / "common" / f"{PROGRAM}.spec"
    freeze = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", str(spec)]
    subprocess.run(freeze, check=True, cwd=ROOT)
    frozen = DIST / PROGRAM
    engine_notices.write_texts(frozen)
    # Without a request it ends at once: it is whole enough to start.
    subprocess.run([str(frozen / PROGRAM)], stdin=subprocess.DEVNULL, check=True)
    target = DIST / f"{PROGRAM}-{__version__}-{platform.machine()}.pkg"
    target.unlink(missing_ok=True)
    write_package(frozen, target)
    if os.environ.get("BALINT_SIGNER"):
        subprocess.run(["/bin/sh", str(HERE / "sign_notarize.sh"), str(target)], check=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
