"""How sessions leave the log in formats that others read: JSON in full, CSV a row a session or a row a phase."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from balint_desktop.exchange.cells import safe_cell
from balint_desktop.exchange.session_record import SessionRecord

_SESSION_COLUMNS = (
    "date",
    "group",
    "number",
    "kind",
    "format",
    "planned_minutes",
    "actual_minutes",
    "cases",
    "present",
    "presenters",
    "prompts_shown",
    "missing_minutes",
    "recorded_minutes",
    "off_the_record_minutes",
    "process",
    "follow_up_needed",
    "support_offered",
    "session",
    "recording",
)
_PHASE_COLUMNS = (
    "session",
    "date",
    "group",
    "number",
    "phase",
    "planned_from",
    "planned_until",
    "actual_from",
    "actual_until",
)


def to_json(records: Iterable[SessionRecord]) -> str:
    """Return everything the log shows of these sessions. Seconds count from a session's start, dates are UTC."""
    told = [{"began": date_of(record), **_without_format_text(record)} for record in records]
    return json.dumps({"balint_desktop_sessions": 1, "sessions": told}, ensure_ascii=False, indent=2) + "\n"


def sessions_csv(records: Iterable[SessionRecord]) -> str:
    """Return a row a session."""
    return _csv(_SESSION_COLUMNS, (_session_row(record) for record in records))


def phases_csv(records: Iterable[SessionRecord]) -> str:
    """Return a row a phase, times in minutes from the session's start: what statistics programs like."""
    return _csv(_PHASE_COLUMNS, (row for record in records for row in _phase_rows(record)))


def date_of(record: SessionRecord) -> str:
    """Return when a session began, as 2026-03-04T05:06:07Z; empty where its clock never started."""
    if record.began_wall is None:
        return ""
    return datetime.fromtimestamp(record.began_wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _without_format_text(record: SessionRecord) -> dict[str, object]:
    told = asdict(record)
    setting = told["setting"]
    del setting["format_text"]
    return told


def _session_row(record: SessionRecord) -> tuple[object, ...]:
    recorded = record.recording
    return (
        date_of(record),
        record.group,
        record.setting.number,
        record.setting.kind.value,
        record.format_name,
        _minutes(record.planned_s),
        _minutes(record.ended_s),
        record.cases,
        " ".join(record.present),
        " ".join(code for _case, code in record.presenters),
        record.prompts_shown,
        _minutes(sum(gap.until_s - gap.from_s for gap in record.gaps)),
        _minutes(recorded.seconds) if recorded else "",
        _minutes(recorded.off_record_s) if recorded else "",
        record.debrief.process_note,
        _answer(told=record.debrief.follow_up_needed),
        _answer(told=record.debrief.support_offered),
        record.id,
        recorded.id if recorded else "",
    )


def _phase_rows(record: SessionRecord) -> Iterable[tuple[object, ...]]:
    head = (record.id, date_of(record), record.group, record.setting.number)
    for phase in record.phases:
        times = (phase.planned_from_s, phase.planned_until_s, phase.from_s, phase.until_s)
        yield (*head, phase.label, *(_minutes(seconds) for seconds in times))


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:.2f}"


def _answer(*, told: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[told]


def _csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()
