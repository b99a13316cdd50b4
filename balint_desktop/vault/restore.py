"""Restore a vault from a backup: verify, copy to a staging folder, rename into place."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names, parcel
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.sealed.verified_copy import Copied, ProgressCallback, copy_verified, flush_folder_anywhere
from balint_desktop.vault import parcel_files
from balint_desktop.vault.layout import ORIGIN_FILE, PASSPHRASE_FILE, RECOVERY_FILE, VaultLayout, check_private
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind
from balint_desktop.vault.opening import place_vault

LOG_NAME = "log.db"
# What the app ever puts into a backup; a list is untrusted, and anything else could mislead a vault made of it.
_NAME = r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}"
_IN_A_BACKUP = re.compile(
    rf"README\.txt|log\.db|{_NAME}\.age|roster/{_NAME}\.age|recordings/{_NAME}/([0-9]{{2,9}}/)?{_NAME}\.age"
    rf"|transcripts/{_NAME}/((heard|text)/)?{_NAME}\.age|approved/{_NAME}/{_NAME}\.age"
    rf"|analysis/{_NAME}/(key\.age|analysis\.db|analysis\.db-wal|received/{_NAME}\.age)"
)
# Two pages.
_SMALLEST_LOG = 8192
_AGE = b"age-encryption.org/v1\n"
_MAX_NAMES = 3


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore: damaged files that were copied anyway, and files that could not be copied.

    `aside` is the folder of the vault that was there before, empty if there was none.
    """

    damaged: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    aside: str = ""


def verify_backup(folder: Path, on_progress: ProgressCallback = lambda _bytes: None) -> VerifiedParcel:
    """Verify every byte of a backup, without changing it. Raise Trouble if it is not a backup, or incomplete."""
    with disk.report_disk_errors(folder):
        verified = parcel.verify_parcel(folder, on_progress)
    if verified.manifest.kind != TransferKind.BACKUP:
        raise Trouble(TroubleCode.BACKUP_MISSING, folder=str(folder))
    if not all(_IN_A_BACKUP.fullmatch(name) for name in verified.manifest.files):
        raise Trouble(TroubleCode.BACKUP_LIST_DAMAGED, folder=str(folder))
    return verified


def _require_openable(verified: VerifiedParcel) -> None:
    """Check that a vault could be opened from a backup's files. Raise Trouble BACKUP_INCOMPLETE.

    Restored all the same, it would be in the way of the right one.
    """
    folder, intact = verified.folder, set(verified.manifest.files) - set(verified.problems)
    log = verified.manifest.files.get(LOG_NAME)
    if LOG_NAME not in intact or log is None or log.size < _SMALLEST_LOG:
        raise Trouble(TroubleCode.BACKUP_INCOMPLETE, folder=str(folder), name=LOG_NAME)
    keys = [name for name in intact if name.removeprefix("copy-of-") in {PASSPHRASE_FILE, RECOVERY_FILE}]
    if not any((disk.read_or_none(folder / name) or b"").startswith(_AGE) for name in keys):
        raise Trouble(TroubleCode.BACKUP_INCOMPLETE, folder=str(folder), name=PASSPHRASE_FILE)


def restore(
    verified: VerifiedParcel, folder: Path, *, intact_only: bool = False, on_progress: ProgressCallback = lambda _: None
) -> Restored:
    """Create a vault from a backup, in a folder that has none. Raise Trouble; the folder is then left empty.

    BACKUP_INCOMPLETE if no vault could be opened from it; BACKUP_DAMAGED if a file does not match the manifest, unless
    only the intact files were asked for. Damaged audio is copied too: its undamaged parts still open, and the log
    records the damage.
    """
    if VaultLayout(folder).exists() and not VaultLayout(folder).was_never_opened():
        raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(folder))
    if not verified.is_whole and not intact_only:
        raise Trouble(TroubleCode.BACKUP_DAMAGED, name=_some_of(verified.problems))
    _require_openable(verified)
    damaged = tuple(name for name in verified.changed if _is_audio(name))
    left_out = tuple(name for name in verified.problems if name not in damaged)
    with _staging_folder(folder) as staging:
        for name, expected in verified.manifest.files.items():
            if name in left_out or name == parcel_files.README:
                continue
            _copy(verified.folder / name, staging / name, None if name in damaged else expected, on_progress)
        disk.make_private_folder(staging / "recordings")
        disk.write_durably(staging / ORIGIN_FILE, verified.manifest.to_json())
        for path in staging.rglob("*"):
            if path.is_dir():
                flush_folder_anywhere(path)
        aside = _set_aside(folder)
        place_vault(staging, folder)
    return Restored(damaged, left_out, aside)


def _set_aside(folder: Path) -> str:
    """Move a restored vault that was never opened out of the way, and return where to; nothing in it is deleted.

    Empty if there is none. Raise Trouble.
    """
    if not VaultLayout(folder).was_never_opened():
        return ""
    number = 1
    while (aside := folder.with_name(f"{folder.name}-set-aside-{number}")).exists():
        number += 1
    with disk.report_disk_errors(folder):
        disk.rename(folder, aside)
        disk.flush_folder(folder.parent)
    return str(aside)


@contextlib.contextmanager
def _staging_folder(folder: Path) -> Iterator[Path]:
    """Yield a private staging folder beside the vault; one restore at a time. Raise Trouble."""
    staging = folder.with_name(f"{folder.name}-being-restored")
    disk.make_private_folder(folder.parent)
    lock = FileLock(staging.with_name(f"{staging.name}.lock"))
    with disk.report_disk_errors(folder):
        taken = lock.try_acquire()
    if not taken:
        raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(folder))
    try:
        shutil.rmtree(staging, ignore_errors=True)
        check_private(staging)
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        lock.release_and_delete()


def _copy(source: Path, target: Path, expected: Copied | None, on_progress: ProgressCallback) -> None:
    disk.make_private_folder(target.parent)
    copied = copy_verified(source, target, on_progress)
    if expected is not None and copied != expected:
        # It passed verification a moment ago, so the medium returns different bytes on each read.
        raise Trouble(TroubleCode.COPY_DIFFERS, name=target.name, folder=str(source.parent))


def _is_audio(name: str) -> bool:
    return name.endswith(f"/{names.AUDIO}")


def _some_of(problems: tuple[str, ...]) -> str:
    shown = ", ".join(problems[:_MAX_NAMES])
    return shown if len(problems) <= _MAX_NAMES else f"{shown}, …"


def note_restored(folder: Path, log: Log) -> None:
    """Record in a restored vault's log which backup it came from; called at every opening. Raise Trouble.

    The log in a backup was copied before the backup was complete; its completion is recorded here.
    """
    origin = folder / ORIGIN_FILE
    try:
        manifest = Manifest.from_json(disk.read_small_file(origin))
    except FileNotFoundError:
        return
    except (OSError, Trouble):
        disk.unlink_with_retries(origin)
        return
    sha256 = hashlib.sha256(manifest.to_json()).hexdigest()
    with log.together():
        if any(row.id == manifest.id for row in log.transfers.parcels(TransferKind.BACKUP)):
            log.transfers.finish(manifest.id, sha256, parcel_files.recordings_in(manifest))
        log.audit.add(AuditAct.VAULT_RESTORED, {"backup": manifest.id, "manifest": sha256})
    disk.unlink_with_retries(origin)
