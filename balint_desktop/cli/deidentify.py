"""`balint-desktop deidentify`: what in any text file may identify, without a vault."""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from balint_desktop.cli.parsing import SubcommandParser
from balint_desktop.cli.result import CommandResult, print_json, print_table
from balint_desktop.domain.deidentify.capitals import CAPITAL_NOUNS
from balint_desktop.domain.deidentify.known_names import KnownName, everyday_apart
from balint_desktop.domain.deidentify.suggest import suggest
from balint_desktop.domain.deidentify.suggestions import Layer, Suggestion
from balint_desktop.domain.deidentify.text_language import language_of
from balint_desktop.domain.encodings import NotTextError, decode
from balint_desktop.domain.folding import plain
from balint_desktop.domain.values import parse_participant_code
from balint_desktop.i18n import tr, tr_n
from balint_desktop.library.word_lists import read_word_lists
from balint_desktop.sealed.disk import require_regular
from balint_desktop.transcription.choice import language_names

# A transcript of an hour has 60 kB.
_MOST_BYTES = 20 * 1024 * 1024
_SEPARATORS = ",;\t|"
_CODE, _NAME = "code", "name"
_SHORT_NAMES = frozenset(("shortnames", "shortname"))
_HEARD_AS = frozenset(("heardas",))
_LONGEST_SHOWN = 60


class _InputError(ValueError):
    """A file cannot be used; its text says which and why."""


def add_to(acts: SubcommandParser) -> None:
    """Add the subcommands of deidentify."""
    check = acts.add("check", _check, opens_vault=False, as_json=True)
    check.add_argument("file", metavar="FILE", help=tr("a text file in any encoding"))
    check.add_argument(
        "--roster",
        metavar="FILE.csv",
        required=True,
        help=tr("the names, with the columns code, name, short names, heard as; several separated by semicolons"),
    )
    check.add_argument(
        "--language",
        metavar="CODE",
        default="",
        help=tr(
            "the language of the text, such as en or de; without it, the text’s own words tell. Capitals count for "
            "nothing in de and lb"
        ),
    )


def _check(options: argparse.Namespace) -> CommandResult:
    try:
        names = _read_roster(Path(options.roster))
        text = _read_text(Path(options.file))
        language = _language(options.language, text)
        _require_words(text, options.file)
    except _InputError as error:
        return CommandResult(str(error))
    lists = read_word_lists()
    found = suggest(text, [everyday_apart(one, lists.common) for one in names], lists, language=language)
    if options.json:
        print_json(_as_object(one) for one in found)
        return CommandResult()
    headings = (tr("Line"), tr("Why"), tr("Text"), tr("Would become"))
    print_table(headings, list(_rows(text, found)), tr("Nothing was found."))
    if found:
        print()
        print(tr_n("{n} place found.", "{n} places found.", len(found)).format(n=len(found)))
    print(tr("No list finds everything, and a story can identify without a name: read the whole text."))
    return CommandResult()


def _as_object(one: Suggestion) -> dict[str, object]:
    return {
        "from": one.begin,
        "until": one.end,
        "layer": str(one.layer),
        "text": one.text,
        "replacement": one.replacement,
    }


def _rows(text: str, found: Sequence[Suggestion]) -> Iterator[tuple[str, str, str, str]]:
    at, line = 0, 1
    for one in found:
        line += _line_ends(text, at, one.begin)
        at = one.begin
        shown = " ".join(one.text.split())
        yield str(line), _layer_words(one.layer), shown[:_LONGEST_SHOWN], one.replacement or tr("your judgement")


def _line_ends(text: str, begin: int, end: int) -> int:
    """Return how many line ends there are in a stretch: CRLF is one."""
    return len(re.findall(r"\r\n|\n|\r(?!\n)", text[begin:end]))


def _layer_words(layer: Layer) -> str:
    words = {
        Layer.ROSTER: tr("name"),
        Layer.NAME_OR_WORD: tr("name or word"),
        Layer.SOUNDS_LIKE: tr("sounds like a name"),
        Layer.MARKED: tr("marked"),
        Layer.PATTERN: tr("pattern"),
        Layer.NUMBER: tr("number"),
        Layer.CAPITAL: tr("not an ordinary word"),
        Layer.DOUBT: tr("doubtful word"),
        Layer.STORY: tr("rare detail"),
    }
    return words[layer]


def _require_words(text: str, path: str) -> None:
    """Check that a text has any words. Raise _InputError."""
    if not text.strip():
        raise _InputError(tr("{path} is empty.").format(path=path))


def _language(code: str, text: str) -> str:
    """Return the language that was given, or that of the text. Raise _InputError for one that is none."""
    if not code:
        return language_of(text)
    first = code.casefold().replace("_", "-").partition("-")[0]
    if first not in language_names() and first not in CAPITAL_NOUNS:
        raise _InputError(tr("“{code}” is not a language. Write a code such as en or de.").format(code=code))
    return first


# --- files ---


def _read_text(path: Path) -> str:
    """Return a file's text without its mark, with its line ends. Raise _InputError."""
    if path.is_dir():
        raise _InputError(tr("{path} is a folder. Give a text file.").format(path=path))
    try:
        require_regular(path)
        if path.stat().st_size > _MOST_BYTES:
            raise _InputError(tr("{path} is too large: it has more than 20 MB.").format(path=path))
        data = path.read_bytes()
    except OSError as error:
        raise _InputError(tr("{path} could not be found or read.").format(path=path)) from error
    try:
        return decode(data).text
    except NotTextError as error:
        raise _InputError(
            tr("{path} is not text in UTF-8, UTF-16 or Windows-1252. Save it as plain text.").format(path=path)
        ) from error


def _read_roster(path: Path) -> tuple[KnownName, ...]:
    """Return the names of a roster file. Raise _InputError."""
    rows = _rows_of(_read_text(path), path)
    head = [_heading(cell) for cell in rows[0]] if rows else []
    missing = next((column for column in (_CODE, _NAME) if column not in head), None)
    if missing is not None:
        raise _InputError(
            tr("{path} has no column “{column}”. The first line must name the columns: {columns}.").format(
                path=path, column=missing, columns="code, name, short names, heard as"
            )
        )
    names = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        if not any(cells.values()):
            continue
        names.append(_known_name(cells, path, number))
    if not names:
        raise _InputError(tr("{path} contains no names.").format(path=path))
    return tuple(names)


def _known_name(cells: dict[str, str], path: Path, number: int) -> KnownName:
    try:
        code = parse_participant_code(cells[_CODE].upper())
    except (KeyError, ValueError) as error:
        raise _InputError(
            tr("{path}, row {number}: “{code}” is not a code. Write P1, P2 and so on.").format(
                path=path, number=number, code=cells.get(_CODE, "")
            )
        ) from error
    name = cells.get(_NAME, "")
    if not name:
        raise _InputError(tr("{path}, row {number}: the name is missing.").format(path=path, number=number))
    return KnownName(code, name, _several(cells, _SHORT_NAMES), _several(cells, _HEARD_AS))


def _several(cells: dict[str, str], headings: frozenset[str]) -> tuple[str, ...]:
    found = (one.strip() for heading in headings for one in cells.get(heading, "").split(";"))
    return tuple(one for one in found if one)


def _rows_of(text: str, path: Path) -> list[list[str]]:
    """Return the rows of a table, its separator the one that its first line names its columns by. Raise _InputError."""
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(_SEPARATORS, key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _InputError(tr("{path} is not a table: a quotation mark may not be closed.").format(path=path)) from error


def _heading(cell: str) -> str:
    return re.sub(r"[\W_]", "", plain(cell))
