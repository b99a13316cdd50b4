from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.transcript.page_format import NotOurFormatError
from balint_desktop.domain.transcript.pieces import SpeechPiece
from balint_desktop.domain.transcript.plan import EngineChoice, TranscriptionPlan, plan_from_json

CHOICE = EngineChoice("an engine", "small.en", "1a5a", "en", {"temperature": 0.0, "beam_size": 5})
PLAN = TranscriptionPlan(CHOICE, ((0, 9_000),), ((500, 8_000),), (SpeechPiece(500, 4_000, 3_000),))
MOMENTS = st.integers(0, 4_000_000)
SPANS = st.lists(st.tuples(MOMENTS, MOMENTS), max_size=3).map(tuple)


@given(SPANS, SPANS, st.lists(st.builds(SpeechPiece, MOMENTS, MOMENTS, MOMENTS), max_size=3).map(tuple))
def test_a_plan_comes_back_as_it_was(audible, speech, pieces):
    plan = TranscriptionPlan(CHOICE, audible, speech, pieces)

    assert plan == plan_from_json(plan.to_json())


OF_ANOTHER_VERSION = PLAN.to_json().replace(b'"version":1', b'"version":2')


@pytest.mark.parametrize("data", [b"", b"\xff", b"[]", b"null", b"{}", b"[" * 100_000, OF_ANOTHER_VERSION])
def test_what_is_no_plan_is_refused_by_our_own_error(data):
    with pytest.raises(NotOurFormatError):
        plan_from_json(data)


@pytest.mark.parametrize("name", ["audible", "speech", "pieces", "options", "model"])
@pytest.mark.parametrize("value", [7, [7], [[1]], [["a", "b", "c"]], [[1e999, 2, 3]]])
def test_a_spoiled_plan_raises_nothing_else(name, value):
    data = json.dumps(json.loads(PLAN.to_json()) | {name: value}).encode()
    with contextlib.suppress(NotOurFormatError):
        assert plan_from_json(data) != PLAN


def test_pieces_of_another_model_or_of_other_sound_do_not_fit():
    assert PLAN.fits(CHOICE, ((0, 9_000),))
    assert not PLAN.fits(CHOICE, ((0, 8_000),))
    assert not PLAN.fits(EngineChoice("an engine", "small.en", "other", "en", CHOICE.options), ((0, 9_000),))
