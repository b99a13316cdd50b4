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
    """Return a print document in plain black type. Escape user input with `html.escape` first."""
    made = QTextDocument()
    font = QFont("Noto Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(points)
    made.setDefaultFont(font)
    made.setDefaultStyleSheet(_STYLE + style)
    made.setHtml(html)
    return made


def pdf(html: str, title: str) -> bytes:
    """Return the text as an A4 PDF in memory: no unencrypted temporary file is written."""
    return painted_pdf(title, QPageSize.PageSizeId.A4, lambda writer: document(html).print_(writer))


def painted_pdf(title: str, size: QPageSize.PageSizeId, paint: Callable[[QPdfWriter], None]) -> bytes:
    """Return a painted page of the given size as a PDF in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Balint Desktop")
    writer.setPageSize(QPageSize(size))
    # QTextDocument adds margins of two centimetres and prints page numbers in them.
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    paint(writer)
    # QPdfWriter finishes the file when it is deleted.
    del writer
    buffer.close()
    return bytes(data.data())


def save_pdf(path: Path, html: str, title: str) -> None:
    """Write the text as a new PDF. Raise Trouble, EXPORT_EXISTS if the file exists."""
    write_new(path, (pdf(html, title),))
