"""Which session formats there are: those that came with the app, and the user's own, as files in a folder."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balint_desktop import resources
from balint_desktop.domain.bank import PromptBank, parse_bank
from balint_desktop.domain.format_lines import FormatError, Lines
from balint_desktop.domain.formats import SessionFormat, parse_format
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.disk import make_private_folder, write_durably
from balint_desktop.words import sentence

# The paper's hour first; a new format of ours goes where a facilitator would look for it.
_ORDER = ("student-hour", "single-case", "two-cases", "online", "evaluation")


@dataclass(frozen=True, slots=True)
class FormatLine:
    """One format in a list. `problem` says why it cannot be used, empty where it can; `own` that it may be changed."""

    key: str
    name: str
    about: str
    own: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """A format file: what it holds, or why it holds none. A file that cannot be used goes by its file name."""

    key: str
    text: str
    path: Path | None
    format: SessionFormat | None
    trouble: Trouble | None = None


def shipped_bank() -> PromptBank:
    """Return the prompt bank that came with the app."""
    return parse_bank(resources.text("prompts/bank.toml"))


class FormatLibrary:
    """The formats at hand. Files are read anew each time, so that a change made in an editor counts at once."""

    def __init__(self, folder: Path, bank: PromptBank) -> None:
        self.folder = folder
        self._bank = bank

    def formats(self) -> tuple[SessionFormat, ...]:
        """Return every format that can be used, the shipped ones first."""
        return tuple(found.format for found in self._all() if found.format is not None)

    def refused(self) -> tuple[Trouble, ...]:
        """Return why each of the user's files that cannot be used is refused: its name, line and reason."""
        return tuple(found.trouble for found in self._all() if found.trouble is not None)

    def lines(self) -> tuple[FormatLine, ...]:
        """Return every format for a list, those that cannot be used with their reason."""
        return tuple(_line(found) for found in self._all())

    def load(self, key: str) -> SessionFormat:
        """Return the format with that key. Raise Trouble where there is none, or it cannot be used."""
        found = self._find(key)
        if found.trouble is not None or found.format is None:
            raise found.trouble or _missing(key)
        return found.format

    def text(self, key: str) -> str:
        """Return the text of the format with that key, also where it cannot be used. Raise Trouble."""
        return self._find(key).text

    def copy(self, key: str, name: str = "") -> str:
        """Copy a format into the user's folder under a new name, and return the copy's key. Raise Trouble."""
        original = self.load(key)
        taken = {format_.name for format_ in self.formats()}
        if name.strip() in taken:
            raise Trouble(TroubleCode.EXPORT_EXISTS, name=name.strip())
        name = name.strip() or _free(original.name, " ", taken)
        files = {path.stem for path in self._own_paths()} | {found.key for found in self._all()}
        new_key = _free(_slug(name), "-", files, first=True)
        text = _renamed(self.text(key), new_key, name)
        self._parse(text, f"{new_key}.toml")
        self._write(self.folder / f"{new_key}.toml", text)
        return new_key

    def check(self, key: str, text: str) -> str:
        """Return why a text cannot stand as the user's format with that key; empty where it can."""
        try:
            self._checked(self._find(key), text)
        except Trouble as trouble:
            return sentence(trouble)
        return ""

    def save(self, key: str, text: str) -> None:
        """Keep a text as the user's format with that key. Raise Trouble where it cannot be used."""
        found = self._find(key)
        self._checked(found, text)
        if found.path is None:
            raise Trouble(TroubleCode.EXPORT_EXISTS, name=key)
        self._write(found.path, text)

    def _checked(self, found: _Found, text: str) -> None:
        name = found.path.name if found.path is not None else found.key
        session_format = self._parse(text, name)
        others = {other.key for other in self._all() if other.path != found.path}
        if session_format.key in others:
            raise _taken(session_format.key, name, text)

    def _parse(self, text: str, name: str) -> SessionFormat:
        try:
            return parse_format(text, self._bank)
        except FormatError as error:
            raise Trouble(TroubleCode.FORMAT_INVALID, name=name, line=error.line, reason=error.reason) from error

    def _write(self, path: Path, text: str) -> None:
        make_private_folder(self.folder)
        write_durably(path, text.encode())

    def _find(self, key: str) -> _Found:
        everything = self._all()
        for found in everything:
            if found.key == key:
                return found
        # A file with an error tells no key, but a copy is named after its own; so its line and reason can be told.
        for found in everything:
            if found.trouble is not None and found.path is not None and found.path.stem == key:
                return found
        raise _missing(key)

    def _all(self) -> tuple[_Found, ...]:
        found = list(_shipped(self._bank))
        for path in self._own_paths():
            found.append(self._own(path, {other.key for other in found}))
        return tuple(found)

    def _own_paths(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.toml") if path.is_file())

    def _own(self, path: Path, taken: set[str]) -> _Found:
        """Read one of the user's files. Whatever is wrong with it, the others stand."""
        text = ""
        try:
            text = _read(path)
            session_format = self._parse(text, path.name)
            if session_format.key in taken:
                raise _taken(session_format.key, path.name, text)
        except Trouble as trouble:
            return _Found(path.name, text, path, None, trouble)
        return _Found(session_format.key, text, path, session_format)


def _shipped(bank: PromptBank) -> Iterator[_Found]:
    paths = resources.folder("formats").glob("*.toml")
    known = {key: place for place, key in enumerate(_ORDER)}
    for path in sorted(paths, key=lambda p: (known.get(p.stem, len(known)), p.stem)):
        text = path.read_text(encoding="utf-8")
        session_format = parse_format(text, bank)
        yield _Found(session_format.key, text, None, session_format)


def _read(path: Path) -> str:
    try:
        # Some editors begin a file with a mark of its encoding, which TOML does not know.
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise Trouble(
            TroubleCode.FORMAT_INVALID, name=path.name, line=line, reason="it is not saved as UTF-8"
        ) from error
    except OSError as error:
        raise Trouble(TroubleCode.FORMAT_INVALID, name=path.name, line=1, reason="the file cannot be read") from error


def _line(found: _Found) -> FormatLine:
    problem = "" if found.trouble is None else sentence(found.trouble)
    if found.format is None:
        return FormatLine(found.key, found.key, "", own=True, problem=problem)
    return FormatLine(found.key, found.format.name, found.format.about, own=found.path is not None)


def _missing(key: str) -> Trouble:
    return Trouble(TroubleCode.FORMAT_MISSING, name=key)


def _taken(key: str, name: str, text: str) -> Trouble:
    reason = f"another format has the key “{key}” already"
    return Trouble(TroubleCode.FORMAT_INVALID, name=name, line=Lines(text).of("key"), reason=reason)


def _free(wanted: str, joint: str, taken: set[str], *, first: bool = False) -> str:
    """Return what is wanted with the first number that makes it new; `first` tries it without one."""
    if first and wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}{joint}{number}" in taken:
        number += 1
    return f"{wanted}{joint}{number}"


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.casefold())) or "format"


def _renamed(text: str, key: str, name: str) -> str:
    """Return a format's text with its key and name changed, and everything else, comments included, as it was."""
    lines = Lines(text)
    rows = text.split("\n")
    for word, value in (("key", key), ("name", name)):
        rows[lines.of(word) - 1] = f"{word} = {json.dumps(value, ensure_ascii=False)}"
    return "\n".join(rows)
