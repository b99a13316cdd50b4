"""The lists of words: sorted, found in place, and without the names that would hide one."""

from __future__ import annotations

import gzip

import pytest

from balint_desktop import resources
from balint_desktop.domain.deidentify.word_lists import Dictionary, WordListError, parse_identifying_words
from balint_desktop.library.word_lists import read_word_lists

LINES = gzip.decompress((resources.folder("words") / "english.gz").read_bytes())


def test_the_dictionary_is_sorted_lower_case_and_has_each_word_once():
    words = LINES.decode("ascii").split()

    assert words == sorted(set(words))
    assert len(words) > 60_000
    assert all(word.isalpha() and word.islower() for word in words)


def test_every_word_of_the_dictionary_is_found_and_no_other():
    words = LINES.decode().split()
    dictionary = Dictionary(LINES)

    assert all(word in dictionary for word in (words[0], words[-1], *words[:: len(words) // 500]))
    assert not any(word in dictionary for word in ("", "a\n", "zzzz", "aaaa", f"{words[100]}q", "Hope"))
    assert "hope" not in Dictionary()


@pytest.mark.parametrize("name", ["john", "sarah", "tom", "maria", "aroha"])
def test_the_dictionary_has_no_names_that_are_hardly_words(name):
    assert name not in Dictionary(LINES)


def test_words_of_te_reo_and_of_medicine_are_known_besides():
    lists = read_word_lists()

    assert all(map(lists.is_word, ("whanau", "kuia", "metoprolol", "flatmate", "colour", "color")))


def test_places_and_peoples_are_found_by_their_first_word():
    kinds = read_word_lists().identifying.kinds

    assert (("palmerston", "north"), "place") in kinds["palmerston"]
    assert (("ngapuhi",), "iwi") in kinds["ngapuhi"]


def test_no_phrase_says_who_or_where_and_also_neither():
    identifying = read_word_lists().identifying
    says, says_neither = (
        {phrase for of_word in listed.values() for phrase, _ in of_word}
        for listed in (identifying.kinds, identifying.capitals)
    )

    assert says & says_neither == set()


@pytest.mark.parametrize("text", ["", "version = 2", "version = 1", "not toml ="])
def test_another_text_is_no_list(text):
    with pytest.raises(WordListError):
        parse_identifying_words(text)
