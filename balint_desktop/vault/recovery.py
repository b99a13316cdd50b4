"""Crash recovery at opening: finish or roll back a restore or an import."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from balint_desktop.domain.trouble import Trouble
from balint_desktop.domain.values import RecordingId, SessionId
from balint_desktop.sealed import disk, names, rewrite_file
from balint_desktop.vault import mirrored_files
from balint_desktop.vault.destruction import discard_recording
from balint_desktop.vault.layout import PASSPHRASE_FILE, RECOVERY_FILE, VaultLayout
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.restore import note_restored
from balint_desktop.vault.transcript_files import place_transcript


def end_replaced_secrets(places: VaultLayout) -> None:
    """Overwrite secrets that were replaced when the app was killed. A disk error leaves them to the next opening."""
    with contextlib.suppress(Trouble):
        for name in (PASSPHRASE_FILE, RECOVERY_FILE):
            mirrored_files.end_replaced(places.folder, name)
        for path in _keys_being_replaced(places):
            rewrite_file.end_replaced(path.with_name(names.KEY))


def _keys_being_replaced(places: VaultLayout) -> Iterator[Path]:
    name = f"{names.KEY}{rewrite_file.OUTGOING}"
    for folder in (places.recordings, places.transcripts, places.approved_texts, places.studies):
        yield from sorted(folder.glob(f"*/{name}"))
    for staging in (places.rewritten_transcripts, places.rewritten_approved_texts):
        yield from sorted(staging.glob(f"*/*/{name}"))


def recover(places: VaultLayout, log: Log) -> None:
    """Finish or roll back what a crash or power failure interrupted. Raise Trouble.

    An imported recording, a sealed copy too, lies in a staging folder first. If the log has its row, it is complete
    and only the move is missing; if not, the import failed, and the original is untouched.
    """
    note_restored(places.folder, log)
    if not places.import_staging.is_dir():
        return
    known = {row.recording for row in log.transfers.imports()} | {row.recording for row in log.imported_copies.all()}
    with disk.report_disk_errors(places.folder):
        for folder in places.import_staging.iterdir():
            recording = RecordingId(folder.name)
            if recording in known and not places.recording(recording).exists():
                place_transcript(folder, places.transcript(recording))
                disk.replace(folder, places.recording(recording))
                disk.flush_folder(places.recordings)
            else:
                discard_recording(folder)


def discard_begun_texts(log: Log, folders: Mapping[RecordingId, Path]) -> None:
    """Delete the keys of texts without a recording that a kill kept from coming to be. Raise Trouble.

    Such a text has the id of its session; without a row, a folder by that id was never finished.
    """
    without = set(log.recordings.sessions_without())
    for recording, folder in folders.items():
        if SessionId(recording) in without:
            discard_recording(folder)
