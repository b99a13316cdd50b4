"""The header of an age file is opened with one of our keys, and the rest of it is authenticated or said to be not."""

from __future__ import annotations

import binascii

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.age_header import decode_base64, derive_key, open_stanza, read_header, verify_header
from balint_desktop.sealed.keys import new_identity, seal
from balint_desktop.sealed.stream import header_length

KEY = new_identity()
SEALED = seal(b"the hour", [KEY.recipient])
# "-> X25519 ", the share, and the wrapped key: 43 letters and a line end each.
STANZA_END = SEALED.index(b"-> X25519 ") + 10 + 2 * 44
MAC = SEALED.index(b"\n--- ") + 5


def test_the_header_has_the_file_key_its_length_and_the_end_of_our_stanza():
    header = read_header(SEALED, [KEY.secret])

    assert (header.sound, header.length, header.stanza_end) == (True, header_length(SEALED), STANZA_END)
    assert len(header.file_key) == 16
    assert repr(header.file_key) not in repr(header)


def test_any_of_our_keys_opens_the_header_and_others_do_not():
    other = new_identity().secret

    assert read_header(SEALED, [other, KEY.secret]) == read_header(SEALED, [KEY.secret])
    assert read_header(SEALED, [other]) is None
    assert read_header(SEALED, []) is None


def test_a_key_that_is_none_is_a_wrong_key():
    with pytest.raises(Trouble) as caught:
        read_header(SEALED, ["AGE-SECRET-KEY-1AAAA"])
    assert caught.value.code is TroubleCode.WRONG_KEY


def test_a_header_with_another_mac_gives_its_file_key_and_is_not_authentic():
    header = read_header(SEALED, [KEY.secret])
    letter = b"B" if SEALED[MAC : MAC + 1] == b"A" else b"A"
    changed = SEALED[:MAC] + letter + SEALED[MAC + 1 :]

    assert verify_header(changed, header.file_key, STANZA_END).sound is False
    assert read_header(changed, [KEY.secret]).file_key == header.file_key


@pytest.mark.parametrize("file_key", [bytes(16), b""])
def test_another_file_key_does_not_authenticate_the_header(file_key):
    assert verify_header(SEALED, file_key, STANZA_END).sound is False


def test_a_header_without_its_end_is_not_authentic_and_has_no_length():
    header = read_header(SEALED[: MAC - 5], [KEY.secret])

    assert (header.sound, header.length, header.stanza_end) == (False, None, STANZA_END)


def test_a_header_with_a_mac_but_without_a_nonce_has_no_length():
    header = read_header(SEALED[: header_length(SEALED) - 1], [KEY.secret])

    assert (header.sound, header.length) == (False, None)


def test_a_header_whose_mac_is_too_short_is_not_authentic():
    line_end = SEALED.index(b"\n", MAC)
    header = read_header(SEALED[: line_end - 1] + SEALED[line_end:], [KEY.secret])

    assert (header.sound, header.length) == (False, header_length(SEALED) - 1)


def test_a_header_of_another_version_is_not_authentic():
    header = read_header(SEALED.replace(b"org/v1", b"org/v2", 1), [KEY.secret])

    assert (header.sound, header.length) == (False, header_length(SEALED))


def test_a_stanza_is_sought_in_the_first_sixteen_kilobytes():
    stanza_at = SEALED.index(b"-> X25519 ")
    stanza = SEALED[stanza_at:STANZA_END]
    last = bytes(16 * 1024 - len(stanza)) + stanza

    assert read_header(last, [KEY.secret]).stanza_end == 16 * 1024
    assert read_header(b"\0" + last, [KEY.secret]) is None


def test_keys_are_derived_by_hkdf_with_sha_256():
    # RFC 5869, appendix A, test case 1, the first 32 bytes.
    derived = derive_key(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)))

    assert derived.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_what_is_no_sealed_stanza_opens_to_nothing():
    assert open_stanza(bytes(32), bytes(12), bytes(32)) is None
    assert open_stanza(b"short", bytes(12), bytes(32)) is None


@pytest.mark.parametrize(
    ("text", "data"), [(b"", b""), (b"AA", b"\0"), (b"AAA", b"\0\0"), (b"AAAA", b"\0\0\0"), (b"+/8", b"\xfb\xff")]
)
def test_base64_is_read_without_padding(text, data):
    assert decode_base64(text) == data


@pytest.mark.parametrize("text", [b"A", b"AA!A", b"AAA!A", b"-_8"])
def test_base64_that_is_none_is_refused(text):
    with pytest.raises(binascii.Error):
        decode_base64(text)
