"""Comparing: the views of a round, another round, figures."""

from __future__ import annotations

import pytest
from analysis_bench import (
    FIRST,
    STUDY,
    FakeFrameworks,
    deps,
)
from comparing_bench import choose, decide, rows, service_of, two_rounds

from balint_desktop.domain.analysis.study import (
    Approach,
    MatterOutcome,
    RoundKind,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.place import AnalysisPlace


def test_without_a_framework_codes_are_compared_alone(comparing):
    page = comparing(frameworks=False)

    visible = [key for key, made in page.chips.items() if made.isVisible()]
    assert visible == ["matters", "meeting"]
    assert page.matters.show_button.isHidden()
    assert page.matters.same_button.isHidden()


def test_each_text_has_a_strip_and_the_way_to_where_coders_differ(comparing):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("texts")

    assert list(page.strips.strips) == [one.recording for one in STUDY.texts]
    assert page.strips.strips[FIRST].accessibleDescription().endswith("were coded by all 2 coders.")
    page.strips.asked.emit(STUDY.texts[1].recording)
    assert rows(page.passages.list) == []
    page.strips.asked.emit(FIRST)
    assert len(rows(page.passages.list)) == 1


def test_an_earlier_round_is_compared_and_decided_in_once_a_later_one_is_closed(comparing, settle):
    page = comparing(two_rounds())
    assert page.round.isVisible()
    assert page.title.text() == "Compare round 2: 2 coders"
    assert "Anger (Coder 1) and Rage (Coder 2)" not in rows(page.matters.list)
    choose(page, "Theme")
    decide(page, MatterOutcome.KEEP)
    settle()

    page.round.setCurrentIndex(page.round.findData(1))
    settle()

    assert page.title.text() == "Compare round 1: 2 coders"
    assert rows(page.matters.list)[:2] == [
        "Theme: Being told to toughen up\nDecided: Keep",
        "Anger (Coder 1) and Rage (Coder 2)",
    ]
    assert page.matters.order.text().startswith("You closed round 1")
    choose(page, "Anger")
    decide(page, MatterOutcome.KEEP)
    settle()
    assert [one.round for one in page.service.decisions] == [2, 1]


def test_a_round_that_cannot_be_read_leaves_the_one_that_is_shown(comparing, settle):
    page = comparing(two_rounds())
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)

    page.round.setCurrentIndex(0)
    settle()

    assert page.round.currentData() == 2
    assert page.title.text() == "Compare round 2: 2 coders"


@pytest.mark.parametrize(("approach", "offered"), [(Approach.CODEBOOK, False), (Approach.RELIABILITY, True)])
def test_figures_are_offered_where_the_approach_asks_for_them(comparing, approach, offered):
    page = comparing(service_of(approach))

    assert page.chips["figures"].isVisible() is offered


def test_figures_say_that_the_paper_reports_none_and_are_of_the_same_codes(comparing, settle):
    page = comparing(service_of(Approach.RELIABILITY))
    page.show_view("figures")
    assert "reports no figure" in page.figures.findChild(type(page.title), "figures-about").text()
    assert page.figures.state.text().startswith("Nothing to compare yet")

    page.show_view("matters")
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("figures")
    settle()

    table = page.figures.table
    shown = [[cell.words for cell in table.rows.row_at(at).cells] for at in range(table.rows.rowCount())]
    assert [row[:3] for row in shown] == [["Anger", "12", "1.00"]]


def test_the_next_round_is_coded_with_the_framework_that_was_fixed(work, messages, theme, look_at, settle):
    frameworks = FakeFrameworks()
    frameworks.fix_framework("study-1")
    service = service_of()
    place = look_at(AnalysisPlace(deps(service, frameworks=lambda: frameworks), work, messages))
    place.show_study("study-1")
    settle()

    place.study_page.round_button.click()
    settle()
    place.round_form.independent.choose("framework")
    place.round_form.open_button.click()
    settle()

    made = service.rounds[-1]
    assert (made.number, made.kind, made.framework) == (2, RoundKind.FRAMEWORK, 1)
    place.leave_view()
    work.shutdown()
