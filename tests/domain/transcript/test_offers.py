"""Spellings at a doubtful place: for one word, for two together, and the text with one that was chosen."""

import pytest
from hypothesis import given
from transcript_values import any_transcripts, require_ordered, spoken, text, times, transcript

from balint_desktop.domain.transcript.offers import offers_for, with_offer
from balint_desktop.domain.transcript.second_hearing import PlaceToHear, place_to_hear
from balint_desktop.domain.transcript.transcript import Speaker, Turn, Word
from balint_desktop.library.spellings import shipped_spellings


def doubted(words):
    """Return a turn of these words; a ~ before one makes it doubtful."""
    made = tuple(
        Word(one.text.lstrip("~"), one.from_ms, one.until_ms, 0.3 if one.text.startswith("~") else 0.9)
        for one in spoken(words)
    )
    return Turn(1, Speaker("P4"), 0, made[-1].until_ms, made)


def offers(turn, first, last=None, typed=(), heard=()):
    place = PlaceToHear(1, first, last or first + 1)
    return offers_for(turn, place, shipped_spellings(), dict(typed), heard)


def chosen(turn, first, words, last=None):
    (offer,) = [one for one in offers(turn, first, last) if one.text == words]
    return with_offer(transcript(turn), offer)


def test_a_chosen_spelling_keeps_the_signs_and_the_time_and_has_no_doubt():
    turn = doubted("Then the ~“cuter, came.")
    after = chosen(turn, 2, "kuia")

    assert text(after) == ["Then the “kuia, came."]
    assert times(after.turn(1)) == times(turn)
    assert not after.turn(1).words[2].is_doubtful


def test_two_words_become_one_and_take_the_time_of_both():
    turn = doubted("Her ~far ~now, went home.")
    after = chosen(turn, 1, "whānau")

    assert text(after) == ["Her whānau, went home."]
    assert times(after.turn(1))[1] == (200, 600)


def test_a_neighbour_is_taken_in_only_where_it_is_doubtful_too():
    assert [one.text for one in offers(doubted("Her ~far now went home."), 1) if one.last - one.first > 1] == []


def test_one_word_becomes_a_phrase():
    turn = doubted("We saw ~tangatafyora there.")

    assert text(chosen(turn, 2, "tangata whaiora")) == ["We saw tangata whaiora there."]


def test_at_the_beginning_of_a_sentence_the_case_stays():
    assert offers(doubted("He left. ~Cuter came."), 2)[0].text == "Kuia"
    assert offers(doubted("Then ~Cuter came."), 1)[0].text == "kuia"


def test_what_a_person_typed_before_comes_first():
    assert offers(doubted("The ~cuter came."), 1, typed={"cuter": ("cutter",)})[0].text == "cutter"


def test_what_was_heard_again_leads_to_a_spelling_too():
    assert "whānau" in [one.text for one in offers(doubted("Her ~father came."), 1, heard=["fānau"])]


def test_more_than_two_words_have_none():
    assert offers(doubted("~far ~now ~hooey"), 0, 3) == ()


@given(any_transcripts())
def test_whatever_is_chosen_the_text_stays_in_order_and_changes_nowhere_else(made):
    for turn in made.turns:
        for at in range(len(turn.words)):
            place = place_to_hear(turn, at, at + 1)
            if place is None:
                continue
            for offer in offers_for(turn, place, shipped_spellings(), {}):
                after = with_offer(made, offer)
                require_ordered(after)
                assert [one for one in after.turns if one.id != turn.id] == [
                    one for one in made.turns if one.id != turn.id
                ]


@pytest.mark.parametrize("sign", ["—", "…", "“”"])
def test_signs_alone_have_none(sign):
    assert offers(doubted(f"She ~{sign} came."), 1) == ()
