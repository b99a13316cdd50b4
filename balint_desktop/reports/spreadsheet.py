"""Write tables as a spreadsheet in memory: real dates and numbers, text never as formulas, pages that print."""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from balint_desktop.i18n import tr
from balint_desktop.reports.cells import FORMULA_SIGNS, plain_text
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value, meanings

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell

# The formats 14 and 22 of ECMA-376, 18.8.30: a spreadsheet shows dates in its user's own locale.
_DAY = "mm-dd-yy"
_MOMENT = "m/d/yy h:mm"
_MINUTES = "0.00"
# In letters. Narrower than most headings, which are turned upright then: a sheet has to fit the width of a page.
_WIDTHS = {
    ColumnKind.DAY: 11.0,
    ColumnKind.MOMENT: 16.0,
    ColumnKind.COUNT: 6.0,
    ColumnKind.MINUTES: 8.0,
    ColumnKind.YES_NO: 5.0,
}
_CENTRED = frozenset({ColumnKind.DAY, ColumnKind.MOMENT, ColumnKind.COUNT, ColumnKind.YES_NO, ColumnKind.MARK})
_TEXT_WIDTH = (8.0, 40.0)
# More columns of marks than this fit a page only with their headings upright.
_MOST_WIDE_MARKS = 10
_NARROW_MARK = 4.0
_LINE_POINTS, _LETTER_POINTS = 15.0, 6.5
_TYPE, _TYPE_POINTS = "Calibri", 11
# 9 is A4 (ECMA-376, 18.18.43).
_A4 = 9
_MARGIN_INCH, _FOOT_INCH = 0.5, 0.3
# The longest text a cell holds (Excel's own limit).
_LONGEST = 32_767
# The highest row there is, in points (Excel's own limit).
_HIGHEST_ROW = 409.0


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
    widths = _widths(table)
    for number, width in enumerate(widths):
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    _set_up_page(sheet, table)
    _keep_in_memory(sheet)
    sheet.row_dimensions[1].height = _heading_points(table.columns, widths)
    sheet.append([_heading(sheet, column, width) for column, width in zip(table.columns, widths, strict=True)])
    for number, row in enumerate(table.rows, start=2):
        lines = max((_lines(value, width) for value, width in zip(row, widths, strict=True)), default=1)
        if lines > 1:
            sheet.row_dimensions[number].height = min(lines * _LINE_POINTS, _HIGHEST_ROW)
        sheet.append([_cell(sheet, column.kind, value) for column, value in zip(table.columns, row, strict=True)])


def _set_up_page(sheet: Any, table: ExportTable) -> None:
    """Print a sheet on landscape A4, as wide as the page, its headings on each, with its name and page n of m."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.page import PageMargins  # noqa: PLC0415

    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins = PageMargins(
        left=_MARGIN_INCH,
        right=_MARGIN_INCH,
        top=_MARGIN_INCH,
        bottom=_MARGIN_INCH + _FOOT_INCH,
        header=_FOOT_INCH,
        footer=_FOOT_INCH,
    )
    sheet.print_title_rows = "1:1"
    printed = sum(column.printed for column in table.columns)
    sheet.print_area = f"A1:{get_column_letter(max(1, printed))}{len(table.rows) + 1}"
    sheet.oddFooter.left.text = table.name
    sheet.oddFooter.right.text = tr("Page {n} of {count}").format(n="&P", count="&N")


def _widths(table: ExportTable) -> list[float]:
    marks = sum(column.kind is ColumnKind.MARK for column in table.columns)
    return [
        _mark_width(column.name, marks)
        if column.kind is ColumnKind.MARK
        else _WIDTHS.get(column.kind) or _text_width([column.name, *(str(row[number] or "") for row in table.rows)])
        for number, column in enumerate(table.columns)
    ]


def _mark_width(heading: str, marks: int) -> float:
    return _NARROW_MARK if marks > _MOST_WIDE_MARKS else _longest(heading) + 2.0


def _text_width(cells: Sequence[str]) -> float:
    least, most = _TEXT_WIDTH
    return min(max(least, *(_longest(cell) + 2.0 for cell in cells)), most)


def _longest(text: str) -> int:
    return max(len(line) for line in text.split("\n"))


def _lines(value: Value, width: float) -> int:
    """Return how many lines a text takes in a column of that width."""
    if not isinstance(value, str):
        return 1
    return sum(max(1, math.ceil(len(line) / (width - 1))) for line in value.split("\n"))


def _is_upright(heading: str, width: float) -> bool:
    return _longest(heading) >= width


def _heading_points(columns: Sequence[TableColumn], widths: Sequence[float]) -> float:
    return max(
        (len(column.name) + 2) * _LETTER_POINTS
        if _is_upright(column.name, width)
        else (column.name.count("\n") + 1) * _LINE_POINTS
        for column, width in zip(columns, widths, strict=True)
    )


def _heading(sheet: Any, column: TableColumn, width: float) -> Cell:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    upright = _is_upright(column.name, width)
    cell = _text_cell(sheet, column.name.replace("\n", ", ") if upright else column.name)
    cell.font = Font(name=_TYPE, sz=_TYPE_POINTS, bold=True)
    cell.alignment = Alignment(
        text_rotation=90 if upright else 0,
        horizontal="center" if upright or column.kind in _CENTRED else None,
        vertical="bottom",
        wrap_text="\n" in column.name and not upright,
    )
    return cell


def _cell(sheet: Any, kind: ColumnKind, value: Value) -> Cell | None:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment  # noqa: PLC0415

    if value is None:
        return None
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, str):
        cell = _text_cell(sheet, value)
    else:
        cell = WriteOnlyCell(sheet)
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = _MOMENT
        elif isinstance(value, date):
            cell.number_format = _DAY
        elif kind is ColumnKind.MINUTES:
            cell.number_format = _MINUTES
    cell.alignment = Alignment(
        horizontal="center" if kind in _CENTRED else None, vertical="top", wrap_text=kind is ColumnKind.TEXT
    )
    return cell


def _text_cell(sheet: Any, text: str) -> Cell:
    """Return a text cell, whatever its first character; it stays text when edited."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    text = plain_text(text)[:_LONGEST]
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    if text.startswith(FORMULA_SIGNS):
        cell.quotePrefix = True
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
