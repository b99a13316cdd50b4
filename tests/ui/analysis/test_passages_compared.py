"""Passages that coders coded differently."""

from __future__ import annotations

from analysis_bench import (
    FIRST,
    ME,
)
from comparing_bench import agree, choose, rows

from balint_desktop.domain.analysis.study import (
    MatterOutcome,
)


def test_a_passage_can_be_decided_as_one_coder_has_it(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("passages")

    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.AS_CODER, ME))
    agree(page)
    page.form.reason.setPlainText("The registrar is in it")
    page.form.save_button.click()
    settle()

    (made,) = page.service.decisions
    assert (made.outcome, made.as_author, made.text) == (MatterOutcome.AS_CODER, ME, FIRST)
    assert "As Coder 1 has it" in rows(page.passages.list)[0]


def test_the_passages_of_two_codes_are_read_side_by_side_before_they_are_the_same(comparing):
    page = comparing()
    choose(page, "Anger")

    page.matters.show_button.click()

    (shown,) = rows(page.passages.list)
    assert shown.split("\n")[1:] == ["“With the registrar, and then with her.”", "Coder 1; not Coder 2"]
    assert page.passages.decide_button.isHidden()
    page.passages.all_button.click()
    assert rows(page.passages.list) == []


def test_the_passages_of_a_code_that_one_has_alone_can_be_decided(comparing, settle):
    page = comparing()
    choose(page, "Feeling lost")
    page.matters.show_button.click()
    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    agree(page)
    page.form.save_button.click()
    settle()

    (made,) = page.service.decisions
    assert (made.code, made.text) == ("other-Feeling lost", FIRST)
