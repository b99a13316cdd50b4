"""Our own age reader gives what the stock readers give, and continues where they stop."""

from __future__ import annotations

import random
import subprocess

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balint_desktop.sealed import chunks
from balint_desktop.sealed.chunks import unseal_chunks
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.pieces import Piece
from balint_desktop.sealed.stream import CHUNK, NONCE, SEALED_CHUNK, header_length

KEY = new_identity()
PLAIN = random.Random(7).randbytes(4 * CHUNK + 1000)
SEALED = seal(PLAIN, [new_identity().recipient, KEY.recipient])
START = header_length(SEALED)


def opened(sealed):
    return unseal_chunks(sealed, [new_identity().secret, KEY.secret])


def places(unsealed):
    """Return the pieces as (offset, length), after checking that each holds what was sealed there."""
    for piece in unsealed.pieces:
        assert PLAIN[piece.offset : piece.end] == piece.plain
    return [(piece.offset, len(piece.plain)) for piece in unsealed.pieces]


def chunk(number, data=SEALED):
    return data[START + number * SEALED_CHUNK : START + (number + 1) * SEALED_CHUNK]


def flipped(at, data=SEALED):
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def stock(sealed, tmp_path):
    (tmp_path / "key").write_text(KEY.secret)
    return subprocess.run(["age", "-d", "-i", str(tmp_path / "key")], input=sealed, capture_output=True, check=False)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 77])
def test_a_complete_file_gives_what_pyrage_and_stock_age_give(tmp_path, size):
    sealed = seal(PLAIN[:size], [KEY.recipient])

    ours = opened(sealed)

    assert (ours.pieces, ours.ended, ours.as_sealed) == ((Piece(0, PLAIN[:size]),), True, True)
    assert pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(KEY.secret)]) == PLAIN[:size]
    assert stock(sealed, tmp_path).stdout == PLAIN[:size]


def test_files_sealed_by_stock_age_open(tmp_path):
    sealed = subprocess.run(
        ["age", "-r", new_identity().recipient, "-r", KEY.recipient], input=PLAIN, capture_output=True, check=True
    ).stdout

    assert opened(sealed).pieces == (Piece(0, PLAIN),)


def test_a_stranger_gets_nothing():
    assert unseal_chunks(SEALED, [new_identity().secret]) is None


@pytest.mark.parametrize("number", range(5))
def test_a_flipped_byte_costs_only_its_chunk_where_stock_age_stops(tmp_path, number):
    damaged = flipped(START + number * SEALED_CHUNK + 500)

    ours = opened(damaged)

    lost = range(number * CHUNK, min((number + 1) * CHUNK, len(PLAIN)))
    assert sum(length for _, length in places(ours)) == len(PLAIN) - len(lost)
    assert all(end <= lost.start or at >= lost.stop for at, end in ((p.offset, p.end) for p in ours.pieces))
    assert ours.ended == (number != 4)
    assert not ours.as_sealed
    assert len(stock(damaged, tmp_path).stdout) == lost.start


def test_two_damaged_chunks_leave_three_pieces():
    damaged = flipped(START + SEALED_CHUNK, flipped(START + 3 * SEALED_CHUNK))

    ours = opened(damaged)

    assert places(ours) == [(0, CHUNK), (2 * CHUNK, CHUNK), (4 * CHUNK, 1000)]


BESIDE_OUR_KEY = {
    "version": 3,
    "another reader": 40,
    "dashes": START - 16 - 48,
    "proof": START - 16 - 30,
    "line end": START - 17,
}


@pytest.mark.parametrize("place", BESIDE_OUR_KEY)
def test_a_flipped_byte_beside_our_key_in_the_header_loses_nothing_and_is_reported(tmp_path, place):
    damaged = flipped(BESIDE_OUR_KEY[place])

    ours = opened(damaged)

    assert places(ours) == [(0, len(PLAIN))]
    assert not ours.as_sealed
    assert stock(damaged, tmp_path).stdout == b""


def test_without_the_file_key_or_the_nonce_nothing_opens():
    sealed = seal(PLAIN, [KEY.recipient])
    wrapped = sealed.index(b"-> X25519 ") + 60

    assert opened(flipped(wrapped, sealed)) is None
    assert opened(flipped(header_length(sealed) - 3, sealed)).pieces == ()


def test_swapped_chunks_are_put_in_order(tmp_path):
    swapped = SEALED[:START] + chunk(0) + chunk(3) + chunk(2) + chunk(1) + chunk(4)

    ours = opened(swapped)

    assert places(ours) == [(0, len(PLAIN))]
    assert not ours.as_sealed
    assert len(stock(swapped, tmp_path).stdout) == CHUNK


def test_a_duplicated_chunk_is_played_once():
    ours = opened(SEALED[:START] + chunk(0) + chunk(1) + SEALED[START + SEALED_CHUNK :])

    assert places(ours) == [(0, len(PLAIN))]
    assert ours.ended
    assert not ours.as_sealed


def test_a_removed_chunk_leaves_a_hole():
    ours = opened(SEALED[:START] + chunk(0) + SEALED[START + 2 * SEALED_CHUNK :])

    assert places(ours) == [(0, CHUNK), (2 * CHUNK, 2 * CHUNK + 1000)]
    assert ours.ended


def test_chunks_of_another_file_do_not_authenticate():
    other = seal(PLAIN, [new_identity().recipient, KEY.recipient])
    there = header_length(other)
    mixed = SEALED[:START] + chunk(0) + other[there + SEALED_CHUNK : there + 2 * SEALED_CHUNK] + chunk(2)

    assert places(opened(mixed)) == [(0, CHUNK), (2 * CHUNK, CHUNK)]


@settings(max_examples=40)
@given(data=st.data())
def test_a_file_truncated_anywhere_gives_every_whole_chunk_before_that(data):
    near = [START + n * SEALED_CHUNK + d for n in range(5) for d in (-1, 0, 1)]
    cut = data.draw(st.one_of(st.sampled_from(near), st.integers(START, len(SEALED) - 1)))

    ours = opened(SEALED[:cut])

    whole = max(0, cut - START) // SEALED_CHUNK
    assert places(ours) == ([(0, whole * CHUNK)] if whole else [])
    assert not ours.ended


@pytest.mark.parametrize("data", [b"", b"age-encryption.org/v1\n", b"-> X25519 \n\n", bytes(5000)])
def test_a_file_that_is_not_age_gives_nothing(data):
    assert opened(data) is None


def test_a_share_of_low_order_opens_nothing():
    stanza = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n--- " + b"A" * 43 + b"\n"

    assert opened(b"age-encryption.org/v1\n" + stanza + bytes(200)) is None


def without_header_end(rest):
    """Return a file whose header has no end: our stanza, further bytes, and the nonce and chunks."""
    sealed = seal(PLAIN, [KEY.recipient])
    stanza_end = sealed.index(b"-> X25519 ") + 10 + 2 * 44
    return sealed[:stanza_end] + bytes(rest) + sealed[header_length(sealed) - NONCE :]


@pytest.mark.parametrize("rest", [0, 1, 1024 - NONCE - 1])
def test_the_chunks_are_found_within_a_kilobyte_after_our_stanza(rest):
    ours = opened(without_header_end(rest))

    assert (ours.pieces, ours.ended, ours.as_sealed) == ((Piece(0, PLAIN),), True, False)


def test_the_chunks_are_not_sought_farther_than_a_kilobyte_after_our_stanza():
    ours = opened(without_header_end(1024 - NONCE))

    assert (ours.pieces, ours.ended, ours.as_sealed) == ((), False, False)


def test_neighbours_that_were_swapped_are_put_where_they_belong():
    ours = opened(SEALED[:START] + chunk(0) + chunk(2) + chunk(1) + chunk(3) + chunk(4))

    assert places(ours) == [(0, len(PLAIN))]
    assert (ours.ended, ours.as_sealed) == (True, False)


@pytest.mark.parametrize(
    ("tries", "found"), [(10, [(0, len(PLAIN))]), (9, [(0, CHUNK), (2 * CHUNK, 2 * CHUNK + 1000)])]
)
def test_the_search_for_moved_chunks_ends_after_its_limit(monkeypatch, tries, found):
    # Five tries in place, three for the first of the two swapped chunks, two for the other.
    monkeypatch.setattr(chunks, "_MAX_TRIES", tries)

    assert places(opened(SEALED[:START] + chunk(0) + chunk(3) + chunk(2) + chunk(1) + chunk(4))) == found
