"""The facilitator's own lines: typed text is made one short line, and comes back from its setting as it was."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.study.facilitator import LINE_LIMIT, Facilitator, tidy

LINES = st.text(max_size=300).map(tidy)


@given(st.builds(Facilitator, LINES, LINES, LINES, LINES, LINES, LINES))
def test_what_was_stored_comes_back_as_it_was(facilitator):
    assert Facilitator.from_text(facilitator.to_text()) == facilitator


def test_the_text_of_a_setting_has_each_line_under_its_name_and_keeps_its_letters():
    text = Facilitator(who="Zoë", experience="two years").to_text()

    assert json.loads(text) == {
        "who": "Zoë",
        "credentials": "",
        "occupation": "",
        "gender": "",
        "experience": "two years",
        "relation": "",
    }
    assert "Zoë" in text


@pytest.mark.parametrize(
    "text",
    ["", "{}", "no JSON", "[]", "null", "7", '{"who": 7}', '{"who": ["A"]}', '{"who": null}'],
)
def test_a_setting_that_is_empty_or_of_another_shape_gives_no_lines(text):
    assert Facilitator.from_text(text) == Facilitator()


def test_a_line_that_only_a_later_version_has_is_left_out():
    assert Facilitator.from_text('{"who": "A. B.", "school": "X"}') == Facilitator(who="A. B.")


def test_stored_lines_are_tidied_too():
    assert Facilitator.from_text('{"relation": "  an   author\\n"}') == Facilitator(relation="an author")


def test_a_line_is_one_line_without_extra_spaces():
    assert tidy("  the second\n author \t of it ") == "the second author of it"


@pytest.mark.parametrize("length", [LINE_LIMIT - 1, LINE_LIMIT, LINE_LIMIT + 1])
def test_a_line_has_at_most_two_hundred_characters(length):
    assert tidy("x" * length) == "x" * min(length, 200)
