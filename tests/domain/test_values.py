from __future__ import annotations

import uuid

import pytest

from balint_desktop.domain.values import new_id, parse_participant_code, participant_code


def test_a_code_is_p_and_a_number():
    assert participant_code(1) == "P1"
    assert participant_code(99) == "P99"
    assert parse_participant_code("P12") == "P12"


@pytest.mark.parametrize("number", [0, 100, -1])
def test_a_number_out_of_range_has_no_code(number):
    with pytest.raises(ValueError, match="1 to 99"):
        participant_code(number)


@pytest.mark.parametrize("text", ["", "P", "P0", "P01", "P100", "p1", "Anna", " P1", "P1\n"])
def test_an_invalid_code_is_refused(text):
    with pytest.raises(ValueError, match="code"):
        parse_participant_code(text)


def test_an_id_is_random():
    assert new_id() != new_id()
    assert uuid.UUID(new_id()).version == 4
