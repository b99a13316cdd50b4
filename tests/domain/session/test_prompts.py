"""At most two prompts, at most eight chips; a repeatable choice; no theme if themes are off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sessions import shipped, shipped_prompts

from balint_desktop.domain.session.formats import Phase
from balint_desktop.domain.session.prompts import (
    Mode,
    basis_text,
    chips_for,
    choose_prompts,
    fill_placeholders,
    is_said,
)

BANK = shipped_prompts()
phases = st.sampled_from(sorted(BANK.phases))
situations = st.sampled_from([None, *(s.key for s in BANK.situations)])


def ids(prompts):
    return [prompt.id for prompt in prompts]


def test_one_to_say_and_one_to_remember_are_chosen_where_possible():
    assert [p.mode for p in choose_prompts(BANK, "reflection", themes=False)] == [Mode.SAY, Mode.CUE]
    assert ids(choose_prompts(BANK, "reflection", "solving", themes=False)) == ["ADV1", "ADV4"]


def test_a_situations_prompts_come_first_followed_by_the_phases():
    turned = [ids(choose_prompts(BANK, "questions", "solving", themes=False, another=n)) for n in range(5)]

    assert turned == [["ADV1", "ADV4"], ["ADV2", "ADV3"], ["P22", "P25"], ["P23", "P24"], ["ADV1", "ADV4"]]


def test_prompts_shown_before_come_last():
    assert ids(choose_prompts(BANK, "questions", themes=False, shown={"P22", "P25"})) == ["P23", "P25"]
    assert ids(choose_prompts(BANK, "questions", themes=False, shown={"P22", "P23", "P24", "P25"})) == ["P22", "P25"]


def test_a_prompt_for_the_last_minutes_waits_for_them():
    everything = [ids(choose_prompts(BANK, "reflection", themes=True, another=n)) for n in range(20)]
    late = [ids(choose_prompts(BANK, "reflection", themes=True, another=n, left_s=600)) for n in range(20)]

    assert not any("P42" in page for page in everything)
    assert any("P42" in page for page in late)
    assert ids(choose_prompts(BANK, "close", themes=False, left_s=300))[0] == "P48"
    assert "P48" not in ids(choose_prompts(BANK, "close", themes=False, left_s=400))


def test_a_situation_with_no_prompts_left_without_themes_falls_back_to_the_phase():
    assert ids(choose_prompts(BANK, "questions", "empathy-cost", themes=False)) == ["P22", "P25"]
    assert ids(choose_prompts(BANK, "questions", "empathy-cost", themes=True)) == ["SPR1"]


def test_a_phase_without_prompts_offers_none():
    assert choose_prompts(BANK, "", themes=True, another=3) == ()
    assert ids(choose_prompts(BANK, "", "flight", themes=True)) == ["FLI2", "FLI3"]


@given(phases, situations, st.booleans(), st.integers(0, 50), st.frozensets(st.sampled_from(ids(BANK.prompts))))
def test_a_choice_is_short_repeatable_and_follows_the_rules(phase, situation, themes, another, shown):
    chosen = choose_prompts(BANK, phase, situation, themes=themes, shown=shown, another=another)

    assert len(chosen) <= 2
    assert len(set(ids(chosen))) == len(chosen)
    assert all(p.phase == phase or p.situation == situation for p in chosen)
    assert themes or not any(p.theme for p in chosen)
    assert chosen == choose_prompts(BANK, phase, situation, themes=themes, shown=shown, another=another)


@given(phases, situations, st.booleans())
def test_another_cycles_through_every_prompt(phase, situation, themes):
    seen = {p for n in range(20) for p in choose_prompts(BANK, phase, situation, themes=themes, another=n, left_s=0)}
    answers = BANK.situation_prompts(situation) if situation else ()

    assert seen == {p for p in (*BANK.phase_prompts(phase), *answers) if themes or not p.theme}


class TestChips:
    def test_at_most_eight_are_offered_in_one_order_for_all_phases(self):
        order = [situation.key for situation in BANK.situations]
        for key in ("student-hour", "two-cases", "single-case", "online", "evaluation", "evaluation-online"):
            for phase in shipped(key).phases:
                chips = [s.key for s in chips_for(BANK, phase, themes=True)]
                assert sorted(chips, key=order.index) == chips
                assert set(chips) == set(phase.chips)
                assert len(chips) <= 8
                assert "risk" in chips

    def test_chips_of_the_papers_findings_are_off_with_its_prompts(self):
        reflection = next(phase for phase in shipped("student-hour").phases if phase.key == "reflection")
        on, off = (chips_for(BANK, reflection, themes=themes) for themes in (True, False))

        assert {s.key for s in on} - {s.key for s in off} == {"hierarchy"}

    def test_a_chip_that_is_not_in_the_bank_is_left_out(self):
        phase = Phase("a", "A", "A", "A", 0, 60, chips=("dancing", "silence"))

        assert [s.key for s in chips_for(BANK, phase, themes=True)] == ["silence"]


class TestSaid:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("What did you feel as you listened?", "What did you feel as you listened?"),
            (
                "Before thoughts: what did you feel while listening?",
                "Before thoughts: what did we feel while listening?",
            ),
            ("A few minutes left. We don't need to tidy this up.", "A few minutes left. We don’t need to tidy it up."),
        ],
    )
    def test_a_line_in_nearly_the_same_words_says_the_same(self, text, line):
        assert is_said(text, ("Something else.", line))

    @pytest.mark.parametrize("line", ["Which image or sentence is still with you?", "Thank you.", ""])
    def test_another_line_does_not(self, line):
        assert not is_said("What did you feel as you listened?", (line,))

    def test_no_shipped_card_is_repeated_by_a_prompt_beside_it(self):
        for key in ("student-hour", "two-cases", "single-case", "online", "evaluation", "evaluation-online"):
            for phase in shipped(key).phases:
                for another in range(12):
                    chosen = choose_prompts(BANK, phase.prompts, themes=True, said=phase.words, another=another)
                    assert not [p.id for p in chosen if is_said(p.text, phase.words)]


class TestFilled:
    def test_the_support_and_the_time_are_filled_in(self):
        assert (
            fill_placeholders("Ask {support} at {return}.", " Student Care ", "14:45") == "Ask Student Care at 14:45."
        )

    def test_without_them_the_sentence_still_works(self):
        said = fill_placeholders("Support is {support}; back at {return}.", "  ", "")

        assert said == "Support is someone you trust outside this group; back at the agreed time."

    @pytest.mark.parametrize("text", ["{other} {", "100 % {}", "{support", ""])
    def test_other_braces_are_left_alone(self, text):
        assert fill_placeholders(text, "x", "y") == text

    def test_no_prompt_has_another_placeholder(self):
        for prompt in BANK.prompts:
            assert "{" not in fill_placeholders(prompt.text, "x", "y")


def test_every_prompt_shows_its_basis():
    assert all(basis_text(BANK, prompt) for prompt in BANK.prompts)
    assert basis_text(BANK, BANK.prompts[1]) == "design judgement, no source"
