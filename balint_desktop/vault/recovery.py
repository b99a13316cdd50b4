"""Crash recovery at opening: finish or roll back a restore or an import."""

from __future__ import annotations

import shutil

from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.restore import note_restored


def recover(places: VaultLayout, log: Log) -> None:
    """Bring to its end what the power may have cut short. Raise Trouble.

    A recording being imported is sealed aside. Where the log knows it, it was whole, and only its place is missing;
    where not, it came to nothing, and the original is where it always was.
    """
    note_restored(places.folder, log)
    if not places.bringing_in.is_dir():
        return
    known = {row.recording for row in log.carried.imports()}
    with disk.report_disk_errors(places.folder):
        for folder in places.bringing_in.iterdir():
            recording = RecordingId(folder.name)
            if recording in known and not places.recording(recording).exists():
                folder.replace(places.recording(recording))
                disk.flush_folder(places.recordings)
            else:
                shutil.rmtree(folder, ignore_errors=True)
