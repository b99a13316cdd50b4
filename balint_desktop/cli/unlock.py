"""Read the passphrase for a command and open the vault with it."""

from __future__ import annotations

import argparse
import codecs
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from balint_desktop.cli.result import UsageError
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.text.trouble import sentence
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.passphrase_text import tidy_passphrase
from balint_desktop.vault.vault import OpenVault

_BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", codecs.BOM_UTF8: "utf-8-sig"}


def passphrase(file: str | None) -> str:
    """Read the passphrase: a file's first line, piped input, or typed without echo.

    Raise UsageError. A byte order mark and the final line break are stripped.
    """
    if file is not None:
        return _first_line(file)
    if not sys.stdin.isatty():
        return sys.stdin.readline().removeprefix("\ufeff").rstrip("\r\n")
    return getpass.getpass(tr("Passphrase: "))


def new_passphrase(file: str | None) -> str:
    """Read the passphrase of a new vault, typed twice where it is typed without echo. Raise UsageError."""
    typed = passphrase(file)
    if file is None and sys.stdin.isatty() and not _is_same(getpass.getpass(tr("Repeat passphrase: ")), typed):
        raise UsageError(tr("The two don’t match. No vault was created."))
    return typed


def _is_same(typed: str, before: str) -> bool:
    return tidy_passphrase(typed) == tidy_passphrase(before)


@contextmanager
def open_vault(options: argparse.Namespace) -> Iterator[OpenVault]:
    """Open the vault for the duration of the block. Raise Trouble. Without a vault it asks for no passphrase."""
    folder = data_folder(options.data_dir).vault
    if not VaultLayout(folder).exists():
        raise Trouble(TroubleCode.VAULT_MISSING, folder=str(folder))
    secret = secret_by_passphrase(folder, passphrase(options.passphrase_file))
    vault = OpenVault(folder, secret, SystemClock())
    for trouble in vault.warnings():
        print(sentence(trouble), file=sys.stderr)
    try:
        yield vault
    finally:
        vault.close()


def _first_line(file: str) -> str:
    try:
        data = Path(file).read_bytes()
        encoding = next((name for mark, name in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "utf-8")
        line = next(iter(data.decode(encoding).splitlines()), "")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(tr("The passphrase file {file} cannot be read.").format(file=file)) from error
    if not tidy_passphrase(line):
        raise UsageError(tr("The first line of the passphrase file {file} is empty.").format(file=file))
    return line
