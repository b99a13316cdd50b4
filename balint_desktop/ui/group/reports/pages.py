"""Build report pages in simple HTML."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from balint_desktop.ui.theme.colours import Paper

# Grey for what stays back, and for what is left to fill in; all of it prints on any printer.
_QUIET = f"color: {Paper.QUIET};"
_BLANK = f"background-color: {Paper.BLANK};"


def heading(words: str) -> str:
    """Return the title of a report."""
    return f"<h1>{escape(words)}</h1>"


def section(words: str) -> str:
    """Return the heading of a part of it."""
    return f"<h2>{escape(words)}</h2>"


def line(words: str) -> str:
    """Return a paragraph; what stands in square brackets as left to fill in is marked."""
    return f"<p>{_marked(words)}</p>"


def quiet(words: str) -> str:
    """Return a paragraph that stays back."""
    return f'<p style="{_QUIET}">{_marked(words)}</p>'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Return lines of a label and what it is."""
    told = "".join(
        f'<tr><td style="{_QUIET}">{escape(label)}</td><td>{_marked(words)}</td></tr>' for label, words in rows
    )
    return f'<table width="100%" cellspacing="0" style="margin-top: 8px;">{told}</table>'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table. Its headings stand again at the top of each page, and no row is broken."""
    head = "".join(f'<th style="{_QUIET}">{escape(words)}</th>' for words in headings)
    body = "".join("<tr>" + "".join(f"<td>{_marked(words)}</td>" for words in row) + "</tr>" for row in rows)
    return f'<table width="100%" cellspacing="0" style="margin-top: 6px;"><thead><tr>{head}</tr></thead>{body}</table>'


def picture(image: QImage, width: int) -> str:
    """Return a picture, so wide on the page (in 96ths of an inch), however fine it is."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"PNG").write(image)
    buffer.close()
    height = round(width * image.height() / max(1, image.width()))
    coded = base64.b64encode(bytes(data.data())).decode()
    return f'<p><img width="{width}" height="{height}" src="data:image/png;base64,{coded}"></p>'


def _marked(words: str) -> str:
    """Escape a text, keep its lines, and mark what is left to fill in."""
    told = escape(words).replace("\n", "<br>")
    return (
        told.replace("[", f'<span style="{_BLANK}">[').replace("]", "]</span>") if "[" in told and "]" in told else told
    )
