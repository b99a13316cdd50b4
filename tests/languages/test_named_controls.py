"""A sentence that names a button or a page names it as it is written there, in every language."""

from __future__ import annotations

import re

import pytest
from languages.messages import FOLDER, POT, read

LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.po"))
# A button in quotation marks after what one does with it, and a page, then perhaps a part of it, after “under”.
_BUTTON = re.compile(r"\b(?:choose|tick|press|click) “([^”{}]+)”", re.IGNORECASE)
_PAGE = re.compile(r"\bunder ([A-Z][^,.;]*?)(?:, ([A-Z][^,.;]*?))?(?= on the | if |, |[.;:]|$)")
_LONGEST = 6
# Where the same English is another word elsewhere, such as the time of a session and that of a day.
_CONTEXTS = (None, "settings", "room")


def named(text: str) -> list[str]:
    """Return the buttons and pages that a sentence names."""
    pages = [name for found in _PAGE.findall(text) for name in found if name]
    return [*_BUTTON.findall(text), *pages]


def sentences(catalogue):
    """Return a catalogue's texts that name a button or a page, each with their names."""
    texts = [text for one in catalogue if one.id for text in ([one.id] if isinstance(one.id, str) else one.id)]
    return {text: found for text in texts if (found := named(text))}


def test_a_button_or_a_page_that_a_sentence_names_is_there():
    catalogue = read(POT)
    labels = {one.id for one in catalogue if isinstance(one.id, str) and len(one.id.split()) <= _LONGEST}

    assert {text: names for text, names in sentences(catalogue).items() if not labels.issuperset(names)} == {}


def _is_named(catalogue, name, text):
    labels = [catalogue.get(name, context) for context in _CONTEXTS]
    return not any(labels) or any(label.string in text for label in labels if label)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_names_it_as_it_is_translated(language):
    catalogue = read(FOLDER / f"{language}.po")
    wrong = [
        (message.string, name)
        for message in catalogue
        if isinstance(message.id, str)
        for name in named(message.id)
        if not _is_named(catalogue, name, message.string)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The two don’t match. Tick “Show what I type” to check.", ["Show what I type"]),
        ("Paste at least one name, or choose “Number only”.", ["Number only"]),
        ("Add them under Members.", ["Members"]),
        ("Enter where they are under Retention on the group’s page.", ["Retention"]),
        ("Add the key under About, Who can open the recordings.", ["About", "Who can open the recordings"]),
        ("Check it under Recordings, then renew the keys again.", ["Recordings"]),
        ("Free software under the MIT licence, called “Balint”.", []),
    ],
)
def test_the_names_in_a_sentence_are_found(text, expected):
    assert named(text) == expected


def test_sentences_that_name_something_are_found():
    found = sentences(read(POT))

    assert {name for names in found.values() for name in names} >= {"Show what I type", "Set up", "Members", "Consents"}
