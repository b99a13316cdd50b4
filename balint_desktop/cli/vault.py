"""`balint-desktop vault`: back up, list backups, restore."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

from balint_desktop.cli.result import CommandResult, UsageError, table
from balint_desktop.cli.unlock import open_vault
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.i18n import tr
from balint_desktop.text import transfer
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.destination_warnings import warnings_about
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.restore import restore, verify_backup


def run(options: argparse.Namespace) -> CommandResult:
    """Do one act on the vault. Raise Trouble, UsageError."""
    if options.act == "restore":
        return _restore(options)
    if options.act == "backups":
        return _backups(options)
    return _backup(options)


def folder_told(option: str) -> Path:
    """Return a folder that was named and is there. Raise UsageError."""
    folder = Path(option).expanduser().absolute()
    if not folder.is_dir():
        raise UsageError(tr("There is no folder {folder}. Plug the disk in, or make the folder.").format(folder=folder))
    return folder


def say_remarks(into: Path) -> None:
    """Print what is to be known of a place."""
    for remark in warnings_about(into):
        print(transfer.destination_warning(remark))


def _backup(options: argparse.Namespace) -> CommandResult:
    into = folder_told(options.to)
    with open_vault(data_folder(options.data_dir).vault, options.passphrase_file) as vault:
        say_remarks(into)
        plan, row = back_up(vault, into, SystemClock())
        print(transfer.backup_made(row, plan.about.left_out))
    return CommandResult()


def _backups(options: argparse.Namespace) -> CommandResult:
    with open_vault(data_folder(options.data_dir).vault, options.passphrase_file) as vault:
        rows = [
            row
            for row in vault.log.carried.parcels(TransferKind.BACKUP)
            if not options.holding or any(one.startswith(options.holding) for one in row.recordings)
        ]
    if rows:
        print(table([(tr("Made (UTC)"), tr("Recordings"), tr("Where")), *(_row(row) for row in rows)]))
    else:
        print(tr("The log knows of no such backup."))
    return CommandResult()


def _row(row: TransferRow) -> tuple[str, ...]:
    made = datetime.fromtimestamp(row.wall, UTC).strftime("%Y-%m-%d %H:%M")
    return made, str(len(row.recordings)) if row.is_finished else tr("not finished"), row.folder


def _restore(options: argparse.Namespace) -> CommandResult:
    target = data_folder(options.data_dir).vault
    looked = verify_backup(folder_told(options.from_))
    restored = restore(looked, target, what_is_sound=options.what_is_sound)
    print(transfer.restored(restored, str(target)))
    if looked.is_whole:
        return CommandResult()
    return CommandResult(tr("The backup was not as it was made; keep it, and verify the recordings."))
