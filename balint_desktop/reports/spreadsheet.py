"""Write tables as a spreadsheet in memory: real dates and numbers, text never as formulas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from balint_desktop.reports.cells import FORMULA_SIGNS, plain_text
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value, meanings

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

# The formats 14 and 22 of ECMA-376, 18.8.30: a spreadsheet shows dates in its user's own locale.
_DAY = "mm-dd-yy"
_MOMENT = "m/d/yy h:mm"
_MINUTES = "0.00"
_WIDTHS = {
    ColumnKind.DAY: 12.0,
    ColumnKind.MOMENT: 18.0,
    ColumnKind.COUNT: 10.0,
    ColumnKind.MINUTES: 12.0,
    ColumnKind.YES_NO: 10.0,
}
_TEXT_WIDTH = (12.0, 60.0)
# The longest text a cell holds (Excel's own limit).
_LONGEST = 32_767


def to_xlsx(tables: Sequence[ExportTable]) -> bytes:
    """Return the tables as sheets of one .xlsx, with one more sheet that describes each column."""
    from openpyxl import Workbook  # noqa: PLC0415  loaded only when a spreadsheet is

    book = Workbook(write_only=True)
    book.properties.creator = "Balint Desktop"
    for table in (*tables, meanings(tables)):
        _add_sheet(book, table)
    return _saved(book)


def _add_sheet(book: Workbook, table: ExportTable) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(number + 1)].width = _width(column, number, table.rows)
    _keep_in_memory(sheet)
    sheet.append([_heading(sheet, column.name) for column in table.columns])
    for row in table.rows:
        sheet.append([_cell(sheet, column.kind, value) for column, value in zip(table.columns, row, strict=True)])


def _width(column: TableColumn, number: int, rows: Sequence[Sequence[Value]]) -> float:
    least = max(_WIDTHS.get(column.kind, _TEXT_WIDTH[0]), len(column.name) + 2.0)
    if column.kind is not ColumnKind.TEXT:
        return least
    longest = max((len(str(row[number] or "")) for row in rows), default=0)
    return min(max(least, longest + 2.0), max(least, _TEXT_WIDTH[1]))


def _heading(sheet: Any, name: str) -> Cell:
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = _text_cell(sheet, name)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, kind: ColumnKind, value: Value) -> Cell | None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if value is None:
        return None
    if isinstance(value, bool):
        return _text_cell(sheet, "yes" if value else "no")
    if isinstance(value, str):
        return _text_cell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell.value = value
    if isinstance(value, datetime):
        cell.number_format = _MOMENT
    elif isinstance(value, date):
        cell.number_format = _DAY
    elif kind is ColumnKind.MINUTES:
        cell.number_format = _MINUTES
    return cell


def _text_cell(sheet: Any, text: str) -> Cell:
    """Return a text cell, whatever its first character; it stays text when edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment  # noqa: PLC0415

    text = plain_text(text)[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


# openpyxl writes each sheet unencrypted into a temporary file before zipping it. These stay in memory.


def _keep_in_memory(sheet: Any) -> None:
    from openpyxl.worksheet._writer import WorksheetWriter  # noqa: PLC0415

    class InMemory(WorksheetWriter):
        def cleanup(self) -> None:
            """Do nothing: there is no temporary file to remove."""

    writer = InMemory(sheet, out=io.BytesIO())
    writer.write_top()
    sheet._writer = writer  # noqa: SLF001  no other door, and a test that fails once it is another one


def _saved(book: Workbook) -> bytes:
    from openpyxl.writer.excel import ExcelWriter  # noqa: PLC0415

    out = io.BytesIO()
    with _Archive(out, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).write_data()
    return out.getvalue()


class _Archive(zipfile.ZipFile):
    """Zip archive that takes a sheet from memory where openpyxl passes a file."""

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_named: Any) -> None:
        self.writestr(arcname, filename.getvalue())
