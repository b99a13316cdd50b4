"""Make a parcel and log it: begin, copy on any thread, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.sealed import disk, parcel
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import Packed
from balint_desktop.sealed.verified_copy import ProgressCallback
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.database import DISK_CODES
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.parcel_files import recordings_in
from balint_desktop.vault.vault import OpenVault

# Parcels that this process is copying now, even if its vault was locked and opened again meanwhile.
_under_way: set[str] = set()
_ACTS = {TransferKind.BACKUP: AuditAct.BACKUP_MADE, TransferKind.HAND_OVER: AuditAct.RECORDING_HANDED_OVER}


@dataclass(frozen=True, slots=True)
class ParcelPlan:
    """A parcel to be copied. `files` are the sealed files by their names in it; `bytes_in_all` their total size.

    `passing` are files made for the copying alone. `is_listed` is whether the log has a row for it: none where the
    vault's own disk takes none.
    """

    folder: Path
    about: Manifest
    kind: TransferKind
    files: Mapping[str, Path]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    passing: tuple[Path, ...] = ()
    is_listed: bool = True

    @property
    def bytes_in_all(self) -> int:
        """Return the number of bytes to copy."""
        return sum(path.stat().st_size for path in self.files.values() if path.exists())


def stamp(clock: Clock) -> str:
    """Return the current time formatted for a folder's name (UTC)."""
    return datetime.fromtimestamp(clock.now().wall, UTC).strftime("%Y-%m-%d-%H%M%S")


def begin(vault: OpenVault, plan: ParcelPlan) -> ParcelPlan:
    """Check the destination, and record the parcel as begun in the log. Raise Trouble.

    A backup is begun all the same where the vault's disk is full or read-only: it is the way out of there.
    """
    if plan.folder.resolve().is_relative_to(vault.folder.resolve()):
        raise Trouble(TroubleCode.BACKUP_INSIDE, folder=str(plan.folder.parent))
    try:
        recover(vault.log)
        vault.log.transfers.begin(_row(plan))
    except Trouble as trouble:
        if plan.kind is not TransferKind.BACKUP or trouble.code not in DISK_CODES or vault.read_only is None:
            raise
        return replace(plan, is_listed=False)
    return plan


def _row(plan: ParcelPlan) -> TransferRow:
    return TransferRow(plan.about.id, plan.kind, plan.about.made_wall, str(plan.folder))


def copy(plan: ParcelPlan, on_progress: ProgressCallback = lambda _bytes: None) -> Packed:
    """Copy the parcel and verify it. Takes as long as the disks need; any thread may call it. Raise Trouble.

    Call `abandon` after trouble, `finish` after success.
    """
    _under_way.add(plan.about.id)
    try:
        return parcel.pack(plan.folder, plan.about, plan.files, plan.texts, on_progress)
    finally:
        _under_way.discard(plan.about.id)
        hide(plan)


def copy_or_abandon(vault: OpenVault, plan: ParcelPlan) -> Packed:
    """Copy a parcel that was begun, on the log's thread. Raise Trouble; the destination is then left empty."""
    try:
        return copy(plan)
    except BaseException:
        abandon(vault, plan)
        raise


def finish(vault: OpenVault, plan: ParcelPlan, packed: Packed) -> TransferRow:
    """Record the parcel's contents and destination in the log and in the audit trail. Raise Trouble.

    The row of a parcel that the log could not take is returned without being stored.
    """
    files = recordings_in(packed.manifest)
    details = _parcel_details(plan, packed, files)
    if not plan.is_listed:
        vault.log.audit.add_export(_ACTS[plan.kind], details)
        return replace(_row(plan), manifest_sha256=packed.sha256, files=files)
    with vault.log.together():
        vault.log.transfers.finish(plan.about.id, packed.sha256, files)
        vault.log.audit.add(_ACTS[plan.kind], details)
    return next(one for one in vault.log.transfers.parcels(plan.kind) if one.id == plan.about.id)


def _parcel_details(
    plan: ParcelPlan, packed: Packed, files: Mapping[RecordingId, Mapping[str, str]]
) -> dict[str, str | float | None]:
    details: dict[str, str | float | None] = {"id": plan.about.id, "to": str(packed.folder), "manifest": packed.sha256}
    if plan.kind is TransferKind.HAND_OVER:
        ((recording, fingerprints),) = files.items()
        details["recording"] = recording
        details |= {f"sha256 of {name}": sha256 for name, sha256 in fingerprints.items()}
    return details


def abandon(vault: OpenVault, plan: ParcelPlan) -> None:
    """Delete the row of a parcel that failed and whose files were removed. Raise Trouble."""
    if plan.is_listed and not parcel.unfinished_parcels(plan.folder).exists():
        vault.log.transfers.forget(plan.about.id)


def hide(plan: ParcelPlan) -> None:
    """Delete the files made only for copying."""
    for path in plan.passing:
        disk.destroy_file(path)


def recover(log: Log) -> None:
    """Finish or delete the parcels that were being copied at a crash or power failure. Raise Trouble.

    A complete parcel is recorded as finished; a partial one is deleted. If the USB stick is not plugged in, it
    stays *begun*.
    """
    for row in log.transfers.parcels():
        if row.is_finished or row.id in _under_way:
            continue
        folder = Path(row.folder)
        if parcel.delete_unfinished(folder):
            log.transfers.forget(row.id)
            continue
        try:
            manifest, sha256 = parcel.read_manifest(folder)
        except Trouble:
            continue
        if manifest.id == row.id:
            log.transfers.finish(row.id, sha256, recordings_in(manifest))


def new_parcel(kind: TransferKind, clock: Clock) -> Manifest:
    """Return the empty manifest of a new parcel."""
    return Manifest(new_id(), kind.value, clock.now().wall)
