from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_files import YOUTUBE_VTT

from balint_desktop.transcription.text_import.subtitles import is_subtitles, turns_of


def turns(text):
    return [(turn.label, " ".join(" ".join(piece.text.split()) for piece in turn.pieces)) for turn in turns_of(text)]


def cues(*texts, gap_ms=0, long_s=2):
    """Return subtitles of cues of two seconds each."""
    lines = ["WEBVTT", ""]
    for number, text in enumerate(texts):
        begin = number * (long_s * 1000 + gap_ms)
        times = [f"{at // 60_000:02d}:{at // 1000 % 60:02d}.{at % 1000:03d}" for at in (begin, begin + long_s * 1000)]
        lines += [" --> ".join(times), text, ""]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT\n", True),
        ("1\n00:00:02,040 --> 00:00:05,160\nso", True),
        ("\n\n00:02.040 --> 00:05.160\nso", True),
        ("P4: so\n", False),
        ("so\nso\nso\n00:02.040 --> 00:05.160\nso", False),
    ],
)
def test_subtitles_are_known_by_how_they_begin(text, expected):
    assert expected is is_subtitles(text)


@pytest.mark.parametrize(("gap_ms", "expected"), [(999, ["I do. So."]), (1_000, ["I do.", "So."])])
def test_cues_of_one_speaker_are_a_turn_until_a_second_passes(gap_ms, expected):
    assert expected == [text for _, text in turns(cues("I do.", "So.", gap_ms=gap_ms))]


def test_a_cue_of_another_speaker_is_another_turn():
    assert turns(cues("<v P4>I do.</v>", "<v.loud P2>So.", "Well.")) == [("P4", "I do."), ("P2", "So."), ("", "Well.")]


def test_two_voices_in_a_cue_are_two_turns_of_its_times():
    first, second = turns_of(cues("<v P4>I do.\n<v P2>So."))

    assert (first.label, second.label) == ("P4", "P2")
    assert {(0, 2_000)} == {(turn.pieces[0].from_ms, turn.pieces[0].until_ms) for turn in (first, second)}


def test_a_turn_of_a_minute_ends_with_its_sentence_and_one_of_two_minutes_in_any_case():
    ended, endless = cues(*["so."] * 50), cues(*["so"] * 100, long_s=3)

    assert [len(turn.pieces) for turn in turns_of(ended)] == [30, 20]
    assert [len(turn.pieces) for turn in turns_of(endless)] == [40, 40, 20]


def test_each_cue_keeps_its_times():
    (turn,) = turns_of(cues("I do.", "So."))

    assert [(piece.from_ms, piece.until_ms) for piece in turn.pieces] == [(0, 2_000), (2_000, 4_000)]


def test_marks_and_entities_are_read():
    assert turns(cues("<i>I</i> <c.yellow>do</c> &amp; so &lt;3 <b>she said</b>")) == [("", "I do & so <3 she said")]


def test_a_name_before_a_colon_is_the_speaker_and_goes_on_until_the_next():
    assert turns(cues("P4: I do.", "So.", "P2: Well.")) == [("P4", "I do. So."), ("P2", "Well.")]


def test_notes_and_styles_are_no_text_but_a_cue_that_begins_with_the_word_is():
    text = (
        cues("I do.", "NOTE it was so.")
        + "\nNOTE a comment\nof two lines\n\n"
        + "09:00.000 --> 09:01.000\nSTYLE matters"
    )

    assert [said for _, said in turns(text)] == ["I do. NOTE it was so.", "STYLE matters"]


@pytest.mark.parametrize("ids", ["7", "intro-1", "00000000-1111/12-0"])
def test_the_name_of_a_cue_is_no_text(ids):
    text = f"WEBVTT\n\n{ids}\n00:00.000 --> 00:01.000\nI do.\n\n{ids}\n00:01.000 --> 00:02.000\nSo."

    assert turns(text) == [("", "I do. So.")]


def test_text_after_an_empty_line_belongs_to_its_cue():
    assert turns("WEBVTT\n\n00:00.000 --> 00:01.000\n\nI do.\n\nAnd then so.\n") == [("", "I do. And then so.")]


def test_captions_that_roll_up_say_each_line_once_and_a_repeated_line_twice():
    assert turns(YOUTUBE_VTT) == [("", "welcome who has a case I do I do")]


def test_a_repeated_line_of_other_subtitles_stays():
    assert turns(cues("So.", "So.")) == [("", "So. So.")]


WORDS = st.lists(st.sampled_from("I was there whānau, so?".split()), min_size=1, max_size=5)


@given(st.lists(st.tuples(st.sampled_from(["<v P4>", "P2: ", "<v Speaker 1>", ""]), WORDS), min_size=1, max_size=8))
def test_no_word_is_lost_and_none_is_added(said):
    text = cues(*(label + " ".join(words) for label, words in said))

    assert [word for _, words in said for word in words] == [word for _, line in turns(text) for word in line.split()]


@given(st.text("<v P4>/ :-.0123\n&{}\\", max_size=80))
def test_anything_is_read(text):
    for said in (f"WEBVTT\n\n{text}", cues(text, text)):
        assert all(piece.text for turn in turns_of(said) for piece in turn.pieces)
