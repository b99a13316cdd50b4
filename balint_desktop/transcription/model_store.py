"""The models on this computer: add from a folder or a zip, list, verify, remove.

They are in the data folder beside the vault, not in it: no backup and no copy of the vault holds one.

    models/
      1a5afae06a4d/              a model, by the first 12 digits of the SHA-256 of its model.bin
        model.bin config.json …  its files
        about.json               its name, and the size and SHA-256 of each file as it was added
      unfinished-…               a copy that was cut short, or a model being removed; counts for nothing
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from balint_desktop import resources
from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk
from balint_desktop.sealed.lock import FileLock
from balint_desktop.transcription.model_source import ModelSource, SourceFile, open_source
from balint_desktop.transcription.models import (
    ENGLISH,
    VOCABULARIES,
    WEIGHTS,
    ListedModel,
    ModelFile,
    ModelList,
    is_multilingual_vocabulary,
    parse_models,
)

_ABOUT = "about.json"
_UNFINISHED = "unfinished-"
_LOCK = ".lock"
_DIGITS = 12
_PIECE = 1 << 20
# Of a disk that is full to the last byte nothing else works.
_MARGIN = 64 << 20
_MB = 1_000_000

OnBytes = Callable[[int, int], None]
"""Progress: bytes done, and in all. What it raises stops the act, and nothing is left behind."""


def _no_progress(_done: int, _in_all: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model on this computer. `listed` is None where it is not checked by us; `files` are empty if it is damaged."""

    name: str
    folder: Path
    files: tuple[ModelFile, ...]
    languages: tuple[str, ...]
    listed: ListedModel | None

    @property
    def is_checked(self) -> bool:
        """Return whether each of its files is one of a model on the list."""
        return self.listed is not None

    @property
    def bytes(self) -> int:
        """Return its size on the disk."""
        return sum(file.bytes for file in self.files)

    @property
    def sha256(self) -> str:
        """Return the hash of its weights, which stands for the model in plans and methods."""
        return next((file.sha256 for file in self.files if file.name == WEIGHTS), "")


@dataclass(frozen=True, slots=True)
class AddedModel:
    """What adding came to. `is_new` is False if the same model was there already."""

    model: InstalledModel
    is_new: bool


def shipped_list() -> ModelList:
    """Return the list of models that comes with the app."""
    return parse_models(resources.text("models/models.toml"))


class ModelStore:
    """The models in one folder. Every method may be called on any thread; one act at a time changes the folder."""

    def __init__(self, folder: Path, known: ModelList | None = None) -> None:
        self.folder = folder
        self.known = known if known is not None else shipped_list()

    def installed(self) -> tuple[InstalledModel, ...]:
        """Return the models in order of their names. Reads no model. Raise Trouble."""
        if not self.folder.is_dir():
            return ()
        with disk.report_disk_errors(self.folder):
            folders = [one for one in sorted(self.folder.iterdir()) if one.is_dir() and not _is_unfinished(one)]
        return tuple(sorted((self._read(one) for one in folders), key=lambda model: model.name))

    def find(self, name: str) -> InstalledModel:
        """Return a model by its name. Raise Trouble MODEL_MISSING."""
        for model in self.installed():
            if model.name == name:
                return model
        raise Trouble(TroubleCode.MODEL_MISSING, name=name)

    def add(self, path: Path, *, not_checked: bool = False, on_bytes: OnBytes = _no_progress) -> AddedModel:
        """Add the model in a folder or a zip, every file hashed as it is copied. Raise Trouble; nothing is added then.

        A model that is not on the list is added with `not_checked` alone.
        """
        with self._alone(), open_source(path) as source:
            self._require_space(source)
            copy = self.folder / f"{_UNFINISHED}{secrets.token_hex(4)}"
            try:
                disk.make_private_folder(copy)
                return self._add(copy, source, not_checked=not_checked, on_bytes=on_bytes)
            finally:
                with contextlib.suppress(Trouble):
                    disk.remove_folder(copy)

    def remove(self, name: str) -> InstalledModel:
        """Remove a model from this computer, and return what it was. Raise Trouble."""
        with self._alone():
            model = self.find(name)
            leaving = self.folder / f"{_UNFINISHED}{secrets.token_hex(4)}"
            with disk.report_disk_errors(model.folder):
                disk.rename(model.folder, leaving)
                disk.flush_folder(self.folder)
            disk.remove_folder(leaving)
            return model

    def verified(self, name: str, on_bytes: OnBytes = _no_progress) -> Path:
        """Return a model's folder for a run, every byte of it read and compared. Raise Trouble MODEL_CHANGED."""
        model = self.find(name)
        changed = Trouble(TroubleCode.MODEL_CHANGED, name=name)
        try:
            names = {path.name for path in model.folder.iterdir()} - {_ABOUT}
            if not model.files or disk.links_in(model.folder) or names != {file.name for file in model.files}:
                raise changed
            count = _Count(on_bytes, model.bytes)
            for file in model.files:
                _verify(model.folder / file.name, file, changed, count)
        except OSError as error:
            raise changed from error
        return model.folder

    # --- adding ---

    def _add(self, copy: Path, source: ModelSource, *, not_checked: bool, on_bytes: OnBytes) -> AddedModel:
        count = _Count(on_bytes, source.bytes)
        files = [_write(copy / file.name, file, count) for file in source.files]
        listed = self.known.match(files)
        if listed is None and not not_checked:
            raise self._refusal(source, files)
        model = self._described(copy, source.label, files, listed)
        same = next((one for one in self.installed() if _hashes(one) == _hashes(model)), None)
        if same is not None:
            return AddedModel(same, is_new=False)
        disk.write_durably(copy / _ABOUT, _about(model))
        final = self._free_folder(model.sha256[:_DIGITS])
        with disk.report_disk_errors(final):
            disk.flush_folder(copy)
            disk.rename(copy, final)
            disk.flush_folder(self.folder)
        return AddedModel(replace(model, folder=final), is_new=True)

    def _refusal(self, source: ModelSource, files: list[ModelFile]) -> Trouble:
        near = self.known.resembled(files)
        if near is None:
            return Trouble(TroubleCode.MODEL_NOT_LISTED, name=source.label)
        model, file = near
        return Trouble(TroubleCode.MODEL_DIFFERS, name=model.name, file=file)

    def _described(
        self, folder: Path, label: str, files: list[ModelFile], listed: ListedModel | None
    ) -> InstalledModel:
        if listed is not None:
            return InstalledModel(listed.name, folder, listed.files, listed.languages, listed)
        taken = {model.name for model in self.known.models} | {model.name for model in self.installed()}
        with disk.report_disk_errors(folder):
            languages = self.known.languages if _is_multilingual(folder, files) else ENGLISH
        by_name = tuple(sorted(files, key=lambda file: file.name))
        return InstalledModel(_free_name(label, taken), folder, by_name, languages, None)

    def _require_space(self, source: ModelSource) -> None:
        with disk.report_disk_errors(self.folder):
            is_short = disk.free_bytes(self.folder) < source.bytes + _MARGIN
        if is_short:
            raise Trouble(TroubleCode.MODEL_NO_SPACE, megabytes=-(-source.bytes // _MB))

    def _free_folder(self, name: str) -> Path:
        """Return a folder for a model. Only two models with the same weights and other files meet here."""
        number, folder = 1, self.folder / name
        while folder.exists():
            number += 1
            folder = self.folder / f"{name}-{number}"
        return folder

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder's lock, and remove what an act that was cut short left behind. Raise Trouble."""
        disk.make_private_folder(self.folder)
        lock = FileLock(self.folder / _LOCK)
        with disk.report_disk_errors(self.folder):
            is_free = lock.try_acquire()
        if not is_free:
            raise Trouble(TroubleCode.MODELS_BUSY)
        try:
            with disk.report_disk_errors(self.folder):
                left = [one for one in self.folder.iterdir() if _is_unfinished(one)]
            for one in left:
                disk.remove_folder(one)
            yield
        finally:
            lock.release()

    # --- reading ---

    def _read(self, folder: Path) -> InstalledModel:
        """Read what about.json says. What it says of the list counts for nothing: the hashes decide."""
        try:
            data = json.loads(disk.read_small_file(folder / _ABOUT))
            files = tuple(_stored_file(name, one) for name, one in sorted(data["files"].items()))
            listed = self.known.match(files)
            if listed is not None:
                return InstalledModel(listed.name, folder, listed.files, listed.languages, listed)
            name = _free_name(str(data["name"]), {model.name for model in self.known.models})
            languages = self.known.languages if data["multilingual"] is True else ENGLISH
        except (OSError, *FOREIGN_ERRORS):
            return InstalledModel(folder.name, folder, (), (), None)
        return InstalledModel(name, folder, files, languages, None)


class _Count:
    """Counts the bytes of an act over all its files."""

    def __init__(self, on_bytes: OnBytes, in_all: int) -> None:
        self._on_bytes, self._in_all, self._done = on_bytes, in_all, 0

    def add(self, count: int) -> None:
        """Add bytes, and report them."""
        self._done += count
        self._on_bytes(self._done, self._in_all)


def _write(target: Path, source: SourceFile, count: _Count) -> ModelFile:
    """Write one file and flush it; return it with its hash. Raise Trouble."""
    digest, size = hashlib.sha256(), 0
    pieces = source.pieces()
    with disk.report_disk_errors(target), os.fdopen(disk.open_new(target), "wb") as file:
        for piece in pieces:
            file.write(piece)
            digest.update(piece)
            size += len(piece)
            count.add(len(piece))
        file.flush()
        disk.flush_to_disk(file.fileno())
    return ModelFile(source.name, digest.hexdigest(), size)


def _verify(path: Path, expected: ModelFile, changed: Trouble, count: _Count) -> None:
    """Compare a file with its hash. Raise Trouble, OSError."""
    disk.require_regular(path)
    if path.stat().st_size != expected.bytes:
        raise changed
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            count.add(len(piece))
    if digest.hexdigest() != expected.sha256:
        raise changed


def _is_multilingual(folder: Path, files: list[ModelFile]) -> bool:
    """Return whether a model that is not on the list hears more than English, by the number of its tokens."""
    vocabulary = next(file.name for file in files if file.name in VOCABULARIES)
    data = (folder / vocabulary).read_bytes()
    try:
        tokens = len(json.loads(data)) if vocabulary.endswith(".json") else data.count(b"\n")
    except FOREIGN_ERRORS:
        return False
    return is_multilingual_vocabulary(tokens)


def _about(model: InstalledModel) -> bytes:
    files = {file.name: {"sha256": file.sha256, "bytes": file.bytes} for file in model.files}
    data = {"name": model.name, "multilingual": model.languages != ENGLISH, "files": files}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _stored_file(name: str, data: Mapping[str, Any]) -> ModelFile:
    if Path(name).name != name or not isinstance(data["sha256"], str) or not isinstance(data["bytes"], int):
        raise ValueError(name)
    return ModelFile(name, data["sha256"], data["bytes"])


def _hashes(model: InstalledModel) -> dict[str, str]:
    return {file.name: file.sha256 for file in model.files}


def _free_name(label: str, taken: set[str]) -> str:
    """Return a name for a model that is not on the list, never that of one on it."""
    name = " ".join(label.split()) or "model"
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def _is_unfinished(path: Path) -> bool:
    return path.name.startswith(_UNFINISHED)
