"""Export bare scores for the study, a row per score, by code."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.evaluation.scores import BareScore
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn

_COLUMNS = (
    TableColumn("group", "the group's name"),
    TableColumn("code", "the participant's code"),
    TableColumn("instrument", "the questionnaire's name as it was typed; none comes with the app"),
    TableColumn("occasion", "before or after the group"),
    TableColumn("score", "the score alone", ColumnKind.COUNT),
)


def scores_table(group: str, scores: Iterable[BareScore]) -> ExportTable:
    """Return one row per score. The caller selects whose scores may be exported: those who consented to analysis."""
    rows = [(group, score.code, score.instrument, score.occasion.value, score.score) for score in scores]
    return ExportTable("scores", _COLUMNS, rows)
