import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.snippets import snippet

LONG = "It began slowly. " + "Then nothing at all. " * 12 + "At last Ärger was named, and the group stayed with it."


@pytest.mark.parametrize("words", ["ärger", "ARGER", "arg", "named", "xyz named"])
def test_a_piece_shows_the_first_word_that_is_looked_for(words):
    result = snippet(LONG, words)

    assert "Ärger was named" in result
    assert result.startswith("… ")
    assert len(result) < 160


@pytest.mark.parametrize("words", ["", "absent", "(", "low"])
def test_where_no_word_begins_so_the_beginning_is_shown(words):
    assert snippet(LONG, words).startswith("It began slowly.")


@given(st.text(), st.text())
def test_it_is_always_a_piece_of_the_text(text, words):
    piece = snippet(text, words).removeprefix("… ").removesuffix(" …")

    assert piece in " ".join(text.split()) + " …"
