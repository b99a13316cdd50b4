"""How requests for access to data leave the log: who asked for what, and what was answered."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.study.access import AccessRequest
from balint_desktop.reports.tables import Column, ColumnKind, Table

_COLUMNS = (
    Column("day", "the day of the request", ColumnKind.DAY),
    Column("who", "who asked, by the label that was entered"),
    Column("about", "what was asked for"),
    Column("answered", "the day of the answer; empty where there is none yet", ColumnKind.DAY),
    Column("answer", "what was answered"),
)


def access_table(requests: Iterable[AccessRequest]) -> Table:
    """Return a row a request, oldest first."""
    told = sorted(requests, key=lambda request: request.day)
    return Table("requests for access", _COLUMNS, [(r.day, r.who, r.about, r.answered, r.answer or None) for r in told])
