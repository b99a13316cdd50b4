"""The words to say appear when they are needed, and give way to the prompts step by step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sessions import Led, M

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.cards import CardKind, SpokenWords, first_card


def card(led):
    return first_card(led.state, led.clock.now())


def test_the_opening_words_are_shown_before_the_clock_and_as_it_starts(hour):
    led = Led(hour)
    before = card(led)

    assert before == card(led.begin())
    assert before.kind is CardKind.OPENING
    assert len(before.lines) == 4
    assert "contact {support}" in before.lines[3]


@pytest.mark.parametrize(
    ("at_s", "kind", "first"),
    [
        (119, CardKind.OPENING, "What’s said here stays here"),
        (120, CardKind.TRANSITION, "Who has someone on their mind?"),
        (500, CardKind.TRANSITION, "Who has someone on their mind?"),
    ],
)
def test_in_a_short_phase_its_own_words_are_said_before_those_of_the_next_step(led, at_s, kind, first):
    led.at(at_s)

    assert card(led).kind is kind
    assert card(led).lines[0].startswith(first)


def test_a_phase_without_words_of_its_own_leaves_the_page_to_the_prompts(led):
    led.to("presentation").at(6 * M)
    assert card(led) is None
    led.at(10 * M - 1)
    assert card(led) is None
    led.at(10 * M)
    assert card(led) == SpokenWords(CardKind.TRANSITION, ("Thank you. Just enough to picture it: who, where, when?",))


def test_before_the_presenter_sits_out_the_words_have_the_time_of_the_return(led):
    led.to("questions").at(15 * M)

    assert card(led).kind is CardKind.TRANSITION
    assert card(led).lines[0].endswith("invite you back {back}.")


def test_the_reflection_opens_with_its_words_and_then_belongs_to_the_prompts(led):
    led.to("reflection")
    assert card(led).kind is CardKind.OPENING
    led.at(20 * M - 1)
    assert card(led).kind is CardKind.OPENING
    led.at(20 * M)
    assert card(led) is None
    led.at(43 * M)
    assert card(led).lines[0].endswith("You don’t have to answer anything.")


def test_at_fifty_five_come_the_closing_words_and_at_the_end_the_last_ones(led):
    led.to("close")
    assert card(led).kind is CardKind.OPENING
    assert "tidy this up" in card(led).lines[0]
    led.at(58 * M)
    assert card(led) == SpokenWords(CardKind.CLOSING, (led.format.end_words,))
    led.at(64 * M)
    assert card(led).kind is CardKind.CLOSING


def test_after_the_end_there_is_no_card(led):
    led.to("close").happens(f.Ended)

    assert card(led) is None


def test_a_phase_entered_past_its_time_goes_straight_to_the_next_words(led):
    led.to("questions").at(46 * M).step()

    assert card(led).kind is CardKind.TRANSITION


def test_a_format_without_words_shows_no_empty_card(hour):
    wordless = tuple(replace(phase, words=(), step_words="") for phase in hour.phases)
    led = Led(replace(hour, phases=wordless, end_words="")).begin()
    assert card(led) is None
    led.at(2 * M)
    assert card(led) is None
    led.to("close").at(59 * M)
    assert card(led) is None
