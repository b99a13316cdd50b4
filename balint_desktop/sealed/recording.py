"""The key of a recording: created before the first sample, sealed to every reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.disk import make_private_folder, report_disk_errors
from balint_desktop.sealed.keys import Identity, identity, new_identity, seal, unseal
from balint_desktop.sealed.many_files import write_many_durably


def make_recording(folder: Path, readers: Sequence[str]) -> Identity:
    """Make a recording's folder and its key, sealed to the readers (age1…), and return the key. Raise Trouble."""
    key = new_identity()
    make_private_folder(folder)
    write_key(folder, key, readers)
    return key


def write_key(folder: Path, key: Identity, readers: Sequence[str]) -> None:
    """Seal a recording's key to these readers, in place of those it was sealed to before. Raise Trouble."""
    write_keys([SealedKey(folder, sealed_key(key, readers))])


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A recording's key, sealed, and the recording's folder that it goes into."""

    folder: Path
    data: bytes


def sealed_key(key: Identity, readers: Sequence[str]) -> bytes:
    """Return a recording's key sealed to these readers."""
    return seal(f"{key.secret}\n".encode("ascii"), readers)


def write_keys(sealed: Sequence[SealedKey]) -> None:
    """Put recordings' keys in place of what they were; each is the old or the new one at any moment. Raise Trouble."""
    write_many_durably({one.folder / names.KEY: one.data for one in sealed})


def read_key(folder: Path, identities: Sequence[str]) -> Identity:
    """Return a recording's key. Raise Trouble: WRONG_KEY for somebody who is not a reader, SEALED_DAMAGED."""
    path = folder / names.KEY
    if not path.exists():
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=str(path))
    with report_disk_errors(path):
        data = path.read_bytes()
    text = unseal(data, identities)
    try:
        return identity(text.decode("ascii").strip())
    except (UnicodeDecodeError, Trouble) as error:
        # Sealed to us, and no key: nothing this app ever wrote.
        raise Trouble(TroubleCode.SEALED_DAMAGED, name=str(path)) from error


def reader_count(folder: Path) -> int:
    """Return how many readers a recording's key is sealed to. age does not say who they are. Raise Trouble."""
    path = folder / names.KEY
    with report_disk_errors(path):
        header = path.read_bytes().partition(b"\n--- ")[0]
    return header.count(b"\n-> X25519 ")


def parts(folder: Path) -> list[Path]:
    """Return the folders of a recording's parts, in order."""
    return names.part_folders(folder)
