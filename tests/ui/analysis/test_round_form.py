"""Opening a round: who codes, with which framework, what the independent coder gets, and by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from analysis_bench import ME, OTHER, OUTSIDE, ROUND, STUDY, WALL, FakeAnalysis

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import FixedFramework, Framework
from balint_desktop.domain.analysis.study import CodingRound, RoundClosing, RoundKind
from balint_desktop.domain.group.dates import day_of
from balint_desktop.ui.analysis.round_form import RoundForm
from balint_desktop.ui.analysis.study_page import round_line
from balint_desktop.ui.widgets.dates import short_day

FIRST = Codebook().with_code("f1", "Anger")
SECOND = FIRST.with_code("f2", "Shame")
FIXED = Framework(SECOND, versions=(FixedFramework(1, WALL, FIRST), FixedFramework(2, WALL, SECOND)))


@pytest.fixture
def asking(qtbot, theme, look_at):
    """Return a function that asks for a round, and what was asked for."""

    def shown(framework=FIXED, study=STUDY, rounds=(ROUND,)):
        form = look_at(RoundForm(lambda: WALL, None))
        form.heard = []
        form.asked.connect(form.heard.append)
        form.show_round(FakeAnalysis(study, rounds=rounds).open("study-1"), framework)
        return form

    return shown


def test_the_last_version_is_offered_with_what_changed_in_it(asking):
    form = asking()

    assert form.codes.currentText() == "Version 2 of the framework: 2 codes"
    assert form.changes.text() == "Since version 1: 1 added (Shame)"
    form.codes.choose(1)
    assert form.changes.text() == ""


def test_a_framework_that_goes_on_is_said_to_have_changed_since(asking):
    form = asking(replace(FIXED, book=SECOND.with_code("f3", "Loss")))

    assert form.changes.text().endswith("Fix the next version under “Compare” to use it.")


@pytest.mark.parametrize(("gets", "alone"), [("framework", ()), ("transcripts", (OUTSIDE,))])
def test_what_the_independent_coder_gets_is_a_choice_that_is_asked_for(asking, gets, alone):
    form = asking()
    form.open_button.click()
    assert form.problem.text() == "Choose what the independent coder gets."
    assert form.heard == []

    form.independent.choose(gets)
    form.open_button.click()

    (asked,) = form.heard
    assert asked.coding_round == CodingRound(
        2, RoundKind.FRAMEWORK, WALL, (ME, OTHER, OUTSIDE), 2, without_framework=alone
    )
    assert asked.independent_had_framework is (gets == "framework")


def test_without_an_independent_coder_nothing_is_asked_of_one(asking):
    form = asking()
    form.coders[OUTSIDE].setChecked(False)
    assert form.independent.isHidden() or not form.independent.isVisible()
    form.open_button.click()

    (asked,) = form.heard
    assert (asked.coding_round.authors, asked.independent_had_framework) == ((ME, OTHER), None)


def test_open_coding_gives_nobody_a_framework(asking):
    form = asking()
    form.codes.choose(0)
    form.open_button.click()

    (asked,) = form.heard
    assert (asked.coding_round.kind, asked.coding_round.framework) == (RoundKind.OPEN, None)
    assert asked.independent_had_framework is False


def test_the_day_it_is_wanted_by_is_shown_while_the_round_is_open(asking):
    form = asking(Framework())
    form.day.set_day(date(2026, 12, 3))
    form.open_button.click()
    made = form.heard[0].coding_round
    opened = FakeAnalysis(rounds=(made,)).open("study-1")

    assert made.wanted_by == "2026-12-03"
    assert round_line(opened, made).endswith(f"Wanted by {short_day(date(2026, 12, 3))}.")
    closed = tuple(RoundClosing(one, WALL, "0") for one in made.authors)
    assert "Wanted" not in round_line(opened, replace(made, closings=closed))


def test_a_day_that_is_over_is_refused(asking):
    form = asking(Framework())
    form.day.setText(short_day(day_of(WALL) - timedelta(days=1)))
    form.open_button.click()

    assert form.problem.text()
    assert form.heard == []

    form.day.set_day(day_of(WALL))
    form.open_button.click()
    assert form.heard[0].coding_round.wanted_by == day_of(WALL).isoformat()


def test_a_day_that_is_none_and_a_round_of_nobody_are_refused(asking):
    form = asking(Framework())
    form.day.setText("the day after")
    form.open_button.click()
    assert form.problem.text()
    form.day.clear()
    for tick in form.coders.values():
        tick.setChecked(False)
    form.open_button.click()

    assert form.problem.text() == "Tick who codes."
    assert form.heard == []
    assert form.open_button.text() == "Open round 2 for 0 coders"
