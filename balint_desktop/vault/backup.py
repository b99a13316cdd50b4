"""Back up the vault: what is copied, and what is left out and why."""

from __future__ import annotations

import contextlib
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.sealed import disk
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.vault import parcel_files, parcels, roster_files
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.parcels import ParcelPlan
from balint_desktop.vault.restore import LOG_NAME
from balint_desktop.vault.transcript_files import read_sealed_files
from balint_desktop.vault.vault import OpenVault

NAME_BEGINS = "balint-backup-"
_LOG_COPY = "log-being-copied-"
_README = """\
This is a backup of a Balint Desktop vault. Everything in it but this page and the list manifest.json is sealed.

To use it, start Balint Desktop on a computer that has no vault yet and choose "Restore a backup", or run
    balint-desktop vault restore --from THIS-FOLDER
It opens with the vault's passphrase or with its recovery key, as they were when the backup was made.

A recording, a transcript, an approved text, an analysis or a roster that is destroyed in the vault is still in here. To
be rid of it, destroy this folder too.
"""


def plan_backup(vault: OpenVault, into: Path, clock: Clock) -> ParcelPlan:
    """Collect the contents of a backup, with a consistent copy of the log, and begin it. Raise Trouble.

    From a vault on a full or read-only disk, too: the copy of the log then passes by the destination. Call on the
    log's thread; `parcels.copy` does the long work, on any thread.
    """
    vault.prove_keys()
    moment = parcels.new_parcel(TransferKind.BACKUP, clock)
    folder = into / f"{NAME_BEGINS}{parcels.stamp(clock)}-{moment.id[:4]}"
    files, left_out = _sealed_files(vault)
    about = Manifest(moment.id, moment.kind, moment.made_wall, left_out=left_out)
    log = (vault.folder if vault.read_only is None else into) / f"{_LOG_COPY}{new_id()}.db"
    _delete_old_copies(vault, into)
    texts = {parcel_files.README: _README.encode(), **_rosters(vault), **_texts(vault)}
    texts |= vault.studies.backup_files()
    plan = ParcelPlan(folder, about, TransferKind.BACKUP, {LOG_NAME: log, **files}, texts, passing=(log,))
    plan = parcels.begin(vault, plan)
    try:
        with disk.report_disk_errors(log.parent):
            vault.log.copy_to(log)
    except BaseException:
        parcels.hide(plan)
        parcels.abandon(vault, plan)
        raise
    return plan


def _delete_old_copies(vault: OpenVault, into: Path) -> None:
    """Delete the copies of the log that a kill has left."""
    for folder in (vault.folder,) if vault.read_only is None else (vault.folder, into):
        for old in folder.glob(f"{_LOG_COPY}*"):
            with contextlib.suppress(Trouble):
                disk.destroy_file(old)


def _sealed_files(vault: OpenVault) -> tuple[dict[str, Path], tuple[str, ...]]:
    """Return every sealed file of the vault by its relative path, and the parts a recorder has locked."""
    found = {path.name: path for path in sorted(vault.folder.iterdir()) if parcel_files.is_sealed(path)}
    left_out: list[str] = []
    for recording, folder in vault.recording_folders().items():
        with disk.report_disk_errors(folder):
            files, held = parcel_files.recording_files(folder)
        place = f"recordings/{recording}"
        found |= {f"{place}/{name}": path for name, path in files.items()}
        left_out += [f"{place}/{name}" for name in held]
    return found, tuple(left_out)


def _texts(vault: OpenVault) -> dict[str, bytes]:
    """Return the files of every transcript as they are between two saves, and of every approved text."""
    folders = [vault.places.transcript(row.recording) for row in vault.log.transcripts.transcripts()]
    folders += [vault.places.approved_text(row.recording) for row in vault.log.approved.all()]
    found: dict[str, bytes] = {}
    for folder in folders:
        place = folder.relative_to(vault.folder).as_posix()
        found |= {f"{place}/{name}": data for name, data in read_sealed_files(folder).items()}
    return found


def _rosters(vault: OpenVault) -> dict[str, bytes]:
    """Return every roster, and what is beside it, at the moment the log is copied: both describe the same people."""
    with contextlib.suppress(Trouble) if vault.read_only is not None else contextlib.nullcontext():
        vault.rosters.recover()
    with disk.report_disk_errors(vault.places.rosters):
        found = {path: disk.read_small_file(path) for path in roster_files.all_files(vault.places)}
    return {f"{path.parent.name}/{path.name}": data for path, data in found.items()}


def backups_holding(vault: OpenVault, recording: RecordingId) -> tuple[TransferRow, ...]:
    """Return the backups that hold or may hold a recording, to list when it is destroyed here. Raise Trouble."""
    return vault.log.transfers.holding(recording)


def back_up(vault: OpenVault, into: Path, clock: Clock) -> tuple[ParcelPlan, TransferRow]:
    """Back up the vault in one call. Raise Trouble; the target folder is then left empty."""
    plan = plan_backup(vault, into, clock)
    return plan, parcels.finish(vault, plan, parcels.copy_or_abandon(vault, plan))
