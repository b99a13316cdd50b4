from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.imported_text import (
    ImportedText,
    ImportedTurn,
    TimedText,
    suggested_speaker,
    suggested_speakers,
)
from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, SEVERAL, UNKNOWN, parse_speaker


def said(label, *times):
    return ImportedTurn(label, tuple(TimedText("so", *each) for each in times or [()]))


def test_labels_are_counted_in_order_of_their_first_turn():
    text = ImportedText((said("P4"), said(""), said("Kiri"), said("P4")))

    assert list({"P4": 2, "Kiri": 1}.items()) == list(text.labels.items())


@pytest.mark.parametrize(
    ("turn", "expected"), [(said("P4"), False), (said("P4", (), (3_000,)), True), (said("P4", (None, 3_000)), True)]
)
def test_a_text_has_times_where_any_piece_has_one(turn, expected):
    assert expected is ImportedText((said(""), turn)).has_times


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("P4", "P4"),
        ("p 04", "P4"),
        ("P-12", "P12"),
        ("F", LEADER),
        ("Facilitator", LEADER),
        ("Group  Leader", LEADER),
        ("Leitung", LEADER),
        ("Co-Leader", CO_LEADER),
        ("C2", "C2"),
        ("all", SEVERAL),
        ("Kiri Example", UNKNOWN),
        ("Speaker 1", UNKNOWN),
        ("S01", UNKNOWN),
        ("P0", UNKNOWN),
        ("P100", UNKNOWN),
        ("C12", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_code_or_a_role_suggests_its_speaker_and_a_name_nobody(label, expected):
    assert expected == suggested_speaker(label)


def test_every_label_has_a_suggestion():
    assert suggested_speakers(ImportedText((said("P4"), said("Kiri")))) == {"P4": "P4", "Kiri": UNKNOWN}


@given(st.text(max_size=12))
def test_whatever_a_label_is_its_suggestion_is_a_speaker(label):
    assert parse_speaker(suggested_speaker(label)) == suggested_speaker(label)
