"""Replace a part's audio file: one of the two is whole at every moment, the old one is overwritten.

    audio.incoming.age   the new sound, written, on the disk and read back before anything else is touched
    audio.outgoing.age   a second name of the old file, given before the new one takes its place by one rename:
                         without it the old bytes would lie on the disk under no name, out of reach
    tail-….age           overwritten with the old file: they end in what it ended in

Whatever cuts this off, `settle` at the next try takes it back (the old sound stands) or finishes it (the new one does).
Second names need a file system that has them: those that can keep a vault private do.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.keys import Identity, seal, unseal
from balint_desktop.sealed.reading import sha256_of


def needs_recovery(folder: Path) -> bool:
    """Tell whether a replacement was begun here and not finished."""
    return (folder / names.INCOMING).exists() or (folder / names.OUTGOING).exists()


def recover(folder: Path) -> None:
    """Finish what was begun here and cut off, or take it back. Raise Trouble."""
    disk.destroy_file(folder / names.INCOMING)
    if (folder / names.OUTGOING).exists():
        delete_replaced(folder)


def swap_in(folder: Path, ogg: bytes, key: Identity, ready: Callable[[str], None]) -> str:
    """Seal this sound to the part's key, in place of what is there, and return its SHA-256. Raise Trouble.

    `ready` hears the SHA-256 when the new file is on the disk, before it takes the old one's place. The old file and
    any tails are still there on return: `clear_away` ends them.
    """
    incoming, audio = folder / names.INCOMING, folder / names.AUDIO
    try:
        _write_checked(incoming, ogg, key)
    except Trouble:
        # A full disk above all: what was begun would only take up more of it.
        disk.unlink_patiently(incoming)
        raise
    with disk.report_disk_errors(folder):
        sha256 = _sha256(incoming)
    ready(sha256)
    with disk.report_disk_errors(folder):
        os.link(audio, folder / names.OUTGOING)
        disk.flush_folder(folder)
        incoming.replace(audio)
        disk.flush_folder(folder)
    return sha256


def delete_replaced(folder: Path) -> None:
    """Overwrite and remove the old sound and its tails, once the new one is in place. Raise Trouble."""
    outgoing = folder / names.OUTGOING
    with disk.report_disk_errors(folder):
        replaced = outgoing.exists() and _sha256(outgoing) != sha256_of(folder)
    if not replaced:
        # Still the same sound under both names, perhaps the same bytes: only the second name goes.
        disk.remove_file(outgoing)
        return
    for _name, path in names.tails(folder):
        disk.destroy_file(path)
    disk.destroy_file(outgoing)
    with disk.report_disk_errors(folder):
        disk.flush_folder(folder)


def _write_checked(path: Path, ogg: bytes, key: Identity) -> None:
    """Write a sealed file, and read it back from the disk before it is trusted."""
    with disk.report_disk_errors(path):
        descriptor = disk.open_new(path)
        with os.fdopen(descriptor, "wb") as file:
            file.write(seal(ogg, [key.recipient]))
            file.flush()
            disk.flush_to_disk(file.fileno())
        disk.flush_folder(path.parent)
        back = path.read_bytes()
    if unseal(back, [key.secret]) != ogg:
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=path.name)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
