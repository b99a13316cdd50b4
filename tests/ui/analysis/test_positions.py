"""Places of a text in Qt's count and in code points."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.ui.analysis.positions import TextPlaces

TEXTS = st.text(st.sampled_from("ab \n😀𝓐é"), max_size=30)


@given(TEXTS, st.integers(0, 1))
def test_a_place_there_and_back_is_the_same(text, lead):
    places = TextPlaces(text, lead)

    assert [places.from_qt(places.to_qt(at)) for at in range(len(text) + 1)] == list(range(len(text) + 1))


@given(TEXTS)
def test_qt_counts_in_utf_16(text):
    places = TextPlaces(text)

    assert [places.to_qt(at) for at in range(len(text) + 1)] == [
        len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)
    ]


@pytest.mark.parametrize(("at", "place"), [(1, 1), (2, 1), (3, 2), (-5, 0), (99, 3)])
def test_a_place_inside_a_sign_is_before_it_and_none_is_outside_the_text(at, place):
    assert TextPlaces("a😀b").from_qt(at) == place
