"""What of the consents leaves for an ethics file: counts by purpose and form; by code only when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from balint_desktop.domain.study.consent import Answer, Consent, Purpose, counts, standing
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.reports.tables import Column, ColumnKind, Table, Value

_COUNTS = (
    Column("purpose", "what was asked"),
    Column("form", "the version of the form; empty where none was kept"),
    Column("given", "how many agree", ColumnKind.COUNT),
    Column("declined", "how many declined", ColumnKind.COUNT),
    Column("withdrawn", "how many agreed and withdrew", ColumnKind.COUNT),
    Column("not_asked", "how many were not asked, or whose answer is not entered", ColumnKind.COUNT),
)
_BY_CODE = (
    Column("code", "the participant's code"),
    Column("purpose", "what was asked"),
    Column("answer", "given, declined, withdrawn or not asked"),
    Column("day", "the day of the answer; empty where it was not kept", ColumnKind.DAY),
    Column("form", "the version of the form; empty where none was kept"),
    Column("taken_by", "who took the answer"),
)


def counts_table(rows: Iterable[Consent], codes: Collection[ParticipantCode]) -> Table:
    """Return how many answered what. Nobody's code is in it."""
    told = counts(rows, codes)
    answers: tuple[Answer | None, ...] = (Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN, None)
    return Table(
        "consents by count",
        _COUNTS,
        [(purpose.value, form, *(of.get(answer, 0) for answer in answers)) for (purpose, form), of in told.items()],
    )


def by_code_table(rows: Iterable[Consent], codes: Collection[ParticipantCode]) -> Table:
    """Return the answer that counts for each code and purpose."""
    known = standing(rows)
    lines: list[tuple[Value, ...]] = []
    for code in codes:
        for purpose in Purpose:
            row = known.get((code, purpose))
            if row is None:
                lines.append((code, purpose.value, "not asked", None, "", ""))
            else:
                lines.append((code, purpose.value, row.answer.value, row.day, row.form, row.taken_by.value))
    return Table("consents by code", _BY_CODE, lines)


def file_name(*, by_code: bool) -> str:
    """Return what the file is called: one that holds codes says so."""
    return "consents-by-code.csv" if by_code else "consents-counts.csv"
