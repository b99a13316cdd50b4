"""What is said of a transcription that runs or waits."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.queue import QueueState, TranscriptionStage, WaitReason, first_reason
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.text.transcribing import estimate_words, first_words, line_words, place_words, session_title

ONE = (RecordingId("one"),)


def heard(share, left_s=None):
    return QueueState(ONE, None, TranscriptionStage.HEARING, share, left_s)


@pytest.mark.parametrize(
    ("queue", "words"),
    [
        (QueueState(ONE), "starting to transcribe"),
        (QueueState(ONE, None, TranscriptionStage.SEARCHING), "looking for speech"),
        (heard(0.0), "less than 1% transcribed"),
        (heard(0.0, 2400.0), "less than 1% transcribed, about 40 min left"),
        (heard(0.386), "38% transcribed"),
        (heard(0.386, 540.0), "38% transcribed, about 9 min left"),
        (heard(0.99, 60.0), "99% transcribed, about 1 min left"),
        (heard(0.99, 20.0), "99% transcribed, less than a minute left"),
        (heard(1.0, 0.0), "100% transcribed, less than a minute left"),
        (QueueState(ONE, WaitReason.SESSION), "transcription waits until the session is over"),
        (QueueState(ONE, WaitReason.LOCKED), "transcription waits until you enter your passphrase"),
        (
            QueueState(ONE, WaitReason.PLAYING, TranscriptionStage.HEARING, 0.4, 60.0),
            "transcription waits until you stop playing",
        ),
        (
            QueueState(ONE, WaitReason.BATTERY),
            "transcription waits until the battery is at 30% or the charger is connected",
        ),
    ],
)
def test_the_first_in_the_queue_says_how_far_it_is_or_what_it_waits_for(queue, words):
    assert first_words(queue) == words
    assert line_words("Block B, session 2", queue) == f"Block B, session 2: {words}"


@given(st.floats(0, 1), st.none() | st.floats(0, 1e6))
def test_no_progress_is_told_as_nought_or_as_no_number(share, left_s):
    words = first_words(heard(share, left_s))

    assert not words.startswith("0%")
    assert "about 0" not in words
    assert "nan" not in words.lower()
    assert math.isfinite(share)


def test_without_a_transcription_nothing_is_said():
    assert line_words("Block B, session 2", QueueState()) == ""


def test_those_behind_it_say_their_place():
    assert [place_words(place) for place in (2, 3, 4)] == [
        "waiting, next in the queue",
        "waiting, number 2 in the queue",
        "waiting, number 3 in the queue",
    ]


def test_a_session_comes_first_among_several_reasons():
    assert first_reason({WaitReason.BATTERY, WaitReason.PLAYING, WaitReason.SESSION}) is WaitReason.SESSION
    assert first_reason(set()) is None


@pytest.mark.parametrize(
    ("title", "words"),
    [
        (("Block B", 2, SessionKind.CASE), "Block B, session 2"),
        (("Block B", 6, SessionKind.EVALUATION), "Block B, evaluation session 6"),
        (("", 2, SessionKind.CASE), "Session 2"),
        (("Block B", None, SessionKind.CASE), "Block B"),
        (("", None, SessionKind.CASE), "Transcript"),
    ],
)
def test_a_session_is_called_by_its_group_and_number(title, words):
    assert session_title(*title) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (16.0, "Less than a minute on this computer."),
        (50.0, "About 1 min on this computer."),
        (840.0, "About 14 min on this computer."),
    ],
)
def test_an_estimate_is_in_whole_minutes_and_never_none(seconds, words):
    assert estimate_words(seconds) == words
