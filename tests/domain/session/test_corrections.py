"""Corrections of a record: which values are valid, who made them and why, and how they lie over the facts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.session.corrections import (
    LONGEST_S,
    OVERLAID,
    TEXTS,
    WHO_LIMIT,
    WHY_LIMIT,
    Attribution,
    Field,
    Overlay,
    from_plain,
    to_plain,
    validated,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind, participant_code

NOW = 1_772_600_000.0
P1, P2, P10 = (participant_code(number) for number in (1, 2, 10))
CODES = st.integers(1, 99).map(participant_code)


def refused(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code, caught.value.details


# --- values ---


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        (Field.NUMBER, 1, 1),
        (Field.NUMBER, "12", 12),
        (Field.NUMBER, 999, 999),
        (Field.KIND, "evaluation", SessionKind.EVALUATION),
        (Field.BEGAN, NOW, NOW),
        (Field.LASTED, None, None),
        (Field.LASTED, 0.5, 0.5),
        (Field.LASTED, 12 * 3600, 43_200.0),
        (Field.PRESENT, ["P10", "P2", "P1", "P2"], (P1, P2, P10)),
        (Field.PRESENTERS, {"2": "P1", "1": "P10"}, {1: P10, 2: P1}),
        (Field.PRESENTERS, {}, {}),
        (Field.ONLINE, 1, True),
        (Field.ONLINE, 0, False),
        (Field.PROCESS_NOTE, "  We sat with it.\n", "We sat with it."),
        (Field.PROCESS_NOTE, " " + "x" * 500 + " ", "x" * 500),
    ],
)
def test_a_valid_value_is_returned_as_it_is_stored(field, typed, stored):
    found = validated(field, typed, NOW)

    assert found == stored
    assert type(found) is type(stored)


def test_cases_are_stored_in_their_order():
    assert list(validated(Field.PRESENTERS, {2: "P1", 1: "P2"}, NOW)) == [1, 2]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (Field.NUMBER, 0),
        (Field.NUMBER, 1000),
        (Field.LASTED, 0),
        (Field.LASTED, -60),
        (Field.LASTED, 12 * 3600 + 1),
        (Field.PRESENTERS, {0: "P1"}),
        (Field.PRESENTERS, {1: "P1", -1: "P2"}),
        (Field.PROCESS_NOTE, "x" * 501),
    ],
)
def test_an_impossible_value_is_refused_with_its_field(field, typed):
    assert refused(lambda: validated(field, typed, NOW)) == (TroubleCode.VALUE_IMPOSSIBLE, {"name": field})


def test_a_session_cannot_have_begun_after_now():
    assert refused(lambda: validated(Field.BEGAN, NOW + 0.5, NOW)) == (TroubleCode.DAY_TO_COME, {})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (Field.NUMBER, "many"),
        (Field.KIND, "party"),
        (Field.BEGAN, "noon"),
        (Field.PRESENT, ["P0"]),
        (Field.PRESENTERS, {1: "P100"}),
        (Field.PRESENTERS, {"one": "P1"}),
    ],
)
def test_a_value_that_no_form_can_produce_is_refused_with_a_value_error(field, value):
    with pytest.raises(ValueError):
        validated(field, value, NOW)


# --- who and why ---


def test_author_and_reason_are_kept_as_one_line_each():
    by = Attribution("  M.\tK. ", " the wrong\n pill ")

    assert (by.who, by.why) == ("M. K.", "the wrong pill")


@pytest.mark.parametrize(
    ("who", "why"),
    [("", "why"), ("  ", "why"), ("M", ""), ("M", "\n"), ("M" * (WHO_LIMIT + 1), "why"), ("M", "y" * (WHY_LIMIT + 1))],
)
def test_author_and_reason_are_both_needed_and_short(who, why):
    assert refused(lambda: Attribution(who, why)) == (TroubleCode.CORRECTION_UNSAID, {})


def test_author_and_reason_may_be_one_letter_each():
    by = Attribution("M", "y")

    assert (by.who, by.why) == ("M", "y")


def test_author_and_reason_may_be_as_long_as_their_limits():
    assert (WHO_LIMIT, WHY_LIMIT) == (60, 200)
    by = Attribution("M" * 60, "y" * 200)

    assert (len(by.who), len(by.why)) == (60, 200)


# --- over the facts ---


def test_a_corrected_field_counts_instead_of_its_facts_and_another_does_not():
    overlay = Overlay({Field.LASTED: None, Field.ONLINE: False})

    assert overlay.over(Field.LASTED, 3600.0) is None
    assert overlay.over(Field.ONLINE, seen=True) is False
    assert overlay.over(Field.BEGAN, NOW) == NOW


def test_the_fields_over_the_facts_are_those_that_no_column_of_their_own_holds():
    assert {Field.BEGAN, Field.LASTED, Field.PRESENT, Field.PRESENTERS, Field.ONLINE} == OVERLAID
    assert {Field.PROCESS_NOTE} == TEXTS


def test_the_stored_text_of_an_overlay_has_plain_values_by_field():
    overlay = Overlay({Field.PRESENTERS: {2: P10, 1: P2}, Field.PRESENT: (P2, P10), Field.LASTED: 60.0})

    assert overlay.to_text() == '{"lasted": 60.0, "present": ["P2", "P10"], "presenters": {"1": "P2", "2": "P10"}}'


_VALUES = {
    Field.NUMBER: st.integers(1, 999),
    Field.KIND: st.sampled_from(SessionKind),
    Field.BEGAN: st.floats(0, NOW),
    Field.LASTED: st.none() | st.floats(1, LONGEST_S),
    Field.PRESENT: st.lists(CODES, max_size=4).map(tuple),
    Field.PRESENTERS: st.dictionaries(st.integers(1, 12), CODES, max_size=4),
    Field.ONLINE: st.booleans(),
    Field.PROCESS_NOTE: st.text(max_size=40),
}


@given(st.fixed_dictionaries({}, optional=_VALUES))
def test_any_overlay_comes_back_from_its_text(values):
    found = Overlay.from_text(Overlay(values).to_text())

    assert found == Overlay(values)
    assert isinstance(found.values.get(Field.KIND, SessionKind.CASE), SessionKind)


@pytest.mark.parametrize("text", ["no JSON", '{"mood": 1}', '{"kind": "party"}', '{"presenters": {"one": "P1"}}'])
def test_a_text_that_is_no_overlay_is_refused_with_a_value_error(text):
    with pytest.raises(ValueError):
        Overlay.from_text(text)


def test_presenters_are_written_by_the_number_of_their_case():
    plain = to_plain(Field.PRESENTERS, {10: P1, 2: P2})

    assert list(plain.items()) == [("2", "P2"), ("10", "P1")]
    assert from_plain(Field.PRESENTERS, plain) == {2: P2, 10: P1}
