"""From an empty folder to a sound file by the command line alone: vault, group, session, consents, recording."""

from __future__ import annotations

import json
import subprocess
import sys
import wave

import numpy as np
import pytest
from sounds import RATE_HZ, pitch
from vaults import PASSPHRASE

pytestmark = pytest.mark.journey
SECONDS = 3.0


class CommandLine:
    """Runs the program as a script would: each command separately, the passphrase in a file."""

    def __init__(self, folder):
        self.folder = folder
        self.word = folder / "passphrase.txt"
        # As an editor on Windows saves it.
        self.word.write_bytes(b"\xef\xbb\xbf" + PASSPHRASE.encode() + b"\r\n")

    def run(self, *arguments):
        command = [sys.executable, "-m", "balint_desktop", "--data-dir", str(self.folder / "data"), *arguments]
        return subprocess.run(
            [*command, "--passphrase-file", str(self.word)], capture_output=True, text=True, check=False
        )

    def does(self, *arguments):
        """Run a command that succeeds, and return its output."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        return done.stdout

    def lines(self, *arguments):
        """Return the objects that a command prints."""
        return [json.loads(line) for line in self.does(*arguments, "--json").splitlines()]


@pytest.fixture
def shell(tmp_path):
    return CommandLine(tmp_path)


@pytest.fixture
def handheld(tmp_path):
    """A file as a handheld recorder writes it: WAV, 44.1 kHz."""
    path = tmp_path / "ZOOM0001.WAV"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(44_100)
        at = np.arange(round(SECONDS * 44_100)) / 44_100
        file.writeframes((8000 * np.sin(2 * np.pi * 440 * at)).astype("<i2").tobytes())
    return path


def test_from_an_empty_folder_to_a_sound_file_by_the_command_line_alone(shell, handheld, tmp_path):
    (vault,) = shell.lines("vault", "create")
    (group,) = shell.lines("groups", "create", "Block B", "--members", "4", "--from", "2026-03-04")
    (session,) = shell.lines(
        *("sessions", "enter", "--group", group["id"], "--on", "2026-03-04"),
        *("--present", "P1,P2,P3", "--presenter", "P2"),
    )
    entering = ("consents", "enter", "--group", group["id"], "--on", "2026-03-03")
    shell.does(*entering, "--members", "all", "--purpose", "all", "--answer", "given")
    shell.does(*entering, "--members", "P3", "--purpose", "quotations", "--answer", "withdrawn")
    (imported,) = shell.lines("recordings", "import", str(handheld), "--session", session["id"])
    target = tmp_path / "session.wav"
    exporting = ("recordings", "export", imported["id"], "--to", str(target), "--not-encrypted", "--purpose")
    refused = shell.run(*exporting, "quotations")
    exported = shell.does(*exporting, "transcription")

    assert vault["recovery_key"].startswith("AGE-SECRET-KEY-1")
    (listed,) = shell.lines("recordings", "list")
    assert (listed["id"], listed["session"], listed["condition"]) == (imported["id"], session["id"], "complete")
    assert abs(listed["seconds"] - SECONDS) < 0.1
    assert {"transcription", "supervision"} <= set(listed["purposes"])
    assert "quotations" not in listed["purposes"]

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Not everyone has agreed to this use of the recording." in refused.stderr
    assert "not encrypted" in exported
    with wave.open(str(target)) as file:
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert abs(len(sound) / RATE_HZ - SECONDS) < 0.1
    assert abs(pitch(sound[RATE_HZ : 2 * RATE_HZ]) - 440) < 5
    assert "The audit trail is intact." in shell.does("recordings", "verify")
