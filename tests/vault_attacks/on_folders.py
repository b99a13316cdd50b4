"""Attacks by a umask of nothing: whatever the app makes is its owner's alone."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from vault_attacks.registry import attack
from vault_attacks.worlds import made_vault, opened, sealing_quickly

import balint_desktop
from balint_desktop.domain.clock import SystemClock
from balint_desktop.sealed.disk import make_private_folder
from balint_desktop.ui.shell.preferences import Preferences, PreferencesFile
from balint_desktop.ui.widgets.table_memory import Arranged, TableMemory
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.opening import create_vault
from balint_desktop.vault.restore import restore, verify_backup


@contextlib.contextmanager
def no_umask():
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def open_to_others(top):
    """Return what in a folder somebody else could read or write."""
    found = [path for path in (top, *top.rglob("*")) if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    return ", ".join(str(path.relative_to(top.parent)) for path in found) or "nothing open to others"


@attack("folders", "a folder with three missing parents", "nothing open to others")
def nested(folder):
    with no_umask():
        make_private_folder(folder / "one" / "two" / "three" / "four")
    return open_to_others(folder / "one")


@attack("folders", "a new vault", "nothing open to others")
def new_vault(folder):
    with no_umask(), sealing_quickly():
        create_vault(folder / "data" / "vault", "seven quiet herons by the mill", SystemClock())
    return open_to_others(folder / "data")


@attack("folders", "a backup into a folder", "nothing open to others")
def backup(folder):
    made = made_vault(folder / "vault")
    (folder / "stick").mkdir()
    with no_umask(), opened(made.folder, made.secret) as vault:
        plan, _row = back_up(vault, folder / "stick", SystemClock())
    return open_to_others(plan.folder)


@attack("folders", "a restored vault", "nothing open to others")
def restored(folder):
    made = made_vault(folder / "vault")
    (folder / "stick").mkdir()
    with opened(made.folder, made.secret) as vault:
        plan, _row = back_up(vault, folder / "stick", SystemClock())
    with no_umask():
        restore(verify_backup(plan.folder), folder / "data" / "restored")
    return open_to_others(folder / "data")


@attack("folders", "the window's preferences and its tables' columns", "nothing open to others")
def preferences(folder):
    with no_umask():
        PreferencesFile(folder / "data" / "one" / "window.json").save(Preferences())
        TableMemory(folder / "data" / "two" / "tables.json").remember("people", Arranged(order=("code",)))
    return open_to_others(folder / "data")


@attack("folders", "a line of code that makes folders without saying for whom", "none")
def in_the_code(folder):
    top = Path(balint_desktop.__file__).parent
    lines = [
        f"{path.relative_to(top)}:{number}"
        for path in top.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if "parents=True" in line or "makedirs" in line
    ]
    return ", ".join(lines) or "none"
