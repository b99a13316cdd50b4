"""Try the .deb where nothing else is: a bare Debian made by debootstrap, without Python.

    make try-deb SUITE=bookworm [OLD=dist/balint-desktop_0.1.0_amd64.deb]
                 [ENGINE=dist/balint-desktop-transcribe_0.2.0_amd64.deb]

It installs the earlier package, makes a vault, upgrades, looks whether the vault still opens, rehearses, leads a
recorded session by accessible names over AT-SPI from outside the root, transcribes it with the engine's own package,
and removes the packages. It needs root. The root is built once and copied for each run; BARE_ROOT names the folder.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import screen_reader
from bench.processes import peak_mb
from steps import FailedError, expect, step
from transcription_material import MODEL, model_folder

from balint_desktop import resources
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.rehearsal.virtual_microphone import VirtualMicrophone, speech

_BASE = Path(os.environ.get("BARE_ROOT", "/var/tmp/balint-bare-debian"))  # noqa: S108  built once, by root
_INSIDE = "BALINT_INSIDE_NAMESPACE"
# What the trial itself needs inside: a screen, a sound server and a voice for the rehearsal.
_TOOLS = ("pulseaudio", "pulseaudio-utils", "espeak-ng", "xvfb", "ffmpeg", "age", "libasound2-plugins")
_PASSPHRASE = "river lantern copper meadow"
_GROUP = "Friday group"
_SPOKEN = "Somebody sat by the window for a long while and said nothing. " * 6
# Words that come again and again would be taken for an engine that repeats itself.
_TRANSCRIBED = "She was tired of being asked. I kept thinking about her all night, and I was angry with the registrar."
_PHASE_S = 2.0
_LONGEST_S = 600.0


class Root:
    """A bare system in a folder. Its /tmp is this machine's, so that sockets have one name on both sides."""

    def __init__(self, suite: str, folder: Path) -> None:
        self.folder = folder
        pristine = _BASE / suite
        if not (pristine / ".done").exists():
            shutil.rmtree(pristine, ignore_errors=True)
            _BASE.mkdir(parents=True, exist_ok=True)
            run("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, str(pristine), _mirror())
            (pristine / ".done").touch()
        run("cp", "-a", f"{pristine}/.", str(folder))
        _lend_settings(folder)
        for kind, source, target in (("-t", "proc", "proc"), ("--rbind", "/dev", "dev"), ("--bind", "/tmp", "tmp")):  # noqa: S108
            words = ("-t", "proc", "proc") if kind == "-t" else (kind, source)
            run("mount", *words, str(folder / target))

    def command(self, *words: str) -> list[str]:
        """Return a command line that runs a program of the root in it."""
        return ["chroot", str(self.folder), *words]

    def run(self, *words: str, check: bool = True, environment: dict[str, str] | None = None) -> str:
        """Run a program of the root and return what it printed."""
        plain = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8"}
        lent = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        done = subprocess.run(
            self.command(*words),
            env={**lent, **plain, "DEBIAN_FRONTEND": "noninteractive", **(environment or {})},
            capture_output=True,
            text=True,
            timeout=_LONGEST_S,
            check=False,
        )
        if check and done.returncode:
            said = done.stdout[-2000:] + done.stderr[-2000:]
            raise FailedError(f"{' '.join(words)} ended with {done.returncode}:\n{said}")
        return done.stdout + done.stderr

    def install(self, *packages: str) -> None:
        """Install packages, by name or by file."""
        self.run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)

    def put(self, file: Path) -> str:
        """Copy a file into the root and return its path there."""
        target = self.folder / "root" / file.name
        shutil.copyfile(file, target)
        return f"/root/{file.name}"


def run(*words: str) -> None:
    """Run a command of this machine; raise FailedError."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FailedError(f"{' '.join(words)}: {done.stderr.strip()[-500:]}")


def _mirror() -> str:
    """Return where this machine's own apt gets its packages."""
    for source in (Path("/etc/apt/sources.list"), *Path("/etc/apt/sources.list.d").glob("*")):
        if source.is_file():
            for line in source.read_text(encoding="utf-8").splitlines():
                words = line.split()
                if line.startswith(("URIs:", "deb ")) and "security" not in line:
                    return words[1]
    return "http://deb.debian.org/debian"


def _lend_settings(folder: Path) -> None:
    """Give the root this machine's way to the packages."""
    lent = [*Path("/etc/apt/apt.conf.d").glob("99*")]
    lent += map(Path, ("/etc/resolv.conf", "/etc/hosts", "/etc/ssl/certs/ca-certificates.crt"))
    for path in filter(Path.exists, lent):
        target = folder / path.relative_to("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(path, target)


def no_python(root: Root) -> None:
    """Look whether the root has no Python of its own."""
    found = [path for folder in ("usr/bin", "usr/local/bin") for path in (root.folder / folder).glob("python*")]
    expect(not found, f"there is a Python: {found}")


def trial(root: Root, new: Path, old: Path | None, engine: Path | None) -> None:
    """Go through the package's life."""
    data = Path(tempfile.mkdtemp(prefix="balint-try-"))
    passphrase = data / "passphrase"
    passphrase.write_text(f"{_PASSPHRASE}\n", encoding="utf-8")
    vault = ("--data-dir", str(data / "data"), "--passphrase-file", str(passphrase))
    root.run("apt-get", "update", "-qq")
    if old is not None:
        with step(f"apt installs {old.name}"):
            root.install(root.put(old))
            no_python(root)
        with step("it makes a vault with a group"):
            root.run("balint-desktop", "vault", "create", *vault)
            root.run("balint-desktop", "groups", "create", *vault, "--members", "3", "Thursday group")
        with step(f"apt upgrades to {new.name}"):
            root.install(root.put(new))
            no_python(root)
    else:
        with step(f"apt installs {new.name}"):
            root.install(root.put(new))
            no_python(root)
        root.run("balint-desktop", "vault", "create", *vault)
        root.run("balint-desktop", "groups", "create", *vault, "--members", "3", "Thursday group")
    with step("the vault opens, with its group"):
        expect("Thursday group" in root.run("balint-desktop", "groups", "list", *vault), "the group is missing")
    with step("the menu entry, its icon, the manual page and the notices are there"):
        for path in (
            "usr/share/applications/balint-desktop.desktop",
            "usr/share/icons/hicolor/scalable/apps/balint-desktop.svg",
            "usr/share/man/man1/balint-desktop.1.gz",
            "usr/share/doc/balint-desktop/copyright",
        ):
            expect((root.folder / path).stat().st_size > 0, f"/{path} is missing")
    root.install(*_TOOLS)
    no_python(root)
    with step("a rehearsal in the root"):
        print("        " + root.run("balint-desktop", "rehearse").replace("\n", "\n        "))
    with step("a recorded session, led by name over AT-SPI"):
        lead_by_name(root, data / "data")
    with step("its recording is whole"):
        listed = root.run("balint-desktop", "recordings", "verify", *vault)
        print(f"        {listed.strip()}")
    if engine is not None:
        transcribe_it(root, vault, engine)
    with step("removed, and the vault is left alone"):
        before = sorted(path for path in data.rglob("*"))
        root.run("apt-get", "purge", "-y", "-qq", "balint-desktop")
        expect(not (root.folder / "usr/lib/balint-desktop").exists(), "the program is still there")
        expect(not (root.folder / "usr/bin/balint-desktop").is_symlink(), "the command is still there")
        expect(sorted(path for path in data.rglob("*")) == before, "the vault was touched")
    shutil.rmtree(data)


def transcribe_it(root: Root, vault: tuple[str, ...], engine: Path) -> None:
    """Install the engine's package beside the app, add a model, and have it write what was said."""
    model = root.folder / "root" / MODEL
    shutil.copytree(model_folder(), model)
    group = rows(root, "groups", "list", *vault)[0]["id"]
    day = f"{datetime.now(UTC) - timedelta(days=1):%F}"
    agreed = ("--members", "all", "--purpose", "all", "--answer", "given", "--on", day)
    root.run("balint-desktop", "consents", "enter", *vault, "--group", group, *agreed)
    entered = ("--group", group, "--on", day, "--present", "all")
    session = rows(root, "sessions", "enter", *vault, *entered)[0]["id"]
    voice = root.put(speech(Path(vault[1]).parent / "voice.wav", _TRANSCRIBED))
    recording = rows(root, "recordings", "import", *vault, "--session", session, voice)[0]["id"]
    root.run("balint-desktop", "models", "add", *vault[:2], f"/root/{MODEL}")
    asked = ("balint-desktop", "transcribe", *vault, "--model", MODEL, recording)
    with step("without the engine, one sentence says what to install"):
        said = root.run(*asked, check=False).strip()
        print(f"        {said}")
        expect("\n" not in said and engine.name.split("_")[0] in said, said)
    with step(f"apt installs {engine.name}"):
        root.install(root.put(engine))
        no_python(root)
    with step("it writes the first draft of what was said"):
        root.run(*asked)
        text = root.run("balint-desktop", "transcripts", "show", *vault, "--not-encrypted", recording)
        print(f"        {' '.join(text.split())[:100]}")
        expect("tired of being asked" in text, text)
    with step("removed, and the app works without it"):
        root.run("apt-get", "purge", "-y", "-qq", engine.name.split("_")[0])
        expect(recording in root.run("balint-desktop", "transcripts", "list", *vault, "--json"), "no transcript")


def rows(root: Root, *words: str) -> list[dict[str, str]]:
    """Return what a command of the program lists."""
    return [json.loads(line) for line in root.run("balint-desktop", *words, "--json").splitlines()]


def lead_by_name(root: Root, data: Path) -> None:
    """Lead the installed window as the user of a screen reader would, with a voice on the microphone."""
    steps = [phase.step for phase in parse_format(resources.text("formats/student-hour.toml")).phases[1:]]
    with VirtualMicrophone() as microphone, tempfile.TemporaryDirectory() as folder:
        voice = speech(Path(folder) / "voice.wav", _SPOKEN)
        program = root.command("balint-desktop")
        with screen_reader.a_reader_of(data, program=program, lent=microphone.environment) as reader:
            reader.type("Passphrase", _PASSPHRASE)
            reader.press("Unlock", "push button")
            reader.find("Today", "label")
            reader.press("Groups", "check box")
            reader.press("New group", "push button")
            reader.type("Name", _GROUP)
            reader.press("Yes", "check box")
            reader.press("Save", "push button")
            reader.press("Get ready", "push button")
            reader.press("Continue to the session", "push button")
            reader.press("Begin", "push button")
            playing = microphone.play(voice)
            reader.press("Start recording", "push button")
            reader.press("Start now", "push button")
            reader.find("Pause recording", "push button")
            no_qt_in_recorder(root)
            for words in steps:
                reader.press(words, "push button")
                time.sleep(_PHASE_S)
            playing.kill()
            reader.press("End the session", "push button")
            reader.press("End and stop recording", "push button")
            reader.press("Continue to the debrief", "push button")
            reader.find("Debrief", "label")


def no_qt_in_recorder(root: Root) -> None:
    """Look into the recorder's memory: the process with the microphone has no window system in it."""
    running = processes(root)
    recorders = [path for path, words in running.items() if words[1:2] == ["recorder"]]
    windows = [path for path, words in running.items() if words[1].startswith("--")]
    expect(recorders and windows, f"there is no recorder: {running}")
    for path in recorders:
        expect("libQt6" not in (path / "maps").read_text(encoding="utf-8"), "the recorder has loaded Qt")
    recorder, window = (max(peak_mb(path.name) for path in paths) for paths in (recorders, windows))
    print(f"        most memory by now: recorder {recorder:.0f} MB, window {window:.0f} MB", flush=True)


def processes(root: Root) -> dict[Path, list[str]]:
    """Return the program's processes in a root: /proc's folder and the command line of each."""
    running = {}
    for path in Path("/proc").glob("[0-9]*"):
        # Children come and go.
        with contextlib.suppress(OSError):
            words = (path / "cmdline").read_text(encoding="utf-8").split("\0")
            if (path / "root").readlink() == root.folder and words[0].endswith("balint-desktop"):
                running[path] = words
    return running


def main() -> int:
    """Try the package; exit code 1 where a step failed."""
    parser = argparse.ArgumentParser(description="Try the .deb in a bare Debian.")
    parser.add_argument("--suite", default="bookworm", help="Debian's name: bookworm (12) or trixie (13)")
    parser.add_argument("--old", type=Path, help="an earlier .deb, which is upgraded")
    parser.add_argument("--engine", type=Path, help="the package of the engine, installed beside it")
    parser.add_argument("deb", type=Path)
    asked = parser.parse_args()
    if _INSIDE not in os.environ:
        # Mounts of the trial end with it.
        words = ["unshare", "-m", "--propagation", "private", sys.executable, *sys.argv]
        return subprocess.run(words, env={**os.environ, _INSIDE: "1"}, check=False).returncode
    _BASE.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="run-", dir=_BASE))
    try:
        trial(Root(asked.suite, folder), asked.deb, asked.old, asked.engine)
    except FailedError as error:
        print(f"It failed: {error}")
        return 1
    finally:
        for mounted in ("proc", "dev", "tmp"):
            subprocess.run(["umount", "-l", str(folder / mounted)], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
