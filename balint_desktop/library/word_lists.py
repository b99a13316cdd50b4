"""The lists of words that are shipped with the app, to find in a text what identifies."""

from __future__ import annotations

from balint_desktop import resources
from balint_desktop.domain.deidentify.name_text import name_words
from balint_desktop.domain.deidentify.word_lists import Dictionary, WordLists, parse_identifying_words
from balint_desktop.library.spellings import shipped_spellings


def read_word_lists() -> WordLists:
    """Read the lists: some 1 MB, so whoever searches a text reads them and lets go of them."""
    spelt = {word.folded for text in shipped_spellings().words for word in name_words(text)}
    lines = (line for line in resources.text("words/more-words.txt").splitlines() if not line.startswith("#"))
    more = {word for line in lines for word in line.split()}
    identifying = parse_identifying_words(resources.text("words/identifying.toml"))
    every, common = (Dictionary(resources.unpacked(f"words/{name}.gz")) for name in ("english", "common-english"))
    return WordLists(every, common, identifying, frozenset(spelt | more))
