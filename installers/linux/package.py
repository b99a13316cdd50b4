"""Build the Linux packages: freeze the program, lay it out as it will be installed, and write a .deb or an .rpm.

    python installers/linux/package.py deb|rpm [--fast]
    python installers/linux/package.py sums

It must run under the Python of the packaging environment (`make deb`), on the oldest system that the package is for:
what is frozen asks for the C library it was frozen on. `--fast` compresses with zstd, in seconds instead of minutes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import debian_texts  # noqa: E402  beside this file, and it reads the checkout's commands

from balint_desktop import __version__  # noqa: E402  the checkout's

NAME = "balint-desktop"
# The publisher's domain, reversed; whoever publishes must own it (installers/README.md).
APP_ID = "org.balint_desktop.BalintDesktop"
SUMMARY = "Facilitator's laptop aid for a Balint group"
DESCRIPTION = """\
Balint Desktop walks the facilitator of a Balint group through the hour with timed prompts,
records a session to a sealed local file where everyone has agreed, and keeps a log of who
presented. It works without a network and opens no connection."""
# Debian's own variables name whoever builds the package.
MAINTAINER = f"{os.environ.get('DEBFULLNAME', 'Balint Desktop')} <{os.environ.get('DEBEMAIL', 'root@localhost')}>"
BUILD = ROOT / "build" / "package"
DIST = ROOT / "dist"
INSTALLED = Path("usr/lib") / NAME
# Found by name at run time, so that no library names them.
ALSO_NEEDED = ("libportaudio2", "libsndfile1", "fonts-lato")
RPM_ALSO_NEEDED = ("libportaudio.so.2()(64bit)", "libsndfile.so.1()(64bit)")
# A pattern of what lies beside the program and no other package has to bring.
OWN_LIBRARIES = "^(lib(Qt6|pyside6|shiboken6|icu|bz2|python3|scipy_openblas|gfortran|quadmath)).*$"
# The microphone of a desktop is reached through ALSA's plugin for the sound server, the sound of a call by pactl.
RECOMMENDED = ("libasound2-plugins", "pulseaudio-utils")


def freeze() -> Path:
    """Freeze the program with the system's own libraries left out, and strip what Python's build left in."""
    environment = dict(os.environ, BALINT_SYSTEM_LIBRARIES="1")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    paths = ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    subprocess.run([*command, *paths, str(ROOT / "installers/common/balint-desktop.spec")], check=True, env=environment)
    frozen = BUILD / "frozen" / NAME
    strip_python(frozen / "_internal")
    return frozen


def strip_python(inside: Path) -> None:
    """Strip what the build of Python left in its library and modules, and the place where it was built."""
    # Not the libraries of wheels: stripping those that were patched on their way into a wheel can break them.
    stripped = [*inside.glob("libpython*"), *inside.rglob("lib-dynload/*.so")]
    subprocess.run(["strip", "--strip-unneeded", *map(str, stripped)], check=True)
    # A Python that was built by hand looks for libraries where it was built, on any machine.
    subprocess.run(["chrpath", "--delete", *map(str, stripped)], check=True, stdout=subprocess.DEVNULL)


def lay_out(frozen: Path) -> Path:
    """Return a folder with the files as they will be installed."""
    tree = BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(frozen, tree / INSTALLED, symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin" / NAME).symlink_to(Path("..") / "lib" / NAME / NAME)
    icons = ROOT / "resources/icons"
    for source, target in (
        (ROOT / "installers/linux" / f"{NAME}.desktop", f"usr/share/applications/{NAME}.desktop"),
        (ROOT / "installers/linux" / f"{APP_ID}.metainfo.xml", f"usr/share/metainfo/{APP_ID}.metainfo.xml"),
        (icons / f"{NAME}.png", f"usr/share/icons/hicolor/256x256/apps/{NAME}.png"),
        (icons / f"{NAME}.svg", f"usr/share/icons/hicolor/scalable/apps/{NAME}.svg"),
        (ROOT / "installers/for-it.md", f"usr/share/doc/{NAME}/for-it.md"),
        (ROOT / "LICENSE", f"usr/share/doc/{NAME}/LICENSE"),
    ):
        (tree / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, tree / target)
    manual = tree / "usr/share/man/man1" / f"{NAME}.1.gz"
    manual.parent.mkdir(parents=True)
    page = debian_texts.manual_page(NAME, __version__, SUMMARY, DESCRIPTION)
    manual.write_bytes(gzip.compress(page.encode(), mtime=0))
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.name == NAME else 0o644)
    return tree


def write_deb(tree: Path, *, fast: bool) -> Path:
    """Write the .deb, with its copyright, its changelog and the packages it depends on."""
    notices = (ROOT / "resources/licences/THIRD_PARTY_NOTICES.txt").read_text(encoding="utf-8")
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    write_documents(tree, NAME, "lintian-overrides", f"{own}\n\n{notices}")
    (tree / "usr/share/doc" / NAME / "LICENSE").unlink()
    control = tree / "DEBIAN"
    control.mkdir()
    depends = sorted({*needed_packages(tree), *ALSO_NEEDED})
    (control / "control").write_text(
        f"Package: {NAME}\nVersion: {__version__}\nArchitecture: amd64\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {installed_kb(tree)}\nDepends: {', '.join(depends)}\n"
        f"Recommends: {', '.join(RECOMMENDED)}\nSection: science\nPriority: optional\n"
        f"Description: {SUMMARY}\n{debian_texts.wrapped_description(DESCRIPTION)}",
        encoding="utf-8",
    )
    return build_deb(tree, NAME, fast=fast)


def write_documents(tree: Path, name: str, overrides: str, licences: str) -> None:
    """Write what Debian asks of a package beside its files: copyright, changelog, and why lintian's findings stay."""
    documents = tree / "usr/share/doc" / name
    documents.mkdir(parents=True, exist_ok=True)
    (documents / "copyright").write_text(f"{name}\n\n{licences}", encoding="utf-8")
    built_at = float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    written = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    changes = debian_texts.changelog(written, name, __version__, MAINTAINER, built_at)
    (documents / "changelog.gz").write_bytes(gzip.compress(changes.encode(), mtime=0))
    reasons = tree / "usr/share/lintian/overrides" / name
    reasons.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "installers/linux" / overrides, reasons)


def build_deb(tree: Path, name: str, *, fast: bool) -> Path:
    """Build the .deb of a tree whose control file is written, and take its control files away again."""
    control = tree / "DEBIAN"
    sums = [f"{md5(path)}  {path.relative_to(tree)}\n" for path in files(tree) if control not in path.parents]
    (control / "md5sums").write_text("".join(sums), encoding="utf-8")
    DIST.mkdir(exist_ok=True)
    made = DIST / f"{name}_{__version__}_amd64.deb"
    how = ["-Zzstd"] if fast else ["-Zxz", "-z6"]
    subprocess.run(["dpkg-deb", "--root-owner-group", *how, "--build", str(tree), str(made)], check=True)
    shutil.rmtree(control)
    return made


def write_rpm(tree: Path) -> Path:
    """Write the .rpm. What it needs is named by library, which is the same on every distribution."""
    spec = BUILD / f"{NAME}.spec"
    paths = [f"/{path.relative_to(tree)}" for path in (*files(tree), *links(tree)) if INSTALLED not in path.parents]
    owned = [one for one in paths if not one.startswith(f"/{INSTALLED}")]
    needs = "".join(f"Requires: {one}\n" for one in RPM_ALSO_NEEDED)
    spec.write_text(
        f"Name: {NAME}\nVersion: {__version__}\nRelease: 1\nSummary: {SUMMARY}\nLicense: MIT\n"
        f"{needs}AutoProv: no\n"
        # The program's own libraries are found beside it, so no other package has to bring them.
        f"%global __requires_exclude {OWN_LIBRARIES}\n"
        # Already stripped as far as it may be.
        "%global __os_install_post %{nil}\n%global debug_package %{nil}\n%global _build_id_links none\n"
        f"%description\n{DESCRIPTION}\n"
        f"%install\ncp -a {tree}/. %{{buildroot}}/\n"
        f"%files\n/{INSTALLED}\n" + "".join(f"{one}\n" for one in owned),
        encoding="utf-8",
    )
    subprocess.run(
        ["rpmbuild", "-bb", "--quiet", "--define", f"_topdir {BUILD / 'rpm'}", "--target", "x86_64", str(spec)],
        check=True,
    )
    (built,) = (BUILD / "rpm" / "RPMS").rglob("*.rpm")
    DIST.mkdir(exist_ok=True)
    made = DIST / f"{NAME}-{__version__}-1.x86_64.rpm"
    shutil.move(built, made)
    return made


def needed_packages(tree: Path, name: str = NAME) -> list[str]:
    """Return the Debian packages whose libraries the frozen program uses, with their least versions."""
    control = BUILD / "debian"
    control.mkdir(exist_ok=True)
    (control / "control").write_text(f"Source: {name}\n\nPackage: {name}\nArchitecture: amd64\n", encoding="utf-8")
    inside = tree / "usr/lib" / name / "_internal"
    programs = [inside.parent / name, *(path for path in inside.rglob("*.so*") if not path.is_symlink())]
    own = [f"-l{folder}" for folder in sorted({path.parent for path in programs})]
    done = subprocess.run(
        ["dpkg-shlibdeps", "-O", "--ignore-missing-info", *own, *(f"-e{one}" for one in programs)],
        cwd=BUILD,
        check=True,
        capture_output=True,
        text=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("shlibs:Depends="))
    return line.partition("=")[2].split(", ")


def installed_kb(tree: Path) -> int:
    """Return the size once installed, in kB."""
    return sum(path.stat().st_size for path in files(tree)) // 1024


def files(tree: Path) -> Iterable[Path]:
    """Return the files of a tree, sorted."""
    return sorted(path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())


def links(tree: Path) -> Iterable[Path]:
    """Return the symbolic links of a tree, sorted."""
    return sorted(path for path in tree.rglob("*") if path.is_symlink())


def md5(path: Path) -> str:
    """Return the checksum that dpkg keeps of an installed file."""
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def write_sums() -> None:
    """Write SHA256SUMS beside the packages, as `sha256sum -c` reads it."""
    made = [path for path in sorted(DIST.iterdir()) if path.suffix in {".deb", ".rpm", ".whl", ".gz"}]
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main() -> int:
    """Build what was asked for."""
    parser = argparse.ArgumentParser(description="Build a Linux package into dist/.")
    parser.add_argument("kind", choices=("deb", "rpm", "sums"), help="sums: only write SHA256SUMS anew")
    parser.add_argument("--fast", action="store_true", help="compress quickly: for trying, not for release")
    asked = parser.parse_args()
    if asked.kind == "sums":
        write_sums()
        return 0
    tree = lay_out(freeze())
    made = write_deb(tree, fast=asked.fast) if asked.kind == "deb" else write_rpm(tree)
    write_sums()
    installed_mb = installed_kb(tree) * 1024 / 1e6
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB, {installed_mb:.0f} MB installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
