"""The folder or zip that a model comes in: which of its files are the model's, and their bytes, read with limits."""

from __future__ import annotations

import contextlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import require_regular
from balint_desktop.transcription.models import CONFIG, FEATURES, TOKENIZER, VOCABULARIES, WEIGHTS

_GIB = 1 << 30
_MIB = 1 << 20
# The largest Whisper has 3.1 GB, and 6.2 GB if converted without halving its numbers.
_LONGEST = {WEIGHTS: 8 * _GIB}
_LONGEST_TEXT = 32 * _MIB
# Weights hardly shrink in a zip, and a vocabulary to a quarter.
_MOST_SHRUNK = 100
_PIECE = 1 << 20
_WANTED = (WEIGHTS, CONFIG, TOKENIZER, *VOCABULARIES, FEATURES)
_PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
# Python's zipfile raises its own error, RuntimeError for a password, and zlib's for a damaged stream.
_ZIP_ERRORS = (*FOREIGN_ERRORS, OSError, RuntimeError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of the model. `size` is what the folder or the zip says."""

    name: str
    size: int
    _open: Callable[[], IO[bytes]]
    _unreadable: Trouble

    def pieces(self) -> Iterator[bytes]:
        """Yield its bytes. Raise Trouble if it cannot be read, or has more bytes than it said."""
        left = self.size
        try:
            with self._open() as file:
                while piece := file.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise self._unreadable
                    yield piece
        except _ZIP_ERRORS as error:
            raise self._unreadable from error
        if left:
            raise self._unreadable


@dataclass(frozen=True, slots=True)
class ModelSource:
    """What was chosen: a name for it, and the model's files."""

    label: str
    files: tuple[SourceFile, ...]

    @property
    def bytes(self) -> int:
        """Return the size of all its files."""
        return sum(file.size for file in self.files)


@contextlib.contextmanager
def open_source(path: Path) -> Iterator[ModelSource]:
    """Open a folder or a zip that holds a model. Raise Trouble; nothing else in it is read."""
    if path.is_dir():
        yield ModelSource(path.resolve().name, _chosen(path.name, _in_folder(path)))
        return
    try:
        require_regular(path)
    except OSError as error:
        raise Trouble(TroubleCode.MODEL_UNREADABLE, name=path.name) from error
    unusable = Trouble(TroubleCode.MODEL_ZIP_UNUSABLE, name=path.name)
    with contextlib.ExitStack() as stack:
        try:
            packed = stack.enter_context(zipfile.ZipFile(path))
        except _ZIP_ERRORS as error:
            raise unusable from error
        yield ModelSource(path.stem, _chosen(path.name, _in_zip(path.name, packed, unusable)))


def _in_folder(folder: Path) -> Iterator[SourceFile]:
    # Links are followed: the cache of a download holds nothing else, and a copy is made of what they lead to.
    for name in _WANTED:
        path = folder / name
        unreadable = Trouble(TroubleCode.MODEL_UNREADABLE, name=str(path))
        try:
            require_regular(path)
            size = path.stat().st_size
        except FileNotFoundError:
            continue
        except OSError as error:
            raise unreadable from error
        yield SourceFile(name, size, _opener(path), unreadable)


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _in_zip(label: str, packed: zipfile.ZipFile, unusable: Trouble) -> Iterator[SourceFile]:
    seen: set[str] = set()
    for info in packed.infolist():
        # A member's folder is no more than a label: nothing is ever unpacked by its path.
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or path.name not in _WANTED:
            continue
        if path.name in seen:
            raise Trouble(TroubleCode.MODEL_FILE_TWICE, name=label, file=path.name)
        seen.add(path.name)
        if path.is_absolute() or ".." in path.parts or not _is_plain(info):
            raise unusable
        yield SourceFile(path.name, info.file_size, partial(packed.open, info), unusable)


def _is_plain(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is an ordinary file that was packed in a usual way and holds what it seems to."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_encrypted = bool(info.flag_bits & 1)
    is_bomb = info.file_size > max(_MIB, _MOST_SHRUNK * info.compress_size)
    return kind in {0, stat.S_IFREG} and not is_encrypted and not is_bomb and info.compress_type in _PACKINGS


def _chosen(label: str, files: Iterator[SourceFile]) -> tuple[SourceFile, ...]:
    """Return the files of the model. Raise Trouble if one is missing or larger than any model's."""
    found = {file.name: file for file in files}
    vocabulary = next((name for name in VOCABULARIES if name in found), VOCABULARIES[0])
    for name in (WEIGHTS, CONFIG, TOKENIZER, vocabulary):
        if name not in found:
            raise Trouble(TroubleCode.MODEL_FILE_MISSING, name=label, file=name)
    names = (CONFIG, TOKENIZER, vocabulary, FEATURES, WEIGHTS)
    chosen = tuple(found[name] for name in names if name in found)
    for file in chosen:
        if file.size > _LONGEST.get(file.name, _LONGEST_TEXT):
            raise Trouble(TroubleCode.MODEL_FILE_LARGE, name=label, file=file.name)
    return chosen
