"""Destroy a recording's files: overwrite the key first, then delete the rest."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.sealed import disk, names


def destroy_recording(folder: Path) -> None:
    """Destroy a recording, or what an earlier try left of it. Raise Trouble.

    Without its key the sound is noise, so the key goes first: overwritten, flushed, unlinked. Killed at any moment,
    calling it again goes on.
    """
    if not folder.exists():
        return
    for path in sorted(folder.glob(f"{names.KEY}*")):
        disk.destroy_file(path)
    disk.remove_folder(folder)
