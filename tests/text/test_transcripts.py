from __future__ import annotations

import pytest
from transcript_values import P2, P4, spoken, transcript, turn

from balint_desktop.domain.transcript.rendering import Bracket, BracketKind
from balint_desktop.domain.transcript.transcript import LEADER, SEVERAL, UNKNOWN, Turn, Word, WordKind
from balint_desktop.text.transcripts import bracket_words, speaker_words, transcript_lines


def test_a_transcript_is_written_with_times_speakers_and_brackets():
    one = transcript(
        turn(1, "I imagine she was tired of being asked.", 1_258_000, P4),
        turn(2, "It made me angry.", 1_273_600, P2),
        Turn(3, UNKNOWN, 1_275_000, 1_279_000, (Word("", 1_275_000, 1_279_000, kind=WordKind.NOT_UNDERSTOOD),)),
        Turn(4, LEADER, 4_503_000, 4_504_000, spoken("Yes.", 4_503_000)),
    )

    assert transcript_lines(one, [(1_280_000, 4_502_000)]) == [
        "20:58  P4: I imagine she was tired of being asked.",
        "[silence, 14 s]",
        "21:13  P2: It made me angry.",
        "21:15  ?: [not understood, 4 s]",
        "[not available]",
        "75:03  F: Yes.",
    ]


@pytest.mark.parametrize(
    ("bracket", "expected"),
    [
        (Bracket(BracketKind.SILENCE, 75), "[silence, 1 min 15 s]"),
        (Bracket(BracketKind.NOT_AVAILABLE), "[not available]"),
        (Bracket(BracketKind.NOT_UNDERSTOOD, 4), "[not understood, 4 s]"),
        (Bracket(BracketKind.NO_WORDS, 3), "[speech, not transcribed, 3 s]"),
        (Bracket(BracketKind.UNCLEAR, 1), "[unclear, 1 s]"),
        (Bracket(BracketKind.OVERLAP, 2), "[several people at once, 2 s]"),
        (Bracket(BracketKind.OTHER_LANGUAGE, None, "te reo Māori"), "[te reo Māori: for a speaker]"),
        (Bracket(BracketKind.OTHER_LANGUAGE), "[another language: for a speaker]"),
    ],
)
def test_brackets_say_what_is_there(bracket, expected):
    assert bracket_words(bracket) == expected


def test_every_kind_of_brackets_has_words():
    assert all(bracket_words(Bracket(kind, 3, "Samoan")) for kind in BracketKind)


@pytest.mark.parametrize(("speaker", "expected"), [(P4, "P4"), (LEADER, "F"), (SEVERAL, "Several"), (UNKNOWN, "?")])
def test_a_speaker_is_a_code_a_role_or_not_known(speaker, expected):
    assert speaker_words(speaker) == expected
