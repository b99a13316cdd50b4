"""What becomes of each place, the places of a word together, and the page that a person reads."""

from __future__ import annotations

from deidentified_values import P1, P2, decided, read, suggested

from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions, TermPlace
from balint_desktop.domain.deidentify.marks import (
    MarkState,
    line_text,
    marks_by_line,
    marks_of,
    page_sha256,
    page_text,
    terms_of,
)
from balint_desktop.domain.deidentify.suggestions import Layer

READING = read((P1, "Ward and Ward"), (P2, "the Ward again"))
WARDS = suggested(READING, "Ward")


def states(decisions, suggestions=WARDS):
    known = Decisions()
    for one in decisions:
        known = known.with_decision(one)
    return [mark.state for mark in marks_of(READING, suggestions, known)]


def test_a_suggestion_waits_until_it_is_decided():
    assert states([]) == [MarkState.TO_DECIDE] * 3
    assert states([decided("Ward")]) == [MarkState.REPLACED] * 3
    assert states([decided("Ward", DecisionKind.LEAVE)]) == [MarkState.LEFT] * 3


def test_a_place_is_its_turn_and_which_of_the_word_there():
    second = [decided("Ward", at=TermPlace(1, 1))]

    assert states(second) == [MarkState.TO_DECIDE, MarkState.REPLACED, MarkState.TO_DECIDE]
    assert [mark.is_single for mark in marks_of(READING, WARDS, Decisions().with_decision(second[0]))] == [
        False,
        True,
        False,
    ]


def test_a_place_outlasts_an_edit_in_another_turn():
    edited = read((P1, "Ward and now another Ward"), (P2, "the Ward again"))
    known = Decisions().with_decision(decided("Ward", at=TermPlace(2, 0)))
    marks = marks_of(edited, suggested(edited, "Ward"), known)

    assert [mark.state for mark in marks][-1] is MarkState.REPLACED


def test_a_name_of_the_roster_is_replaced_unasked_and_is_never_left():
    names = suggested(READING, "Ward", Layer.ROSTER, "[P1]")

    assert states([], names) == [MarkState.REPLACED] * 3
    assert states([decided("Ward", DecisionKind.LEAVE)], names) == [MarkState.TO_DECIDE] * 3
    assert states([decided("Ward", replacement="[staff]")], names) == [MarkState.REPLACED] * 3


def test_a_name_that_is_a_word_is_asked_about_and_may_be_left():
    names = suggested(READING, "Ward", Layer.NAME_OR_WORD, "[P1]")

    assert states([], names) == [MarkState.TO_DECIDE] * 3
    assert states([decided("Ward", DecisionKind.LEAVE)], names) == [MarkState.LEFT] * 3


def test_a_story_is_a_note_and_replaces_nothing():
    assert states([], suggested(READING, "Ward", Layer.STORY, "")) == [MarkState.NOTE] * 3


def test_places_of_a_word_are_one_term_named_as_it_is_most_often_written():
    reading = read((P1, "ward Ward Ward"))
    found = [*suggested(reading, "ward"), *suggested(reading, "Ward")]
    (term,) = terms_of(marks_of(reading, found, Decisions()))

    assert (term.text, len(term.marks), term.is_open) == ("Ward", 3, True)
    (term,) = terms_of(marks_of(reading, found, Decisions().with_decision(decided("Ward"))))
    assert not term.is_open


def test_a_line_reads_with_its_places_replaced_and_those_of_others_do_not_matter():
    marks = marks_of(READING, WARDS, Decisions().with_decision(decided("Ward", replacement="[ward]")))
    first, *_, last = READING.lines

    assert line_text(READING, first, marks) == "[ward] and [ward]"
    assert line_text(READING, last, marks) == "the [ward] again"
    assert set(marks_by_line(READING, marks)) == {first.begin, last.begin}


def test_a_page_is_read_with_who_speaks_and_a_change_of_it_unticks_it():
    known = Decisions().with_decision(decided("Ward", replacement="[ward]"))
    before = page_text(READING, marks_of(READING, WARDS, Decisions()), 1, str)
    after = page_text(READING, marks_of(READING, WARDS, known), 1, str)

    assert before == "P1: Ward and Ward\n\n[silence]\n\nP2: the Ward again"
    assert after == "P1: [ward] and [ward]\n\n[silence]\n\nP2: the [ward] again"
    assert page_sha256(before) != page_sha256(after)
    assert page_text(READING, (), 2, str) == ""
