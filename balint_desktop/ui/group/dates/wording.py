"""Wording of a calendar: rows, and groups that meet at the same time."""

from __future__ import annotations

from balint_desktop.domain.group.dates import Instead, PlannedSession
from balint_desktop.domain.values import SessionKind
from balint_desktop.i18n import tr
from balint_desktop.ui.group.dates.service import Calendar
from balint_desktop.ui.today.cards import relative_day
from balint_desktop.ui.widgets.dates import day_words, time_words
from balint_desktop.ui.widgets.table_rows import Cell, TableRow, row


def rows(calendar: Calendar) -> list[TableRow]:
    """Return the table rows; a row's key is the session number, or the day if cancelled."""
    return [
        row(
            row_key(line),
            (
                Cell(str(line.number) if line.number is not None else "", line.number),
                Cell(day_words(calendar.day_of(line)), calendar.day_of(line).isoformat()),
                Cell(time_words(line.time), line.time or None),
                status_of(line, calendar),
            ),
        )
        for line in calendar.plan
    ]


def row_key(line: PlannedSession) -> str:
    """Return the key of a row."""
    return str(line.number) if line.number is not None else line.day.isoformat()


def status_of(line: PlannedSession, calendar: Calendar) -> str:
    """Return a session's status."""
    if line.cancelled is Instead.LATER:
        return tr("cancelled, held later")
    if line.cancelled is not None:
        return tr("cancelled")
    parts = [tr("evaluation")] if line.kind is SessionKind.EVALUATION else []
    if line.number in calendar.held:
        parts.append(tr("held"))
    elif line.day < calendar.today:
        parts.append(tr("no record"))
    elif line.day == calendar.today:
        parts.append(tr("today"))
    return ", ".join(parts)


def clash_words(calendar: Calendar) -> str:
    """Return the sessions that clash with another group's, one per line; empty if none."""
    return "\n".join(
        tr("Session {n}, {day}: {group} meets at the same time.").format(
            n=line.number, day=relative_day(line.day, calendar.today), group=name
        )
        for line, name in calendar.clashes
    )
