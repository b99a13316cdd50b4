"""Themes, compared rounds and the report in the place: opened, and the ways from one to the next."""

from __future__ import annotations

from dataclasses import replace

from analysis_bench import (
    ME,
    OTHER,
    ROUND,
    SECOND,
    TEXT,
    WALL,
    FakeAnalysis,
    current,
    opened,
)

from balint_desktop.domain.analysis.study import (
    CodingRound,
    RoundClosing,
    RoundKind,
)


def found_words(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.themes_button.click()
    settle()
    place.themes_page.show_view("passages")
    place.themes_page.passages.query.typed.setText("very out of depth")
    place.themes_page.passages.query.changed.emit()
    return place, TEXT.text.index("very out of depth")


def test_words_that_were_found_are_selected_in_their_text(analysis, settle):
    place, begin = found_words(analysis, settle)

    place.themes_page.passages.read_button.click()
    settle()

    assert current(place) is place.read_page
    assert place.read_page.text.selected() == (begin, begin + len("very out of depth"))


def test_words_that_were_found_are_coded(analysis, settle):
    place, begin = found_words(analysis, settle)
    place.themes_page.passages.list.setCurrentRow(1)

    place.themes_page.passages.code_button.click()
    settle()
    place.code_page._give_new("Out of depth")
    settle()

    assert current(place) is place.code_page
    (made,) = place.service.works[1, ME].codings.all
    assert (made.text, made.begin, made.end) == (SECOND, begin, begin + len("very out of depth."))


def test_comparing_is_offered_once_ones_own_round_is_closed(analysis, settle):
    place = opened(analysis, settle)
    assert place.study_page.compare_button.isHidden()
    place.study_page.code_button.click()
    settle()

    place.code_page.close_button.click()
    place.code_page.confirm.do_button.click()
    settle()

    assert current(place) is place._study
    assert place.study_page.compare_button.isVisible()
    assert place.service.rounds[0].has_closed(ME)


def test_a_round_in_which_one_does_not_code_is_compared_and_followed_by_the_next(analysis, settle):
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))
    theirs = CodingRound(2, RoundKind.OPEN, WALL, (OTHER,), closings=(RoundClosing(OTHER, WALL, "2"),))
    place = opened(analysis, settle, FakeAnalysis(rounds=(closed, theirs)))
    page = place.study_page
    assert page.round_line.text() == "Round 2: 1 of 1 closed."
    assert (page.round_button.text(), page.round_button.isVisible()) == ("Open round 3…", True)

    page.code_button.click()
    settle()
    assert place.code_page.title.text().startswith("Round 1, ")
    place.code_page.back_button.click()
    settle()
    page.compare_button.click()
    settle()

    assert place.compare_page.title.text() == "Compare round 2: 1 coder"
