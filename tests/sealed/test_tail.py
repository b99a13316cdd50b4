"""A tail is padded to whole chunks, and gives back exactly what was padded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.stream import CHUNK
from balint_desktop.sealed.tail import IMPORT_TAIL_EVERY_BYTES, TAIL_EVERY_S, pad, unpad

LENGTH = 8
LONGEST = CHUNK - LENGTH


@given(st.binary(max_size=2 * CHUNK))
def test_padding_gives_back_what_it_was_given(data):
    block = pad(data)
    assert unpad(block) == data
    assert len(block) % CHUNK == 0


def test_the_length_is_at_the_very_end_after_the_zeros():
    assert pad(b"abc") == b"abc" + bytes(CHUNK - 3 - LENGTH) + bytes(7) + b"\3"


@pytest.mark.parametrize(
    ("size", "padded"), [(0, CHUNK), (1, CHUNK), (LONGEST, CHUNK), (LONGEST + 1, 2 * CHUNK), (CHUNK, 2 * CHUNK)]
)
def test_padding_adds_no_more_than_is_needed_for_the_length(size, padded):
    assert len(pad(bytes(size))) == padded


@pytest.mark.parametrize("length", [LONGEST + 1, CHUNK, CHUNK + LENGTH, 1 << 63])
def test_a_length_beyond_the_block_is_damage_up_to_its_last_possible_byte(length):
    block = b"x" * LONGEST

    assert unpad(block + LONGEST.to_bytes(LENGTH, "big")) == block
    with pytest.raises(Trouble) as caught:
        unpad(block + length.to_bytes(LENGTH, "big"))
    assert caught.value.code is TroubleCode.SEALED_DAMAGED


@pytest.mark.parametrize("block", [b"", b"x", bytes(CHUNK - 1), bytes(CHUNK + 1), b"\xff" * CHUNK])
def test_what_was_never_padded_is_refused(block):
    with pytest.raises(Trouble) as caught:
        unpad(block)
    assert caught.value.code is TroubleCode.SEALED_DAMAGED


def test_a_tail_is_due_before_two_seconds_are_at_risk_and_in_an_import_every_quarter_of_a_megabyte():
    assert TAIL_EVERY_S < 2
    assert IMPORT_TAIL_EVERY_BYTES == 262_144
