"""Blocks on the pipe from the child that hears the call."""

from __future__ import annotations

import io
import struct

import pytest

from balint_desktop.capture.block_pipe import pack_block, read_block
from balint_desktop.capture.source import Block


def test_blocks_come_out_as_they_went_in_with_the_age_that_was_measured():
    pipe = io.BytesIO(pack_block(Block(b"abcd", 12.5, 0.07), 0.2) + pack_block(Block(b"ef", 13.5), 0.2))

    assert read_block(pipe.read) == (Block(b"abcd", 12.5), 0.07)
    assert read_block(pipe.read) == (Block(b"ef", 13.5), 0.2)
    assert read_block(pipe.read) is None


@pytest.mark.parametrize("missing", [1, 3, 22])
def test_a_block_that_was_cut_off_is_the_end(missing):
    whole = pack_block(Block(b"abcd", 1.0), 0.0)

    assert read_block(io.BytesIO(whole[:-missing]).read) is None


def test_a_block_that_no_child_of_ours_sends_is_refused():
    with pytest.raises(ValueError, match="bytes"):
        read_block(io.BytesIO(struct.pack("<ddI", 0.0, 0.0, 1 << 30)).read)
