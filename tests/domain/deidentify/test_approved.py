"""The approved text: canonical, its positions exact, and what a redaction moves and takes out."""

from __future__ import annotations

import hashlib
import unicodedata

import pytest
from deidentified_values import P1, P2, approved, approved_texts, decided, read, redactions_of, suggested
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.approved import (
    ApprovedTurn,
    Redaction,
    approved_from_json,
    approved_text,
    approved_to_json,
    moved,
    redacted,
    redactions_in,
    unknown_turns,
    with_whole_brackets,
    without_turns_of,
)
from balint_desktop.domain.deidentify.decisions import DecisionKind, Decisions
from balint_desktop.domain.deidentify.marks import marks_of
from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.deidentify.suggestions import Layer
from balint_desktop.domain.transcript.transcript import LEADER, UNKNOWN

NUMBERS = StudyNumbers({P1: 2, P2: 1}, 2)
GAP = "[not available]"


def roles(speaker):
    return {LEADER: "Facilitator", UNKNOWN: "Unknown"}[speaker]


def made(reading, suggestions=(), decisions=()):
    known = Decisions()
    for one in decisions:
        known = known.with_decision(one)
    return approved_text(reading, marks_of(reading, suggestions, known), NUMBERS, roles)


def test_a_line_is_who_speaks_and_what_is_left_of_their_words():
    reading = read((P1, "We were in Ward Six"), (LEADER, "and then [P2] cried"))
    text = made(reading, suggested(reading, "Ward Six"), [decided("Ward Six", replacement="[ward]")])

    assert text.text == "R2: We were in [ward]\n\n[silence]\n\nFacilitator: and then [R1] cried"
    assert [(turn.speaker, turn.role) for turn in text.turns if turn.speaker] == [
        ("R2", None),
        ("Facilitator", LEADER),
    ]


def test_it_is_canonical():
    reading = read((P1, "mā\tnana cafe\u0301"))
    text = made(reading).text

    assert unicodedata.is_normalized("NFC", text)
    assert not {"\t", "\r", "\ufeff"} & set(text)


def test_its_fingerprint_is_that_of_the_bytes_of_every_export():
    text = approved(("R1", "kererū"))

    assert text.sha256 == hashlib.sha256("R1: kererū".encode()).hexdigest()


def test_words_left_on_purpose_are_where_they_stand_in_the_approved_text():
    reading = read((P1, "Ward Six and hope and Hope"))
    marks = [*suggested(reading, "Ward Six"), *suggested(reading, "Hope", Layer.NAME_OR_WORD)]
    text = made(reading, marks, [decided("Ward Six", replacement="[ward]"), decided("Hope", DecisionKind.LEAVE)])

    assert [text.text[begin:end] for begin, end in text.left] == ["Hope"]


def test_turns_lie_where_they_say():
    reading = read((P1, "one"), (UNKNOWN, "two"))
    text = made(reading)

    assert [text.text[turn.begin : turn.end] for turn in text.turns if turn.speaker] == ["R2: one", "Unknown: two"]
    assert [text.text[turn.words_begin : turn.end] for turn in text.turns if turn.speaker] == ["one", "two"]
    assert unknown_turns(text) == 1


def test_a_code_without_a_number_is_an_error_and_never_a_code_in_the_text():
    reading = read(("P9", "one"))
    with pytest.raises(KeyError):
        made(reading)


# --- redactions ---


@given(st.data())
def test_every_character_outside_the_redactions_stands_where_the_map_says(data):
    text = data.draw(approved_texts())
    redactions = data.draw(redactions_of(text))
    after = redacted(text, redactions)
    inside = {at for one in redactions for at in range(one.begin, one.end)}

    for at in range(len(text.text)):
        span = after.moved((at, at + 1), 1)
        if at in inside:
            assert span is None
        else:
            assert after.text[slice(*span)] == text.text[at]
    assert after.version == 2


@given(st.data())
def test_turns_of_the_next_version_are_in_order_and_begin_with_who_speaks(data):
    text = data.draw(approved_texts())
    after = redacted(text, data.draw(redactions_of(text)))

    at = 0
    for number, turn in enumerate(after.turns):
        assert turn.begin == (at + 2 if number else 0)
        assert turn.begin <= turn.words_begin <= turn.end
        assert not turn.speaker or after.text[turn.begin : turn.words_begin] == f"{turn.speaker}: "
        at = turn.end
    assert at == len(after.text)


@given(st.data())
def test_positions_move_through_several_versions_as_through_each(data):
    first = data.draw(approved_texts())
    second = redacted(first, data.draw(redactions_of(first)))
    third = redacted(second, data.draw(redactions_of(second)))
    for at in range(len(first.text)):
        through = second.moved((at, at + 1), 1)
        step = None if through is None else third.moved(through, 2)
        assert third.moved((at, at + 1), 1) == step
        assert step is None or third.text[slice(*step)] == first.text[at]


@given(st.data())
def test_a_longer_span_keeps_what_is_left_of_it(data):
    text = data.draw(approved_texts())
    redactions = data.draw(redactions_of(text))
    begin = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(begin + 1, len(text.text)))
    span = moved(redactions, (begin, end))
    after = redacted(text, redactions)
    kept = [at for at in range(begin, end) if not any(one.begin <= at < one.end for one in redactions)]

    if span is None:
        assert not kept
    else:
        assert kept == [] or all(span[0] <= after.moved((at, at + 1), 1)[0] < span[1] for at in kept)
        assert 0 <= span[0] <= span[1] <= len(after.text)


@given(approved_texts(), st.sampled_from(["R1", "R2"]))
def test_no_word_of_a_person_is_left_when_their_turns_are_taken_out(text, speaker):
    after = redacted(text, without_turns_of(text, speaker))

    assert all(turn.speaker != speaker for turn in after.turns)
    others = [text.text[turn.begin : turn.end] for turn in text.turns if turn.speaker not in {speaker, ""}]
    assert [after.text[turn.begin : turn.end] for turn in after.turns if turn.speaker] == others


@given(approved_texts(("R1", "R2", "")), st.sampled_from(["R1", "R2"]))
def test_a_gap_tells_nothing_whose_it_was_or_how_much(text, speaker):
    after = redacted(text, without_turns_of(text, speaker))
    alone = [after.text[turn.begin : turn.end] for turn in after.turns if not turn.speaker]

    assert f"{GAP}\n\n{GAP}" not in after.text
    assert all(one in {GAP, *(text.text[turn.begin : turn.end] for turn in text.turns)} for one in alone)


def test_a_gap_is_one_with_the_gaps_beside_it():
    text = approved(("R1", "one"), ("", GAP), ("R2", "two"), ("R2", "three"), ("", GAP), ("R1", "four"), ("", GAP))
    after = redacted(text, without_turns_of(text, "R2"))

    assert after.text == f"R1: one\n\n{GAP}\n\nR1: four\n\n{GAP}"


def test_turns_of_nobody_known_go_where_it_is_known_since_whose_they_are():
    text = approved(("R1", "one"), ("Unknown", "two"), ("Unknown", "three"))
    after = redacted(text, without_turns_of(text, "R2", [(1000, 1500)]))

    assert after.text == f"R1: one\n\n{GAP}\n\nUnknown: three"


def test_their_number_in_what_others_say_of_them_is_another_person():
    text = approved(("R1", "one"), ("R2", "[R1] said it, and [R1’s sister] to [R12], not R1"), ("R1", "to [R1]"))
    after = redacted(text, without_turns_of(text, "R1"))

    assert after.text == (
        f"{GAP}\n\nR2: [another person] said it, and [another person’s sister] to [R12], not R1\n\n{GAP}"
    )
    assert "[wer anders]" in redacted(text, without_turns_of(text, "R1", another="[wer anders]")).text


def test_without_the_table_all_that_begins_in_their_time_goes_and_no_gap_does():
    text = approved(("R1", "one"), ("R2", "two"), ("", "[silence]"))

    assert redacted(text, without_turns_of(text, None, [(0, 500)])).text == f"{GAP}\n\nR2: two\n\n[silence]"
    assert without_turns_of(text, "") == ()


@pytest.mark.parametrize(
    "redactions",
    [
        [Redaction(0, 5, "[x]"), Redaction(4, 6, "[y]")],
        [Redaction(0, 99, "[x]")],
        [Redaction(2, 5, "[x]")],
        [Redaction(5, 5, "[x]")],
        [Redaction(5, 12, "[x]")],
        [Redaction(0, 8, "[x]")],
    ],
)
def test_a_redaction_that_overlaps_or_parts_a_turn_from_its_speaker_is_refused(redactions):
    with pytest.raises(ValueError, match="redactions"):
        redacted(approved(("R1", "one"), ("R2", "two")), redactions)


@given(st.data())
def test_a_stretch_over_several_turns_is_a_redaction_in_each(data):
    text = data.draw(approved_texts())
    begin = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(begin + 1, len(text.text)))
    redactions = redactions_in(text, (begin, end), "[x]")
    after = redacted(text, redactions) if redactions else text

    assert [turn.speaker for turn in after.turns if turn.speaker] == [
        turn.speaker for turn in text.turns if turn.speaker
    ]
    gone = {at for one in redactions for at in range(one.begin, one.end)}
    said = {at for turn in text.turns for at in range(turn.words_begin, turn.end)}
    assert gone == said & set(range(begin, end))


# --- stored ---


@given(st.data())
def test_it_is_read_as_it_was_written(data):
    text = data.draw(approved_texts())
    after = redacted(text, data.draw(redactions_of(text)))

    assert approved_from_json(approved_to_json(after)) == after


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff", b'{"format": 2}', b'{"format": 1, "version": "x"}'])
def test_what_is_none_is_refused(data):
    with pytest.raises(ValueError, match="approved text"):
        approved_from_json(data)


def test_a_turn_without_a_role_has_a_number():
    assert ApprovedTurn(0, 1, "R1", 0, 1).role is None
    assert approved(("R1", "one")).has_numbers
    assert not approved(("Unknown", "one"), ("", "[silence]")).has_numbers


@pytest.mark.parametrize("chosen", ["hospital", "[hospital]", "near [hosp", "pital] and"])
def test_a_redaction_that_touches_brackets_takes_them_whole(chosen):
    text = approved(("R1", "it was near [hospital] and home"))
    begin = text.text.index(chosen)
    (whole,) = with_whole_brackets(text, [Redaction(begin, begin + len(chosen), "[x]")])
    after = redacted(text, [whole]).text

    assert "[[" not in after
    assert "hosp" not in after
    assert after.count("[") == after.count("]") == 1


def test_two_redactions_in_the_same_brackets_are_one():
    text = approved(("R1", "[place near place] [other]"))
    first, second = (Redaction(at, at + 5, "[x]") for at in (5, 16))

    assert redacted(text, with_whole_brackets(text, [second, first])).text == "R1: [x] [other]"
