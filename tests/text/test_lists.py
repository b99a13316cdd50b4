import pytest

from balint_desktop.text.lists import listed


@pytest.mark.parametrize(
    ("words", "expected"),
    [([], ""), (["one"], "one"), (["one", "two"], "one and two"), (["one", "two", "three"], "one, two and three")],
)
def test_the_last_item_follows_an_and(words, expected):
    assert listed(words) == expected
