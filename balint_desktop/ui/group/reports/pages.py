"""Build report pages in simple HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from balint_desktop.ui.theme.colours import Paper

# Greys for secondary text and for blanks to fill in; both print on any printer.
_QUIET = f"color: {Paper.QUIET};"
_RULED = f"border-bottom: 0.5px solid {Paper.LINE};"
_NOT_WRAPPED = "white-space: nowrap;"
_BLANK = f"background-color: {Paper.BLANK};"


def heading(words: str) -> str:
    """Return the title of a report."""
    return f"<h1>{escape(words)}</h1>"


def section(words: str) -> str:
    """Return a section heading."""
    return f"<h2>{escape(words)}</h2>"


def line(words: str) -> str:
    """Return a paragraph; text in square brackets is marked as to be filled in."""
    return f"<p>{_marked(words)}</p>"


def quiet(words: str) -> str:
    """Return a paragraph in secondary style."""
    return f'<p style="{_QUIET}">{_marked(words)}</p>'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Return lines of label and value."""
    lines = "".join(
        f'<tr><td style="{_QUIET}">{escape(label)}</td><td>{_marked(words)}</td></tr>' for label, words in rows
    )
    return f'<table width="100%" cellspacing="0" style="margin-top: 8px;">{lines}</table>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, wraps: bool = True) -> str:
    """Return a table with a thin line below each row. Its header repeats on each page.

    Where nothing `wraps`, each row is one line, and no row is split between two pages.
    """
    cell = _RULED if wraps else f"{_RULED} {_NOT_WRAPPED}"
    head = "".join(f'<th style="{_QUIET}{_RULED} {_NOT_WRAPPED}">{_marked(words)}</th>' for words in headings)
    lines = "".join(
        "<tr>" + "".join(f'<td style="{cell}">{_marked(words)}</td>' for words in row) + "</tr>" for row in rows
    )
    style = "margin-top: 6px; border-collapse: collapse;"
    return f'<table width="100%" cellspacing="0" style="{style}"><thead><tr>{head}</tr></thead>{lines}</table>'


def picture(image: QImage, width: int) -> str:
    """Return an image at that page width (1/96 inch), regardless of its resolution."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    buffer.close()
    height = round(width * image.height() / max(1, image.width()))
    coded = base64.b64encode(bytes(data.data())).decode()
    return f'<p><img width="{width}" height="{height}" src="data:image/png;base64,{coded}"></p>'


def _marked(words: str) -> str:
    """Escape a text, keep its line breaks, and mark blanks to fill in."""
    markup = escape(words).replace("\n", "<br>")
    return (
        markup.replace("[", f'<span style="{_BLANK}">[').replace("]", "]</span>")
        if "[" in markup and "]" in markup
        else markup
    )
