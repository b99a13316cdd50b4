"""Destroy a recording: intent in the log, key and files on the disk, then the audit row."""

from __future__ import annotations

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import names
from balint_desktop.sealed.destruction import destroy_recording
from balint_desktop.sealed.reading import is_being_written
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.retention import retained_recording

REASON_LIMIT = 200


def record_intent(
    places: VaultLayout, log: Log, recording: RecordingId, reason: str, wall: float, *, witness: str = ""
) -> None:
    """Keep that a recording is to be destroyed. Raise Trouble PART_IN_USE, RECORDING_MISSING, HELD; ValueError.

    From here on nothing takes it back: a restart finishes it. Kept with it: the clock that it ran on, and the label
    of who witnesses it. Every way to destroying a recording leads through here, so a legal hold is asked for here.
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
        # The reason is words of a person's; the trail holds ids alone.
        log.audit.add(AuditAct.DESTROYING_ASKED, {"recording": recording})


def finish_destruction(places: VaultLayout, log: Log, wall: float) -> None:
    """Destroy what is to be destroyed and is not yet. A part that a recorder holds is left for next time."""
    for recording, destroyed in log.keys.destroyed().items():
        if destroyed.done_wall is None and not is_in_use(places, recording):
            destroy_recording(places.recording(recording))
            with log.together():
                log.keys.note_destroyed(recording, wall)
                log.audit.add(AuditAct.RECORDING_DESTROYED, {"recording": recording})


def is_in_use(places: VaultLayout, recording: RecordingId) -> bool:
    """Tell whether a recorder still holds a part of a recording."""
    folder = places.recording(recording)
    return folder.is_dir() and any(is_being_written(part) for part in names.part_folders(folder))


def _require_known(log: Log, recording: RecordingId) -> None:
    try:
        log.recordings.recording(recording)
    except KeyError as error:
        raise Trouble(TroubleCode.RECORDING_MISSING, recording=recording) from error
