"""The marks of a part: the texts found in vaults, and the meaning of each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain import part_marks
from balint_desktop.domain.part_marks import UnknownMark, parse_mark
from balint_desktop.domain.values import MarkKind, SessionKind, SoundSource

# As recorders of every version have written them.
HELD = [
    ("pause", part_marks.PauseMark()),
    ("resume", part_marks.ResumeMark()),
    ("struck 60", part_marks.RedactionMark(60.0)),
    ("struck 60 taken back", part_marks.RedactionUndoneMark(60.0)),
    ("gap 1.200", part_marks.GapMark(1.2)),
    ("drift +0.013", part_marks.DriftMark(0.013)),
    ("drift -0.000", part_marks.DriftMark(-0.0)),
    ("phase call", part_marks.PhaseEnteredMark("call")),
    ("question 3", part_marks.QuestionAskedMark(3)),
    ("question 3 taken back", part_marks.QuestionUndoneMark(3)),
    ("session evaluation", part_marks.SessionKindMark(SessionKind.EVALUATION)),
    ("name-to-remove", part_marks.MomentMark(MarkKind.NAME_TO_REMOVE)),
    ("worth-coming-back-to", part_marks.MomentMark(MarkKind.WORTH_COMING_BACK_TO)),
    ("microphone lost", part_marks.SourceLostMark(SoundSource.MICROPHONE)),
    ("call back", part_marks.SourceBackMark(SoundSource.CALL)),
]


@pytest.mark.parametrize(("text", "mark"), HELD)
def test_a_text_found_in_vaults_is_read_as_its_mark_and_written_unchanged(text, mark):
    assert parse_mark(text) == mark
    assert mark.text == text


def test_every_kind_of_mark_has_a_text_found_in_vaults():
    assert {type(mark) for _, mark in HELD} | {UnknownMark} == set(part_marks.PartMark.__args__)


@pytest.mark.parametrize(
    "text",
    [
        *("", "struck", "struck x", "struck -1", "struck 1.5", "struck it out", "struck x taken back", "60"),
        *("gap 1.2", "drift 0.013", "phase ", "Pause", "pause ", "session other"),
        *("room lost", "call lost ", "call"),
        *("question 0", "question 100", "question 3 taken", "question " + "9" * 5000),
    ],
)
def test_any_other_text_is_stored_unchanged(text):
    assert parse_mark(text) == UnknownMark(text)


@given(st.text() | st.from_regex(r"(gap|drift|phase|question|session|pause) ?[-+0-9.a-z ]*", fullmatch=True))
def test_reading_and_writing_a_text_leaves_it_unchanged(text):
    assert parse_mark(text).text == text


@pytest.mark.parametrize(
    ("text", "seconds"), [("struck 060", 60.0), ("struck ٦٠", 60.0), ("struck " + "9" * 400, 24 * 3600.0)]
)
def test_a_redaction_is_understood_however_its_number_is_written(text, seconds):
    assert parse_mark(text) == part_marks.RedactionMark(seconds)
    assert parse_mark(parse_mark(text).text) == parse_mark(text)
