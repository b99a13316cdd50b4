"""The shipped list of te reo Māori: how it is spelt, what is not on it, that it comes with the app."""

import tomllib
import unicodedata
from pathlib import Path

import pytest

from balint_desktop import resources
from balint_desktop.library.spellings import shipped_spellings

WORDS = shipped_spellings().words
LETTERS = set("aeiouāēīōūhkmngprtw -")
# A few of the largest; the rule is in the file.
IWI = {"ngāpuhi", "ngāti", "ngāi", "tūhoe", "tainui", "waikato", "te arawa", "kahungunu", "rongowhakaata", "raukawa"}


def test_it_has_about_a_hundred_and_fifty_words():
    assert 140 <= len(WORDS) <= 200


@pytest.mark.parametrize("word", WORDS)
def test_each_is_written_with_the_letters_of_te_reo_and_ends_each_syllable_in_a_vowel(word):
    assert unicodedata.is_normalized("NFC", word)
    assert set(word.casefold()) <= LETTERS
    assert all(part[-1] in "aeiouāēīōū" for part in word.replace("-", " ").casefold().split())


SAID_MOST = (
    "whānau kaumātua kuia tamariki mokopuna aroha mana tapu noa wairua hauora tikanga karakia koha hui marae iwi hapū"
    " kōrero whakamā whakapapa tangihanga Pākehā"
)


@pytest.mark.parametrize("word", [*SAID_MOST.split(), "tāngata whaiora"])
def test_the_words_that_groups_say_most_are_on_it(word):
    assert word in WORDS
    assert shipped_spellings().has(f"“{word}”,")


def test_no_iwi_is_on_it():
    assert not IWI & {part for word in WORDS for part in (word.casefold(), *word.casefold().split())}


def test_until_a_speaker_has_reviewed_it_the_file_and_help_say_so():
    assert not shipped_spellings().is_reviewed
    assert "No speaker of te reo" in resources.text("words/te-reo.toml")
    assert "No speaker of te reo has reviewed the list yet." in resources.text("help/doubtful.md")


def test_it_comes_with_the_wheel():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]

    assert included["resources/words"] == "balint_desktop/_resources/words"
