"""Read a CSV file or a workbook as rows of text, within limits; formulas are never evaluated."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from balint_desktop.domain.encodings import NotTextError, decode
from balint_desktop.domain.trouble import Trouble, TroubleCode

# A group has at most 99 codes. A larger or longer file is another kind of list, and is refused unread.
MAX_BYTES = 2 * 1024 * 1024
MAX_ROWS = 500
# Limits per row and per cell: extra columns are dropped, longer cells are truncated and reported as too long later.
MAX_COLUMNS = 40
MAX_SIGNS = 1000
# Limit on a workbook's unpacked size: enough for any real one of that file size.
_MAX_UNPACKED = 24 * 1024 * 1024
_MAX_MEMBERS = 500
_AT_ONCE = 1 << 16
_ZIP = b"PK\x03\x04"
# Ordered by how rarely each occurs inside a cell.
_SEPARATORS = ("\t", ";", "|", ",")
# Lines of a file by which its separator is chosen.
_SAMPLE_LINES = 40
# A last line that no text can contain: read as part of a cell, it proves that a quotation mark is never closed.
_LAST_LINE = "\x1f"
# For a list of one column: a sign that no text can contain.
_NO_SEPARATOR = "\x1e"
# Namespaces of ISO strict workbooks, which the reader knows by their transitional names only.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
_OTHER_KINDS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"PK", b"{\\rtf")
# Pages and tables that some programs save under a spreadsheet's name, address books, and data of other programs.
_MARKUP = (b"<", b"{", b"[", b"BEGIN:V")
# Entity declarations, with which a workbook's XML could grow while it is parsed.
_DECLARATIONS = ("<!ENTITY", "<!DOCTYPE")


@dataclass(frozen=True, slots=True)
class TableLine:
    """One row of a file: its first line number (the row's number in a workbook), and its cells."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileTable:
    """The non-empty rows of a file. `encoding` is how its text was decoded, `guessed` whether nothing declared it.

    `separator` is what parts its cells: ", " if each comma is followed by a space, empty for a workbook. `sheet` is
    the sheet read from a workbook that shows several, `hidden` are its rows that a filter or a person has hidden, and
    `others` its other sheets that are shown.
    """

    lines: tuple[TableLine, ...]
    encoding: str = ""
    guessed: bool = False
    separator: str = ""
    sheet: str = ""
    hidden: tuple[int, ...] = ()
    others: tuple[FileTable, ...] = ()


def read_table(path: Path) -> FileTable:
    """Return the rows of a file. Raise Trouble ROSTER_FILE_MISSING and what `table_of` raises."""
    try:
        # Reading a pipe or a device would never end.
        if not path.is_file():
            raise Trouble(TroubleCode.ROSTER_FILE_MISSING, name=path.name)
        if path.stat().st_size > MAX_BYTES:
            raise Trouble(TroubleCode.ROSTER_FILE_LARGE, name=path.name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Trouble(TroubleCode.ROSTER_FILE_MISSING, name=path.name) from error
    return parse_table(data, path.name)


def parse_table(data: bytes, name: str) -> FileTable:
    """Return the rows of a file's bytes.

    Raise Trouble: ROSTER_FILE_EMPTY, ROSTER_FILE_LARGE, ROSTER_FILE_LONG, ROSTER_FILE_ENCODING, ROSTER_QUOTE_OPEN for
    a quotation mark that is never closed, ROSTER_FILE_KIND for a file of another kind, ROSTER_FILE_DAMAGED for a
    workbook that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise Trouble(TroubleCode.ROSTER_FILE_LARGE, name=name)
    if not data.strip():
        raise Trouble(TroubleCode.ROSTER_FILE_EMPTY, name=name)
    if data.startswith(_ZIP):
        return _workbook(data, name)
    if data.startswith(_OTHER_KINDS) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_MARKUP):
        raise Trouble(TroubleCode.ROSTER_FILE_KIND, name=name)
    try:
        found = decode(data)
    except NotTextError as error:
        raise Trouble(TroubleCode.ROSTER_FILE_ENCODING, name=name) from error
    separator, skipped = _separator(found.text)
    rows = itertools.islice(_csv_rows(found.text, separator.strip(" "), name), skipped, None)
    return FileTable(_non_empty_rows(rows, name), found.encoding, found.guessed, separator)


def _non_empty_rows(
    rows: Iterable[TableLine], name: str, *, empty: type[Exception] | None = None
) -> tuple[TableLine, ...]:
    """Collect the non-empty rows, no more than a list of a group may have. Raise Trouble, or `empty` for no rows."""
    found: list[TableLine] = []
    for looked_at, row in enumerate(rows, start=1):
        cells = tuple(cell.strip() for cell in row.cells)
        if any(cells):
            found.append(TableLine(row.number, cells))
        # The limit on rows read includes empty ones: they take time too.
        if len(found) > MAX_ROWS or looked_at > MAX_ROWS * 20:
            raise Trouble(TroubleCode.ROSTER_FILE_LONG, name=name, most=MAX_ROWS)
    if not found:
        raise empty() if empty is not None else Trouble(TroubleCode.ROSTER_FILE_EMPTY, name=name)
    return tuple(found)


# --- text ---


def _csv_rows(text: str, separator: str, name: str) -> Iterator[TableLine]:
    """Yield rows with their first line number: quoted text may span several. Raise Trouble ROSTER_QUOTE_OPEN."""
    end = "" if text.endswith(("\n", "\r")) else "\n"
    reader = csv.reader(io.StringIO(text + end + _LAST_LINE, newline=""), delimiter=separator)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell longer than the reader accepts: the row is passed on, to be refused later.
            row = ["?" * (MAX_SIGNS + 1)]
        if row == [_LAST_LINE]:
            return
        if any(_LAST_LINE in cell for cell in row):
            raise Trouble(TroubleCode.ROSTER_QUOTE_OPEN, name=name, line=begins)
        yield TableLine(begins, tuple(cell[: MAX_SIGNS + 1] for cell in row[:MAX_COLUMNS]))
        begins = reader.line_num + 1


def _separator(text: str) -> tuple[str, int]:
    """Return the cell separator, and the number of lines that only declare it (Excel's "sep=;")."""
    first = text.split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    rows = list(itertools.islice(_unquoted_rows(text), _SAMPLE_LINES))

    def fit(sign: str) -> tuple[int, bool]:
        """Return how many rows it parts, and whether it parts all of them into as many cells."""
        counts = [row.count(sign) for row in rows if sign in row]
        return len(counts), len(set(counts)) == 1

    best = max(_SEPARATORS, key=fit)
    parted = [row for row in rows if best in row]
    if not parted or (best not in rows[0] and 2 * len(parted) < len(rows)):
        # A list of one column: a sign in one of its names parts nothing.
        return _NO_SEPARATOR, 0
    is_spaced = best == "," and all("," not in row.replace(", ", "") for row in parted)
    return (", " if is_spaced else best), 0


def _unquoted_rows(text: str) -> Iterator[str]:
    """Yield the non-empty rows without what stands in quotation marks."""
    row: list[str] = []
    quoted = False
    for sign in text[: MAX_SIGNS * _SAMPLE_LINES]:
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "\r\n":
            if row:
                yield "".join(row)
            row = []
        else:
            row.append(sign)
    if row:
        yield "".join(row)


# --- workbooks ---


def _workbook(data: bytes, name: str) -> FileTable:
    """Return the rows of a workbook's visible sheets that have any: the first one, with the others."""
    _require_harmless(data, name)
    data = _transitional(data, name)
    sheets = _visible_sheets(data, name)
    found: list[FileTable] = []
    for sheet in sheets:
        try:
            left_out: list[int] = []
            rows = _without_hidden(_sheet_rows(data, sheet.place, name), frozenset(sheet.hidden), left_out)
            lines = _non_empty_rows(rows, name, empty=_NoRows)
            found.append(FileTable(lines, sheet=sheet.title if len(sheets) > 1 else "", hidden=tuple(left_out)))
        except _NoRows:
            continue
        except Trouble:
            # A later sheet may be anything; the first one must be a list.
            if not found:
                raise
    if not found:
        raise Trouble(TroubleCode.ROSTER_FILE_EMPTY, name=name)
    return replace(found[0], others=tuple(found[1:]))


class _NoRows(Exception):  # noqa: N818  an outcome rather than an error
    """A sheet has no rows."""


@dataclass(frozen=True, slots=True)
class _VisibleSheet:
    """A sheet that is shown: its place among all sheets, its title, and the numbers of its hidden rows."""

    place: int
    title: str
    hidden: tuple[int, ...]


def _transitional(data: bytes, name: str) -> bytes:
    """Return a workbook with the transitional namespaces. Raise Trouble ROSTER_FILE_DAMAGED."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if not _STRICT.search(book.read("xl/workbook.xml")):
                return data
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as renamed:
                for member in book.infolist():
                    if member.filename.endswith((".xml", ".rels")):
                        renamed.writestr(member.filename, _STRICT.sub(_TRANSITIONAL, book.read(member)))
            return out.getvalue()
    except Exception as error:
        raise Trouble(TroubleCode.ROSTER_FILE_DAMAGED, name=name) from error


def _visible_sheets(data: bytes, name: str) -> tuple[_VisibleSheet, ...]:
    """Return the sheets that are shown, in their order. Raise Trouble ROSTER_FILE_DAMAGED."""
    try:
        with contextlib.closing(_load(data, worked_out=True)) as book:
            return tuple(
                _VisibleSheet(place, str(sheet.title), _hidden_rows(sheet._get_source().read()))  # noqa: SLF001  openpyxl reads no hidden rows
                for place, sheet in enumerate(book.worksheets)
                if sheet.sheet_state == "visible"
            )
    except Exception as error:
        raise Trouble(TroubleCode.ROSTER_FILE_DAMAGED, name=name) from error


def _without_hidden(rows: Iterable[TableLine], hidden: Collection[int], left_out: list[int]) -> Iterator[TableLine]:
    """Yield each row, emptied if it is hidden; the numbers of those that held something go to `left_out`."""
    for row in rows:
        if row.number in hidden and any(cell.strip() for cell in row.cells):
            left_out.append(row.number)
            yield TableLine(row.number, ())
        else:
            yield row


def _hidden_rows(sheet: bytes) -> tuple[int, ...]:
    numbers = (_ROW_NUMBER.search(found.group(1)) for found in _HIDDEN_ROW.finditer(sheet))
    return tuple(int(number.group(1)) for number in numbers if number is not None)


def _sheet_rows(data: bytes, place: int, name: str) -> Iterator[TableLine]:
    """Yield the rows of a sheet: each cell's value as saved; external links stay closed.

    A formula without a cached value is returned as text.
    """
    try:
        for number, (row, asked) in enumerate(
            zip(_sheet(data, place, worked_out=True), _sheet(data, place, worked_out=False), strict=False), start=1
        ):
            cells = (value if value is not None else formula for value, formula in zip(row, asked, strict=False))
            yield TableLine(number, tuple(_text_of(cell) for cell in cells))
    except GeneratorExit:
        raise
    except Exception as error:
        # The reader may raise almost any exception on a hostile or damaged workbook.
        raise Trouble(TroubleCode.ROSTER_FILE_DAMAGED, name=name) from error


def _sheet(data: bytes, place: int, *, worked_out: bool) -> Iterator[tuple[object, ...]]:
    with contextlib.closing(_load(data, worked_out=worked_out)) as book:
        sheet = book.worksheets[place]
        sheet.reset_dimensions()
        yield from sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)


def _load(data: bytes, *, worked_out: bool) -> Any:
    import openpyxl  # noqa: PLC0415  loaded only when a spreadsheet is

    return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=worked_out, keep_links=False)


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[: MAX_SIGNS + 1]


def _require_harmless(data: bytes, name: str) -> None:
    """Check a workbook before it is parsed. Raise Trouble: ROSTER_FILE_KIND, _LARGE, _DAMAGED."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            code = _refusal(book)
    except Exception as error:
        raise Trouble(TroubleCode.ROSTER_FILE_DAMAGED, name=name) from error
    if code is not None:
        raise Trouble(code, name=name)


def _refusal(book: zipfile.ZipFile) -> TroubleCode | None:
    members = book.infolist()
    if not any(member.filename == "xl/workbook.xml" for member in members):
        return TroubleCode.ROSTER_FILE_KIND
    # A member never yields more than its declared size, whatever is packed into it.
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        return TroubleCode.ROSTER_FILE_LARGE
    for member in members:
        if member.filename.endswith((".xml", ".rels")):
            with book.open(member) as file:
                if not _is_plain_xml(file):
                    return TroubleCode.ROSTER_FILE_DAMAGED
    return None


def _is_plain_xml(file: IO[bytes]) -> bool:
    forms = [word.encode(codec) for word in _DECLARATIONS for codec in ("ascii", "utf-16-le", "utf-16-be")]
    before = b""
    while piece := file.read(_AT_ONCE):
        if any(form in before + piece for form in forms):
            return False
        before = piece[-32:]
    return True
