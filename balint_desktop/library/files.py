"""Library of small text files: those shipped with the app, and the user's own in a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from balint_desktop.domain.foreign import FOREIGN_ERRORS
from balint_desktop.domain.session.format_lines import FormatError, Lines
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.i18n import tr
from balint_desktop.i18n.library_texts import translated_file
from balint_desktop.sealed.disk import make_private_folder, write_durably
from balint_desktop.text.trouble import format_reason, sentence


class Written(Protocol):
    """Parsed content of a library file."""

    @property
    def key(self) -> str:
        """Its unique key."""
        ...

    @property
    def name(self) -> str:
        """Its display name."""
        ...

    @property
    def about(self) -> str:
        """A one-sentence description."""
        ...


# The shipped files have a few thousand signs.
_LONGEST = 1_000_000

T = TypeVar("T", bound=Written)


@dataclass(frozen=True, slots=True)
class FileKind(Generic[T]):
    """A kind of file: its folder of shipped files, in the order they are offered, and its parser.

    `stem` names a file whose name gives none. `translate` returns the
    content in the user's language, looked up in `context`.
    """

    shipped: Path
    order: Sequence[str]
    parse: Callable[[str], T]
    invalid: TroubleCode
    missing: TroubleCode
    stem: str
    translate: Callable[[T], T]
    context: str


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file in a list. `problem` is why it cannot be used, empty where it can; `own` is whether it may be edited."""

    key: str
    name: str
    about: str
    own: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Found(Generic[T]):
    """A file: its parsed content, or the reason for its refusal. A refused file is listed by its file name."""

    key: str
    text: str
    path: Path | None
    value: T | None
    trouble: Trouble | None = None


class FileLibrary(Generic[T]):
    """The available files. They are read again on every call, so that edits take effect at once."""

    def __init__(self, folder: Path, kind: FileKind[T]) -> None:
        self.folder = folder
        self._kind = kind
        # The shipped files, asked for whenever a page is shown: parsed once as long as their text is the same.
        self._parse_shipped = lru_cache(maxsize=64)(kind.parse)

    def usable(self) -> tuple[T, ...]:
        """Return the content of every usable file, the shipped ones first."""
        return tuple(found.value for found in self._all() if found.value is not None)

    def refused(self) -> tuple[Trouble, ...]:
        """Return the user's refused files: name, line and reason."""
        return tuple(found.trouble for found in self._all() if found.trouble is not None)

    def lines(self) -> tuple[FileLine, ...]:
        """Return every file for a list, refused ones with their reason."""
        return tuple(_line(found) for found in self._all())

    def load(self, key: str) -> T:
        """Return the content with that key. Raise Trouble where it is missing or refused."""
        found = self._find(key)
        if found.trouble is not None or found.value is None:
            raise found.trouble or self._missing(key)
        return found.value

    def text(self, key: str) -> str:
        """Return the text of the file with that key, also of a refused one. Raise Trouble."""
        return self._find(key).text

    def copy(self, key: str, name: str = "") -> str:
        """Copy a file into the user's folder under a new name, and return the copy's key. Raise Trouble."""
        original = self.load(key)
        taken = {one.name for one in self.usable()}
        if name.strip() in taken:
            raise Trouble(TroubleCode.EXPORT_EXISTS, name=name.strip())
        name = name.strip() or _free(original.name, " ", taken)
        files = {path.stem for path in self._own_paths()} | {found.key for found in self._all()}
        new_key = _free(_slug(name, self._kind.stem), "-", files, first=True)
        text = _renamed(translated_file(self.text(key), self._kind.context), new_key, name)
        self._parse(text, f"{new_key}.toml")
        self._write(self.folder / f"{new_key}.toml", text)
        return new_key

    def check(self, key: str, text: str) -> str:
        """Return why a text cannot be saved as the user's file with that key; empty where it can."""
        try:
            self._validate(self._find(key), text)
        except Trouble as trouble:
            return sentence(trouble)
        return ""

    def save(self, key: str, text: str) -> None:
        """Save a text as the user's file with that key. Raise Trouble where it is refused."""
        found = self._find(key)
        self._validate(found, text)
        if found.path is None:
            raise Trouble(TroubleCode.EXPORT_EXISTS, name=key)
        self._write(found.path, text)

    def _validate(self, found: _Found[T], text: str) -> None:
        name = found.path.name if found.path is not None else found.key
        written = self._parse(text, name)
        others = {other.key for other in self._all() if other.path != found.path}
        if written.key in others:
            raise self._taken(written.key, name, text)

    def _parse(self, text: str, name: str) -> T:
        try:
            return self._kind.parse(text)
        except FormatError as error:
            raise Trouble(self._kind.invalid, name=name, line=error.line, reason=format_reason(error)) from error
        except FOREIGN_ERRORS as error:
            # What no parser of ours names: a number of 400 digits where minutes should be, say.
            raise Trouble(
                self._kind.invalid, name=name, line=1, reason=tr("it contains an impossible value")
            ) from error

    def _write(self, path: Path, text: str) -> None:
        make_private_folder(self.folder)
        write_durably(path, text.encode())

    def _find(self, key: str) -> _Found[T]:
        everything = self._all()
        for found in everything:
            if found.key == key:
                return found
        # A file with an error has no key, but copies are named after their key: line and reason can still be shown.
        for found in everything:
            if found.trouble is not None and found.path is not None and found.path.stem == key:
                return found
        raise self._missing(key)

    def _all(self) -> tuple[_Found[T], ...]:
        found = list(self._shipped())
        for path in self._own_paths():
            found.append(self._own(path, {other.key for other in found}))
        return tuple(found)

    def _own_paths(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.toml") if path.is_file())

    def _own(self, path: Path, taken: set[str]) -> _Found[T]:
        """Read one of the user's files. An error in it does not affect the others."""
        text = ""
        try:
            text = self._read(path)
            written = self._parse(text, path.name)
            if written.key in taken:
                raise self._taken(written.key, path.name, text)
        except Trouble as trouble:
            return _Found(path.name, text, path, None, trouble)
        return _Found(written.key, text, path, self._kind.translate(written))

    def _shipped(self) -> Iterator[_Found[T]]:
        known = {key: place for place, key in enumerate(self._kind.order)}
        paths = self._kind.shipped.glob("*.toml")
        for path in sorted(paths, key=lambda p: (known.get(p.stem, len(known)), p.stem)):
            text = path.read_text(encoding="utf-8")
            written = self._parse_shipped(text)
            yield _Found(written.key, text, None, self._kind.translate(written))

    def _read(self, path: Path) -> str:
        try:
            if path.stat().st_size > _LONGEST:
                raise Trouble(self._kind.invalid, name=path.name, line=1, reason=tr("the file is too large"))
            # Some editors write a byte order mark, which TOML does not accept.
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            raise Trouble(
                self._kind.invalid, name=path.name, line=line, reason=tr("it is not saved as UTF-8")
            ) from error
        except OSError as error:
            raise Trouble(self._kind.invalid, name=path.name, line=1, reason=tr("the file cannot be read")) from error

    def _missing(self, key: str) -> Trouble:
        return Trouble(self._kind.missing, name=key)

    def _taken(self, key: str, name: str, text: str) -> Trouble:
        reason = tr("another file already has the key “{key}”").format(key=key)
        return Trouble(self._kind.invalid, name=name, line=Lines(text).of("key"), reason=reason)


def _line(found: _Found[T]) -> FileLine:
    problem = "" if found.trouble is None else sentence(found.trouble)
    if found.value is None:
        return FileLine(found.key, found.key, "", own=True, problem=problem)
    return FileLine(found.key, found.value.name, found.value.about, own=found.path is not None)


def _free(wanted: str, joint: str, taken: set[str], *, first: bool = False) -> str:
    """Return the wanted name with the first number that makes it unique; `first` tries it without one."""
    if first and wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}{joint}{number}" in taken:
        number += 1
    return f"{wanted}{joint}{number}"


def _slug(name: str, stem: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold())) or stem


def _renamed(text: str, key: str, name: str) -> str:
    """Return a text with its key and name changed, and everything else, comments included, unchanged."""
    lines = Lines(text)
    rows = text.split("\n")
    for word, value in (("key", key), ("name", name)):
        rows[lines.of(word) - 1] = f"{word} = {json.dumps(value, ensure_ascii=False)}"
    return "\n".join(rows)
