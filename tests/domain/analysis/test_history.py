"""Undo and redo: one stack over codes and codings."""

from __future__ import annotations

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.history import CoderWork, WorkHistory

BOOK = Codebook().with_code("1", "Anger")
CODED = CoderWork(BOOK, Codings().given(Coding("2", "text", 0, 5, "1", 0.0)))


def test_each_step_is_undone_and_redone_in_turn():
    history = WorkHistory().then(CoderWork(BOOK)).then(CODED)

    assert CoderWork(BOOK) == history.undone().now
    assert CoderWork() == history.undone().undone().undone().now
    assert history.undone().undone().redone().redone().redone().now == CODED


def test_another_step_ends_what_could_be_redone():
    history = WorkHistory().then(CoderWork(BOOK)).undone().then(CODED)

    assert history == history.redone()


def test_a_step_that_changes_nothing_is_none():
    history = WorkHistory().then(CODED)

    assert history == history.then(CODED)
