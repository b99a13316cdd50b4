"""`balint-desktop vault`: create, back up, list backups, restore."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from balint_desktop.cli.days import local
from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, UsageError, leave_output, print_json, print_table
from balint_desktop.cli.unlock import new_passphrase, open_vault
from balint_desktop.command import is_reader_gone
from balint_desktop.data_folder import data_folder
from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.key_words import key_words
from balint_desktop.i18n import tr
from balint_desktop.text import reader_key, transfer
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.creation import VaultCreation
from balint_desktop.vault.destination_warnings import read_warnings
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.opening import create_vault
from balint_desktop.vault.passphrase_strength import require_enough
from balint_desktop.vault.restore import restore, verify_backup


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of the vault."""
    acts.add("create", _create, as_json=True)
    backup = acts.add("backup", _backup, as_json=True)
    backup.add_argument("--to", metavar="DIR", required=True, help=tr("the folder in which to create the backup"))
    backups = acts.add("backups", _backups, as_json=True)
    backups.add_argument("--holding", metavar="ID", default="", help=tr("only those that contain this recording"))
    acts.add("reader-key", _reader_key, as_json=True)
    restored = acts.add("restore", _restore, opens_vault=False)
    restored.add_argument("--from", dest="from_", metavar="DIR", required=True, help=tr("the backup’s folder"))
    restored.add_argument("--intact-only", action="store_true", help=tr("restore the intact files of a damaged backup"))


def existing_folder(option: str) -> Path:
    """Return a folder, which must exist. Raise UsageError."""
    folder = Path(option).expanduser().absolute()
    if not folder.is_dir():
        raise UsageError(
            tr("There is no folder {folder}. Connect the disk, or create the folder.").format(folder=folder)
        )
    return folder


def print_remarks(into: Path) -> None:
    """Print warnings about a destination folder."""
    for remark in read_warnings(into):
        print(transfer.destination_warning(remark))


def _create(options: argparse.Namespace) -> CommandResult:
    """Create a vault aside, print its recovery key, then move it into place, so that no vault is without its key."""
    folder = data_folder(options.data_dir).vault
    making = VaultCreation(folder)
    making.require_none()
    passphrase = new_passphrase(options.passphrase_file)
    require_enough(passphrase)
    making.begin()
    try:
        key = create_vault(making.staging, passphrase, SystemClock())
        if options.json:
            print_json([{"id": str(folder), "folder": str(folder), "recovery_key": key}])
        else:
            print(tr("Recovery key, shown only once and stored nowhere: {key}").format(key=key))
            print(tr("Write it on paper. If you forget the passphrase, only this key opens the vault."))
        sys.stdout.flush()
        making.confirm()
    except OSError as error:
        making.abandon()
        if not is_reader_gone(error):
            raise
        leave_output()
        return CommandResult(
            tr("The recovery key could not be printed, so no vault was created. Run the command again.")
        )
    except BaseException:
        making.abandon()
        raise
    if not options.json:
        print(tr("The vault is in {folder}").format(folder=folder))
    return CommandResult()


def _backup(options: argparse.Namespace) -> CommandResult:
    into = existing_folder(options.to)
    with open_vault(options) as vault:
        if not options.json:
            print_remarks(into)
        plan, row = back_up(vault, into, SystemClock())
        if options.json:
            print_json([_as_json(row)])
        else:
            print(transfer.backup_made(row, plan.about.left_out, is_listed=plan.is_listed))
    return CommandResult()


def _backups(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        rows = [
            row
            for row in vault.log.transfers.parcels(TransferKind.BACKUP)
            if not options.holding or any(one.startswith(options.holding) for one in row.recordings)
        ]
    if options.json:
        print_json(_as_json(row) for row in rows)
    else:
        headings = (tr("Made"), tr("Recordings"), tr("Where"))
        print_table(
            headings,
            [_row(row) for row in rows],
            tr("No backup of this recording is listed in the log.")
            if options.holding
            else tr("No backup is recorded in the log."),
        )
    return CommandResult()


def _reader_key(options: argparse.Namespace) -> CommandResult:
    with open_vault(options) as vault:
        recipient = vault.recipient
    if options.json:
        print_json([{"id": recipient, "reader_key": recipient, "words": list(key_words(recipient))}])
        return CommandResult()
    print(recipient)
    print(tr("Eight words to compare by telephone: {words}").format(words=reader_key.words_line(recipient)))
    print(reader_key.about())
    return CommandResult()


def _row(row: TransferRow) -> tuple[str, ...]:
    return local(row.wall), str(len(row.recordings)) if row.is_finished else tr("not finished"), row.folder


def _as_json(row: TransferRow) -> dict[str, object]:
    return {
        "id": row.id,
        "made": local(row.wall),
        "folder": row.folder,
        "finished": row.is_finished,
        "recordings": list(row.recordings),
    }


def _restore(options: argparse.Namespace) -> CommandResult:
    target = data_folder(options.data_dir).vault
    verified = verify_backup(existing_folder(options.from_))
    restored = restore(verified, target, intact_only=options.intact_only)
    print(transfer.restored(restored, str(target)))
    if verified.is_whole:
        return CommandResult()
    return CommandResult(tr("The backup had changed since it was made. Keep it, and verify the recordings."))
