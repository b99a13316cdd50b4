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
    places_in,
    terms_of,
    with_single_places,
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


def test_a_place_is_the_same_whatever_else_of_its_line_is_found():
    (place,) = (mark.place for mark in marks_of(READING, WARDS[1:2], Decisions()))

    assert place == TermPlace(1, 1)


def test_a_word_marked_for_one_place_is_found_there_alone_and_not_where_something_else_was():
    reading = read((P1, "I mark what Mark said"), (P2, "mark again"))
    known = Decisions().with_decision(decided("mark", at=TermPlace(1, 0), layer=Layer.MARKED))
    found = with_single_places(reading, suggested(reading, "Mark"), known)

    assert [(one.text, one.layer) for one in found] == [("mark", Layer.MARKED), ("Mark", Layer.CAPITAL)]
    assert [mark.state for mark in marks_of(reading, found, known)] == [MarkState.REPLACED, MarkState.TO_DECIDE]
    over = Decisions().with_decision(decided("mark", at=TermPlace(1, 1), layer=Layer.MARKED))
    assert len(with_single_places(reading, suggested(reading, "Mark"), over)) == 1


def test_what_was_marked_and_is_decided_no_more_is_nothing():
    marked = suggested(READING, "Ward", Layer.MARKED)

    assert marks_of(READING, marked, Decisions()) == ()
    assert len(marks_of(READING, marked, Decisions().with_decision(decided("Ward")))) == 3


def test_places_of_a_word_are_counted_in_any_case_as_whole_words():
    reading = read((P1, "That is that, thatch"), (P2, "that"))

    assert [reading.text[a:b] for a, b in places_in(reading, "that")] == ["That", "that", "that"]


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
