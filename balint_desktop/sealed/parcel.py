"""Parcels: sealed files copied to another disk, completely or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, manifest
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.verified_copy import (
    Copied,
    ProgressCallback,
    copy_verified,
    flush_folder_anywhere,
    read_back,
    write_verified,
)

_UNFINISHED = ".unfinished"


@dataclass(frozen=True, slots=True)
class Packed:
    """A complete parcel in its place. `sha256` is its manifest's, which covers every file in it."""

    folder: Path
    manifest: Manifest
    sha256: str


@dataclass(frozen=True, slots=True)
class VerifiedParcel:
    """Result of verifying every byte of a parcel: files that changed, and files that are missing or unreadable."""

    folder: Path
    manifest: Manifest
    sha256: str
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Return whether all files are present and unchanged."""
        return not self.changed and not self.missing

    @property
    def problems(self) -> tuple[str, ...]:
        """Return the names of all changed, missing or unreadable files."""
        return tuple(sorted((*self.changed, *self.missing)))


def pack(
    folder: Path,
    about: Manifest,
    files: Mapping[str, Path],
    texts: Mapping[str, bytes],
    on_progress: ProgressCallback = lambda _bytes: None,
) -> Packed:
    """Copy files (by their names in the parcel) and texts into a new folder, each verified; write the manifest last.

    Until it is complete the folder has another name and no manifest. Raise Trouble: COPY_EXISTS, COPY_DIFFERS, or a
    disk error; the incomplete copy is then deleted.
    """
    into, unfinished = folder.parent, unfinished_parcels(folder)
    with disk.report_disk_errors(into):
        if folder.exists() or folder.is_symlink():
            raise Trouble(TroubleCode.COPY_EXISTS, folder=str(folder))
        # A leftover of an earlier attempt under this name contains nothing new.
        shutil.rmtree(unfinished, ignore_errors=True)
        disk.make_private_folder(unfinished)
    try:
        copied = {
            one: copy_verified(source, _prepare_path(unfinished, one), on_progress) for one, source in files.items()
        }
        copied |= {one: write_verified(_prepare_path(unfinished, one), (text,)) for one, text in texts.items()}
        _flush_folders(unfinished)
        listed = replace(about, files=copied)
        written = write_verified(unfinished / manifest.NAME, (listed.to_json(),))
        with disk.report_disk_errors(into):
            flush_folder_anywhere(unfinished)
            disk.rename(unfinished, folder)
            flush_folder_anywhere(into)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return Packed(folder, listed, written.sha256)


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """Return a parcel's manifest and its SHA-256.

    Raise Trouble BACKUP_MISSING, BACKUP_UNFINISHED, BACKUP_LIST_DAMAGED.
    """
    if folder.name.endswith(_UNFINISHED):
        raise Trouble(TroubleCode.BACKUP_UNFINISHED, folder=str(folder))
    try:
        data = disk.read_small_file(folder / manifest.NAME)
    except FileNotFoundError as error:
        raise Trouble(TroubleCode.BACKUP_MISSING, folder=str(folder)) from error
    except OSError as error:
        raise Trouble(TroubleCode.BACKUP_LIST_DAMAGED, folder=str(folder)) from error
    try:
        return Manifest.from_json(data), hashlib.sha256(data).hexdigest()
    except Trouble as trouble:
        raise Trouble(trouble.code, folder=str(folder)) from trouble


def verify_parcel(folder: Path, on_progress: ProgressCallback = lambda _bytes: None) -> VerifiedParcel:
    """Verify every byte of a parcel, without changes. Raise Trouble as `read_manifest` does."""
    manifest, sha256 = read_manifest(folder)
    changed: list[str] = []
    missing: list[str] = []
    for name, expected in manifest.files.items():
        found = _read_or_none(folder / name)
        on_progress(expected.size)
        if found is None:
            missing.append(name)
        elif found != expected:
            changed.append(name)
    return VerifiedParcel(folder, manifest, sha256, tuple(changed), tuple(missing))


def _read_or_none(path: Path) -> Copied | None:
    """Return a file's size and SHA-256, None if it is missing or unreadable (bad sector)."""
    if not path.is_file() or disk.is_link(path):
        return None
    try:
        return read_back(path)
    except Trouble:
        return None


def _prepare_path(folder: Path, name: str) -> Path:
    """Return the path of a file, creating its folder."""
    path = folder / name
    disk.make_private_folder(path.parent)
    return path


def _flush_folders(top: Path) -> None:
    folders: Sequence[Path] = [path for path in top.rglob("*") if path.is_dir()]
    with disk.report_disk_errors(top):
        for folder in folders:
            flush_folder_anywhere(folder)


def unfinished_parcels(folder: Path) -> Path:
    """Return the path of a parcel while it is being copied: a hidden, marked folder beside its place."""
    return folder.with_name(f".{folder.name}{_UNFINISHED}")


def delete_unfinished(folder: Path) -> bool:
    """Delete the remains of an interrupted copy of a parcel. Return whether there were any."""
    left = unfinished_parcels(folder)
    with contextlib.suppress(OSError):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
            return True
    return False
