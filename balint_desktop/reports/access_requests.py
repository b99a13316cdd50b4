"""Export access requests and their answers."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.study.access import AccessRequest
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn

_COLUMNS = (
    TableColumn("day", "the day of the request", ColumnKind.DAY),
    TableColumn("who", "who asked, by the label that was entered"),
    TableColumn("about", "what was asked for"),
    TableColumn("answered", "the day of the answer; empty where there is none yet", ColumnKind.DAY),
    TableColumn("answer", "what was answered"),
)


def access_table(requests: Iterable[AccessRequest], labels: OutsideLabels) -> ExportTable:
    """Return one row per request, oldest first, with study numbers for the codes typed in it."""
    by_day = sorted(requests, key=lambda request: request.day)
    rows = [
        (
            *(r.day, labels.in_text(r.group, r.who), labels.in_text(r.group, r.about)),
            *(r.answered, labels.in_text(r.group, r.answer) or None),
        )
        for r in by_day
    ]
    return ExportTable("requests for access", _COLUMNS, rows)
