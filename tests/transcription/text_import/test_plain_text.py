from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.imported_text import ImportedTurn, TimedText
from balint_desktop.transcription.text_import.plain_text import turns_of


def turns(text):
    return [(turn.label, " / ".join(piece.text for piece in turn.pieces)) for turn in turns_of(text)]


def times(text):
    return [[(piece.from_ms, piece.until_ms) for piece in turn.pieces] for turn in turns_of(text)]


def test_times_within_a_turn_part_it_into_pieces():
    (turn,) = turns_of("P4: I do. [00:00:40] She was like me.")

    assert ImportedTurn("P4", (TimedText("I do."), TimedText("She was like me.", 40_000))) == turn


def test_a_time_at_the_end_of_a_paragraph_is_when_it_ends():
    assert times("P4: I do. #00:00:12-3#\n\nP2: So. #00:00:15-9#") == [[(None, 12_300)], [(None, 15_900)]]


def test_a_time_before_and_one_after_are_both_kept():
    assert times("[00:00:03] P4: I do. [00:00:09]") == [[(3_000, 9_000)]]


def test_a_time_on_a_line_of_its_own_stands_for_the_next_line():
    assert turns("[00:05]\nP4: I do.") == [("P4", "I do.")]
    assert times("[00:05]\nP4: I do.") == [[(5_000, None)]]


def test_a_line_below_goes_on_and_a_paragraph_is_a_turn_of_the_same_speaker():
    assert turns("P4: I do.\nSo.\n\nAnd then.") == [("P4", "I do. So."), ("P4", "And then.")]


@pytest.mark.parametrize(
    "text", ["10:30 was when we met.", "We met at 10:30", "Note: this is a draft.", "Is it so?: yes", "1:1 with me"]
)
def test_what_only_looks_like_a_label_or_a_time_stays_in_the_text(text):
    expected = [("P4", "I do. So. And then. More."), ("P4", text)]

    assert expected == turns(f"P4: I do.\nSo.\nAnd then.\nMore.\n\n{text}")


def test_a_bold_label_is_one():
    assert [*turns("**P4:** I do."), *turns("a ** b")] == [("P4", "I do."), ("", "a ** b")]


def test_names_beside_each_other_are_labels_though_each_comes_once():
    assert turns("Kiri: I do.\nAri: So.") == [("Kiri", "I do."), ("Ari", "So.")]


def test_a_row_of_cells_has_label_and_time_in_either_order():
    assert turns("P4\t[00:05]\tI do.") == [("P4", "I do.")]
    assert times("P4\t[00:05]\tI do.") == [[(5_000, None)]]
    assert turns("00:05\tP4\tI do.\n") == [("P4", "I do.")]


def test_a_name_below_a_time_is_a_label_only_where_it_comes_again():
    again = "[00:05]\nKiri Example\nI do.\n\n[00:09]\nKiri Example\nSo."
    once = "[00:05]\nYes indeed\nI do.\n\n[00:09]\nI see."

    assert turns(again) == [("Kiri Example", "I do."), ("Kiri Example", "So.")]
    assert turns(once) == [("", "Yes indeed I do."), ("", "I see.")]


def test_a_time_in_brackets_at_the_end_of_a_sentence_stays_in_the_text():
    assert turns("P4: I do.\nShe left (10:30)\nand then.\n\nIt was (11:30)") == [
        ("P4", "I do. She left (10:30) and then."),
        ("P4", "It was (11:30)"),
    ]


def test_a_name_beside_a_time_with_text_below_is_a_label_though_it_comes_once():
    assert turns("Kiri Example  0:05\nI do.\nSo.\nAnd then.\n\nAri  (0:09):\nYes.\nSo.\nWell.") == [
        ("Kiri Example", "I do. So. And then."),
        ("Ari", "Yes. So. Well."),
    ]


def test_what_is_beside_a_time_above_a_labelled_line_was_said():
    assert turns("P4: So.\n[00:00:03] Aroha Whānau\nP4: Yes.") == [
        ("P4", "So."),
        ("P4", "Aroha Whānau"),
        ("P4", "Yes."),
    ]


def test_a_turn_without_text_is_none():
    assert turns("P4:\n\nP2: So.") == [("P2", "So.")]


@pytest.mark.parametrize("text", ["", "\n\n", "[00:05]", "P4:", "Transcribed by https://otter.ai"])
def test_a_text_without_words_has_no_turns(text):
    assert turns_of(text) == ()


SPOKEN = st.lists(st.sampled_from("I was there with her. whānau, so? naïve “yes” (..)".split()), min_size=1, max_size=6)
LABELS = st.sampled_from(["P4: ", "P2: ", "Speaker 1: ", "", ""])
STAMPS = st.sampled_from(["[00:00:03] ", "", ""])
BREAKS = st.sampled_from(["\n", "\n\n", " \n\t\n"])


@given(st.lists(st.tuples(STAMPS, LABELS, SPOKEN, BREAKS), max_size=8))
def test_no_word_is_lost_and_none_is_added(lines):
    text = "".join(f"{stamp}{label}{' '.join(words)}{end}" for stamp, label, words, end in lines)

    assert [word for _, _, words, _ in lines for word in words] == [
        word for turn in turns_of(text) for piece in turn.pieces for word in piece.text.split()
    ]


@given(st.text(st.characters(exclude_characters=":：\t#[({<*", exclude_categories=["Cs"]), max_size=80))
def test_a_text_without_labels_and_times_keeps_every_word(text):
    assert text.split() == [word for turn in turns_of(text) for piece in turn.pieces for word in piece.text.split()]


@given(st.text("P4: 0123[]#\n\tab.", max_size=60))
def test_anything_is_read(text):
    assert all(piece.text for turn in turns_of(text) for piece in turn.pieces)
