"""The text as JSON: any transcript comes back as it was, and garbage is refused with our own error alone."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_values import P4, any_transcripts

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.page_format import (
    VERSION,
    NotOurFormatError,
    listened_from_json,
    listened_to_json,
    page_from_json,
    page_to_json,
    pages_from_json,
    pages_to_json,
    pieces_from_json,
    pieces_to_json,
)
from balint_desktop.domain.transcript.transcript import Turn, Word, WordKind, transcript_of

READERS = [page_from_json, pages_from_json, pieces_from_json, listened_from_json]
TEXTS = st.text(st.characters(exclude_categories=()), max_size=12)


@given(any_transcripts())
def test_a_transcript_comes_back_from_its_pages(one):
    pages = [page_from_json(page_to_json(turns)) for turns in one.pages().values()]

    assert one == transcript_of(turn for turns in pages for turn in turns)


@given(any_transcripts())
def test_pages_that_change_together_come_back_by_number(one):
    assert one.pages() == pages_from_json(pages_to_json(one.pages()))


@given(TEXTS)
def test_any_text_comes_back_half_a_surrogate_pair_too(text):
    turns = (Turn(1, P4, 0, 400, (Word(text, 0, 400),)),)

    assert turns == page_from_json(page_to_json(turns))


@given(
    st.lists(
        st.builds(
            HeardPiece,
            st.integers(1, 400),
            st.integers(0, 9),
            st.integers(9, 99),
            st.sampled_from(Verdict),
            st.lists(
                st.builds(
                    HeardWord,
                    TEXTS,
                    st.integers(0, 9),
                    st.integers(9, 99),
                    st.integers(0, 1000).map(lambda n: n / 1000),
                ),
                max_size=3,
            ).map(tuple),
        ),
        max_size=3,
    ).map(tuple)
)
def test_what_was_heard_comes_back(pieces):
    assert pieces == pieces_from_json(pieces_to_json(pieces))


def test_a_probability_that_is_no_number_does_not_keep_a_piece_from_being_read():
    piece = HeardPiece(1, 0, 9, Verdict.UNDERSTOOD, (HeardWord("so", 0, 9, float("nan")),))

    assert pieces_from_json(pieces_to_json([piece]))[0].words[0].probability == 0.0


def test_what_was_listened_to_comes_back():
    listened = Listened(((0, 900), (1_000, 2_000)))

    assert listened == listened_from_json(listened_to_json(listened))


def test_a_spoken_word_takes_four_values_and_a_stretch_says_its_kind():
    turns = [Turn(1, P4, 0, 900, (Word("so", 0, 400, 0.5), Word("", 400, 900, kind=WordKind.UNCLEAR)))]

    assert json.loads(page_to_json(turns))["turns"][0][4] == [["so", 0, 400, 0.5], ["", 400, 900, None, "unclear"]]


def page(**changes):
    row = {"id": 1, "speaker": "P4", "from": 0, "until": 9, "words": [["so", 0, 9, 0.5]]} | changes
    return json.dumps({"version": VERSION, "turns": [list(row.values())]}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"version":2,"turns":[]}',
        b'{"version":true,"turns":[]}',
        b'{"version":1}',
        b'{"version":1,"turns":[1e999]}',
        page(id="1"),
        page(id=1.5),
        page(speaker="Aroha"),
        page(speaker=4),
        page(until=float("inf")),
        page(words=7),
        page(words=[["so", 0, 9]]),
        page(words=[["so", 0, 9, 2]]),
        page(words=[["so", 0, 9, float("nan")]]),
        page(words=[["so", 0, 9, None, "shouted"]]),
        page(words=[["so", 0, 9, None, "unclear", 1]]),
        page(words=[[["so"], 0, 9, None]]),
    ],
)
@pytest.mark.parametrize("read", READERS)
def test_what_is_not_ours_is_refused_by_our_own_error(read, data):
    with pytest.raises(NotOurFormatError):
        read(data)


def test_a_page_that_these_are_spoiled_from_is_read():
    assert page_from_json(page())[0].id == 1


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_garbage_raises_nothing_else(data):
    for read in READERS:
        with pytest.raises(NotOurFormatError):
            read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.just("P4"),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["words", "piece", "verdict"]), inner),
    max_leaves=12,
)


@given(JSON)
def test_any_other_content_is_read_or_refused_by_our_own_error(content):
    data = json.dumps(
        {"version": VERSION, "turns": content, "pages": content, "pieces": content, "listened": content}
    ).encode()
    for read in READERS:
        try:
            found = read(data)
        except NotOurFormatError:
            continue
        assert found is not None
