"""The text that is read: every line of a transcript where it says, brackets fixed, doubtful words known."""

from __future__ import annotations

from deidentified_values import P1, P2, read, transcript_of
from hypothesis import given
from transcript_values import any_transcripts

from balint_desktop.domain.deidentify.reading import reading_text
from balint_desktop.domain.transcript.transcript import Transcript, Turn, Word, WordKind


def words(bracket):
    return f"[{bracket.kind}]"


def test_lines_have_no_labels_and_an_empty_line_between():
    reading = reading_text(transcript_of((P1, "one two"), (P2, "three")), (), lambda _: "[…]")

    assert reading.text == "one two\n\n[…]\n\nthree"
    assert [(line.turn_id, line.speaker) for line in reading.lines] == [(1, P1), (None, None), (2, P2)]


@given(any_transcripts())
def test_every_line_lies_where_it_says_and_lines_cover_the_text(transcript):
    reading = reading_text(transcript, (), words)

    assert reading.text == "\n\n".join(reading.text[line.begin : line.end] for line in reading.lines)
    for line in reading.lines:
        assert all(reading.line_at(at) == line for at in range(line.begin, line.end))
        assert line.page in reading.pages()


@given(any_transcripts())
def test_what_is_fixed_is_in_brackets_and_what_is_doubtful_was_said(transcript):
    reading = reading_text(transcript, (), words)

    assert all(reading.text[begin] == "[" and reading.text[end - 1] == "]" for begin, end in reading.fixed)
    doubted = {word.text for turn in transcript.turns for word in turn.words if word.is_doubtful}
    assert {reading.text[begin:end] for begin, end in reading.doubtful} <= doubted


def test_brackets_within_a_turn_are_fixed():
    said = (Word("one", 0, 100), Word("", 100, 900, None, WordKind.UNCLEAR), Word("two", 900, 1000))
    reading = reading_text(Transcript((Turn(1, P1, 0, 1000, said),)), (), words)

    assert [reading.text[begin:end] for begin, end in reading.fixed] == ["[unclear]"]
    assert reading.text == "one [unclear] two"


def test_pages_are_of_five_minutes():
    assert read(*[(P1, "one")] * 6).pages() == (1, 2)


def test_what_cannot_be_heard_is_a_line_of_its_own():
    reading = read((P1, "one"), unavailable=[(100_000, 101_000)])

    assert [line.speaker for line in reading.lines].count(None) >= 1
    assert "[not-available]" in reading.text
