"""Crash recovery at opening: finish or roll back a restore or an import."""

from __future__ import annotations

import shutil

from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.restore import note_restored


def recover(places: VaultLayout, log: Log) -> None:
    """Finish or roll back what a crash or power failure interrupted. Raise Trouble.

    An imported recording is sealed in a staging folder. If the log has its row, it is complete and only the move is
    missing; if not, the import failed, and the original is untouched.
    """
    note_restored(places.folder, log)
    if not places.import_staging.is_dir():
        return
    known = {row.recording for row in log.transfers.imports()}
    with disk.report_disk_errors(places.folder):
        for folder in places.import_staging.iterdir():
            recording = RecordingId(folder.name)
            if recording in known and not places.recording(recording).exists():
                folder.replace(places.recording(recording))
                disk.flush_folder(places.recordings)
            else:
                shutil.rmtree(folder, ignore_errors=True)
