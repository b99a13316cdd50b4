"""Find a sealed copy made by another vault: verify its list, open its key, read what travelled with it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from balint_desktop.domain.study.shared_session import SharedSession, is_recording_id
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk, manifest, names, parcel
from balint_desktop.sealed.keys import Identity, identity, unseal
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.vault.import_transcript import TRANSCRIPT_FILE
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind
from balint_desktop.vault.parcel_files import README
from balint_desktop.vault.vault import OpenVault

_C = TroubleCode
# All that a recording's folder holds; anything else in the list is not of this app.
_PART_FILE = re.compile(r"(?:[0-9]{2}|[1-9][0-9]{2,3})/(?:audio\.opus|facts\.json|tail-[0-9]{1,18}-[0-9]{1,18})\.age")
_BESIDE = frozenset({names.KEY, names.SESSION, README})
_AS_COPY = {
    _C.BACKUP_MISSING: _C.SHARED_COPY_MISSING,
    _C.BACKUP_UNFINISHED: _C.SHARED_COPY_DAMAGED,
    _C.BACKUP_LIST_DAMAGED: _C.SHARED_COPY_DAMAGED,
    _C.VAULT_NEWER: _C.SHARED_COPY_NEWER,
}


@dataclass(frozen=True, slots=True)
class FoundCopy:
    """A sealed copy whose key opens here. Its sound was not read yet.

    `shared` is what travelled with it, None in a copy of an earlier version; its `facts` by part then say where each
    lies on the session's clock.
    """

    folder: Path
    manifest: Manifest
    manifest_sha256: str
    key: Identity = field(repr=False)
    shared: SharedSession | None = None
    facts: Mapping[int, PartFacts] = field(default_factory=dict)

    @property
    def recording(self) -> RecordingId:
        """Return the recording's id, the same in every vault."""
        return RecordingId(self.manifest.recording)

    @property
    def part_files(self) -> tuple[str, ...]:
        """Return the names of the files to copy."""
        return tuple(name for name in self.manifest.files if _PART_FILE.fullmatch(name))

    @property
    def bytes_in_all(self) -> int:
        """Return the number of bytes to copy."""
        return sum(self.manifest.files[name].size for name in self.part_files)


def read_copy(folder: Path, secrets: Sequence[str]) -> FoundCopy:
    """Return the sealed copy in a folder, opened with this vault's secret keys. Any thread; nothing is written.

    Raise Trouble SHARED_COPY_MISSING, _DAMAGED, _NEWER, _NOT_FOR_HERE.
    """
    listed, sha256 = _read_manifest(folder)
    key = _read_key(folder, listed, secrets)
    if names.SESSION in listed.files:
        shared = _read_session(folder, listed, key)
        return FoundCopy(folder, listed, sha256, key, shared)
    facts: dict[int, PartFacts] = {}
    for name in sorted(listed.files):
        if name.endswith(f"/{names.FACTS}"):
            data = _unsealed(folder, listed, name, [key.secret])
            try:
                facts[int(name.split("/")[0])] = PartFacts.from_json(data)
            except Trouble as trouble:
                raise _damaged(folder, name) from trouble
    return FoundCopy(folder, listed, sha256, key, facts=facts)


def require_absent(vault: OpenVault, recording: RecordingId) -> None:
    """Check that a recording is not here, and never was. Raise Trouble SHARED_COPY_IS_HERE, _DESTROYED_HERE."""
    if recording in vault.log.keys.destroyed():
        raise Trouble(_C.SHARED_COPY_DESTROYED_HERE, recording=recording)
    if _is_known(vault.log, recording) or vault.places.recording(recording).exists():
        raise Trouble(_C.SHARED_COPY_IS_HERE, recording=recording)


def source_file(folder: Path, listed: Manifest, name: str) -> Path:
    """Return the path of a listed file, a regular one of the listed size. Raise Trouble SHARED_COPY_DAMAGED.

    A link could lead out of the copy, to a file of this computer.
    """
    path = folder / name
    steps = [folder.joinpath(*path.relative_to(folder).parts[:depth]) for depth in range(1, 3)]
    try:
        is_right = path.is_file() and path.stat().st_size == listed.files[name].size
    except OSError:
        is_right = False
    if not is_right or any(disk.is_link(step) for step in steps):
        raise _damaged(folder, name)
    return path


def _is_known(log: Log, recording: RecordingId) -> bool:
    try:
        log.recordings.recording(recording)
    except KeyError:
        return False
    return True


def _read_manifest(folder: Path) -> tuple[Manifest, str]:
    if disk.is_link(folder / manifest.NAME):
        raise _damaged(folder, manifest.NAME)
    try:
        listed, sha256 = parcel.read_manifest(folder)
    except Trouble as trouble:
        raise Trouble(_AS_COPY[trouble.code], folder=str(folder), name=manifest.NAME) from trouble
    if listed.kind != TransferKind.HAND_OVER:
        raise Trouble(_C.SHARED_COPY_MISSING, folder=str(folder))
    if not is_recording_id(listed.recording):
        raise _damaged(folder, manifest.NAME)
    for name in listed.files:
        if name not in _BESIDE and not _PART_FILE.fullmatch(name) and not TRANSCRIPT_FILE.fullmatch(name):
            raise _damaged(folder, name)
    if names.KEY not in listed.files:
        raise _damaged(folder, names.KEY)
    return listed, sha256


def _read_key(folder: Path, listed: Manifest, secrets: Sequence[str]) -> Identity:
    try:
        return identity(_unsealed(folder, listed, names.KEY, secrets).decode("ascii").strip())
    except (UnicodeDecodeError, Trouble) as error:
        if isinstance(error, Trouble) and error.code is _C.SHARED_COPY_NOT_FOR_HERE:
            raise
        raise _damaged(folder, names.KEY) from error


def _read_session(folder: Path, listed: Manifest, key: Identity) -> SharedSession:
    try:
        shared = SharedSession.from_json(_unsealed(folder, listed, names.SESSION, [key.secret]))
    except Trouble as trouble:
        newer = trouble.code is _C.SHARED_COPY_NEWER
        code = trouble.code if newer else _C.SHARED_COPY_DAMAGED
        raise Trouble(code, folder=str(folder), name=names.SESSION) from trouble
    if shared.recording != listed.recording:
        raise _damaged(folder, names.SESSION)
    return shared


def _unsealed(folder: Path, listed: Manifest, name: str, secrets: Sequence[str]) -> bytes:
    """Return a small file's content. Raise Trouble SHARED_COPY_DAMAGED, and _NOT_FOR_HERE for the key of others."""
    try:
        data = disk.read_small_file(source_file(folder, listed, name))
    except OSError as error:
        raise _damaged(folder, name) from error
    if hashlib.sha256(data).hexdigest() != listed.files[name].sha256:
        raise _damaged(folder, name)
    try:
        return unseal(data, secrets)
    except Trouble as trouble:
        if name == names.KEY and trouble.code is _C.WRONG_KEY:
            raise Trouble(_C.SHARED_COPY_NOT_FOR_HERE, folder=str(folder)) from trouble
        raise _damaged(folder, name) from trouble


def _damaged(folder: Path, name: str) -> Trouble:
    return Trouble(_C.SHARED_COPY_DAMAGED, folder=str(folder), name=name)
