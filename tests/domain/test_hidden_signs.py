"""Signs that nobody sees: stripped where they are typed, written out where they are printed."""

from __future__ import annotations

import pytest

from balint_desktop.domain.hidden_signs import escape_hidden, one_line, strip_hidden

HIDDEN = [
    *(chr(number) for number in range(9)),
    "\x0e",
    "\x1b",
    "\x7f",
    "\x9b",
    "\u00ad",
    "\u061c",
    "\u200b",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202e",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\ud800",
    "\U000e0041",
]


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"{ord(sign):x}")
def test_a_hidden_sign_is_stripped_and_written_out(sign):
    assert strip_hidden(f"An{sign}na") == "Anna"
    assert escape_hidden(f"An{sign}na") in (f"An\\u{ord(sign):04x}na", f"An\\U{ord(sign):08x}na")


@pytest.mark.parametrize("text", ["Ångström", "نی‌ما", "महा‍राष्ट्र", "Tāne Mahuta", "a\tb\nc", "👩‍⚕️", "“quoted” – dash"])
def test_what_people_write_is_left_as_it_is(text):
    assert strip_hidden(text) == escape_hidden(text) == text


@pytest.mark.parametrize("sign", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_whatever_ends_a_line_somewhere_is_one_line_break(sign):
    assert strip_hidden(f"one{sign}two") == "one\ntwo"
    assert one_line(f" one {sign} two ") == "one two"


def test_what_was_written_out_is_not_written_out_again():
    assert escape_hidden(escape_hidden("a\u202eb")) == "a\\u202eb"
