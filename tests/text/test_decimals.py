"""Decimal numbers in the language in use."""

from __future__ import annotations

import pytest

from balint_desktop.i18n import in_language
from balint_desktop.text.decimals import decimal_words
from balint_desktop.text.durations import tenths
from balint_desktop.text.models import model_size


@pytest.mark.parametrize(("language", "words"), [("en", "0.80"), ("de", "0,80")])
def test_a_number_has_the_decimal_sign_of_the_language(language, words):
    with in_language(language):
        assert decimal_words(0.8, 2) == words


def test_a_length_and_a_size_have_it_too_and_a_whole_number_has_none():
    with in_language("de"):
        assert (tenths(61.5), tenths(61.0), model_size(1_500_000_000)) == ("61,5", "61", "1,5 GB")
