"""The key of a recording: created before the first sample, sealed to every reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, names
from balint_desktop.sealed.disk import make_private_folder, read_small_file, report_disk_errors
from balint_desktop.sealed.keys import Identity, identity, new_identity, seal, unseal
from balint_desktop.sealed.many_files import write_many_durably


def create_recording(folder: Path, readers: Sequence[str]) -> Identity:
    """Create a recording's folder and its key, sealed to the readers (age1…), and return the key. Raise Trouble."""
    key = new_identity()
    make_private_folder(folder)
    write_key(folder, key, readers)
    return key


def write_key(folder: Path, key: Identity, readers: Sequence[str]) -> None:
    """Seal a recording's key to these readers, replacing the previous ones. Raise Trouble."""
    write_keys([SealedKey(folder, sealed_key(key, readers))])


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A recording's sealed key, and the recording's folder it is written to."""

    folder: Path
    data: bytes


def sealed_key(key: Identity, readers: Sequence[str]) -> bytes:
    """Return a recording's key sealed to these readers."""
    return seal(f"{key.secret}\n".encode("ascii"), readers)


def write_keys(sealed: Sequence[SealedKey]) -> None:
    """Replace recordings' keys; each is the old or the new one at any moment. Raise Trouble."""
    write_many_durably({one.folder / names.KEY: one.data for one in sealed})


def read_key(folder: Path, identities: Sequence[str]) -> Identity:
    """Return a recording's key. Raise Trouble: WRONG_KEY for a key that is not a reader's, SEALED_DAMAGED."""
    path = folder / names.KEY
    if not path.exists():
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=str(path))
    with report_disk_errors(path):
        data = read_small_file(path)
    text = unseal(data, identities)
    try:
        return identity(text.decode("ascii").strip())
    except (UnicodeDecodeError, Trouble) as error:
        # Sealed to this reader, but not a key: not written by this app.
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=str(path)) from error


def reader_count(folder: Path) -> int:
    """Return the number of readers a recording's key is sealed to; age does not reveal who they are. Raise Trouble."""
    path = folder / names.KEY
    with report_disk_errors(path):
        header = read_small_file(path).partition(b"\n--- ")[0]
    return header.count(b"\n-> X25519 ")


def parts(folder: Path) -> list[Path]:
    """Return the folders of a recording's parts, in order."""
    return names.part_folders(folder)


def destroy_keyed_folder(folder: Path) -> None:
    """Destroy a sealed folder with a key of its own, or the remains of an earlier try. Raise Trouble.

    Without its key it is unreadable, so the key is destroyed first: overwritten, flushed, unlinked. If killed, calling
    it again continues.
    """
    if not folder.exists():
        return
    disk.require_no_links(folder)
    destroy_key(folder)
    disk.remove_folder(folder)


def destroy_key(folder: Path) -> None:
    """Overwrite, flush and unlink every key in a folder, at any depth. Raise Trouble."""
    for path in sorted(folder.rglob(f"{names.KEY}*")):
        disk.destroy_file(path)
