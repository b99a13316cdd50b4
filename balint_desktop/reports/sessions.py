"""Export sessions: JSON in full; tables by session, phase and question."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from balint_desktop.domain.group.group import Group, Participant
from balint_desktop.domain.session.session_record import SessionRecord
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value, local_day, local_moment, minutes

_HEAD = (
    TableColumn("date", "the day it began where this computer is; empty where it never began", ColumnKind.DAY),
    TableColumn("group", "the group's name"),
    TableColumn("number", "the session's number in its group", ColumnKind.COUNT),
)
_SESSION_COLUMNS = (
    *_HEAD,
    TableColumn("began", "when it began, by the time of this computer", ColumnKind.MOMENT),
    TableColumn("kind", "case or evaluation; evaluation sessions are analysed apart"),
    TableColumn("format", "the session format it was led by"),
    TableColumn("planned_minutes", "how long the format is", ColumnKind.MINUTES),
    TableColumn("actual_minutes", "how long it was held; empty where it was not ended", ColumnKind.MINUTES),
    TableColumn(
        "cases", "how many cases were presented; one session may hold more than one, or none", ColumnKind.COUNT
    ),
    TableColumn("people", "how many participants were in the room at any time", ColumnKind.COUNT),
    TableColumn("prompts_shown", "how many prompts the screen showed; what was spoken is not kept", ColumnKind.COUNT),
    TableColumn("missing_minutes", "not recorded because of a fault, or the window not responding", ColumnKind.MINUTES),
    TableColumn("recorded", "whether there is or was a recording", ColumnKind.YES_NO),
    TableColumn("recorded_minutes", "from its first second to its last, silences included", ColumnKind.MINUTES),
    TableColumn("off_the_record_minutes", "how much of that was off the record, in all", ColumnKind.MINUTES),
    TableColumn("recording_destroyed", "the day the recording was destroyed; empty where it was not", ColumnKind.DAY),
    TableColumn("online", "whether it met online", ColumnKind.YES_NO),
    TableColumn("entered_afterwards", "the day it was entered; it ran without the laptop", ColumnKind.DAY),
    TableColumn("corrected", "whether it was corrected afterwards", ColumnKind.YES_NO),
    TableColumn("process", "the facilitator's two lines on process"),
    TableColumn("session", "the session's own id, the same in every table", printed=False),
    TableColumn("recording", "the recording's id", printed=False),
)
_PHASE_COLUMNS = (
    *_HEAD,
    TableColumn("phase", "the phase's name in the format"),
    TableColumn("planned_from", "minutes from the session's start, by the format", ColumnKind.MINUTES),
    TableColumn("planned_until", "minutes from the session's start, by the format", ColumnKind.MINUTES),
    TableColumn("actual_from", "minutes from the session's start; empty where it was not reached", ColumnKind.MINUTES),
    TableColumn("actual_until", "minutes from the session's start; empty where it was not reached", ColumnKind.MINUTES),
    TableColumn("session", "the session's own id, the same in every table", printed=False),
)
_QUESTION_COLUMNS = (
    *_HEAD,
    TableColumn("question", "the number of the core question in the format", ColumnKind.COUNT),
    TableColumn("from", "minutes from the session's start at which the talk turned to it", ColumnKind.MINUTES),
    TableColumn("until", "minutes from the session's start at which it turned elsewhere", ColumnKind.MINUTES),
    TableColumn("text", "the question"),
    TableColumn("session", "the session's own id, the same in every table", printed=False),
)
_ATTENDED = (
    TableColumn("attended", "whether the person was in the room at any time of the session", ColumnKind.YES_NO),
)
# Fields of earlier versions that said how somebody was: no export holds them, nor that they were corrected.
_WELLBEING = ("follow_up_needed", "support_offered", "follow-up", "support")


def to_json(records: Iterable[SessionRecord], labels: OutsideLabels) -> str:
    """Return all logged facts of these sessions, people by study number.

    Seconds count from a session's start, dates are UTC.
    """
    documents = [{"began": begin_text(record), **_document(record, labels)} for record in records]
    return json.dumps({"balint_desktop_sessions": 1, "sessions": documents}, ensure_ascii=False, indent=2) + "\n"


def sessions_table(records: Iterable[SessionRecord], labels: OutsideLabels) -> ExportTable:
    """Return one row per session: people and cases as counts; a note has study numbers for the codes typed in it."""
    return ExportTable("sessions", _SESSION_COLUMNS, [_session_row(record, labels) for record in records])


def phases_table(records: Iterable[SessionRecord]) -> ExportTable:
    """Return one row per phase, times in minutes from the session's start, as statistics programs expect."""
    return ExportTable("phases", _PHASE_COLUMNS, [row for record in records for row in _phase_rows(record)])


def questions_table(records: Iterable[SessionRecord]) -> ExportTable:
    """Return one row per stretch of an evaluation with a core question, for splitting its transcript."""
    rows = [
        (*_head(record), asked.number, minutes(asked.from_s), minutes(asked.until_s), asked.text, record.id)
        for record in records
        for asked in record.questions
    ]
    return ExportTable("questions", _QUESTION_COLUMNS, rows)


def attendance_table(
    records: Sequence[SessionRecord], labels: OutsideLabels, groups: Iterable[Group] = ()
) -> ExportTable:
    """Return one row per participant, by study number, and session: attendance only, never who presented.

    Rows cover everyone who belonged to the group on that day, and anyone else who attended.
    """
    members = {group.id: group.participants for group in groups}
    rows = [
        (*_head(record), label, code in record.present)
        for record in records
        for label, code in labels.ordered(
            record.setting.group, _expected(record, members.get(record.setting.group or GroupId(""), ()))
        )
    ]
    return ExportTable("attendance", (*_HEAD, labels.column, *_ATTENDED), rows)


def begin_text(record: SessionRecord) -> str:
    """Return a session's begin as 2026-03-04T05:06:07Z; empty where its clock never started."""
    if record.began_wall is None:
        return ""
    return datetime.fromtimestamp(record.began_wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _document(record: SessionRecord, labels: OutsideLabels) -> dict[str, object]:
    """Return a record without its format's text, under the keys that exports have always had."""
    values = asdict(record)
    group = record.setting.group
    values["present"] = [label for label, _code in labels.ordered(group, record.present)]
    values["presenters"] = [[case, labels.label(group, code)] for case, code in record.presenters]
    values["debrief"]["process_note"] = labels.in_text(group, record.debrief.process_note)
    del values["setting"]["format_text"]
    for name in _WELLBEING:
        values["debrief"].pop(name, None)
    values["corrected"] = [name for name in values["corrected"] if name not in _WELLBEING]
    if (recording := values["recording"]) is not None:
        recording["struck_s"] = recording.pop("redacted_s")
        if (destroyed := recording["destroyed"]) is not None:
            destroyed["done_wall"] = destroyed.pop("completed_wall")
            destroyed["reason"] = labels.in_text(group, destroyed["reason"])
    return values


def _expected(record: SessionRecord, members: Sequence[Participant]) -> set[ParticipantCode]:
    day = local_day(record.began_wall)
    return {member.code for member in members if day is not None and member.belongs_on(day)} | set(record.present)


def _head(record: SessionRecord) -> tuple[Value, ...]:
    return local_day(record.began_wall), record.group, record.setting.number


def _session_row(record: SessionRecord, labels: OutsideLabels) -> tuple[Value, ...]:
    recorded = record.recording
    return (
        *_head(record),
        local_moment(record.began_wall),
        record.setting.kind.value,
        record.format_name,
        minutes(record.planned_s),
        minutes(record.ended_s),
        record.cases,
        len(record.present),
        record.prompts_shown,
        minutes(sum(gap.until_s - gap.from_s for gap in record.gaps)),
        recorded is not None,
        minutes(recorded.seconds) if recorded else None,
        minutes(recorded.off_record_s) if recorded else None,
        local_day(recorded.destroyed.completed_wall) if recorded and recorded.destroyed else None,
        record.online,
        local_day(record.entered_wall),
        bool(record.corrected),
        labels.in_text(record.setting.group, record.debrief.process_note),
        record.id,
        recorded.id if recorded else None,
    )


def _phase_rows(record: SessionRecord) -> Iterable[tuple[Value, ...]]:
    head = _head(record)
    for phase in record.phases:
        times = (phase.planned_from_s, phase.planned_until_s, phase.from_s, phase.until_s)
        yield (*head, phase.label, *(minutes(seconds) for seconds in times), record.id)
