"""Copy rows as tab-separated text and HTML, never as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

from balint_desktop.domain.hidden_signs import one_line
from balint_desktop.reports.cells import safe_cell


def as_mime(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> QMimeData:
    """Return a table as MIME data: a spreadsheet and a word processor each find their own format."""
    data = QMimeData()
    data.setText(tab_separated(headings, rows))
    data.setHtml(html_table(headings, rows))
    return data


def tab_separated(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return tab-separated lines; a tab or a line break inside a cell becomes a blank."""
    return "".join("\t".join(_one_line(cell) for cell in line) + "\n" for line in (headings, *rows))


def html_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return an HTML table."""
    head = "".join(f"<th>{escape(str(safe_cell(heading)))}</th>" for heading in headings)
    lines = "".join(f"<tr>{''.join(f'<td>{escape(str(safe_cell(c)))}</td>' for c in line)}</tr>" for line in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _one_line(cell: str) -> str:
    return str(safe_cell(one_line(cell)))
