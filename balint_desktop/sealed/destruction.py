"""Destroy a recording's files: overwrite the key first, then delete the rest."""

from __future__ import annotations

from pathlib import Path

from balint_desktop.sealed import disk, names


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
