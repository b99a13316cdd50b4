"""The card for the floor: shows the group whether the room is being recorded."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter, QPen

from balint_desktop.i18n import tr
from balint_desktop.ui.export.paper import painting, paper_font

# Shares of the page's height: a word readable from across the circle, and a line for those nearby.
_WORD = 0.17
_LINE = 0.038
_FRAME = 0.006
# Set in pixels of the page right after.
_POINTS = 12.0


def sides() -> tuple[tuple[str, str], tuple[str, str]]:
    """Return the card's two sides, each a word and a line: recording, then not recording."""
    return (
        (tr("Recording"), tr("This is being recorded and encrypted. Anyone may ask for a pause.")),
        (tr("Off the record"), tr("This is not being recorded.")),
    )


def paint(device: QPagedPaintDevice) -> None:
    """Paint both sides, one landscape page each. A frame distinguishes them from afar, on any printer."""
    device.setPageOrientation(QPageLayout.Orientation.Landscape)
    with painting(device) as painter:
        for number, (word, line) in enumerate(sides()):
            if number:
                device.newPage()
            _side(painter, QRectF(painter.viewport()), word, line, framed=number == 0)


def _side(painter: QPainter, page: QRectF, word: str, line: str, *, framed: bool) -> None:
    height = page.height()
    if framed:
        inset = height * 0.03
        painter.setPen(QPen(Qt.GlobalColor.black, height * _FRAME))
        painter.drawRect(page.adjusted(inset, inset, -inset, -inset))
    painter.setPen(Qt.GlobalColor.black)
    _write(painter, page.adjusted(0, 0, 0, -height * 0.2), word, height * _WORD)
    _write(painter, page.adjusted(0, height * 0.55, 0, 0), line, height * _LINE)


def _write(painter: QPainter, where: QRectF, words: str, height: float) -> None:
    """Write one centred line, shrunk to fit: a translation may be longer."""
    font = paper_font(_POINTS)
    font.setPixelSize(round(height))
    painter.setFont(font)
    wide = painter.fontMetrics().horizontalAdvance(words)
    if wide > where.width() * 0.9:
        font.setPixelSize(max(1, round(height * where.width() * 0.9 / wide)))
        painter.setFont(font)
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, words)
