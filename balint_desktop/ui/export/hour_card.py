"""The session card on paper: phases with clock times, words, fixed marks."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QTextDocument

from balint_desktop.domain.session.formats import Phase, SessionFormat
from balint_desktop.i18n import tr
from balint_desktop.text import durations
from balint_desktop.text.spoken import spoken as spoken_line
from balint_desktop.ui.export import paper
from balint_desktop.ui.export.paper import MM_AN_INCH
from balint_desktop.ui.theme.colours import Paper
from balint_desktop.ui.widgets.dates import time_words

A4, A5 = QPageSize.PageSizeId.A4, QPageSize.PageSizeId.A5
# The card fits one page: the type size goes down from arm's-length reading to the smallest readable size.
_SIZES = (13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0)
_MARGIN_MM = 12.0
_QUIET = f"color: {Paper.QUIET};"


def hour_card(session_format: SessionFormat, group: str = "", support: str = "", start: str = "") -> str:
    """Return the card as HTML. `start` is the start time (HH:MM); with it each phase gets its clock time."""
    title = f"{group}: {session_format.name}" if group else session_format.name
    parts = [f"<h1>{escape(title)}</h1>"]
    if session_format.about:
        parts.append(f'<p style="{_QUIET}">{escape(session_format.about)}</p>')
    rows = [_row(session_format, index, support, start) for index in range(len(session_format.phases))]
    end = _times(session_format.length_s, session_format.length_s, start, is_mark=True)
    rows.append(_cells(end, f"<b>{escape(tr('The end'))}</b>{_quoted(session_format.end_words)}"))
    parts.append(f'<table width="100%" cellspacing="0" style="margin-top: 6px;">{"".join(rows)}</table>')
    parts.append(
        f'<p style="{_QUIET}">'
        + escape(
            tr("Times in bold are fixed, even if an earlier phase ran over. No names or notes on this page, please.")
        )
        + "</p>"
    )
    return "".join(parts)


def card_pdf(html: str, title: str, size: QPageSize.PageSizeId = A4) -> paper.PdfBytes:
    """Return the card as a one-page PDF."""
    made = paper.painted_pdf(title, size, lambda device: print_card(device, html))
    return paper.PdfBytes.of(made, html, escape(title))


def print_card(device: QPagedPaintDevice, html: str) -> None:
    """Print the card on one page of the printer's paper size."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    fitting(html, device.pageLayout().pageSize()).print_(device)


def fitting(html: str, page: QPageSize) -> QTextDocument:
    """Return the card in the largest type that fits one page of that size."""
    *larger, smallest = _SIZES
    for points in larger:
        made = _set_in(points, html, page)
        if made.pageCount() == 1:
            return made
    return _set_in(smallest, html, page)


def _set_in(points: float, html: str, page: QPageSize) -> QTextDocument:
    dots = QGuiApplication.primaryScreen().logicalDotsPerInch()
    inches = page.size(QPageSize.Unit.Millimeter) / MM_AN_INCH
    made = paper.document(html, points, f"h1 {{ font-size: {points * 1.4}pt; }} td {{ padding: 2px 8px 2px 0; }}")
    made.setDocumentMargin(_MARGIN_MM / MM_AN_INCH * dots)
    made.setPageSize(QSizeF(inches.width() * dots, inches.height() * dots))
    return made


def _row(session_format: SessionFormat, index: int, support: str, start: str) -> str:
    phase = session_format.phases[index]
    times = _times(phase.from_s, phase.until_s, start, is_mark=phase.fixed)
    name = f"<b>{escape(phase.title)}</b>"
    sentence = f'<br><span style="{_QUIET}">{escape(phase.sentence)}</span>'
    spoken = "".join(
        _quoted(_filled(words, session_format, phase, support, start)) for words in (phase.step_words, *phase.words)
    )
    return _cells(times, name + sentence + spoken)


def _cells(times: str, content: str) -> str:
    return f'<tr><td width="17%">{times}</td><td>{content}</td></tr>'


def _quoted(words: str) -> str:
    return f"<br>“{escape(words)}”" if words.strip() else ""


def _times(from_s: float, until_s: float, start: str, *, is_mark: bool) -> str:
    """Return minutes from the start, and the clock time if the start is known."""
    elapsed = durations.clock(from_s) if from_s == until_s else f"{durations.clock(from_s)}–{durations.clock(until_s)}"
    if not start:
        return f"<b>{elapsed}</b>" if is_mark else elapsed
    wall = _wall(start, from_s)
    return (f"<b>{wall}</b>" if is_mark else wall) + f'<br><span style="{_QUIET}">{elapsed}</span>'


def _filled(words: str, session_format: SessionFormat, phase: Phase, support: str, start: str) -> str:
    """Fill a line's placeholders: the support, and the time of the next mark, as it can be said aloud."""
    later = [other.from_s for other in session_format.phases if other.fixed and other.from_s > phase.from_s]
    mark_s = later[0] if later else session_format.length_s
    return spoken_line(words, support, _wall(start, mark_s) if start else "", away_s=mark_s - phase.from_s)


def _wall(start: str, at_s: float) -> str:
    """Return the clock time of a moment of a session that starts at `start` (HH:MM), as the locale writes it."""
    hours, minutes = (int(part) for part in start.split(":"))
    at = (hours * 60 + minutes + round(at_s / 60)) % (24 * 60)
    return time_words(f"{at // 60:02}:{at % 60:02}")
