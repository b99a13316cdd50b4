"""Bad input, met in the real window: one clear sentence for each, nothing lost, and the session or the vault goes on.

Everything below the window is the shipped parts: children, PortAudio, sealed files, the log. What stands in for a
microphone or a disk is said where it is used. The command line's bad input is in tests/cli/test_bad_input.py.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import bad_vaults
import pytest
from kept_vaults import Kept, keep_session
from small_disk import small_disk
from vaults import PASSPHRASE

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from balint_desktop.app import Desktop
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.ui.rehearsal.hand import Hand

__all__ = ["small_disk"]
pytestmark = pytest.mark.journey

NOT_WRITABLE = (
    "The disk can be read but not written to.",
    "Everything sealed so far is safe.",
    "Choose a folder on another disk.",
)
FULL = ("The disk is full.", "Everything sealed so far is safe.", "Make some room on this disk, then go on.")


class Window(Hand):
    """The window on a data folder, and the hand that uses it."""

    def __init__(self, qapp, data, pictures):
        super().__init__(pictures)
        self.data = data
        self.desktop = Desktop(qapp, DataFolder(data), SystemClock())
        self.desktop.shell.resize(1280, 720)
        self.desktop.start()

    def unlock(self, typed=PASSPHRASE):
        """Type a passphrase or a recovery key; wait for what comes of it."""
        self.type("unlock-secret", typed)
        self.press("unlock-open")
        self.wait("an answer", lambda: not self.sees("unlock-secret") or self._answered())

    def _answered(self):
        return self.reads("unlock-problem") != "Opening…"

    def close(self):
        self.desktop.shell.may_close = lambda: True
        self.desktop.shell.close()
        self.desktop.shutdown()
        self.desktop.theme.deleteLater()


@pytest.fixture
def window_on(qapp, tmp_path):
    """Open the window on a data folder; it is closed at the end."""
    opened = []

    def opens(data):
        opened.append(Window(qapp, data, tmp_path))
        return opened[-1]

    yield opens
    for window in opened:
        window.close()


# --- the vault, at its gate ---


class SecondCopy:
    """Another process that has the vault open."""

    _HOLD = (
        "import sys, pathlib; from balint_desktop.sealed.lock import FileLock;"
        " print(FileLock(pathlib.Path(sys.argv[1])).try_acquire(), flush=True); sys.stdin.read()"
    )

    def __init__(self, made):
        command = [sys.executable, "-c", self._HOLD, str(made.folder / "in-use")]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout.readline() == "True\n"

    def close(self):
        self._process.communicate()


@dataclass
class Vault:
    """A kept vault with something wrong about it, and what puts it right."""

    kept: Kept
    typed: str = PASSPHRASE

    def __post_init__(self):
        self.made = self.kept.made
        self._whole = self.kept.data.with_name("whole")
        shutil.copytree(self.kept.data, self._whole)

    def spoil(self, spoiling):
        spoiling(self.made)
        return self.put_right

    def put_right(self):
        """Do what the sentence says: bring a file back from a backup."""
        shutil.rmtree(self.kept.data)
        shutil.copytree(self._whole, self.kept.data)

    def mistype(self):
        self.typed = PASSPHRASE.upper()
        return lambda: None

    def open_elsewhere(self):
        return SecondCopy(self.made).close


AT_THE_GATE = {
    "a wrong passphrase": (
        Vault.mistype,
        "That is not this vault's passphrase.",
        "Nothing was changed.",
        "Try again; capital letters and spaces count.",
    ),
    "a missing vault file": (
        lambda vault: vault.spoil(bad_vaults.lose_passphrase_file),
        "The vault's file passphrase.age is missing, and so is its copy.",
        "The recordings and the log are still sealed in their places.",
        "Bring the file back from a backup, or open the vault with the recovery key.",
    ),
    "a damaged vault file": (
        lambda vault: vault.spoil(bad_vaults.damage_passphrase_file),
        "The vault's file passphrase.age is damaged, and so is its copy.",
        "The recordings and the log are still sealed in their places.",
        "Bring the file back from a backup, or open the vault with the recovery key.",
    ),
    "a missing log": (
        lambda vault: vault.spoil(bad_vaults.lose_log),
        "The log is missing from the vault.",
        "The recordings are separate files and still open.",
        "Bring the file log.db back from a backup.",
    ),
    "a damaged log": (
        lambda vault: vault.spoil(bad_vaults.damage_log),
        "The log is damaged and cannot be read.",
        "The recordings are separate files and still open.",
        "Bring the log back from a backup.",
    ),
    "a data folder from a newer version": (
        lambda vault: vault.spoil(bad_vaults.write_as_a_newer_version),
        "This vault was written by a newer version of the app.",
        "Nothing was changed.",
        "Install the newer version, and open it there.",
    ),
    "a second copy of the app": (
        Vault.open_elsewhere,
        "The vault in {vault} is open in another window.",
        "Nothing was changed.",
        "Go on in that window, or close it first.",
    ),
}


@pytest.mark.parametrize("situation", AT_THE_GATE)
def test_what_is_wrong_with_the_vault_is_said_and_it_opens_once_that_is_put_right(window_on, tmp_path, situation):
    arrange, *sentence = AT_THE_GATE[situation]
    vault = Vault(keep_session(tmp_path / "data"))
    put_right = arrange(vault)
    before = bad_vaults.files(vault.kept.data)
    window = window_on(vault.kept.data)

    window.unlock(vault.typed)

    assert window.reads("unlock-problem") == " ".join(sentence).format(vault=vault.made.folder)
    assert bad_vaults.files(vault.kept.data) == before

    put_right()
    window.unlock()
    window.press("place-log")
    window.find_any("log-open")


@pytest.mark.parametrize("spoiling", [bad_vaults.lose_passphrase_file, bad_vaults.damage_passphrase_file])
def test_the_recovery_key_opens_a_vault_whose_passphrase_file_is_gone(window_on, tmp_path, spoiling):
    kept = keep_session(tmp_path / "data")
    spoiling(kept.made)
    before = bad_vaults.files(kept.data)
    window = window_on(kept.data)

    window.press("unlock-other-way")
    window.unlock(kept.made.recovery_key)

    assert "set a new one under Settings" in window.reads("banner-words")
    window.press("place-log")
    window.find_any("log-open")
    assert {name: sealed for name, sealed in before.items() if name in bad_vaults.files(kept.data)} == before


def test_a_vault_on_a_disk_that_cannot_be_written_to_is_said_and_opens_once_it_can(window_on, tmp_path, small_disk):
    kept = keep_session(small_disk.folder / "data")
    small_disk.set_read_only()
    before = bad_vaults.files(small_disk.folder)
    window = window_on(kept.data)

    window.unlock()

    assert window.reads("unlock-problem") == " ".join(NOT_WRITABLE)
    assert bad_vaults.files(small_disk.folder) == before

    small_disk.set_read_only(read_only=False)
    window.unlock()
    window.find_any("place-log")


# --- making a vault ---


def choose_a_passphrase(window):
    window.press("set-up")
    window.type("passphrase-first", PASSPHRASE)
    window.type("passphrase-second", PASSPHRASE)
    window.wait("passphrase-strength", lambda: bool(window.reads("passphrase-strength")))
    window.press("passphrase-next")
    window.wait("an answer", lambda: window.sees("banner-words") or window.sees("recovery-next"))


def test_a_folder_that_nobody_may_write_to_takes_no_vault(window_on):
    # Not by taking permissions away: a test that runs as root would write there all the same.
    window = window_on(Path("/proc/nothing-here"))

    choose_a_passphrase(window)

    assert window.reads("banner-words") == (
        "The folder /proc cannot be written to. Nothing was lost."
        " Choose a folder of your own, or ask whoever looks after this computer."
    )


DISKS = {
    "a full disk": (
        lambda disk: disk.fill(),
        lambda disk: disk.make_room(),
        *FULL,
    ),
    "a disk that cannot be written to": (
        lambda disk: disk.set_read_only(),
        lambda disk: disk.set_read_only(read_only=False),
        *NOT_WRITABLE,
    ),
}


@pytest.mark.parametrize("situation", DISKS)
def test_a_disk_that_refuses_takes_no_vault_and_takes_it_once_it_can(window_on, small_disk, situation):
    arrange, put_right, *sentence = DISKS[situation]
    arrange(small_disk)
    before = bad_vaults.files(small_disk.folder)
    window = window_on(small_disk.folder / "data")

    choose_a_passphrase(window)

    assert window.reads("banner-words") == " ".join(sentence)
    assert not (window.data / "vault").exists()
    assert {name: there for name, there in bad_vaults.files(small_disk.folder).items() if name in before} == before

    put_right(small_disk)
    window.press("passphrase-next")
    window.find_any("recovery-next")
