"""The keys of the page: none clashes with the window's, none types, each does one thing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from balint_desktop.domain.transcript.transcript import CO_LEADER, LEADER, Speaker
from balint_desktop.ui.shell.shell import HELP_KEY, LOCK_KEY
from balint_desktop.ui.transcripts.keys import KEYS, WHO, CorrectAction, all_keys, digits, keys_line

BOUND = [QKeySequence(key).toString() for keys in KEYS.values() for key in keys]


def test_no_key_does_two_things_or_what_the_window_does():
    taken = {HELP_KEY, LOCK_KEY, "F11", "F12", *(f"Ctrl+{n}" for n in range(1, 10)), *(f"{WHO}+{n}" for n in range(10))}

    assert len(set(BOUND)) == len(BOUND)
    assert not set(BOUND) & taken
    assert set(KEYS) == set(CorrectAction)


@pytest.mark.parametrize("key", BOUND)
def test_no_key_types_or_moves_between_words(key):
    pressed = QKeySequence(key)[0]

    assert (
        pressed.key().value >= Qt.Key.Key_Escape.value or pressed.keyboardModifiers() != Qt.KeyboardModifier.NoModifier
    )
    assert key not in {"Ctrl+Left", "Ctrl+Right", "Ctrl+Home", "Ctrl+End"}


def test_the_digits_stand_for_who_was_in_the_room():
    room = (LEADER, *(Speaker(f"P{n}") for n in (1, 2, 3, 4, 6, 7, 8, 9)), CO_LEADER)

    assert digits(room) == {
        "0": "F",
        "1": "P1",
        "2": "P2",
        "3": "P3",
        "4": "P4",
        "5": "P6",
        "6": "P7",
        "7": "P8",
        "a": "P9",
        "b": "C",
        "8": "several",
        "9": "unknown",
    }


def test_every_key_that_is_named_is_bound():
    named = " ".join(key for key, _ in all_keys()) + keys_line()

    for key in (
        "F2",
        "F3",
        "F4",
        "F5",
        "F9",
        "Ctrl+J",
        "Ctrl+K",
        "Ctrl+M",
        "Ctrl+O",
        "Ctrl+U",
        "Ctrl+F",
        "Ctrl+H",
        "Ctrl+I",
        "Ctrl+R",
    ):
        assert key in named
        assert key in BOUND
