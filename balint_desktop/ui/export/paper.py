"""Render simple HTML to paper or PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from balint_desktop.sealed.new_file import write_new

_STYLE = "h1 { font-size: 18pt; } h2 { font-size: 13pt; } td, th { padding: 3px 10px 3px 0; text-align: left; }"
_POINTS = 10.5


def document(html: str, points: float = _POINTS, style: str = "") -> QTextDocument:
    """Return a text set in plain black type, ready to be printed. Escape what was typed with `html.escape`."""
    made = QTextDocument()
    font = QFont("Noto Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    made.setDefaultFont(font)
    made.setDefaultStyleSheet(_STYLE + style)
    made.setHtml(html)
    return made


def pdf(html: str, title: str) -> bytes:
    """Return a text as a PDF on A4, in memory: nothing in clear reaches the disk but the file that is asked for."""
    return painted_pdf(title, QPageSize.PageSizeId.A4, lambda writer: document(html).print_(writer))


def painted_pdf(title: str, size: QPageSize.PageSizeId, paint: Callable[[QPdfWriter], None]) -> bytes:
    """Return what is painted as a PDF on paper of that size, in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Balint Desktop")
    writer.setPageSize(QPageSize(size))
    # A text brings margins of two centimetres along, and its page numbers stand in them.
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    paint(writer)
    # The writer ends its file when it goes.
    del writer
    buffer.close()
    return bytes(data.data())


def save_pdf(path: Path, html: str, title: str) -> None:
    """Write a text as a new PDF. Raise Trouble, EXPORT_EXISTS where there is a file of that name."""
    write_new(path, (pdf(html, title),))
