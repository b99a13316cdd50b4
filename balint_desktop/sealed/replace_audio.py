"""Replace a part's audio file: at any moment one of the two is complete; the old one is overwritten at the end.

    audio.incoming.age   the new audio, flushed and read back before anything else is changed
    audio.outgoing.age   a second link to the old file, made before the new one replaces it by one rename:
                         without it the old bytes would stay on disk without a name, unreachable
    tail-….age           overwritten with the old file, since they hold its end

After any interruption, `recover` at the next attempt rolls back (to the old audio) or completes (to the new one).
The file system has to support hard links: those that support private vaults do.
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
    """Return whether a replacement was started here and not completed."""
    return (folder / names.INCOMING).exists() or (folder / names.OUTGOING).exists()


def recover(folder: Path) -> None:
    """Complete or roll back an interrupted replacement. Raise Trouble."""
    disk.destroy_file(folder / names.INCOMING)
    if (folder / names.OUTGOING).exists():
        delete_replaced(folder)


def swap_in(folder: Path, ogg: bytes, key: Identity, ready: Callable[[str], None]) -> str:
    """Replace the part's audio with this sound, sealed to its key, and return the SHA-256. Raise Trouble.

    `ready` is called with the SHA-256 once the new file is on disk, before it replaces the old one. The old file and
    any tails still exist on return: `delete_replaced` removes them.
    """
    incoming, audio = folder / names.INCOMING, folder / names.AUDIO
    try:
        _write_checked(incoming, ogg, key)
    except Trouble:
        # Above all on a full disk: the incomplete file would use even more of it.
        disk.unlink_with_retries(incoming)
        raise
    with disk.report_disk_errors(folder):
        sha256 = _sha256(incoming)
    ready(sha256)
    with disk.report_disk_errors(folder):
        os.link(audio, folder / names.OUTGOING)
        disk.flush_folder(folder)
        disk.replace(incoming, audio)
        disk.flush_folder(folder)
    return sha256


def delete_replaced(folder: Path) -> None:
    """Overwrite and delete the old sound and its tails, once the new one is in place. Raise Trouble."""
    outgoing = folder / names.OUTGOING
    with disk.report_disk_errors(folder):
        replaced = outgoing.exists() and _sha256(outgoing) != sha256_of(folder)
    if not replaced:
        # Both names may still link to the same bytes: then only the second name is removed.
        disk.remove_file(outgoing)
        return
    for _name, path in names.tails(folder):
        disk.destroy_file(path)
    disk.destroy_file(outgoing)
    with disk.report_disk_errors(folder):
        disk.flush_folder(folder)


def _write_checked(path: Path, ogg: bytes, key: Identity) -> None:
    """Write a sealed file and verify it by reading it back from the disk."""
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
