from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.encodings import DecodedText, NotTextError, decode, decode_as, possible_encodings

TEXT = "P4: whānau, naïve. I was there."


@pytest.mark.parametrize(
    ("codec", "expected"),
    [
        ("utf-8", ("UTF-8", False)),
        ("utf-8-sig", ("UTF-8", False)),
        ("utf-16", ("UTF-16", False)),
        ("utf-16-le", ("UTF-16", True)),
        ("utf-16-be", ("UTF-16", True)),
        ("utf-32", ("UTF-32", False)),
    ],
)
def test_a_text_is_decoded_as_it_was_written_and_it_is_said_where_that_was_guessed(codec, expected):
    assert DecodedText(TEXT, *expected) == decode(TEXT.encode(codec))


def test_what_is_no_utf_8_is_read_as_windows_1252():
    assert DecodedText("naïve – so", "Windows-1252", guessed=True) == decode("naïve – so".encode("cp1252"))


@pytest.mark.parametrize("data", [b"a\x00b", b"\x81\x8d so", b"\x1b[2J", b"\xff\xfe\x00", b"\xef\xbb\xbf\xff"])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(NotTextError):
        decode(data)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_in_utf_8_comes_back(text):
    assert text.removeprefix("\ufeff") == decode(text.encode()).text


def test_a_file_is_read_in_the_encoding_that_a_person_chose():
    data = "whānau".encode("cp1257")

    assert decode(data).text != "whānau"
    assert decode_as(data, "Windows-1257") == DecodedText("whānau", "Windows-1257", guessed=True)


def test_only_where_it_was_guessed_there_are_other_encodings_and_each_can_be_read():
    data = "naïve – so".encode("cp1252")

    assert possible_encodings(data)[:2] == ("Windows-1252", "Windows-1250")
    assert all(decode_as(data, name).encoding == name for name in possible_encodings(data))
    assert possible_encodings("naïve".encode()) == ()
    assert possible_encodings(bytes(range(9))) == ()
    assert possible_encodings(TEXT.encode("utf-16-le")) == ("UTF-16",)
