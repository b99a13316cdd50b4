"""Half-typed forms in the real window: over another page, and over a lock."""

from __future__ import annotations

import pytest
from kept_vaults import keep_session
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from qt_events import process_events
from real_window import window_on

from balint_desktop.ui.shell.shell import PlaceKey

__all__ = ["window_on"]

HALF = "We began to speak of"


@pytest.fixture
def window(window_on, tmp_path, qtbot):
    kept = keep_session(tmp_path / "data", redacted=False)
    made = window_on(kept.data)
    qtbot.addWidget(made.desktop.shell)
    made.kept = kept.made
    unlock(made)
    return made


def unlock(window):
    """Open the vault with its secret, without the seconds that a passphrase takes."""
    window.desktop.context.vault.unlock(window.kept.secret)
    window.desktop.places.open()
    process_events()


def leave(window, how):
    if how == "another page":
        window.press("place-today")
    else:
        window.desktop.locking.lock()
        process_events()
        assert not window.sees("place-today")
        unlock(window)


def go(window, key):
    window.desktop.shell.show_place(key)
    process_events()


@pytest.mark.parametrize("how", ["another page", "a lock"])
def test_a_supervision_note_is_there_again(window, how):
    go(window, PlaceKey.PATH)
    window.press("path-section-supervision")
    window.press("supervision-add")
    window.find(QPlainTextEdit, "supervision-note").setPlainText(HALF)
    leave(window, how)
    go(window, PlaceKey.PATH)
    window.press("path-section-supervision")
    if not window.sees("supervision-note"):
        window.press("supervision-add")

    assert window.find(QPlainTextEdit, "supervision-note").toPlainText() == HALF


@pytest.mark.parametrize("how", ["another page", "a lock"])
def test_a_session_entered_afterwards_is_there_again(window, how):
    go(window, PlaceKey.LOG)
    window.press("log-enter")
    window.find(QLineEdit, "enter-day").setText("1/11")
    window.find(QPlainTextEdit, "enter-process-note").setPlainText(HALF)
    window.press("enter-present-P1")
    was_present = window.find(QPushButton, "enter-present-P1").isChecked()
    leave(window, how)
    go(window, PlaceKey.LOG)
    if not window.sees("enter-day"):
        window.press("log-enter")

    assert window.find(QLineEdit, "enter-day").text() == "1/11"
    assert window.find(QPlainTextEdit, "enter-process-note").toPlainText() == HALF
    assert window.find(QPushButton, "enter-present-P1").isChecked() is was_present


def test_a_new_group_is_there_again(window):
    go(window, PlaceKey.GROUPS)
    window.press("group-new")
    window.find(QLineEdit, "group-name").setText(HALF)
    leave(window, "another page")
    go(window, PlaceKey.GROUPS)
    if not window.sees("group-name"):
        window.press("group-new")

    assert window.find(QLineEdit, "group-name").text() == HALF
