"""Consent counts by purpose and form for an ethics file; by study number only on request."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from balint_desktop.domain.study.consent import Answer, Consent, Purpose, count_answers, current_answers
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn, Value

_COUNTS = (
    TableColumn("purpose", "what was asked"),
    TableColumn("form", "the versions of the form; empty where none is recorded"),
    TableColumn("given", "how many agree", ColumnKind.COUNT),
    TableColumn("declined", "how many declined", ColumnKind.COUNT),
    TableColumn("withdrawn", "how many agreed and withdrew", ColumnKind.COUNT),
    TableColumn("not_asked", "how many were not asked, or whose answer is not entered", ColumnKind.COUNT),
)
_EACH = (
    TableColumn("purpose", "what was asked"),
    TableColumn("answer", "given, declined, withdrawn or not asked"),
    TableColumn("day", "the day of the answer; empty where it is not recorded", ColumnKind.DAY),
    TableColumn("form", "the version of the form; empty where none is recorded"),
    TableColumn("taken_by", "who took the answer"),
)


def counts_table(rows: Iterable[Consent], codes: Collection[ParticipantCode]) -> ExportTable:
    """Return the number of each answer, a row for each purpose. It holds no codes."""
    counted = count_answers(rows, codes)
    answers: tuple[Answer | None, ...] = (Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN, None)
    return ExportTable(
        "consents by count",
        _COUNTS,
        [(purpose.value, form, *(of.get(answer, 0) for answer in answers)) for (purpose, form), of in counted.items()],
    )


def each_person_table(
    rows: Iterable[Consent], group: GroupId, codes: Collection[ParticipantCode], labels: OutsideLabels
) -> ExportTable:
    """Return the current answer of each person, by study number, for each purpose."""
    known = current_answers(rows)
    lines: list[tuple[Value, ...]] = []
    for label, code in labels.ordered(group, codes):
        for purpose in Purpose:
            row = known.get((code, purpose))
            if row is None:
                lines.append((label, purpose.value, "not asked", None, "", ""))
            else:
                lines.append((label, purpose.value, row.answer.value, row.day, row.form, row.taken_by.value))
    return ExportTable(f"consents {labels.marked.replace('-', ' ')}", (labels.column, *_EACH), lines)


def file_name(marked: str) -> str:
    """Return the file's name, which states how people are called in it; `marked` is empty for counts alone."""
    return f"consents-{marked}.csv" if marked else "consents-counts.csv"
