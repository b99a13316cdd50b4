"""How bare scores leave the log for the study: a row a score, by code alone."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.evaluation.scores import BareScore
from balint_desktop.reports.tables import Column, ColumnKind, Table

_COLUMNS = (
    Column("group", "the group's name"),
    Column("code", "the participant's code"),
    Column("instrument", "the instrument's name as it was typed; none comes with the app"),
    Column("occasion", "before or after the group"),
    Column("score", "the bare score", ColumnKind.COUNT),
)


def scores_table(group: str, scores: Iterable[BareScore]) -> Table:
    """Return a row a score. Whose scores may be taken out is for the caller to say: those who agreed to analysis."""
    rows = [(group, score.code, score.instrument, score.occasion.value, score.score) for score in scores]
    return Table("scores", _COLUMNS, rows)
