"""Read the passphrase for a command and open the vault with it."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balint_desktop.cli.result import UsageError
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault


def passphrase(file: str | None) -> str:
    """Return the passphrase: a file's first line, what is piped in, or what is typed without being shown."""
    if file is not None:
        try:
            text = Path(file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(tr("The passphrase file {file} cannot be read.").format(file=file)) from error
        return text.split("\n", 1)[0].rstrip("\r")
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return getpass.getpass(tr("Passphrase: "))


@contextmanager
def open_vault(folder: Path, passphrase_file: str | None) -> Iterator[OpenVault]:
    """Open a vault for as long as the block runs. Raise Trouble. Asks for nothing where there is no vault."""
    if not VaultLayout(folder).exists():
        raise Trouble(TroubleCode.VAULT_MISSING, folder=str(folder))
    secret = secret_by_passphrase(folder, passphrase(passphrase_file))
    vault = OpenVault(folder, secret, SystemClock())
    try:
        yield vault
    finally:
        vault.close()
