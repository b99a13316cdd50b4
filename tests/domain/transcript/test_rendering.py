"""Lines to show and print: silence from three seconds, and one form for all that cannot be heard."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import P2, P4, any_transcripts, spoken, transcript, turn

from balint_desktop.domain.transcript.editing import withdrawn
from balint_desktop.domain.transcript.rendering import Bracket, BracketKind, TextLine, bracket_of, text_lines
from balint_desktop.domain.transcript.transcript import UNKNOWN, Turn, Word, WordKind

NOT_AVAILABLE = Bracket(BracketKind.NOT_AVAILABLE)


def silence(seconds):
    return Bracket(BracketKind.SILENCE, seconds)


def parts(one, *gaps):
    return [part for line in text_lines(one, gaps) for part in line.parts]


def test_a_turn_is_a_line_of_one_speaker():
    expected = (TextLine(0, P4, ("I imagine",)), TextLine(900, P2, ("It made me angry",)))

    assert expected == text_lines(transcript(turn(1, "I imagine"), turn(2, "It made me angry", 900, P2)))


@pytest.mark.parametrize(("gap_ms", "expected"), [(2_999, []), (3_000, [silence(3)]), (14_499, [silence(14)])])
def test_a_silence_is_written_from_three_seconds_on(gap_ms, expected):
    one = transcript(turn(1, "I"), turn(2, "It", 200 + gap_ms, P2))

    assert ["I", *expected, "It"] == parts(one)


def test_a_turn_without_words_is_neither_a_line_nor_silence():
    one = transcript(turn(1, "I"), Turn(2, UNKNOWN, 1_000, 9_000), turn(3, "It", 9_500, P2))

    assert parts(one) == ["I", "It"]


def test_a_turn_that_ends_within_another_makes_no_silence():
    one = transcript(Turn(1, P4, 0, 9_000, spoken("I")), turn(2, "Yes", 1_000, P2), turn(3, "It", 9_500, P4))

    assert parts(one) == ["I", "Yes", "It"]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (WordKind.NOT_UNDERSTOOD, "", Bracket(BracketKind.NOT_UNDERSTOOD, 4)),
        (WordKind.NO_WORDS, "", Bracket(BracketKind.NO_WORDS, 4)),
        (WordKind.UNCLEAR, "", Bracket(BracketKind.UNCLEAR, 4)),
        (WordKind.OVERLAP, "", Bracket(BracketKind.OVERLAP, 4)),
        (WordKind.OTHER_LANGUAGE, "te reo Māori", Bracket(BracketKind.OTHER_LANGUAGE, None, "te reo Māori")),
        (WordKind.WITHDRAWN, "", NOT_AVAILABLE),
    ],
)
def test_every_stretch_without_words_has_its_brackets(kind, text, expected):
    assert expected == bracket_of(Word(text, 1_000, 5_000, kind=kind))


def test_every_kind_but_a_word_has_brackets():
    for kind in set(WordKind) - {WordKind.SPOKEN}:
        assert bracket_of(Word("", 0, 1, kind=kind)).kind in BracketKind
    with pytest.raises(ValueError):
        bracket_of(Word("so", 0, 1))


def test_brackets_stand_among_the_words_of_their_turn():
    words = (*spoken("so we"), Word("", 400, 4_400, kind=WordKind.UNCLEAR), *spoken("then", 4_400))

    expected = [TextLine(0, P4, ("so we", Bracket(BracketKind.UNCLEAR, 4), "then"))]
    assert expected == list(text_lines(transcript(Turn(1, P4, 0, 5_000, words))))


def test_what_cannot_be_heard_has_neither_speaker_nor_length():
    one = transcript(turn(1, "I"), turn(2, "It", 60_000, P2))
    lines = text_lines(one, [(200, 60_000)])

    assert TextLine(200, None, (NOT_AVAILABLE,)) == lines[1]


def test_a_withdrawn_turn_looks_like_any_other_that_cannot_be_heard():
    said = transcript(turn(1, "I"), turn(2, "It made me angry", 1_000, P2), turn(3, "So", 2_000))
    paused = transcript(turn(1, "I"), turn(3, "So", 2_000))

    assert text_lines(paused, [(1_000, 1_800)]) == text_lines(withdrawn(said, P2))


def test_two_reasons_side_by_side_are_one_place():
    one = withdrawn(transcript(turn(1, "I"), turn(2, "It", 1_000, P2), turn(3, "So", 9_000)), P2)

    assert parts(one, (200, 1_000), (1_200, 9_000)) == ["I", NOT_AVAILABLE, "So"]


def test_silence_beside_what_cannot_be_heard_is_written():
    assert ["I", silence(10), NOT_AVAILABLE, silence(5), "It"] == parts(
        transcript(turn(1, "I"), turn(2, "It", 30_000, P2)), (10_200, 25_000)
    )


def test_a_stretch_that_cannot_be_heard_breaks_the_line_of_its_turn():
    words = (*spoken("so"), *spoken("then", 30_000))
    one = transcript(Turn(1, P4, 0, 31_000, words))

    expected = [TextLine(0, P4, ("so",)), TextLine(200, None, (NOT_AVAILABLE,)), TextLine(30_000, P4, ("then",))]
    assert expected == list(text_lines(one, [(200, 29_000)]))


def test_a_withdrawn_stretch_breaks_the_line_of_its_turn():
    words = (*spoken("so"), Word("", 200, 900, kind=WordKind.WITHDRAWN), *spoken("then", 900))

    assert [line.speaker for line in text_lines(transcript(Turn(1, P4, 0, 1_100, words)))] == [P4, None, P4]


def test_a_stretch_at_the_end_that_cannot_be_heard_is_written():
    assert parts(transcript(turn(1, "I")), (500, 9_000)) == ["I", NOT_AVAILABLE]


SPANS = st.tuples(st.integers(0, 20_000), st.integers(0, 5_000)).map(lambda one: (one[0], sum(one)))
GAPS = st.lists(SPANS, max_size=4)


@given(any_transcripts(), GAPS)
def test_every_word_is_on_a_line_of_its_speaker(one, gaps):
    lines = text_lines(one, gaps)
    expected = [(turn.speaker, word.text) for turn in one.turns for word in turn.words if word.kind is WordKind.SPOKEN]
    written = [
        (line.speaker, text) for line in lines for part in line.parts if isinstance(part, str) for text in part.split()
    ]

    assert sorted(expected) == sorted(written)
    assert [line.from_ms for line in lines] == sorted(line.from_ms for line in lines)


@given(any_transcripts(), GAPS)
def test_no_speaker_and_no_length_stands_with_what_cannot_be_heard(one, gaps):
    for line in text_lines(one, gaps):
        if NOT_AVAILABLE in line.parts:
            assert (line.speaker, line.parts) == (None, (NOT_AVAILABLE,))
