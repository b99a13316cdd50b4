"""Build the .deb of the engine of transcription: the frozen child alone, beside the app's own package.

    python installers/linux/package_transcribe.py [--fast]

It must run under the Python of its packaging environment (`make deb-transcribe`). See package.py.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import package

sys.path.insert(0, str(package.ROOT / "installers" / "common"))

import engine_notices

from balint_desktop import __version__

NAME = "balint-desktop-transcribe"
SUMMARY = "First drafts of transcripts for Balint Desktop"
DESCRIPTION = """\
The program that lets Balint Desktop write the first draft of a transcript on this computer,
without a network. It holds no key, and it needs a model, which is not part of this package."""
BUILD = package.ROOT / "build" / "package-transcribe"
# Installed, in MB: what the whole of it may take at most.
_MOST_MB = 290


def freeze() -> Path:
    """Freeze the child with the system's own libraries left out."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    paths = ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    spec = package.ROOT / "installers" / "common" / f"{NAME}.spec"
    subprocess.run([*command, *paths, str(spec)], check=True, env=dict(os.environ, BALINT_SYSTEM_LIBRARIES="1"))
    frozen = BUILD / "frozen" / NAME
    inside = frozen / "_internal"
    package.strip_python(inside)
    # 66 MB of CTranslate2's binding are for debuggers. Its library stays: Intel's part of it may not be altered.
    subprocess.run(["strip", "--strip-debug", *map(str, inside.glob("ctranslate2/_ext*.so"))], check=True)
    return frozen


def lay_out(frozen: Path) -> Path:
    """Return a folder with the files as they will be installed. There is nothing to start by hand."""
    tree = BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / "usr/lib" / NAME, symlinks=True)
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == NAME else 0o644)
    return tree


def write_control(tree: Path) -> None:
    """Write what the package is, needs and adds to."""
    control = tree / "DEBIAN"
    needed = package.needed_packages(tree, NAME)
    control.mkdir()
    (control / "control").write_text(
        f"Package: {NAME}\nVersion: {__version__}\nArchitecture: amd64\nMaintainer: {package.MAINTAINER}\n"
        f"Installed-Size: {package.installed_kb(tree)}\n"
        # The two speak a protocol of their own, which may change with each version.
        f"Depends: {', '.join([f'{package.NAME} (= {__version__})', *sorted(needed)])}\nEnhances: {package.NAME}\n"
        f"Section: science\nPriority: optional\nDescription: {SUMMARY}\n"
        f"{package.debian_texts.wrapped_description(DESCRIPTION)}",
        encoding="utf-8",
    )


def main() -> int:
    """Build it."""
    parser = argparse.ArgumentParser(description="Build the engine's Debian package into dist/.")
    parser.add_argument("--fast", action="store_true", help="compress quickly: for trying, not for release")
    asked = parser.parse_args()
    package.BUILD.mkdir(parents=True, exist_ok=True)
    tree = lay_out(freeze())
    licences = f"{engine_notices.licence()}\n\n{engine_notices.notices()}"
    package.write_documents(tree, NAME, "lintian-overrides-transcribe", licences)
    installed_mb = package.installed_kb(tree) / 1024
    if installed_mb > _MOST_MB:
        sys.exit(f"{NAME} would take {installed_mb:.0f} MB, and may take {_MOST_MB}.")
    write_control(tree)
    made = package.build_deb(tree, NAME, fast=asked.fast)
    package.write_sums()
    print(f"{made.relative_to(package.ROOT)}: {made.stat().st_size / 1e6:.1f} MB, {installed_mb:.0f} MB installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
