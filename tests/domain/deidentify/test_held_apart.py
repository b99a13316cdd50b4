"""Texts written by others, who had seen neither the rules nor the lists: nine in ten items are found, little else."""

from __future__ import annotations

import deidentify_figures
import pytest

from balint_desktop.library.word_lists import read_word_lists


@pytest.fixture(scope="module")
def lists():
    return read_word_lists()


@pytest.mark.parametrize("name", deidentify_figures.TEXTS)
def test_nine_in_ten_items_are_marked_or_suggested_and_talk_of_nothing_is_hardly_interrupted(name, lists):
    seen = deidentify_figures.look_at(name, lists)

    assert seen.items.total() > 75
    assert seen.recall >= 0.9
    assert seen.per_thousand <= 15
