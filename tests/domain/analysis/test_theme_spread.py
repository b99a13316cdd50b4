"""How far a theme reaches, and whether one voice carries it."""

from __future__ import annotations

import pytest
from analysis_bench import approved

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.study import Quotation, StudyTheme
from balint_desktop.domain.analysis.theme_spread import (
    OneVoice,
    ThemeSpread,
    one_voice,
    people_in,
    people_of,
    person_matrix,
    theme_spread,
)
from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.transcript.transcript import LEADER

TEXT = approved((("R1", 1, "One says this."), ("R2", 2, "Two says that."), ("R10", 3, "Ten says more.")))
LED = ApprovedText(1, "F: And then?", (ApprovedTurn(0, 12, "F", 0, 1000, LEADER),))
TEXTS = {"a": TEXT, "b": TEXT, "c": LED}
THEME = StudyTheme("theme", "Theme", codes=("code",))


def span(text, words, code="code"):
    begin = TEXTS[text].text.index(words)
    return CodedSpan(text, begin, begin + len(words), code, "me")


def quotation(words, number=1):
    begin = TEXT.text.index(words)
    return Quotation(f"q{number}", "theme", "a", begin, begin + len(words), words, may_be_quoted=True)


def test_a_theme_is_in_so_many_sessions_and_of_so_many_people():
    coded = [span("a", "One says"), span("b", "One says"), span("b", "Two says"), span("b", "Ten says", "other")]

    assert theme_spread(THEME, coded, TEXTS) == ThemeSpread(3, 2, 3, 2)


def test_a_theme_without_codes_is_nowhere():
    assert theme_spread(StudyTheme("x", "X"), [span("a", "One says")], TEXTS) == ThemeSpread(0, 0, 3, 0)


def test_whoever_leads_is_in_the_session_and_is_no_person_counted():
    assert theme_spread(THEME, [span("c", "And then?")], TEXTS) == ThemeSpread(1, 1, 3, 0)


def test_a_passage_over_two_turns_is_of_both():
    begin, end = TEXT.text.index("this."), TEXT.text.index("Two") + 3

    assert people_in(TEXT, begin, end) == ("R1", "R2")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["One", "says this", "this."], OneVoice(3, 3)),
        (["One", "says this", "Two"], OneVoice(2, 3)),
        (["One", "this.", "Two", "that."], None),
        (["One", "says this"], None),
        ([], None),
    ],
)
def test_one_voice_is_more_than_half_of_three_or_more(words, expected):
    assert one_voice([quotation(one, number) for number, one in enumerate(words)], TEXTS) == expected


def test_a_quotation_of_a_text_that_is_left_out_is_not_counted():
    assert one_voice([quotation("One", number) for number in range(3)], {"b": TEXT}) is None


def test_passages_are_counted_by_person():
    cells = person_matrix([THEME], [span("a", "One says"), span("b", "One says"), span("a", "Two says")], TEXTS)

    assert {key: len(found) for key, found in cells.items()} == {("R1", "theme"): 2, ("R2", "theme"): 1}


def test_people_are_in_the_order_of_their_numbers():
    assert people_of(TEXTS.values()) == ("R1", "R2", "R10")
