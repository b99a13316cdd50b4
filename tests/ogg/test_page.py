"""Ogg pages: read as specified in RFC 3533, and built so that libsndfile reads them."""

from __future__ import annotations

import io
import itertools
import struct

import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from sounds import RATE_HZ, opus

from balint_desktop.ogg.page import (
    CONTINUED,
    FIRST_PAGE,
    LAST_PAGE,
    LONGEST_PAGE,
    NO_PACKET_ENDS,
    PacketPiece,
    build_page,
    checksum,
    head_at,
    intact_pages,
    page_at,
    pages,
    whole_packets,
    with_checksum,
)

# A page written out by hand: two packets, of 3 bytes and of 255 and 1.
BODY = b"abc" + b"d" * 256
HEAD = struct.pack("<4sBBQIIIB", b"OggS", 0, 4, 960, 7, 5, 0, 3) + bytes((3, 255, 1))
PAGE = with_checksum(HEAD + BODY)


def test_the_checksum_is_that_of_libogg():
    for page in pages(opus(0.5)):
        stored = int.from_bytes(page.raw[22:26], "little")
        assert stored == checksum(page.raw[:22], bytes(4), page.raw[26:])


def test_a_page_exposes_its_head_its_body_and_its_packets():
    page = page_at(b"xx" + PAGE + b"yy", 2)

    assert (page.flags, page.granule, page.serial, page.number) == (4, 960, 7, 5)
    assert (page.raw, page.body, page.size) == (PAGE, BODY, len(PAGE))
    assert page.pieces == whole_packets([b"abc", b"d" * 256])
    assert not page.is_continued
    assert page.is_intact


def test_a_head_is_read_before_its_body_arrives():
    head = head_at(HEAD)

    assert (head.granule, head.size, head.segments) == (960, len(PAGE), bytes((3, 255, 1)))
    assert head_at(HEAD[:-1]) is None
    assert head_at(b"OggT" + HEAD[4:]) is None
    assert page_at(HEAD, 0) is None
    assert page_at(PAGE[:-1], 0) is None


@given(at=st.integers(0, len(PAGE) - 1), bit=st.integers(0, 7))
def test_a_single_changed_bit_is_detected(at, bit):
    spoilt = bytearray(PAGE)
    spoilt[at] ^= 1 << bit

    page = page_at(bytes(spoilt), 0)

    assert page is None or not page.is_intact


def test_a_new_page_number_leaves_all_else_and_the_checksum_is_valid():
    page = page_at(PAGE, 0)
    other = page_at(page.renumbered(70_000), 0)

    assert page.renumbered(5) is page.raw
    assert other.number == 70_000
    assert other.is_intact
    assert (other.flags, other.granule, other.serial, other.body) == (page.flags, page.granule, page.serial, page.body)


@given(
    pieces=st.lists(st.binary(max_size=600).map(lambda data: PacketPiece(data, is_end=True)), max_size=8),
    rest=st.integers(0, 2),
    flags=st.sampled_from([0, CONTINUED, FIRST_PAGE, LAST_PAGE]),
    granule=st.integers(0, NO_PACKET_ENDS),
)
def test_a_built_page_is_read_back_as_it_was_built(pieces, rest, flags, granule):
    if rest:
        # A packet that crosses the end of a page fills its segments.
        pieces = [*pieces, PacketPiece(bytes(255 * rest), is_end=False)]

    page = page_at(build_page(pieces, flags=flags, granule=granule, serial=9, number=3), 0)

    assert page.pieces == pieces
    assert (page.flags, page.granule, page.serial, page.number) == (flags, granule, 9, 3)
    assert page.is_intact
    assert page.size <= LONGEST_PAGE


def test_a_page_rebuilt_from_its_own_packets_is_identical():
    for page in pages(opus(1.0)):
        assert page.rebuilt(page.pieces, flags=page.flags) == page.raw


def test_a_stream_rebuilt_page_by_page_plays():
    ogg = b"".join(page.rebuilt(page.pieces, flags=page.flags) for page in pages(opus(1.0)))

    assert soundfile.info(io.BytesIO(ogg)).frames == RATE_HZ


def test_a_page_states_how_many_samples_end_on_it():
    found = list(pages(opus(3.0)))

    # The last page may state less than its packets hold (RFC 7845, section 4.4).
    for before, page in itertools.pairwise(found[2:-1]):
        assert page.granule - before.granule == page.samples > 0


@pytest.mark.parametrize("hole", [1, 30, 5000])
def test_pages_are_found_again_after_a_hole(hole):
    ogg = opus(6.0)
    found = list(pages(ogg))
    at = sum(page.size for page in found[:3])
    spoilt = ogg[:at] + bytes(hole) + ogg[at + hole :]
    left = list(intact_pages(spoilt))

    assert left[:3] == found[:3]
    assert left[-1] == found[-1]
    assert len(left) < len(found)
    assert b"".join(page.raw for page in pages(spoilt)) == ogg[:at]
