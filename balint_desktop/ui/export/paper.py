"""Render simple HTML to paper or PDF, with the title and page n of m at the foot of every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from balint_desktop.domain.hidden_signs import escape_hidden
from balint_desktop.i18n import tr
from balint_desktop.ui.theme.colours import Paper
from balint_desktop.ui.theme.type_sizes import FAMILIES

_STYLE = "h1 { font-size: 18pt; } h2 { font-size: 13pt; } td, th { padding: 3px 10px 3px 0; text-align: left; }"
_POINTS = 10.5
_FOOT_POINTS = 8.5
MM_AN_INCH = 25.4
# What Qt's layout of a document counts lengths in, whatever it is printed on.
DOTS_AN_INCH = 96
_MARGIN_MM = 20.0
# OpenType's tags for what joins letters.
_LIGATURES = ("liga", "dlig", "clig")


def paper_font(points: float) -> QFont:
    """Return the window's own font for paper.

    Without ligatures: a PDF says of Lato's “ti” that it is no letter, so a reader aloud and a search would miss it.
    """
    font = QFont(list(FAMILIES))
    font.setStyleHint(QFont.StyleHint.SansSerif)
    for feature in _LIGATURES:
        font.setFeature(QFont.Tag(feature), 0)
    font.setPointSizeF(points)
    return font


def document(html: str, points: float = _POINTS, style: str = "") -> QTextDocument:
    """Return a print document in plain black type. Escape user input with `html.escape` first."""
    made = QTextDocument()
    made.setDefaultFont(paper_font(points))
    made.setDefaultStyleSheet(_STYLE + style)
    made.setHtml(escape_hidden(html))
    return made


class PdfBytes(bytes):
    """A finished PDF, and the HTML and the title that it was made of, in which names are looked for.

    Its own letters are numbers of its fonts, and some fonts are drawn as shapes.
    """

    made_of: tuple[str, ...]

    @classmethod
    def of(cls, data: bytes, *made_of: str) -> PdfBytes:
        """Return a PDF with what it was made of."""
        made = cls(data)
        made.made_of = made_of
        return made


def pdf(html: str, title: str, *, landscape: bool = False) -> PdfBytes:
    """Return the text as an A4 PDF in memory: no unencrypted temporary file is written."""
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize.PageSizeId.A4
    made = painted_pdf(title, size, lambda writer: print_pages(writer, document(html), title), orientation)
    return PdfBytes.of(made, html, escape(title))


def print_pages(device: QPagedPaintDevice, text: QTextDocument, title: str) -> None:
    """Print a document in full, with the title and page n of m below the text of every page."""
    margin = _MARGIN_MM / MM_AN_INCH * DOTS_AN_INCH
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    layout = text.documentLayout()
    layout.setPaintDevice(device)
    frame = text.rootFrame().frameFormat()
    frame.setMargin(margin)
    text.rootFrame().setFrameFormat(frame)
    page = QSizeF(device.width(), device.height())
    text.setPageSize(page)
    _keep_headings_with_their_text(text)
    count = text.pageCount()
    with painting(device) as painter:
        for number in range(count):
            if number:
                device.newPage()
            _print_page(painter, layout, QRectF(0, number * page.height(), page.width(), page.height()))
            _print_foot(painter, page, title, tr("Page {n} of {count}").format(n=number + 1, count=count))


def _keep_headings_with_their_text(text: QTextDocument) -> None:
    """Begin a new page before a heading that would be the last on its page; Qt knows no such rule."""
    layout, height = text.documentLayout(), text.pageSize().height()

    def page_of(block: QTextBlock) -> int:
        return int(layout.blockBoundingRect(block).top() // height)

    block = text.begin()
    while block.next().isValid():
        if block.blockFormat().headingLevel() and page_of(block.next()) > page_of(block):
            broken = block.blockFormat()
            broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(block).setBlockFormat(broken)
        block = block.next()


@contextmanager
def painting(device: QPagedPaintDevice) -> Iterator[QPainter]:
    """Paint on a device. The painter ends with the block in any case: a device deleted before it would crash."""
    painter = QPainter(device)
    try:
        yield painter
    finally:
        painter.end()


def _print_page(painter: QPainter, layout: QAbstractTextDocumentLayout, page: QRectF) -> None:
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = page
    # The window may be dark; paper is not.
    context.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)
    painter.save()
    painter.translate(0, -page.top())
    painter.setClipRect(page)
    layout.draw(painter, context)
    painter.restore()


def _print_foot(painter: QPainter, page: QSizeF, title: str, number: str) -> None:
    device = painter.device()
    margin = _MARGIN_MM / MM_AN_INCH * device.logicalDpiY()
    foot = QRectF(margin, page.height() - margin * 0.8, page.width() - 2 * margin, margin * 0.4)
    font = paper_font(_FOOT_POINTS)
    painter.setFont(font)
    painter.setPen(Paper.QUIET)
    metrics = QFontMetricsF(font, device)
    room = foot.width() - metrics.horizontalAdvance(number) - metrics.height()
    shown = metrics.elidedText(escape_hidden(title), Qt.TextElideMode.ElideRight, room)
    painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)


def painted_pdf(
    title: str,
    size: QPageSize.PageSizeId,
    paint: Callable[[QPdfWriter], None],
    orientation: QPageLayout.Orientation = QPageLayout.Orientation.Portrait,
) -> bytes:
    """Return painted pages of the given size as a PDF in memory."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("Balint Desktop")
    writer.setPageSize(QPageSize(size))
    writer.setPageOrientation(orientation)
    # The margins are the document's own.
    writer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    paint(writer)
    # QPdfWriter finishes the file when it is deleted.
    del writer
    buffer.close()
    return bytes(data.data())
