"""Readers of a group's recordings in the group's form."""

from __future__ import annotations

import pyrage
import pytest

from balint_desktop.domain.group.group import Reader
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
