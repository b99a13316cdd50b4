"""Export bare scores for the study, a row per score, by study number."""

from __future__ import annotations

from collections.abc import Iterable

from balint_desktop.domain.evaluation.scores import BareScore
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.reports.outside_labels import OutsideLabels
from balint_desktop.reports.tables import ColumnKind, ExportTable, TableColumn

_COLUMNS = (
    TableColumn("instrument", "the questionnaire's name as it was typed; none comes with the app"),
    TableColumn("occasion", "before or after the group"),
    TableColumn("score", "the score alone", ColumnKind.COUNT),
)


def scores_table(group: Group, scores: Iterable[BareScore], labels: OutsideLabels) -> ExportTable:
    """Return one row per score. The caller selects whose scores may be exported: those who consented to analysis."""
    by_code: dict[ParticipantCode, list[BareScore]] = {}
    for score in scores:
        by_code.setdefault(score.code, []).append(score)
    rows = [
        (group.name, label, score.instrument, score.occasion.value, score.score)
        for label, code in labels.ordered(group.id, by_code)
        for score in by_code[code]
    ]
    return ExportTable("scores", (TableColumn("group", "the group's name"), labels.column, *_COLUMNS), rows)
