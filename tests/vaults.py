"""Vaults for tests: one is made with all its scrypt, the others are copies of it."""

from __future__ import annotations

import atexit
import functools
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import quick_age

from balint_desktop import command
from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault import opening
from balint_desktop.vault.layout import PASSPHRASE_FILE
from balint_desktop.vault.secret import VaultSecret
from balint_desktop.vault.vault import OpenVault

PASSPHRASE = "seven quiet herons by the mill"


@dataclass(frozen=True)
class Made:
    """A vault on disk and its secrets."""

    folder: Path
    passphrase: str
    recovery_key: str
    secret: VaultSecret

    def open(self, clock=None):
        return OpenVault(self.folder, self.secret, clock or SystemClock())


@functools.cache
def _template():
    aside = tempfile.mkdtemp(prefix="vault-template-")
    atexit.register(shutil.rmtree, aside, ignore_errors=True)
    folder = Path(aside) / "vault"
    recovery_key = opening.create_vault(folder, PASSPHRASE, SystemClock())
    secret = opening.secret_by_recovery_key(folder, recovery_key)
    for name in (PASSPHRASE_FILE, f"copy-of-{PASSPHRASE_FILE}"):
        sealed = (folder / name).stat()
        assert sealed.st_size
        (folder / name).write_bytes(_quickly_sealed(secret))
    return Made(folder, PASSPHRASE, recovery_key, secret)


@functools.cache
def _quickly_sealed(secret):
    return quick_age.seal(secret.to_text().encode(), PASSPHRASE)


def make_vault(folder):
    """Make a vault in a folder that does not exist yet."""
    made = _template()
    shutil.copytree(made.folder, folder)
    folder.chmod(0o700)
    return Made(folder, made.passphrase, made.recovery_key, made.secret)


def seal_quickly(monkeypatch):
    """Let a window's children seal with a minimal work factor, in tests about the result."""
    program = str(Path(__file__).with_name("quick_program.py"))
    monkeypatch.setattr(command, "own_command", lambda *arguments: [sys.executable, program, *arguments])
