"""Text as it is compared: without case and accents, look-alikes as one, and each letter with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.folding import plain, plain_with_places, spelt_out


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Māori Núñez", "maori nunez"),
        ("Straße Ørsted Łódź Þór Æsa Đặng", "strasse orsted lodz thor aesa dang"),
        ("Ａｒｏｈａ ﬁne", "aroha fine"),
        ("Аrоha Νora", "aroha nora"),
        ("a\u200b\u00ad\u0304b\ufe0f", "ab"),
        ("O’Brien O`Brien OʻBrien", "o'brien o'brien o'brien"),
        ("İnci ınci", "inci inci"),
        ("李小龙 राम", "李小龙 राम"),
    ],
)
def test_a_text_is_compared_without_case_accents_and_what_cannot_be_seen(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Müller", "mueller"),
        ("Tāmati", "taamati"),
        ("Jørgen", "joergen"),
        ("Åse", "aase"),
        ("Zoë", "zoe"),
        ("Ada", "ada"),
    ],
)
def test_two_letters_may_stand_for_one_with_a_mark(word, expected):
    assert spelt_out(word) == expected


@given(st.text())
def test_each_letter_knows_where_it_stood(text):
    folded, places = plain_with_places(text)

    assert folded == plain(text)
    assert places == sorted(places)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    assert all(letter in plain(text[at]) for letter, at in zip(folded, places, strict=False))


def test_what_is_folded_stays_as_it_is():
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]

    assert [sign for sign in every if plain(plain(sign)) != plain(sign)] == []
