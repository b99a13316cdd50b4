"""When a piece counts as understood: both sides of every limit."""

from __future__ import annotations

import pytest

from balint_desktop.domain.transcript.machine_text import (
    HeardSegment,
    HeardWord,
    Verdict,
    is_invented,
    stored_probability,
    verdict,
)

PLAIN = "She was like me and I kept thinking about her all night"
FINE = HeardSegment(1.4, 0.05)


def heard(text, *, doubtful=0, probability=0.9, doubt=0.49):
    words = text.split()
    return [
        HeardWord(one, at * 300, at * 300 + 250, doubt if at < doubtful else probability)
        for at, one in enumerate(words)
    ]


def of(text=PLAIN, segment=FINE, **kwargs):
    return verdict(heard(text, **kwargs), [segment])


TEN = "one two three four five six seven eight nine ten"


def test_no_words_are_nothing():
    assert verdict([], []) == Verdict.NOTHING


@pytest.mark.parametrize(("doubtful", "expected"), [(3, Verdict.UNDERSTOOD), (4, Verdict.NOT_UNDERSTOOD)])
def test_four_doubtful_words_in_ten_are_too_many(doubtful, expected):
    assert expected == of(TEN, doubtful=doubtful)


@pytest.mark.parametrize(("doubt", "expected"), [(0.5, Verdict.UNDERSTOOD), (0.499, Verdict.NOT_UNDERSTOOD)])
def test_a_word_is_doubtful_below_one_half(doubt, expected):
    assert expected == of(TEN, doubtful=10, doubt=doubt)


@pytest.mark.parametrize(("compression", "expected"), [(4.0, Verdict.UNDERSTOOD), (4.01, Verdict.NOT_UNDERSTOOD)])
def test_text_that_compresses_more_than_four_times_is_not_understood(compression, expected):
    assert expected == of(segment=HeardSegment(compression, 0.05))


@pytest.mark.parametrize(
    ("no_speech", "probability", "expected"),
    [
        (0.55, 0.59, Verdict.NOT_UNDERSTOOD),
        (0.54, 0.59, Verdict.UNDERSTOOD),
        (0.55, 0.6, Verdict.UNDERSTOOD),
    ],
)
def test_likely_silence_counts_with_a_low_mean_alone(no_speech, probability, expected):
    assert expected == of(TEN, segment=HeardSegment(1.4, no_speech), probability=probability)


def test_a_single_word_is_always_asked_about():
    assert of("Yes.") == Verdict.NOT_UNDERSTOOD
    assert of("Yes, indeed.") == Verdict.UNDERSTOOD


LOOPS = ["so", "I know", "I am sorry", "it was not me", "and then she said no"]


@pytest.mark.parametrize("phrase", LOOPS)
def test_a_phrase_of_one_to_five_words_five_times_running_is_a_loop(phrase):
    around = "Before that {} and afterwards"

    assert of(around.format(" ".join([phrase] * 5))) == Verdict.NOT_UNDERSTOOD
    assert of(around.format(" ".join([phrase] * 4))) == Verdict.UNDERSTOOD


def test_a_phrase_of_six_words_may_come_five_times():
    assert of(" ".join(["what is it like for you"] * 5)) == Verdict.UNDERSTOOD


def test_a_loop_is_seen_through_signs_and_case():
    assert of("I'm sorry. I'm sorry, I'm SORRY! “I'm sorry” I'm sorry and more") == Verdict.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "line",
    [
        "Thank you for watching!",
        "Thank you very much for watching and I will see you",
        "See you in the next video.",
        "Please subscribe.",
        "Subtitles by the Amara.org community",
        "Transcribed by https://otter.ai",
        "Untertitel im Auftrag des ZDF, 2021",
    ],
)
def test_the_ends_of_videos_are_not_what_a_group_said(line):
    assert of(f"{PLAIN}. {line}") == Verdict.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "line",
    [
        "See you next time.",
        "This will be transcribed by a machine on this laptop.",
        "Thank you. Watching her was hard.",
        "I subscribe to that.",
    ],
)
def test_what_a_group_may_say_is_understood(line):
    assert of(f"{PLAIN}. {line}") == Verdict.UNDERSTOOD


@pytest.mark.parametrize(
    ("probability", "expected"), [(0.12345, 0.123), (1.01, 1.0), (-0.1, 0.0), (float("nan"), 0.0), (0.4996, 0.5)]
)
def test_a_probability_is_stored_to_three_digits_within_0_and_1(probability, expected):
    assert expected == stored_probability(probability)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I'm sorry " * 5, True),
        ("Thank you for watching.", True),
        ("The kuia came and sat with us.", False),
        ("kuia", False),
    ],
)
def test_loops_and_lines_of_videos_are_inventions_whatever_the_doubt(words, expected):
    heard = [HeardWord(one, 0, 100, 0.2) for one in words.split()]

    assert is_invented(heard, [HeardSegment(1.2, 0.0)]) is expected
    assert is_invented(heard, [HeardSegment(4.1, 0.0)])
