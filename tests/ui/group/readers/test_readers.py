"""Readers of a group's recordings in the group's form."""

from __future__ import annotations

import pyrage
import pytest
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.group.group import Reader
from balint_desktop.text.reader_key import words_line
from balint_desktop.ui.group.readers.readers import Readers

READER = str(pyrage.x25519.Identity.generate().to_public())


@pytest.fixture
def readers(look_at):
    made = look_at(Readers())
    made.show_readers((Reader("Study team", READER),), this_vault=True)
    return made


@pytest.mark.parametrize(
    ("label", "key", "words"),
    [
        ("", READER, "Enter a label"),
        ("Transcriber", "age1nothing", "This is not an age public key"),
        ("Transcriber", READER, "This key is already in the list"),
    ],
    ids=["no label", "no key", "the same key"],
)
def test_an_error_in_a_reader_is_shown_and_announced(readers, announced, label, key, words):
    readers.label_field.setText(label)
    readers.key_field.setText(key)
    readers.add_typed()

    assert readers.problem.text().startswith(words)
    assert announced == [readers.problem.text()]
    assert len(readers.readers()) == 1


def test_the_eight_words_are_shown_as_a_key_is_typed_and_beside_each_reader(readers):
    words = readers.findChild(QLabel, "reader-words")
    assert not words.isVisible()

    readers.key_field.setText(f" {READER.upper()} ")

    assert words.isVisible()
    assert words.text() == words_line(READER)
    assert readers.findChild(QLabel, "reader-1-words").text() == words_line(READER)
    readers.key_field.setText(READER[:-1])
    assert not words.isVisible()
