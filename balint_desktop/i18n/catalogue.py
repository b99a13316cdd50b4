"""Catalogues of translated texts: .po files as translators keep them, and the compiled .mo files of a package.

A package holds compiled files only (`installers/catalogues.py`); a checkout reads the .po files themselves, so that a
translator sees a change at the next start and no binary lies in the history.
"""

from __future__ import annotations

import ast
import gettext
import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_MAGIC = 0x950412DE
_CONTEXT_END = "\x04"
_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+)?("(?:[^"\\]|\\.)*")\s*')


class CatalogueError(ValueError):
    """A .po file cannot be read; the message names the line."""


@dataclass(slots=True)
class CatalogueEntry:
    """One text of a catalogue. `flags` are such as fuzzy; `texts` has one translation for each plural form."""

    context: str | None = None
    id: str = ""
    plural: str | None = None
    texts: dict[int, str] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()

    @property
    def is_translated(self) -> bool:
        """Whether every form is translated and nobody has marked it as a guess."""
        return "fuzzy" not in self.flags and bool(self.texts) and all(self.texts.values())


def tags(folder: Path) -> tuple[str, ...]:
    """Return the languages with a catalogue in a folder."""
    return tuple(sorted({path.stem for ending in ("po", "mo") for path in folder.glob(f"*.{ending}")}))


def load(folder: Path, tag: str) -> gettext.NullTranslations:
    """Return a language's texts: those compiled into the package, or those of the .po file."""
    compiled = folder / f"{tag}.mo"
    if compiled.is_file():
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    return gettext.GNUTranslations(io.BytesIO(compiled_catalogue((folder / f"{tag}.po").read_text(encoding="utf-8"))))


def entries(po: str) -> list[CatalogueEntry]:
    """Return the entries of a .po file, the header first. Raise CatalogueError."""
    return list(_entries(po))


def compiled_catalogue(po: str) -> bytes:
    """Return a .po file compiled to .mo. Entries that are not or only vaguely translated are left out."""
    texts: dict[bytes, bytes] = {}
    for entry in _entries(po):
        if not entry.is_translated:
            continue
        name = entry.id if entry.context is None else f"{entry.context}{_CONTEXT_END}{entry.id}"
        if entry.plural is not None:
            name = f"{name}\0{entry.plural}"
        texts[name.encode()] = "\0".join(entry.texts[form] for form in sorted(entry.texts)).encode()
    return _mo(texts)


def _entries(po: str) -> Iterator[CatalogueEntry]:
    entry, last, flags = CatalogueEntry(), "", frozenset[str]()
    has_begun = False
    for number, raw in enumerate(po.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            if has_begun and last.startswith("msgstr"):
                yield entry
                entry, last, has_begun = CatalogueEntry(), "", False
            if line.startswith("#,"):
                flags = frozenset(flag.strip() for flag in line[2:].split(","))
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise CatalogueError(f"line {number}: {raw}")
        keyword, text = match[1] or "", _unquoted(match[2])
        if keyword in {"msgctxt", "msgid"} and last.startswith("msgstr"):
            yield entry
            entry, has_begun = CatalogueEntry(), False
        if keyword:
            last = keyword
        if not has_begun:
            entry.flags, flags, has_begun = flags, frozenset(), True
        _add(entry, last, text, number)
    if has_begun:
        yield entry


def _add(entry: CatalogueEntry, keyword: str, text: str, number: int) -> None:
    match keyword:
        case "msgctxt":
            entry.context = (entry.context or "") + text
        case "msgid":
            entry.id += text
        case "msgid_plural":
            entry.plural = (entry.plural or "") + text
        case _ if keyword.startswith("msgstr"):
            form = int(keyword[7:-1]) if "[" in keyword else 0
            entry.texts[form] = entry.texts.get(form, "") + text
        case _:
            raise CatalogueError(f"line {number}: a text that belongs to nothing")


def _unquoted(quoted: str) -> str:
    return str(ast.literal_eval(quoted)) if "\\" in quoted else quoted[1:-1]


def _mo(texts: dict[bytes, bytes]) -> bytes:
    """Return a .mo file: a header, two tables of lengths and offsets, sorted names, texts."""
    names = sorted(texts)
    table_at = 7 * 4
    at = table_at + 16 * len(names)
    tables: list[bytes] = []
    body = bytearray()
    for values in (names, [texts[name] for name in names]):
        for value in values:
            tables.append(struct.pack("<II", len(value), at + len(body)))
            body += value + b"\0"
    header = struct.pack("<7I", _MAGIC, 0, len(names), table_at, table_at + 8 * len(names), 0, at)
    return header + b"".join(tables) + bytes(body)
