"""Replace a small sealed file: at any moment one of the two is complete; the old one is overwritten at the end.

A replacement uses two files beside the original:

    <name>.incoming   the new file, flushed and read back before the old one is changed
    <name>.outgoing   a second link to the old file while the new one replaces it by one rename: without it the
                      old bytes would stay on disk without a name, unreachable
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
    """Write a file's replacement beside it and return its SHA-256. Raise Trouble; nothing is left behind then."""
    incoming = temporary_path(path, INCOMING)
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
        disk.unlink_with_retries(incoming)
        raise
    if written != data:
        disk.unlink_with_retries(incoming)
        raise Trouble(TroubleCode.COPY_DIFFERS, name=path.name, folder=str(path.parent))
    return hashlib.sha256(data).hexdigest()


def rewrite(path: Path, data: bytes) -> None:
    """Replace a file, or write a new one, and overwrite the old bytes. Raise Trouble; the old file is then unchanged.

    After an interruption, `end_replaced` or the next call finishes it.
    """
    write_aside(path, data)
    swap_in(path)


def swap_in(path: Path) -> None:
    """Replace the file with its replacement and overwrite the old one. Raise Trouble."""
    outgoing = temporary_path(path, OUTGOING)
    end_replaced(path)
    with disk.report_disk_errors(path):
        if path.exists():
            os.link(path, outgoing)
            disk.flush_folder(path.parent)
        disk.replace(temporary_path(path, INCOMING), path)
        disk.flush_folder(path.parent)
    end_replaced(path)


def roll_back(path: Path) -> None:
    """Delete the replacement. Raise Trouble."""
    disk.destroy_file(temporary_path(path, INCOMING))


def recover(path: Path, awaited_sha256: str | None) -> None:
    """Complete an interrupted change if the replacement is the expected one, else roll it back. Raise Trouble."""
    incoming = temporary_path(path, INCOMING)
    if awaited_sha256 is not None and sha256_of(incoming) == awaited_sha256:
        swap_in(path)
        return
    roll_back(path)
    end_replaced(path)


def destroy(path: Path) -> None:
    """Overwrite and delete a file, and any files of a change beside it. Raise Trouble."""
    for one in (temporary_path(path, INCOMING), temporary_path(path, OUTGOING), path):
        disk.destroy_file(one)


def sha256_of(path: Path) -> str | None:
    """Return a file's SHA-256, None if there is no file. Raise Trouble."""
    with disk.report_disk_errors(path):
        try:
            return hashlib.sha256(disk.read_small_file(path)).hexdigest()
        except FileNotFoundError:
            return None


def temporary_path(path: Path, ending: str) -> Path:
    """Return the path of a temporary file beside another during a change."""
    return path.with_name(path.name + ending)


def end_replaced(path: Path) -> None:
    """Overwrite and delete the old file that an interrupted change left beside the new one. Raise Trouble."""
    outgoing = temporary_path(path, OUTGOING)
    with disk.report_disk_errors(path):
        if not outgoing.exists():
            return
        is_same = path.exists() and outgoing.samefile(path)
    if is_same:
        # The rename did not take place: only the second name is removed.
        disk.remove_file(outgoing)
    else:
        disk.destroy_file(outgoing)
