"""Rounds: opened for all who code, or discarded."""

from __future__ import annotations

from dataclasses import replace

from analysis_bench import (
    STUDY,
    FakeAnalysis,
    opened,
)

from balint_desktop.domain.analysis.study import (
    Approach,
    RoundKind,
)


def test_the_approach_decides_whether_there_are_rounds(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(replace(STUDY, approach=Approach.REFLEXIVE), rounds=()))

    assert place.study_page.round_button.isHidden()
    assert place.study_page.compare_button.isHidden()
    assert place.study_page.code_button.isEnabled()


def test_a_round_is_opened_for_all_who_code(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(rounds=()))
    assert not place.study_page.code_button.isEnabled()

    place.study_page.round_button.click()
    settle()
    place.round_form.open_button.click()
    settle()

    (made,) = place.service.rounds
    assert (made.number, made.kind, made.authors) == (1, RoundKind.OPEN, tuple(one.id for one in STUDY.authors))
    assert place.study_page.code_button.isEnabled()


def test_a_round_opened_by_mistake_is_discarded_once_that_is_confirmed(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.discard_button.click()
    before = len(place.service.rounds)
    place.study_page.confirm.do_button.click()
    settle()

    assert (before, place.service.rounds) == (1, ())
    assert place.study_page.discard_button.isHidden()
    assert messages.last.text == "Round 1 is discarded."
