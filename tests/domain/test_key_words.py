"""Eight words of a public key: the same for everybody, and each letter of the key counts."""

from __future__ import annotations

import hashlib

import pytest

from balint_desktop.domain.key_words import WORDS, key_words

KEY = "age1273qa9asxzy0hw83x6fyuykpn98nt3gghe9vcsd0kxp32xpjpfzqtu3sq3"


def test_the_words_of_a_key_are_always_these():
    assert key_words(KEY) == ("fine", "loyal", "render", "virtual", "dilemma", "brick", "awful", "slight")


def test_they_are_the_first_88_bits_of_its_sha_256():
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(KEY.encode()).digest())
    assert "".join(f"{WORDS.index(word):011b}" for word in key_words(KEY)) == bits[:88]


def test_another_letter_gives_other_words():
    assert set(key_words(KEY[:-1] + "x")) != set(key_words(KEY))


def test_the_list_is_that_of_bip_39():
    digest = hashlib.sha256("".join(f"{word}\n" for word in WORDS).encode()).hexdigest()

    # The checksum of bitcoin/bips, bip-0039/english.txt.
    assert digest == "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"


@pytest.mark.parametrize("length", [4])
def test_the_first_letters_tell_two_words_apart(length):
    assert len({word[:length] for word in WORDS}) == len(WORDS) == 2048
