"""Decisions: which one counts at a place, what undoing leaves, and how they are stored."""

from __future__ import annotations

import pytest
from deidentified_values import decided
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.decisions import (
    Decision,
    DecisionKind,
    Decisions,
    PageTick,
    TermPlace,
    decisions_from_json,
    decisions_to_json,
)
from balint_desktop.domain.deidentify.suggestions import Layer

HERE, THERE = TermPlace(1, 0), TermPlace(2, 0)


def test_the_decision_for_a_place_counts_before_the_one_for_all_of_a_word():
    known = Decisions().with_decision(decided("Ward")).with_decision(decided("Ward", DecisionKind.LEAVE, at=HERE))

    assert known.decided("ward", HERE).verdict is DecisionKind.LEAVE
    assert known.decided("ward", THERE).verdict is DecisionKind.REPLACE
    assert known.decided("other", HERE) is None


def test_a_decision_for_all_of_a_word_replaces_those_for_its_places_and_no_others():
    known = Decisions().with_decision(decided("Ward", at=HERE)).with_decision(decided("Hope", at=HERE))
    known = known.with_decision(decided("Ward", DecisionKind.LEAVE))

    assert known.decided("ward", HERE).verdict is DecisionKind.LEAVE
    assert known.decided("hope", HERE) is not None


def test_undoing_leaves_a_term_undecided_everywhere_or_at_one_place():
    both = Decisions().with_decision(decided("Ward")).with_decision(decided("Ward", DecisionKind.LEAVE, at=HERE))

    assert both.without_decision("ward", HERE).decided("ward", HERE).verdict is DecisionKind.REPLACE
    assert both.without_decision("ward") == Decisions()


def test_what_was_decided_in_turns_that_are_taken_out_goes():
    known = Decisions().with_decision(decided("Ward", at=HERE)).with_decision(decided("Ward", at=THERE))

    assert list(known.without_turns({1}).single) == [("ward", THERE)]


def test_a_page_is_ticked_once_by_each_person_and_unticked_by_them_alone():
    known = Decisions().with_tick(PageTick(1, "AB", "a", 1)).with_tick(PageTick(1, "CD", "a", 2))
    known = known.with_tick(PageTick(1, "AB", "b", 3))

    assert sorted((one.by, one.sha256) for one in known.ticks) == [("AB", "b"), ("CD", "a")]
    assert [one.by for one in known.without_tick(1, "AB").ticks] == ["CD"]


def test_terms_that_are_replaced_everywhere_are_searched_for_and_those_left_or_for_one_place_are_not():
    known = Decisions().with_decision(decided("Ward Six")).with_decision(decided("Hope", DecisionKind.LEAVE))
    known = known.with_decision(decided("Annie", at=HERE, layer=Layer.MARKED))

    assert known.phrases() == {"Ward Six"}
    assert known.with_decision(decided("Annie", layer=Layer.MARKED)).marked() == {"Annie"}


@pytest.mark.parametrize("layer", [Layer.NUMBER, Layer.PATTERN, Layer.NAME_OR_WORD, Layer.ROSTER, Layer.STORY])
def test_what_its_layer_finds_anew_is_not_searched_for(layer):
    known = Decisions().with_decision(decided("twenty", layer=layer))

    assert known.phrases() == frozenset()


def test_what_the_group_decided_replaces_what_was_decided_for_all_and_leaves_single_places():
    mine = Decisions().with_decision(decided("Ward")).with_decision(decided("Hope", at=HERE))
    known = mine.with_group({"annie": decided("Annie")})

    assert set(known.everywhere) == {"annie"}
    assert set(known.single) == {("hope", HERE)}


TEXT = st.text(max_size=8)
DECISIONS = st.builds(
    Decision,
    TEXT,
    TEXT,
    st.sampled_from(DecisionKind),
    TEXT,
    st.sampled_from(Layer),
    TEXT,
    st.floats(0, 1e10),
    st.none() | st.builds(TermPlace, st.integers(0, 99), st.integers(0, 9)),
)
TICKS = st.builds(PageTick, st.integers(1, 99), TEXT, TEXT, st.floats(0, 1e10))


@given(st.lists(DECISIONS), st.lists(TICKS))
def test_they_are_read_as_they_were_written(decisions, ticks):
    known = Decisions()
    for one in decisions:
        known = known.with_decision(one)
    for tick in ticks:
        known = known.with_tick(tick)

    assert decisions_from_json(decisions_to_json(known) + b"   ") == known


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"\xff", b'{"version": 2, "decisions": [], "read": []}'])
def test_what_is_none_is_refused(data):
    with pytest.raises(ValueError, match="decisions"):
        decisions_from_json(data)
