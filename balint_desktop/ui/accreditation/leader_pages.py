"""The leader's record as printed pages and as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from balint_desktop.domain.accreditation.progress import is_sum
from balint_desktop.domain.accreditation.values import Meeting
from balint_desktop.i18n import tr
from balint_desktop.reports.accreditation import AimRow, LeaderRecord, co_leaders
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value
from balint_desktop.text import accreditation as wording
from balint_desktop.ui.group.reports import pages
from balint_desktop.ui.widgets.dates import day_words, short_day


def leader_pages(record: LeaderRecord, who: str, today: date) -> str:
    """Return the record as HTML for ui/paper: no participants, no notes, and cases only as a count."""
    cases = sum(one.cases for one in record.sessions)
    parts = [
        pages.heading(tr("Record of leading Balint groups")),
        pages.facts(
            (
                (tr("Facilitator"), who or "_" * 32),
                (tr("By"), day_words(today)),
                (tr("Sessions led or co-led with this laptop"), str(len(record.sessions))),
                (tr("Case discussions in these sessions"), str(cases)),
                (tr("Supervision sessions"), str(len(record.supervisions))),
            )
        ),
    ]
    if record.aims:
        parts.append(pages.section(record.pathway.name or tr("Aims")))
        rows = [(wording.measure(row.aim.measure), _wanted(row), *_counted(row)) for row in record.aims]
        parts.append(
            pages.table((tr("What counts"), tr("Aim"), tr("So far"), tr("With this laptop"), tr("Elsewhere")), rows)
        )
        source = ", ".join(filter(None, (record.pathway.source, record.pathway.dated)))
        if source:
            parts.append(pages.quiet(tr("Aims from: {source}").format(source=source)))
    for name, table in ((tr("Sessions"), _sessions(record)), (tr("Supervision"), _supervision(record))):
        if table.rows:
            parts.append(pages.section(name))
            parts.append(pages.table([_title(column.name) for column in table.columns], map(_words, table.rows)))
    if record.meetings:
        headings = (tr("Date"), tr("What"), tr("Minutes"), tr("Sessions"), tr("Cases"), tr("Role"))
        parts.append(pages.section(tr("Elsewhere")))
        parts.append(pages.table(headings, map(_meeting_words, record.meetings)))
    return "".join(parts)


def leader_tables(record: LeaderRecord) -> tuple[ExportTable, ...]:
    """Return the record as spreadsheet sheets: aims, sessions, supervision, other meetings."""
    return (_aims(record), _sessions(record), _supervision(record), _other_meetings(record))


def _aims(record: LeaderRecord) -> ExportTable:
    columns = (
        TableColumn("what counts", "what is counted"),
        TableColumn("aim", "the target", ColumnKind.COUNT),
        TableColumn("so far", "the total so far", ColumnKind.COUNT),
        TableColumn("required", "whether it is required or only recommended", ColumnKind.YES_NO),
    )
    rows = [
        (wording.measure(row.aim.measure), row.aim.target, row.counted.so_far, not row.aim.desirable)
        for row in record.aims
    ]
    return ExportTable("aims", columns, rows)


def _sessions(record: LeaderRecord) -> ExportTable:
    columns = (
        TableColumn("day", "the day of the session", ColumnKind.DAY),
        TableColumn("session", "group and number"),
        TableColumn("role", "your role; empty if not entered"),
        TableColumn("co-leaders", "who led with you, by label"),
        TableColumn("cases", "how many cases were presented", ColumnKind.COUNT),
        TableColumn("online", "whether it was held online", ColumnKind.YES_NO),
    )
    rows = [
        (
            one.day,
            one.title,
            wording.own_role(one.role),
            co_leaders(record.colleagues.get(one.id, ())),
            one.cases,
            one.online,
        )
        for one in record.sessions
    ]
    return ExportTable("sessions", columns, rows)


def _supervision(record: LeaderRecord) -> ExportTable:
    columns = (
        TableColumn("day", "the day it was held", ColumnKind.DAY),
        TableColumn("minutes", "its length in minutes", ColumnKind.COUNT),
        TableColumn("supervisor", "who supervised, by label"),
        TableColumn("form", "how it was held"),
        TableColumn("sessions", "how many of your sessions were discussed", ColumnKind.COUNT),
        TableColumn("recordings", "whether recordings were used", ColumnKind.YES_NO),
    )
    rows = [
        (one.day, one.minutes, one.supervisor, wording.form(one.form), len(one.sessions), one.recordings_used)
        for one in record.supervisions
    ]
    return ExportTable("supervision", columns, rows)


def _other_meetings(record: LeaderRecord) -> ExportTable:
    columns = (
        TableColumn("day", "its first day", ColumnKind.DAY),
        TableColumn("until", "its last day", ColumnKind.DAY),
        TableColumn("kind", "what it was"),
        TableColumn("label", "what it was called"),
        TableColumn("minutes", "its length in minutes", ColumnKind.COUNT),
        TableColumn("sessions", "how many group sessions it held", ColumnKind.COUNT),
        TableColumn("cases", "how many cases were discussed in them", ColumnKind.COUNT),
        TableColumn("role", "your role, if you led"),
        TableColumn("online", "whether it was held online", ColumnKind.YES_NO),
    )
    return ExportTable("elsewhere", columns, [_meeting(one) for one in record.meetings])


def _meeting(one: Meeting) -> tuple[str | int | bool | date, ...]:
    role = wording.own_role(one.role) if one.role is not None else ""
    numbers = (one.minutes, one.sessions, one.cases)
    return (one.day, one.until, wording.meeting_kind(one.kind), one.label, *numbers, role, one.online)


def _meeting_words(one: Meeting) -> list[str]:
    """Return the cells of another meeting for a printed page, which is narrower than a sheet."""
    days = short_day(one.day) if one.until == one.day else f"{short_day(one.day)} – {short_day(one.until)}"
    description = ", ".join(
        filter(None, (wording.meeting_kind(one.kind), one.label, tr("online") if one.online else ""))
    )
    role = wording.own_role(one.role) if one.role is not None else ""
    return [days, description, *(str(n) for n in (one.minutes, one.sessions, one.cases)), role]


def _wanted(row: AimRow) -> str:
    return tr("{n}, recommended").format(n=row.aim.target) if row.aim.desirable else str(row.aim.target)


def _counted(row: AimRow) -> tuple[str, str, str]:
    here, elsewhere = (row.counted.here, row.counted.elsewhere) if is_sum(row.aim.measure) else (None, None)
    return (str(row.counted.so_far), _number(here), _number(elsewhere))


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _title(name: str) -> str:
    """Return a column's heading on the page; the sheets keep their names, which programs read."""
    return {
        "day": tr("Date"),
        "session": tr("Session"),
        "role": tr("Role"),
        "co-leaders": tr("Co-leaders"),
        "cases": tr("Cases"),
        "online": tr("Online"),
        "minutes": tr("Minutes"),
        "supervisor": tr("Supervisor"),
        "form": tr("How"),
        "sessions": tr("Sessions"),
        "recordings": tr("Recordings"),
    }[name]


def _words(row: Sequence[Value]) -> list[str]:
    parts = []
    for value in row:
        if isinstance(value, bool):
            parts.append(tr("yes") if value else tr("no"))
        elif isinstance(value, date):
            parts.append(short_day(value))
        else:
            parts.append("" if value is None else str(value))
    return parts
