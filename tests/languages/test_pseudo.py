"""The pseudo-language."""

from __future__ import annotations

import pytest
from languages.pseudo import outside_brackets, pseudo


def test_a_text_becomes_forty_per_cent_longer():
    text = "Your session is still running, and you can return to it."

    assert 1.3 * len(text) <= len(pseudo(text)) <= 1.45 * len(text)


def test_placeholders_stay():
    assert "{group}" in pseudo("{group} is archived.")


@pytest.mark.parametrize(
    ("expected", "text"), [("", "[Ópéñ]"), ("P1", "P1 [ánd] "), ("", "[ánd [íññéř] móré]"), ("raw", "[óné] raw [twó]")]
)
def test_what_stands_outside_brackets_is_found(expected, text):
    assert outside_brackets(text).strip() == expected
