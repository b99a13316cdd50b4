"""Destroy a recording: intent in the log, key and files on the disk, then the audit row.

On a full disk the log takes no intent before room was made. The key's file is the intent then: renamed, and overwritten
in place with the reason, sealed. Neither needs space, and opening the vault finishes what a kill left.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balint_desktop.domain.foreign import foreign_errors
from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk, keys, names
from balint_desktop.sealed.keys import Identity
from balint_desktop.sealed.reading import is_being_written
from balint_desktop.sealed.recording import destroy_key, destroy_keyed_folder
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.retention import retained_recording
from balint_desktop.vault.transcript_files import retire_files

# Where a transcript is written anew: the new one until it is in its place, the old one until it is destroyed.
NEW, OLD = "new", "old"

REASON_LIMIT = 200
_MARK = f"{names.KEY}.destroying"
_REASON_LOST = "Destroyed while the disk was full; the reason was not stored"


@dataclass(frozen=True, slots=True)
class DestructionRequest:
    """The destruction of a recording: why, when it was asked (seconds since 1970), and the witness's label."""

    recording: RecordingId
    reason: str
    wall: float
    witness: str = field(default="")

    def to_json(self) -> bytes:
        """Return the request as JSON text."""
        return json.dumps({"reason": self.reason, "wall": self.wall, "witness": self.witness}).encode()


def record_intent(places: VaultLayout, log: Log, request: DestructionRequest) -> None:
    """Record the intent to destroy a recording. Raise Trouble as `require_destroyable` does; ValueError.

    The intent is final: a restart finishes it. The retention period it follows and the witness's label are stored
    with it.
    """
    require_destroyable(places, log, request)
    with log.together():
        _add_intent(log, request)


def require_destroyable(places: VaultLayout, log: Log, request: DestructionRequest) -> None:
    """Check that a recording may be destroyed. Raise Trouble PART_IN_USE, RECORDING_MISSING, HELD, LINK_IN_VAULT.

    Every destruction of a recording passes through here, so legal holds are checked here. Raise ValueError for a
    reason that is empty or too long.
    """
    tidied = _tidied(request.reason)
    if not tidied or len(tidied) > REASON_LIMIT:
        raise ValueError(f"a reason has 1 to {REASON_LIMIT} characters")
    _require_known(log, request.recording)
    for folder in (places.recording(request.recording), *_text_folders(places, request.recording)):
        disk.require_no_links(folder)
    if is_in_use(places, request.recording):
        raise Trouble(TroubleCode.PART_IN_USE)
    log.holds.require_free(request.recording)


def _add_intent(log: Log, request: DestructionRequest) -> None:
    recording = request.recording
    kept = retained_recording(log, recording)
    log.keys.intend_destroying(recording, _tidied(request.reason), request.wall)
    log.deletions.witness(recording, request.witness, kept)
    if log.withdrawals.asks_for(recording, Asks.DESTROY):
        # By the approval's rule the de-identified text goes, too; otherwise it is what stays.
        log.approved.intend_deleting(recording, request.witness)
    # The reason is free text; the audit trail holds ids only.
    log.audit.add(AuditAct.DESTROYING_ASKED, {"recording": recording})


def finish_destruction(places: VaultLayout, log: Log, wall: float) -> None:
    """Destroy every recording with an unfinished intent. Raise Trouble.

    A part locked by a recorder, and a recording with links in it or its text, are left for the next call.
    """
    for recording, destroyed in log.keys.destroyed().items():
        if destroyed.completed_wall is None and not _has_links(places, recording) and not is_in_use(places, recording):
            _destroy_with_transcript(places, recording)
            with log.together():
                _note_destroyed(log, recording, wall)


def finish_transcript_deletion(places: VaultLayout, log: Log) -> None:
    """Finish every deletion of a transcript alone that was begun: its key first. Raise Trouble.

    One with links in it is left for the next call.
    """
    for recording in log.transcripts.deleting():
        if any(disk.links_in(folder) for folder in _text_folders(places, recording)):
            continue
        for folder in transcript_folders(places, recording):
            destroy_recording(folder)
        log.transcripts.note_deleted(recording)


def require_deletable(places: VaultLayout, log: Log, recording: RecordingId) -> None:
    """Check that a transcript alone may be deleted. Raise Trouble HELD, LINK_IN_VAULT."""
    log.holds.require_free(recording)
    for folder in _text_folders(places, recording):
        disk.require_no_links(folder)


def transcript_folders(places: VaultLayout, recording: RecordingId) -> tuple[Path, ...]:
    """Return where a recording's transcript may be: in its place, and where it is written anew.

    From now on no one goes on writing it.
    """
    retire_files(places.transcript(recording))
    return _text_folders(places, recording)


def _text_folders(places: VaultLayout, recording: RecordingId) -> tuple[Path, ...]:
    rewritten = places.rewritten_transcript(recording)
    return (places.transcript(recording), rewritten / NEW, rewritten / OLD, rewritten)


def _has_links(places: VaultLayout, recording: RecordingId) -> bool:
    return any(disk.links_in(one) for one in (places.recording(recording), *_text_folders(places, recording)))


def _destroy_with_transcript(places: VaultLayout, recording: RecordingId) -> None:
    """Destroy a recording and the text that identifies as it does: the sound's key, the text's key, the rest.

    An approved text has a key of its own and stays.
    """
    sound, texts = places.recording(recording), transcript_folders(places, recording)
    for folder in (sound, *texts):
        destroy_key(folder)
    for folder in (sound, *texts):
        destroy_recording(folder)


def _note_destroyed(log: Log, recording: RecordingId, wall: float) -> None:
    log.keys.note_destroyed(recording, wall)
    log.transcripts.note_deleted(recording)
    stays = log.approved.find(recording)
    details: dict[str, str | float | None] = {"recording": recording}
    if stays is not None:
        details |= {"approved_version": stays.latest.version, "approved_sha256": stays.latest.sha256}
    log.audit.add(AuditAct.RECORDING_DESTROYED, details)


# --- on a full disk ---


def destroy_to_make_room(
    places: VaultLayout, log: Log, request: DestructionRequest, identities: Sequence[Identity]
) -> None:
    """Destroy a recording although the disk is full, and record it in the room this makes. Raise Trouble.

    Where the log takes no rows even then, the mark stays, and the next opening records it.
    """
    require_destroyable(places, log, request)
    folder = places.recording(request.recording)
    key, mark = folder / names.KEY, folder / _MARK
    with disk.report_disk_errors(folder):
        if key.exists():
            disk.replace(key, mark)
            disk.flush_folder(folder)
    if mark.exists():
        sealed = keys.seal(request.to_json(), [identities[0].recipient])
        with disk.report_disk_errors(folder):
            _overwrite_with(mark, sealed)
    _finish_marked(places, log, request)


def finish_marked(places: VaultLayout, log: Log, wall: float, identities: Sequence[Identity]) -> None:
    """Finish the destructions that were begun on a full disk. `wall` is now. Raise Trouble.

    A recording that the log does not know, and one with links in it or its text, are left as they are.
    """
    known = {row.id for row in log.recordings.recordings()}
    for mark in sorted(places.recordings.glob(f"*/{_MARK}")):
        recording = RecordingId(mark.parent.name)
        if recording in known and not _has_links(places, recording):
            _finish_marked(places, log, _marked_request(mark, recording, wall, identities))


def _marked_request(
    mark: Path, recording: RecordingId, wall: float, identities: Sequence[Identity]
) -> DestructionRequest:
    """Return what was asked, without its reason where a kill came before it was written."""
    try:
        with disk.report_disk_errors(mark), foreign_errors(Trouble(TroubleCode.SEALED_DAMAGED, name=_MARK)):
            stored = json.loads(keys.unseal(disk.read_small_file(mark), [one.secret for one in identities]))
            return DestructionRequest(recording, stored["reason"], float(stored["wall"]), stored["witness"])
    except Trouble:
        return DestructionRequest(recording, _REASON_LOST, wall)


def _finish_marked(places: VaultLayout, log: Log, request: DestructionRequest) -> None:
    folder = places.recording(request.recording)
    for path in sorted(folder.glob("*")):
        if path.name == _MARK:
            continue
        if path.is_dir():
            disk.remove_folder(path)
        else:
            disk.destroy_file(path)
    for text in transcript_folders(places, request.recording):
        destroy_recording(text)
    if log.read_only is not None:
        # The log was read into memory: the next opening records it.
        return
    known = log.keys.destroyed().get(request.recording)
    # Killed after its row, only the folder is left to go.
    if known is None or known.completed_wall is None:
        with log.together():
            if known is None:
                _add_intent(log, request)
            _note_destroyed(log, request.recording, request.wall)
    destroy_recording(folder)


def _overwrite_with(path: Path, data: bytes) -> None:
    """Overwrite a small file with zeros, then with the data, as far as the disk has room for it. Raise OSError."""
    disk.overwrite_file(path, flush=True)
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        with contextlib.suppress(OSError):
            os.write(descriptor, data)
        os.ftruncate(descriptor, len(data))
        disk.flush_to_disk(descriptor)
    except OSError as error:
        if not disk.is_space_error(error):
            raise
    finally:
        os.close(descriptor)


def _tidied(reason: str) -> str:
    return one_line(reason)


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
    """Destroy a recording or a transcript, its key first, or the remains of an earlier try. Raise Trouble."""
    # The keys deeper down, too: a recording being imported may have a transcript beside it.
    destroy_keyed_folder(folder)


def discard_recording(folder: Path) -> None:
    """Delete a recording that never came to be, as far as the disk allows."""
    with contextlib.suppress(Trouble):
        destroy_recording(folder)
