"""The language of a text by its own small words."""

from __future__ import annotations

import pytest

from balint_desktop.domain.deidentify.text_language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I was with her in the ward, and she was tired.", "en"),
        ("Ich war bei ihr auf der Station, und sie war müde.", "de"),
        ("Ja, das ist nicht so, und the ward ist auch dort.", "de"),
        ("The patient said „ich nicht“ and then he was in the room again.", "en"),
        ("Kia ora koutou", "en"),
        ("", "en"),
    ],
)
def test_a_text_is_german_only_where_german_small_words_outnumber_english_ones(text, language):
    assert language_of(text) == language
