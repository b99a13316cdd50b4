"""Destroy a recording: intent in the log, key and files on the disk, then the audit row."""

from __future__ import annotations

import contextlib
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.reading import is_being_written
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.retention import retained_recording

REASON_LIMIT = 200


def record_intent(
    places: VaultLayout, log: Log, recording: RecordingId, reason: str, wall: float, *, witness: str = ""
) -> None:
    """Record the intent to destroy a recording. Raise Trouble PART_IN_USE, RECORDING_MISSING, HELD; ValueError.

    The intent is final: a restart finishes it. The retention period it follows and the witness's label are stored
    with it. Every destruction of a recording passes through here, so legal holds are checked here.
    """
    tidied = " ".join(reason.split())
    if not tidied or len(tidied) > REASON_LIMIT:
        raise ValueError(f"a reason has 1 to {REASON_LIMIT} characters")
    _require_known(log, recording)
    if is_in_use(places, recording):
        raise Trouble(TroubleCode.PART_IN_USE)
    log.holds.require_free(recording)
    kept = retained_recording(log, recording)
    with log.together():
        log.keys.intend_destroying(recording, tidied, wall)
        log.deletions.witness(recording, witness, kept)
        # The reason is free text; the audit trail holds ids only.
        log.audit.add(AuditAct.DESTROYING_ASKED, {"recording": recording})


def finish_destruction(places: VaultLayout, log: Log, wall: float) -> None:
    """Destroy every recording with an unfinished intent. A part locked by a recorder is left for the next call."""
    for recording, destroyed in log.keys.destroyed().items():
        if destroyed.completed_wall is None and not is_in_use(places, recording):
            destroy_recording(places.recording(recording))
            with log.together():
                log.keys.note_destroyed(recording, wall)
                log.audit.add(AuditAct.RECORDING_DESTROYED, {"recording": recording})


def is_in_use(places: VaultLayout, recording: RecordingId) -> bool:
    """Return whether a recorder still has a part of a recording locked."""
    folder = places.recording(recording)
    return folder.is_dir() and any(is_being_written(part) for part in names.part_folders(folder))


def _require_known(log: Log, recording: RecordingId) -> None:
    try:
        log.recordings.recording(recording)
    except KeyError as error:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording) from error


def destroy_recording(folder: Path) -> None:
    """Destroy a recording, or the remains of an earlier try. Raise Trouble.

    Without its key the sound is unreadable, so the key is destroyed first: overwritten, flushed, unlinked. If killed,
    calling it again continues.
    """
    if not folder.exists():
        return
    for path in sorted(folder.glob(f"{names.KEY}*")):
        disk.destroy_file(path)
    disk.remove_folder(folder)


def discard_recording(folder: Path) -> None:
    """Delete a recording that never came to be, as far as the disk allows."""
    with contextlib.suppress(Trouble):
        destroy_recording(folder)
