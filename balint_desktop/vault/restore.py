"""Restore a vault from a backup: verify, copy aside, prove, then swap in."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names, parcel
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.sealed.verified_copy import Copied, Went, copy_verified, flush_folder_anywhere
from balint_desktop.vault import parcel_files
from balint_desktop.vault.layout import VaultLayout, check_private
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind
from balint_desktop.vault.opening import place_vault

_ORIGIN = "restored-from.json"
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore: damaged files that were copied all the same, and files that could not be copied."""

    damaged: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


def verify_backup(folder: Path, went: Went = lambda _bytes: None) -> VerifiedParcel:
    """Verify every byte of a backup, without changing it. Raise Trouble if it is not a backup, or incomplete."""
    with disk.report_disk_errors(folder):
        looked = parcel.verify_parcel(folder, went)
    if looked.manifest.kind != TransferKind.BACKUP:
        raise Trouble(TroubleCode.BACKUP_MISSING, folder=str(folder))
    return looked


def restore(
    looked: VerifiedParcel, folder: Path, *, what_is_sound: bool = False, went: Went = lambda _: None
) -> Restored:
    """Create a vault from a backup, in a folder that has none. Raise Trouble; the folder is then left empty.

    BACKUP_DAMAGED if a file does not match the manifest, unless only the intact files were asked for. Damaged audio
    is copied too: its undamaged parts still open, and the log records the damage.
    """
    if VaultLayout(folder).exists():
        raise Trouble(TroubleCode.VAULT_EXISTS, folder=str(folder))
    if not looked.is_whole and not what_is_sound:
        raise Trouble(TroubleCode.BACKUP_DAMAGED, name=_some_of(looked.problems))
    damaged = tuple(name for name in looked.changed if _is_audio(name))
    left_out = tuple(name for name in looked.problems if name not in damaged)
    with _staging_folder(folder) as aside:
        for name, expected in looked.manifest.files.items():
            if name in left_out or name == parcel_files.README:
                continue
            _copy(looked.folder / name, aside / name, None if name in damaged else expected, went)
        disk.make_private_folder(aside / "recordings")
        disk.write_durably(aside / _ORIGIN, looked.manifest.to_json())
        for path in aside.rglob("*"):
            if path.is_dir():
                flush_folder_anywhere(path)
        place_vault(aside, folder)
    return Restored(damaged, left_out)


@contextlib.contextmanager
def _staging_folder(folder: Path) -> Iterator[Path]:
    """Give a private staging folder next to the vault's place during the block; one at a time. Raise Trouble."""
    aside = folder.with_name(f"{folder.name}-being-restored")
    disk.make_private_folder(folder.parent)
    turn = FileLock(aside.with_name(f"{aside.name}.lock"))
    with disk.report_disk_errors(folder):
        taken = turn.try_acquire()
    if not taken:
        raise Trouble(TroubleCode.VAULT_IN_USE, folder=str(folder))
    try:
        shutil.rmtree(aside, ignore_errors=True)
        check_private(aside)
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        disk.unlink_with_retries(aside.with_name(f"{aside.name}.lock"))
        turn.release()


def _copy(source: Path, target: Path, expected: Copied | None, went: Went) -> None:
    disk.make_private_folder(target.parent)
    copied = copy_verified(source, target, went)
    if expected is not None and copied != expected:
        # It verified a moment ago: the USB stick returns different bytes each time.
        raise Trouble(TroubleCode.COPY_DIFFERS, name=target.name, folder=str(source.parent))


def _is_audio(name: str) -> bool:
    return name.endswith(f"/{names.AUDIO}")


def _some_of(problems: tuple[str, ...]) -> str:
    shown = ", ".join(problems[:_MOST_NAMES])
    return shown if len(problems) <= _MOST_NAMES else f"{shown}, …"


def note_restored(folder: Path, log: Log) -> None:
    """Record in a restored vault's log which backup it came from; called at every opening. Raise Trouble.

    The log in a backup was copied while the backup was only begun: it is now known to be finished.
    """
    origin = folder / _ORIGIN
    try:
        manifest = Manifest.from_json(origin.read_bytes())
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
