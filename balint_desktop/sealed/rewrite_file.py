"""Replace a small sealed file: one of the two is whole at every moment, the old one is overwritten.

A change has two files beside the one that it is about:

    <name>.incoming   the new file, on the disk and read back before the old one is touched
    <name>.outgoing   a second name of the old file while the new one takes its place by one rename: without it the
                      old bytes would lie on the disk under no name, out of reach
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk

INCOMING = ".incoming"
OUTGOING = ".outgoing"


def write_aside(path: Path, data: bytes) -> str:
    """Write what is to take a file's place beside it, and return its SHA-256. Raise Trouble; nothing is left then."""
    incoming = beside(path, INCOMING)
    disk.make_private_folder(path.parent)
    disk.destroy_file(incoming)
    try:
        with disk.report_disk_errors(path):
            with os.fdopen(disk.open_new(incoming), "wb") as file:
                file.write(data)
                file.flush()
                disk.flush_to_disk(file.fileno())
            disk.flush_folder(path.parent)
            written = incoming.read_bytes()
    except Trouble:
        disk.unlink_patiently(incoming)
        raise
    if written != data:
        disk.unlink_patiently(incoming)
        raise Trouble(TroubleCode.COPY_DIFFERS, name=path.name, folder=str(path.parent))
    return hashlib.sha256(data).hexdigest()


def swap_in(path: Path) -> None:
    """Let what was put aside take the file's place, and overwrite the old one. Raise Trouble."""
    outgoing = beside(path, OUTGOING)
    _end_outgoing(path)
    with disk.report_disk_errors(path):
        if path.exists():
            os.link(path, outgoing)
            disk.flush_folder(path.parent)
        beside(path, INCOMING).replace(path)
        disk.flush_folder(path.parent)
    _end_outgoing(path)


def roll_back(path: Path) -> None:
    """Drop what was put aside. Raise Trouble."""
    disk.destroy_file(beside(path, INCOMING))


def recover(path: Path, awaited_sha256: str | None) -> None:
    """Finish or take back what was cut off: what was put aside counts where it is what is awaited. Raise Trouble."""
    incoming = beside(path, INCOMING)
    if awaited_sha256 is not None and sha256_of(incoming) == awaited_sha256:
        swap_in(path)
        return
    roll_back(path)
    _end_outgoing(path)


def destroy(path: Path) -> None:
    """Overwrite and remove a file, and whatever lies beside it of a change. Raise Trouble."""
    for one in (beside(path, INCOMING), beside(path, OUTGOING), path):
        disk.destroy_file(one)


def sha256_of(path: Path) -> str | None:
    """Return a file's SHA-256, None where there is no file. Raise Trouble."""
    with disk.report_disk_errors(path):
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except FileNotFoundError:
            return None


def beside(path: Path, ending: str) -> Path:
    """Return the name of a file that stands beside another for the time of a change."""
    return path.with_name(path.name + ending)


def _end_outgoing(path: Path) -> None:
    outgoing = beside(path, OUTGOING)
    with disk.report_disk_errors(path):
        if not outgoing.exists():
            return
        is_same = path.exists() and outgoing.samefile(path)
    if is_same:
        # The rename did not come about: only the second name goes.
        disk.remove_file(outgoing)
    else:
        disk.destroy_file(outgoing)
