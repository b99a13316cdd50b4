"""The page of coding files, over files in memory."""

from __future__ import annotations

from dataclasses import replace

from analysis_bench import ME, OTHER, ROUND, STUDY, WALL

from balint_desktop.domain.analysis.study import RoundClosing
from balint_desktop.reports.analysis.coder_export import CopyFor
from balint_desktop.vault.log.studies import ParcelDirection

OUT = ParcelDirection.OUT
CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0" * 64),))
FOR_OTHER = CopyFor(STUDY.id, 1, OTHER)


def cells(table):
    """Return the words of a table, by row."""
    model = table.model()
    return [[model.index(at, column).data() for column in range(model.columnCount())] for at in range(model.rowCount())]


def states(page):
    """Return how far each coder of the round is, by label."""
    return {line[0]: line[-1] for line in cells(page.coders)}
