"""Study numbers: each once, never given again, and in every bracket that holds a code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.values import ParticipantCode

CODES = st.lists(st.integers(1, 99).map(lambda n: ParticipantCode(f"P{n}")), max_size=12)


def backwards(numbers):
    return tuple(reversed(numbers))


@given(CODES, CODES)
def test_those_drawn_stay_and_no_number_is_given_twice(first, second):
    one = StudyNumbers().drawn_for(first, backwards)
    two = one.drawn_for([*first, *second], backwards)

    assert {code: two.numbers[code] for code in one.numbers} == dict(one.numbers)
    assert len(set(two.numbers.values())) == len(two.numbers) == len({*first, *second})
    assert two.above == max([0, *two.numbers.values()])


def test_a_number_of_somebody_who_is_not_in_the_table_any_more_is_not_given_again():
    assert StudyNumbers({}, 7).drawn_for([ParticipantCode("P1")], tuple).numbers == {"P1": 8}


def test_numbers_do_not_follow_the_order_of_the_codes_but_of_the_draw():
    drawn = StudyNumbers().drawn_for([ParticipantCode("P1"), ParticipantCode("P2")], backwards)

    assert dict(drawn.numbers) == {"P1": 2, "P2": 1}
    assert drawn.label(ParticipantCode("P1")) == "R2"


def test_brackets_with_a_code_hold_its_number_and_others_stay():
    numbers = StudyNumbers({ParticipantCode("P1"): 4}, 4)

    assert numbers.in_text("[P1] met P1 on [ward], [P1’s]") == "[R4] met P1 on [ward], [P1’s]"
    with pytest.raises(KeyError):
        numbers.in_text("[P2]")


@given(CODES)
def test_they_are_read_as_they_were_written(codes):
    numbers = StudyNumbers().drawn_for(codes, backwards)

    assert StudyNumbers.from_json(numbers.to_json()) == numbers


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"version": 2}', b'{"version": 1, "above": 2, "numbers": {"P1": 1, "P2": 1}}']
)
def test_what_is_none_is_refused(data):
    with pytest.raises(ValueError, match="study number"):
        StudyNumbers.from_json(data)
