"""A page as it is shown: its marks, and the way from the page to the text and back."""

import pytest
from deidentify_bench import found_in, key_of, work_of

from balint_desktop.domain.deidentify.decisions import Decision, DecisionKind, Decisions
from balint_desktop.domain.deidentify.marks import marks_of, page_text
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.text.transcripts import speaker_words
from balint_desktop.ui.deidentify.shown_page import ShownPage, shown_page

READING = work_of().reading


def decided(term, replacement="", layer=Layer.CAPITAL, at=None):
    verdict = DecisionKind.REPLACE if replacement else DecisionKind.LEAVE
    return Decision(term, key_of(term), verdict, replacement, layer, "AB", 1.0, at)


def shown(page=1, *decisions):
    made = Decisions()
    for one in decisions:
        made = made.with_decision(one)
    return shown_page(READING, marks_of(READING, found_in(READING.text), made), page, speaker_words)


def test_what_is_to_decide_is_in_angle_brackets_and_what_is_taken_out_in_its_own():
    assert shown().text.split("\n\n")[0] == "P4: She was ‹26› like me. She came from ‹Papakura› after [P3] called."


def test_once_all_is_decided_a_page_shows_what_is_read_and_ticked():
    decisions = (decided("26", "[age]"), decided("Papakura"), decided("Shivon", "[P3]"))
    made = Decisions()
    for one in decisions:
        made = made.with_decision(one)
    marks = marks_of(READING, found_in(READING.text), made)

    for page in READING.pages():
        assert shown_page(READING, marks, page, speaker_words).text == page_text(READING, marks, page, speaker_words)


def test_a_note_on_the_story_is_shown_as_it_is_and_no_more_once_it_is_dismissed():
    before, after = shown(2), shown(2, decided("engagement ring", layer=Layer.STORY))

    assert [before.text[a:b] for a, b in before.notes] == ["engagement ring"]
    assert after.notes == ()
    assert after.text == before.text


@pytest.mark.parametrize("term", ["She was", "26", "Papakura", "Siobhan", "called"])
def test_a_place_of_the_text_is_found_on_the_page_and_back(term):
    page, begin = shown(), READING.text.index(term)
    found = page.shown(begin, begin + len(term))
    expected = {"26": "‹26›", "Papakura": "‹Papakura›", "Siobhan": "[P3]"}.get(term, term)

    assert page.text[slice(*found)] == expected
    assert page.source(found[0]) == begin


def test_a_place_of_another_page_is_not_on_this_one():
    begin = READING.text.index("engagement")

    assert shown(1).shown(begin, begin + 3) is None


def test_whole_words_are_marked_however_few_of_their_letters_are_selected():
    page = shown()
    at = page.text.index("like me")
    words = page.words_in(at + 2, at + 6)

    assert READING.text[slice(*words)] == "like me"


@pytest.mark.parametrize("selected", ["was ‹26›", "[P3]", "P4:", "called.\n\n["])
def test_what_is_marked_already_or_in_two_turns_cannot_be_marked(selected):
    page = shown()
    begin = page.text.index(selected)

    assert page.words_in(begin, begin + len(selected)) is None


def test_the_mark_at_a_place_is_the_one_that_is_there():
    page = shown()
    at = page.text.index("Papakura")

    assert page.mark_at(at, at).suggestion.text == "Papakura"
    assert page.mark_at(5, 5) is None


def test_an_empty_page_has_no_place():
    assert (ShownPage().source(0), ShownPage().words_in(0, 1), ShownPage().mark_at(0, 0)) == (None, None, None)
