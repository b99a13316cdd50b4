"""Certificates of attendance: a page each, with the institution and room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPagedPaintDevice, QPageSize, QPainter, QPen

from balint_desktop.domain.hidden_signs import escape_hidden
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.i18n import tr, tr_n
from balint_desktop.reports.group_account import GroupAccount
from balint_desktop.reports.tables import local_day
from balint_desktop.text import durations
from balint_desktop.ui.export.paper import MM_AN_INCH, painted_pdf, painting, paper_font
from balint_desktop.ui.theme.colours import Paper
from balint_desktop.ui.widgets.dates import day_words, short_day

# Measures of an A4 page, in millimetres; `y` counts from its top.
_WIDTH, _HEIGHT = 210.0, 297.0
_FRAME, _FRAME_WITHIN, _MARGIN = 11.0, 13.0, 30.0
_INSTITUTION_Y, _TITLE_Y, _RULE_Y, _CERTIFY_Y, _NAME_Y, _STATEMENT_Y = 30.0, 52.0, 72.0, 80.0, 92.0, 112.0
_LIST_Y, _LIST_UNTIL = 146.0, 214.0
# Above it a hand has two centimetres and a half to sign in.
_SIGNATURE_Y, _SIGNATURE_WIDTH = 248.0, 66.0
_NOTE_Y = 268.0
# Type sizes in points.
_TITLE, _NAME, _INSTITUTION, _BODY, _SMALL = 27.0, 22.0, 15.0, 12.0, 9.0
_SMALLEST = 7.0
# A column of sessions, and the place and width of its cells.
_COLUMN_MM = 58.0
_CELLS_MM = ((0.0, 13.0), (14.0, 25.0), (40.0, 18.0))
_LINE_SPACING = 1.55


@dataclass(frozen=True, slots=True)
class Certified:
    """Subject of a certificate. `name` is empty where only the code is shown.

    `presented` is set only at that person's request: psychiatry trainees who presented file it with their
    assessments (practice, section 4). It appears in no other report.
    """

    code: ParticipantCode
    name: str = ""
    presented: bool = False


def certificates(account: GroupAccount, people: Sequence[Certified], institution: str) -> bytes:
    """Return one PDF with a page for each person."""

    def paint(device: QPagedPaintDevice) -> None:
        with painting(device) as painter:
            for number, who in enumerate(people):
                if number:
                    device.newPage()
                _Page(painter, device).paint(account, who, institution)

    return painted_pdf(title(), QPageSize.PageSizeId.A4, paint)


def title() -> str:
    """Return what the page is headed."""
    return tr("Certificate of attendance")


def attended_words(account: GroupAccount, who: Certified) -> str:
    """Return the certificate's statement, to follow the name."""
    attended = account.attended(who.code)
    days = [day for record in attended if (day := local_day(record.began_wall)) is not None]
    counted = {
        "n": len(attended),
        "count": len(account.could_attend(who.code)),
        "group": account.group.name,
        "long": durations.hours(round(sum(record.ended_s or 0.0 for record in attended) / 60)),
    }
    if len(days) < 2:
        words = tr("attended {n} of {count} sessions of the Balint group “{group}”, {long} in all.")
        return words.format(**counted)
    words = tr("attended {n} of {count} sessions of the Balint group “{group}” from {first} to {last}, {long} in all.")
    return words.format(first=day_words(min(days)), last=day_words(max(days)), **counted)


def presented_words(count: int) -> str:
    """Return how many cases the person presented, as a sentence of the certificate."""
    return tr_n("They presented {n} case.", "They presented {n} cases.", count).format(n=count)


def session_lines(account: GroupAccount, who: Certified) -> list[tuple[str, str, str]]:
    """Return number, day and length of each session attended."""
    return [
        (
            str(record.setting.number),
            short_day(local_day(record.began_wall)),
            durations.hours(round(record.ended_s / 60)) if record.ended_s is not None else tr("not noted"),
        )
        for record in account.attended(who.code)
    ]


class _Page:
    """One certificate on a page, in millimetres."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice) -> None:
        self._painter = painter
        self._device = device
        self._dots = device.logicalDpiX() / MM_AN_INCH

    def paint(self, account: GroupAccount, who: Certified, institution: str) -> None:
        """Paint it from top to bottom."""
        self._frame()
        if institution:
            self._write(institution, _INSTITUTION_Y, 16, _INSTITUTION)
        self._write(title(), _TITLE_Y, 18, _TITLE)
        self._rule(_RULE_Y, 40)
        self._write(tr("This is to certify that"), _CERTIFY_Y, 10, _BODY, quiet=True)
        name = who.name or tr("participant {code}").format(code=who.code)
        self._write(name, _NAME_Y, 14, _NAME, bold=True)
        statement = [attended_words(account, who)]
        if who.presented:
            statement.append(presented_words(account.presented(who.code)))
        self._write("\n".join(statement), _STATEMENT_Y, _LIST_Y - _STATEMENT_Y - 4, _BODY)
        self._list(session_lines(account, who))
        signatures = [tr("Facilitator"), tr("For the institution")] if institution else [tr("Facilitator")]
        self._signatures([*signatures, tr("Date")])
        note = tr("Issued on {day}, from the group’s attendance. What is said in the sessions stays there.")
        self._write(note.format(day=day_words(account.today)), _NOTE_Y, 10, _SMALL, quiet=True)

    def _frame(self) -> None:
        for inset, wide in ((_FRAME, 0.7), (_FRAME_WITHIN, 0.2)):
            self._painter.setPen(QPen(QColor(Paper.QUIET), wide * self._dots))
            self._painter.drawRect(self._box(inset, inset, _WIDTH - 2 * inset, _HEIGHT - 2 * inset))

    def _rule(self, y: float, width: float) -> None:
        self._painter.setPen(QPen(QColor(Paper.QUIET), 0.3 * self._dots))
        self._line(_WIDTH / 2 - width / 2, _WIDTH / 2 + width / 2, y)

    def _write(
        self, words: str, y: float, height: float, points: float, *, quiet: bool = False, bold: bool = False
    ) -> None:
        """Write centred words, smaller where they would not fit."""
        words = escape_hidden(words)
        box = self._box(_MARGIN, y, _WIDTH - 2 * _MARGIN, height)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        font = self._font(points, bold=bold)
        while points > _SMALLEST:
            taken = QFontMetricsF(font, self._device).boundingRect(box, flags.value, words)
            if taken.height() <= box.height() and taken.width() <= box.width():
                break
            points -= 0.5
            font = self._font(points, bold=bold)
        self._painter.setFont(font)
        self._painter.setPen(Paper.QUIET if quiet else Paper.BLACK)
        self._painter.drawText(box, flags.value, words)

    def _list(self, lines: Sequence[tuple[str, str, str]]) -> None:
        """Write the sessions attended below each other, in as many columns as they need."""
        if not lines:
            return
        points = _BODY - 2
        line_mm = points / 72 * MM_AN_INCH * _LINE_SPACING
        rows = max(1, int((_LIST_UNTIL - _LIST_Y) / line_mm) - 1)
        columns = -(-len(lines) // rows)
        if columns > 3:
            rows = -(-len(lines) // 3)
            columns = 3
            line_mm = (_LIST_UNTIL - _LIST_Y) / (rows + 1)
            points = max(_SMALLEST, line_mm / _LINE_SPACING / MM_AN_INCH * 72)
        left = _WIDTH / 2 - columns * _COLUMN_MM / 2
        for column in range(columns):
            part = lines[column * rows : (column + 1) * rows]
            x = left + column * _COLUMN_MM
            self._row((tr("Session"), tr("Date"), tr("Length")), x, _LIST_Y, line_mm, points, quiet=True)
            for number, line in enumerate(part, start=1):
                self._row(line, x, _LIST_Y + number * line_mm, line_mm, points)

    def _row(
        self, cells: tuple[str, str, str], x: float, y: float, height: float, points: float, *, quiet: bool = False
    ) -> None:
        self._painter.setFont(self._font(points))
        self._painter.setPen(Paper.QUIET if quiet else Paper.BLACK)
        for cell, (from_mm, width) in zip(cells, _CELLS_MM, strict=True):
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
            self._painter.drawText(self._box(x + from_mm, y, width, height), middle, cell)

    def _signatures(self, labels: Sequence[str]) -> None:
        """Draw a line to sign on for each, with its label below."""
        room = _WIDTH - 2 * _FRAME_WITHIN - 12
        width = min(_SIGNATURE_WIDTH, room / len(labels) - 8)
        gap = (room - width * len(labels)) / len(labels)
        for number, label in enumerate(labels):
            x = _FRAME_WITHIN + 6 + gap / 2 + number * (width + gap)
            self._painter.setPen(QPen(QColor(Paper.BLACK), 0.25 * self._dots))
            self._line(x, x + width, _SIGNATURE_Y)
            self._painter.setFont(self._font(_SMALL))
            self._painter.setPen(Paper.QUIET)
            self._painter.drawText(
                self._box(x, _SIGNATURE_Y + 1, width, 6),
                Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
                label,
            )

    def _line(self, from_mm: float, until_mm: float, y: float) -> None:
        self._painter.drawLine(QPointF(from_mm, y) * self._dots, QPointF(until_mm, y) * self._dots)

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(x * self._dots, y * self._dots, width * self._dots, height * self._dots)

    def _font(self, points: float, *, bold: bool = False) -> QFont:
        font = paper_font(points)
        font.setBold(bold)
        return font
