"""`balint-desktop rehearse`: a shortened session in the real window, recorded, sealed, opened and checked."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from balint_desktop.command import own_command
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.rehearsal.format import shortened
from balint_desktop.rehearsal.screen import screen
from balint_desktop.rehearsal.verify_recording import PLAYED, PLAYED_ON_CALL, Findings, verify_reopened
from balint_desktop.rehearsal.virtual_microphone import VirtualMicrophone, speech
from balint_desktop.resources import text
from balint_desktop.sealed.disk import free_bytes, make_private_folder, report_disk_errors, write_durably
from balint_desktop.vault.log.audit_words import WORDS

LENGTH_S = 40
_HOUR_S = 3600
# Speech, pictures, vault and recording need about a third of it.
_NEEDED_BYTES = 50_000_000
_TOOLS = {"pulseaudio": "pulseaudio", "pactl": "pulseaudio-utils", "paplay": "pulseaudio-utils"} | {
    "espeak-ng": "espeak-ng",
    "ffmpeg": "ffmpeg",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """Parameters of the child that leads the session, on its standard input. `call` is empty without a call."""

    folder: str
    passphrase: str
    speech: str
    call: str = ""

    def to_json(self) -> str:
        """Return the parameters as one line."""
        return json.dumps(asdict(self)) + "\n"


def rehearse(to: str, *, online: bool = False) -> str:
    """Run a rehearsal, of an online session if asked, and return the failure, "" without one. Raise Trouble.

    Pictures, recording and vault remain in a folder that is printed at the end: `to`, or where that is empty
    a temporary one.
    """
    folder = _empty_folder(Path(to).absolute()) if to else None
    missing = sorted({package for tool, package in _TOOLS.items() if shutil.which(tool) is None})
    if missing and sys.platform != "linux":
        return tr(
            "A rehearsal needs Linux’s sound server. To try this installation here, run: "
            "balint-desktop doctor --self-test"
        )
    if missing:
        return tr(
            "A rehearsal creates its own microphone and voice. These programs are missing: {packages}. On "
            "Debian or Ubuntu: sudo apt install {packages_listed}"
        ).format(packages=", ".join(missing), packages_listed=" ".join(missing))
    if free_bytes(folder or Path(tempfile.gettempdir())) < _NEEDED_BYTES:
        raise Trouble(TroubleCode.DISK_FULL)
    folder = folder or Path(tempfile.mkdtemp(prefix="balint-rehearsal-"))
    make_private_folder(folder / "pictures")
    data = DataFolder(folder / "data")
    passphrase = " ".join(secrets.choice(WORDS) for _ in range(6))
    shipped = text(f"formats/{'online' if online else 'student-hour'}.toml")
    _write_format(data, shipped)
    call = str(_write_call(folder, shipped)) if online else ""
    stage = Stage(str(folder), passphrase, str(_write_speech(folder, shipped)), call)
    with VirtualMicrophone() as microphone, screen() as shown:
        if online:
            microphone.add_call()
        print(tr("A shortened session of {seconds} s, on {screen}.").format(seconds=LENGTH_S, screen=shown.messages))
        print(tr("No one is recorded: the microphone is virtual and hears a synthetic voice."), flush=True)
        code = _run_child(stage, data, {**microphone.environment, **shown.environment})
    if code:
        return tr("The rehearsal stopped early. What it recorded is in {folder}.").format(folder=folder)
    findings = verify_reopened(folder, data, passphrase)
    _print_report(findings, folder, passphrase)
    if findings.failed:
        return tr("The rehearsal found a problem: {what}. Everything is in {folder}.").format(
            what="; ".join(findings.failed), folder=folder
        )
    return ""


def _empty_folder(folder: Path) -> Path:
    """Return the given folder. Raise Trouble where it is not empty: a rehearsal begins with a new vault."""
    if folder.exists() and not folder.is_dir():
        raise Trouble(TroubleCode.EXPORT_EXISTS, name=folder.name)
    with report_disk_errors(folder):
        if folder.is_dir() and any(folder.iterdir()):
            raise Trouble(TroubleCode.FOLDER_NOT_EMPTY, folder=str(folder))
    return folder


def _write_format(data: DataFolder, shipped: str) -> None:
    make_private_folder(data.formats)
    short = shortened(shipped, tr("Rehearsal"), LENGTH_S, _HOUR_S)
    write_durably(data.formats / "rehearsal.toml", short.encode())


def _write_speech(folder: Path, shipped: str) -> Path:
    """Write the virtual microphone's input: the words of the format's own cards as synthetic speech."""
    words = " ".join(f"{phase.step_words} {phase.sentence}" for phase in parse_format(shipped).phases)
    return speech(folder / PLAYED, f"{words} {words}")


def _write_call(folder: Path, shipped: str) -> Path:
    """Write what is heard on the call: other words of the format."""
    words = " ".join(line for phase in parse_format(shipped).phases for line in phase.words)
    return speech(folder / PLAYED_ON_CALL, f"{words} {words}")


def _run_child(stage: Stage, data: DataFolder, environment: Mapping[str, str]) -> int:
    """Run the child that leads the session in the real window and prints each phase. Return its exit code."""
    sys.stdout.flush()
    with subprocess.Popen(
        own_command("rehearsal", "--data-dir", str(data.root)),
        stdin=subprocess.PIPE,
        env={**os.environ, **environment},
        text=True,
    ) as child:
        if child.stdin is not None:
            child.stdin.write(stage.to_json())
            child.stdin.close()
        return child.wait()


def _print_report(findings: Findings, folder: Path, passphrase: str) -> None:
    for line in findings.lines:
        print(line)
    print(tr("The pictures, the recording and its vault are in {folder}").format(folder=folder))
    # The vault holds a synthetic voice and no secret, so its passphrase may be printed.
    print(
        tr("To look around in it: balint-desktop --data-dir {data}, passphrase: {passphrase}").format(
            data=folder / "data", passphrase=passphrase
        ),
        flush=True,
    )
