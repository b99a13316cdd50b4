"""Bad input on the command line: one line says what happened, what is safe and what to do, and no file is changed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import bad_vaults
import pytest
from kept_vaults import keep_session
from small_disk import small_disk
from vaults import PASSPHRASE

from balint_desktop import resources
from balint_desktop.domain.study.consent import Purpose

__all__ = ["small_disk"]


@dataclass
class Bench:
    """A data folder with a recorded session, and the command run on it."""

    tmp: Path
    passphrase: str = PASSPHRASE
    locks: list = field(default_factory=list)

    def __post_init__(self):
        self.kept = keep_session(self.tmp / "data", purposes=[Purpose.TRANSCRIPTION])
        self.made = self.kept.made

    def run(self, *arguments):
        found = [self._filled_in(argument) for argument in arguments]
        command = [sys.executable, "-m", "balint_desktop", "--data-dir", str(self.kept.data), *found]
        return subprocess.run(command, input=f"{self.passphrase}\n", capture_output=True, text=True, check=False)

    def _filled_in(self, argument):
        return argument.format(tmp=self.tmp, recording=self.kept.recording)

    def said(self, sentence):
        """Return the sentence expected here."""
        return sentence.format(tmp=self.tmp, vault=self.made.folder, recording=self.kept.recording)


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path)
    yield made
    for lock in made.locks:
        lock.release()


def on_vault(spoil):
    return lambda bench: spoil(bench.made)


def mistype(bench):
    bench.passphrase = PASSPHRASE.upper()


def open_elsewhere(bench):
    bench.locks.append(bad_vaults.open_elsewhere(bench.made))


def no_vault(bench):
    bench.made.folder.rename(bench.tmp / "moved-away")


def a_file(name, text=b"mine"):
    def put(bench):
        path = bench.tmp / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)

    return put


def a_format(name, old, new):
    text = resources.text("formats/student-hour.toml")
    assert old in text
    return a_file(name, text.replace(old, new, 1).encode())


def nothing(_bench):
    pass


LIST = ("recordings", "list")
EXPORT = ("recordings", "export", "{recording}", "--not-encrypted", "--purpose", "transcription", "--to")
HOUR = ("until = 3\n", "until = 4\n")
HOUR_WRONG = "line 36, this phase begins at minute 3, but the one before it ends at minute 4"
# The defect, the command that meets it, and its message: what happened, what is safe, what to do.
SITUATIONS = {
    "a wrong passphrase": (
        mistype,
        LIST,
        "That is not this vault’s passphrase.",
        "Nothing was changed.",
        "Try again. Capital letters and spaces matter.",
    ),
    "a vault whose passphrase file is missing": (
        on_vault(bad_vaults.lose_passphrase_file),
        LIST,
        "The vault’s file passphrase.age is missing, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    "a vault whose passphrase file is damaged": (
        on_vault(bad_vaults.damage_passphrase_file),
        LIST,
        "The vault’s file passphrase.age is damaged, and so is its copy.",
        "The recordings and the log are still in place, sealed.",
        "Restore the file from a backup, or open the vault with the recovery key.",
    ),
    "a vault from a newer version": (
        on_vault(bad_vaults.write_as_a_newer_version),
        LIST,
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version to open it.",
    ),
    "a vault whose log is missing": (
        on_vault(bad_vaults.lose_log),
        LIST,
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Restore the file log.db from a backup.",
    ),
    "a vault whose log is damaged": (
        on_vault(bad_vaults.damage_log),
        LIST,
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Restore the log from a backup.",
    ),
    "a vault whose log was cut down to nothing": (
        on_vault(bad_vaults.empty_log),
        LIST,
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Restore the log from a backup.",
    ),
    "a vault that is open in a second copy of the app": (
        open_elsewhere,
        LIST,
        "The vault in {vault} is already open in another window.",
        "Nothing was changed.",
        "Use that window, or close it first.",
    ),
    "no vault": (
        no_vault,
        LIST,
        "There is no vault in {vault}.",
        "Nothing was changed.",
        "Choose “Set up” to create one, or give the folder where yours is.",
    ),
    "a recording that is not there": (
        nothing,
        ("recordings", "verify", "nobody"),
        "There is no recording nobody in this vault.",
        "Nothing was changed.",
        "Run “balint-desktop recordings list” to see them.",
    ),
    "an export to a file that is there": (
        a_file("out.wav"),
        (*EXPORT, "{tmp}/out.wav"),
        "A file named {tmp}/out.wav already exists.",
        "It was not changed.",
        "Choose another name or folder.",
    ),
    "an export to a folder that is not there": (
        nothing,
        (*EXPORT, "{tmp}/nowhere/out.wav"),
        "The folder {tmp}/nowhere is not writable.",
        "Nothing was lost.",
        "Choose a folder of your own, or ask the person who manages this computer.",
    ),
    "a folder that nobody may write to": (
        nothing,
        ("formats", "copy", "online", "--data-dir", "/proc/nothing-here"),
        "The folder /proc is not writable.",
        "Nothing was lost.",
        "Choose a folder of your own, or ask the person who manages this computer.",
    ),
    "a format with an error": (
        a_format("mine.toml", *HOUR),
        ("formats", "check", "{tmp}/mine.toml"),
        f"The session format mine.toml cannot be used: {HOUR_WRONG}.",
        "The other formats are unaffected.",
        "Correct that line, or choose another format.",
    ),
    "a format that is no text": (
        a_file("mine.toml", b"\xff\xfe\x00"),
        ("formats", "check", "{tmp}/mine.toml"),
        "The session format mine.toml cannot be used: line 1, the file cannot be read as text.",
        "The other formats are unaffected.",
        "Correct that line, or choose another format.",
    ),
    "a format of one's own with an error, among the others": (
        a_format("data/formats/mine.toml", *HOUR),
        ("formats", "list"),
        f"The session format mine.toml cannot be used: {HOUR_WRONG}.",
        "The other formats are unaffected.",
        "Correct that line, or choose another format.",
    ),
    "a copy of a format that is not there": (
        nothing,
        ("formats", "copy", "nobody"),
        "The session format nobody was not found.",
        "The group and its log are unchanged.",
        "Choose another format, or restore its file.",
    ),
    "a copy of a format under a name that is taken": (
        nothing,
        ("formats", "copy", "online", "--name", "Student hour"),
        "A file named Student hour already exists.",
        "It was not changed.",
        "Choose another name or folder.",
    ),
    "a rehearsal in a folder with something in it": (
        a_file("full/mine.txt"),
        ("rehearse", "--to", "{tmp}/full"),
        "The folder {tmp}/full is not empty.",
        "It was not changed.",
        "Choose an empty folder or a new one.",
    ),
    "a rehearsal in a file": (
        a_file("mine.txt"),
        ("rehearse", "--to", "{tmp}/mine.txt"),
        "A file named mine.txt already exists.",
        "It was not changed.",
        "Choose another name or folder.",
    ),
}
# The same on a separate disk, mounted at {tmp}/small-disk.
DISKS = {
    "an export to a disk that cannot be written to": (
        lambda _bench, disk: disk.set_read_only(),
        (*EXPORT, "{tmp}/small-disk/out.wav"),
        "The disk is read-only.",
        "Everything sealed so far is safe.",
        "Choose a folder on another disk.",
    ),
    "an export to a full disk": (
        lambda _bench, disk: disk.fill(),
        (*EXPORT, "{tmp}/small-disk/out.wav"),
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Free up some space on this disk, then continue.",
    ),
    "a copy of a format on a full disk": (
        lambda _bench, disk: disk.fill(),
        ("formats", "copy", "online", "--data-dir", "{tmp}/small-disk/data"),
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Free up some space on this disk, then continue.",
    ),
    "a rehearsal on a disk with too little room": (
        lambda _bench, _disk: None,
        ("rehearse", "--to", "{tmp}/small-disk/out"),
        "The disk is full.",
        "Everything sealed so far is safe.",
        "Free up some space on this disk, then continue.",
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_bad_input_is_reported_in_one_line_and_nothing_is_changed(bench, situation):
    arrange, arguments, *sentence = SITUATIONS[situation]
    arrange(bench)
    before = bad_vaults.files(bench.tmp)

    done = bench.run(*arguments)

    assert done.stderr.splitlines() == [bench.said(" ".join(sentence))]
    assert done.returncode == 1
    assert bad_vaults.files(bench.tmp) == before


@pytest.mark.parametrize("situation", DISKS)
def test_a_disk_error_is_reported_in_one_line_and_nothing_is_changed(bench, small_disk, situation):
    arrange, arguments, *sentence = DISKS[situation]
    arrange(bench, small_disk)
    before = bad_vaults.files(bench.tmp)

    done = bench.run(*arguments)

    assert done.stderr.splitlines() == [bench.said(" ".join(sentence))]
    assert done.returncode == 1
    assert bad_vaults.files(bench.tmp) == before


def test_a_vault_on_a_disk_that_cannot_be_written_to_is_backed_up_to_another_and_says_so(bench, small_disk):
    shutil.copytree(bench.kept.data, small_disk.folder / "data")
    small_disk.set_read_only()
    (bench.tmp / "stick").mkdir()

    done = bench.run("vault", "backup", "--to", "{tmp}/stick", "--data-dir", "{tmp}/small-disk/data")

    assert "the log and 1 recording." in done.stdout
    assert "so the backup is not listed here: note where you keep it." in done.stdout
    assert done.returncode == 0
    assert len(list((bench.tmp / "stick").iterdir())) == 1


def test_a_vault_on_a_disk_that_cannot_be_written_to_is_listed_and_says_so(bench, small_disk):
    shutil.copytree(bench.kept.data, small_disk.folder / "data")
    small_disk.set_read_only()

    done = bench.run(*LIST, "--data-dir", "{tmp}/small-disk/data")

    assert done.stderr.startswith("The disk cannot be written to, so the vault is open for reading only.")
    assert bench.kept.recording in done.stdout
