"""Make a parcel and log it: begin, copy on any thread, record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, new_id
from balint_desktop.sealed import parcel
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import Packed
from balint_desktop.sealed.verified_copy import Went
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.parcel_files import recordings_in
from balint_desktop.vault.vault import OpenVault

# What this process is copying now, though its vault may have been locked and opened again meanwhile.
_under_way: set[str] = set()
_ACTS = {TransferKind.BACKUP: AuditAct.BACKUP_MADE, TransferKind.HAND_OVER: AuditAct.RECORDING_HANDED_OVER}


@dataclass(frozen=True, slots=True)
class ParcelPlan:
    """A parcel about to be made. `files` are the sealed files by their names in it; `bytes_in_all` their sizes."""

    folder: Path
    about: Manifest
    kind: TransferKind
    files: Mapping[str, Path]
    texts: Mapping[str, bytes] = field(default_factory=dict)
    passing: tuple[Path, ...] = ()

    @property
    def bytes_in_all(self) -> int:
        """Return how much there is to copy."""
        return sum(path.stat().st_size for path in self.files.values() if path.exists())


def stamp(clock: Clock) -> str:
    """Return the moment as it stands in a folder's name (UTC)."""
    return datetime.fromtimestamp(clock.now().wall, UTC).strftime("%Y-%m-%d-%H%M%S")


def begin(vault: OpenVault, plan: ParcelPlan) -> None:
    """Look whether the place will do, and keep in the log that the parcel is begun. Raise Trouble."""
    if plan.folder.resolve().is_relative_to(vault.folder.resolve()):
        raise Trouble(TroubleCode.BACKUP_INSIDE, folder=str(plan.folder.parent))
    recover(vault.log)
    row = TransferRow(plan.about.id, plan.kind, plan.about.made_wall, str(plan.folder))
    vault.log.carried.begin(row)


def copy(plan: ParcelPlan, went: Went = lambda _bytes: None) -> Packed:
    """Copy the parcel and prove it. Takes as long as the disks need; any thread may call it. Raise Trouble.

    After trouble the log must be told by `give_up`, after success by `finish`.
    """
    _under_way.add(plan.about.id)
    try:
        return parcel.pack(plan.folder, plan.about, plan.files, plan.texts, went)
    finally:
        _under_way.discard(plan.about.id)
        hide(plan)


def copy_or_abandon(vault: OpenVault, plan: ParcelPlan) -> Packed:
    """Copy a parcel that was begun, where the log may be asked at once. Raise Trouble; nothing is left there then."""
    try:
        return copy(plan)
    except BaseException:
        abandon(vault, plan)
        raise


def finish(vault: OpenVault, plan: ParcelPlan, packed: Packed) -> TransferRow:
    """Keep in the log, and in the audit trail, what was carried where. Raise Trouble."""
    files = recordings_in(packed.manifest)
    with vault.log.together():
        vault.log.carried.finish(plan.about.id, packed.sha256, files)
        vault.log.audit.add(_ACTS[plan.kind], _told(plan, packed, files))
    return next(one for one in vault.log.carried.parcels(plan.kind) if one.id == plan.about.id)


def _told(
    plan: ParcelPlan, packed: Packed, files: Mapping[RecordingId, Mapping[str, str]]
) -> dict[str, str | float | None]:
    details: dict[str, str | float | None] = {"id": plan.about.id, "to": str(packed.folder), "manifest": packed.sha256}
    if plan.kind is TransferKind.HAND_OVER:
        ((recording, fingerprints),) = files.items()
        details["recording"] = recording
        details |= {f"sha256 of {name}": sha256 for name, sha256 in fingerprints.items()}
    return details


def abandon(vault: OpenVault, plan: ParcelPlan) -> None:
    """Keep no more of a parcel that came to nothing and was taken away. Raise Trouble."""
    if not parcel.unfinished_parcels(plan.folder).exists():
        vault.log.carried.forget(plan.about.id)


def hide(plan: ParcelPlan) -> None:
    """Take away what was only made for copying."""
    for path in plan.passing:
        path.unlink(missing_ok=True)


def recover(log: Log) -> None:
    """Find out what became of parcels that were being copied when the app or the power went. Raise Trouble.

    What stands whole is kept as such; what lies there half is taken away. Where the stick is not plugged in, it
    stays *begun*.
    """
    for row in log.carried.parcels():
        if row.is_finished or row.id in _under_way:
            continue
        folder = Path(row.folder)
        if parcel.delete_unfinished(folder):
            log.carried.forget(row.id)
            continue
        try:
            manifest, sha256 = parcel.read_manifest(folder)
        except Trouble:
            continue
        if manifest.id == row.id:
            log.carried.finish(row.id, sha256, recordings_in(manifest))


def new_parcel(kind: TransferKind, clock: Clock) -> Manifest:
    """Return the empty manifest of a new parcel."""
    return Manifest(new_id(), kind.value, clock.now().wall)
