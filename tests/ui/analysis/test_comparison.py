"""What is known of a compared round: what counts in it, and what was decided."""

from __future__ import annotations

from dataclasses import replace

from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    WALL,
    FakeAnalysis,
    FakeFrameworks,
    work_of,
)
from comparing_bench import (
    ANGRY,
    CLOSED,
    MINE,
    SHORTER,
    SMALL,
    agree,
    choose,
    others_work,
    rows,
    service_of,
)

from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.compare import Dispute
from balint_desktop.domain.analysis.framework import FixedFramework, Framework
from balint_desktop.domain.analysis.study import (
    CodingOpening,
    MatterDecision,
    MatterOutcome,
    ThemeWork,
)
from balint_desktop.ui.analysis.comparison import read_compared
from balint_desktop.ui.analysis.matters import Matter


def test_codes_of_one_name_are_offered_as_the_same_in_any_case(comparing):
    theirs = work_of(Coding("x", FIRST, *SMALL, "code-anger", 1.0), names=("anger",))
    page = comparing(service_of(works={(1, ME): MINE, (1, OTHER): theirs}))

    choose(page, "Anger (Coder 1) and anger (Coder 2)")

    assert page.matters.same_button.isVisible()


def test_in_a_round_with_the_framework_its_codes_are_in_common_without_a_word(comparing):
    mine = work_of(Coding("a", FIRST, *ANGRY, "code-Anger", 1.0), names=("Anger",))
    theirs = work_of(Coding("x", FIRST, *SHORTER, "code-Anger", 1.0), names=("Anger",))
    service = service_of(works={(1, ME): mine, (1, OTHER): theirs})
    service.themes = ThemeWork()
    frameworks = FakeFrameworks(Framework(mine.book, versions=(FixedFramework(1, WALL, mine.book),)))
    page = comparing(service, frameworks=frameworks)

    assert rows(page.matters.list) == ["Anger: Coder 1, Coder 2"]
    assert page.matters.add_button.isHidden()
    page.show_view("passages")
    assert len(rows(page.passages.list)) == 1


def test_a_round_that_is_open_is_none_to_compare(comparing):
    service = service_of(rounds=(CLOSED, replace(CLOSED, number=2, closings=())))

    page = comparing(service)

    assert not page.round.isVisible()
    assert [page.round.itemData(at) for at in range(page.round.count())] == [1]


def test_a_decision_on_a_passage_is_none_in_the_next_round(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("passages")
    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    agree(page)
    page.form.save_button.click()
    settle()
    assert "Decided: Keep" in rows(page.passages.list)[0]
    page.service.rounds = (CLOSED, replace(CLOSED, number=2))
    page.service.works |= {(2, author): work for (_, author), work in page.service.works.items()}
    later = comparing(page.service, frameworks=page.frameworks)
    later.show_view("passages")

    assert "Decided" not in rows(later.passages.list)[0]


def test_when_ones_round_was_closed_and_others_opened_is_shown(comparing):
    service = service_of(opened_others=(CodingOpening(1, OTHER, WALL + 60), CodingOpening(2, OTHER, WALL + 90)))
    page = comparing(service)

    assert [line.split(" on ")[0] for line in page.matters.order.text().split("\n")] == [
        "You closed round 1",
        "The codes of Coder 2 were first opened here",
        "The audit trail proves this order.",
    ]


def test_nothing_of_others_is_read_before_ones_own_round_is_closed(work, messages, theme):
    service = FakeAnalysis(works={(1, ME): MINE, (1, OTHER): others_work()})

    assert read_compared(service, FakeFrameworks(), service.open("study-1")) is None
    assert [asked for asked in service.asked if asked[0] == "work"] == []


def test_a_decision_of_one_passage_is_not_of_another():
    dispute = Dispute(FIRST, 5, 9, "c", {}, ())
    decision = MatterDecision("d", 1, "m", WALL, MatterOutcome.KEEP, "", (ME,), code="c", text=FIRST, begin=5, end=9)

    assert Matter("here", code="c", dispute=dispute).is_about(decision)
    assert not Matter("elsewhere", code="c", dispute=replace(dispute, begin=6)).is_about(decision)
    assert not Matter("the code", code="c").is_about(decision)
