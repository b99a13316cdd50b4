"""Import a recording from a sealed copy: copied aside and verified, then admitted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from balint_desktop.domain.clock import Clock
from balint_desktop.domain.study.shared_session import SharedPart
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.playable import playable_audio
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.fingerprint import compute_fingerprint
from balint_desktop.sealed.reading import has_sound, read_part
from balint_desktop.sealed.verified_copy import ProgressCallback, copy_verified
from balint_desktop.vault.destruction import discard_recording
from balint_desktop.vault.import_copy import ImportedCopy, PendingCopy, admit_copy, discard_copy
from balint_desktop.vault.log.recordings import PartRow
from balint_desktop.vault.shared_copy import source_file
from balint_desktop.vault.vault import OpenVault


def copy_in(pending: PendingCopy, on_progress: ProgressCallback = lambda _bytes: None) -> tuple[PartRow, ...]:
    """Copy the sealed files aside, and compare each with the list. Takes as long as the disks need; any thread.

    Return the parts as the log will have them. Raise Trouble SHARED_COPY_DAMAGED, or a disk error, leaving nothing
    behind.
    """
    try:
        return _copied_in(pending, on_progress)
    except BaseException:
        discard_recording(pending.folder)
        raise


def _copied_in(pending: PendingCopy, on_progress: ProgressCallback) -> tuple[PartRow, ...]:
    found = pending.found
    for name in found.part_files:
        source, target = source_file(found.folder, found.manifest, name), pending.folder / name
        disk.make_private_folder(target.parent)
        try:
            copied = copy_verified(source, target, on_progress)
        except Trouble as trouble:
            if Path(str(trouble.details.get("folder", ""))) == source.parent:
                raise _damaged(pending, name) from trouble
            raise
        if copied != found.manifest.files[name]:
            raise _damaged(pending, name)
    return _parts(pending)


def register_copy(vault: OpenVault, pending: PendingCopy, parts: tuple[PartRow, ...], clock: Clock) -> ImportedCopy:
    """Register a recording that was copied in, and move it into the vault. Raise Trouble."""
    try:
        return admit_copy(vault, pending, parts, clock)
    except Trouble:
        discard_copy(vault, pending)
        raise


def _parts(pending: PendingCopy) -> tuple[PartRow, ...]:
    """Return a recording's parts by the log they come from; what that did not know is read from the files."""
    known: Mapping[int, SharedPart] = {part.part: part for part in pending.shared.parts}
    there = {int(folder.name) for folder in names.part_folders(pending.folder)}
    return tuple(_part(pending, number, known.get(number)) for number in sorted({*known, *there}))


def _part(pending: PendingCopy, number: int, known: SharedPart | None) -> PartRow:
    folder = pending.part(number)
    if known is not None and (known.sha256 is not None or not has_sound(folder)):
        return PartRow(number, known.seconds, known.sha256, first_seen_at_recovery=False)
    if not has_sound(folder):
        return PartRow(number, None, None, first_seen_at_recovery=False)
    with disk.report_disk_errors(folder):
        sha256 = compute_fingerprint(folder)
    seconds = playable_audio(read_part(folder, [pending.found.key.secret])).seconds
    return PartRow(number, seconds, sha256, first_seen_at_recovery=True)


def _damaged(pending: PendingCopy, name: str) -> Trouble:
    return Trouble(TroubleCode.SHARED_COPY_DAMAGED, folder=str(pending.found.folder), name=name)
