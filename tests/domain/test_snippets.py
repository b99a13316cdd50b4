import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.snippets import snippet

LONG = "It began slowly. " + "Then nothing at all. " * 12 + "At last Ärger was named, and the group stayed with it."


@pytest.mark.parametrize("words", ["ärger", "ARGER", "arg", "named", "xyz named"])
def test_a_snippet_shows_the_first_matching_word(words):
    result = snippet(LONG, words)

    assert "Ärger was named" in result
    assert result.startswith("… ")
    assert len(result) < 160


@pytest.mark.parametrize("words", ["", "absent", "(", "low"])
def test_without_a_matching_word_the_beginning_is_shown(words):
    assert snippet(LONG, words).startswith("It began slowly.")


@given(st.text(), st.text())
def test_a_snippet_is_always_part_of_the_text(text, words):
    piece = snippet(text, words).removeprefix("… ").removesuffix(" …")

    assert piece in " ".join(text.split()) + " …"
