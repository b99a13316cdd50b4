"""Half-typed forms in the real window: over another page, and over a lock."""

from __future__ import annotations

from pathlib import Path

import pytest
from kept_vaults import keep_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QPushButton
from qt_events import process_events
from real_window import window_on

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.ui.export.last_folder import last_folder, remember_folder
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.transcripts.deps import TranscribeChoices, TranscriptWay

__all__ = ["window_on"]

HALF = "We began to speak of"


@pytest.fixture
def window(window_on, tmp_path, qtbot):
    kept = keep_session(tmp_path / "data", redacted=False, purposes=(Purpose.TRANSCRIPTION,))
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


@pytest.mark.parametrize("how", ["another page", "a lock"])
def test_lines_about_you_are_there_again_until_they_are_saved(window, how):
    def field():
        go(window, PlaceKey.SETTINGS)
        window.press("settings-parts-you")
        return window.find(QLineEdit, "facilitator-occupation")

    field().setText(HALF)
    leave(window, how)
    assert field().text() == HALF
    window.press("facilitator-save")
    assert window.desktop.context.vault.open_vault().log.drafts.forms("settings/") == ()


@pytest.mark.parametrize("how", ["another page", "a lock"])
def test_a_request_half_entered_in_retention_is_open_again_until_it_is_cancelled(window, how):
    log = window.desktop.context.vault.open_vault().log
    group = log.groups.groups()[0].id

    def section():
        go(window, PlaceKey.GROUPS)
        window.desktop.shell.place(PlaceKey.GROUPS).show_group_of(group, "retention")
        process_events()

    section()
    window.press("keeping-request-open")
    window.find(QLineEdit, "keeping-request-about").setText(HALF)
    leave(window, how)
    section()
    assert window.find(QLineEdit, "keeping-request-about").text() == HALF
    window.press("keeping-request-leave")
    leave(window, how)
    section()
    assert not window.sees("keeping-request-about")


@pytest.mark.parametrize("how", ["another page", "a lock"])
def test_a_transcript_is_open_again_at_its_place_with_what_was_typed(window, qtbot, how):
    def opened():
        go(window, PlaceKey.TRANSCRIPTS)
        page = window.desktop.shell.place(PlaceKey.TRANSCRIPTS)
        qtbot.waitUntil(lambda: not window.desktop.context.work.busy)
        process_events()
        return page

    place = opened()
    place.step_button.click()
    qtbot.waitUntil(place.before.isVisible)
    place.before.begun.emit(TranscribeChoices(TranscriptWay.BY_HAND))
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    qtbot.keyClicks(place.correct.edit, HALF)
    for _ in range(3):
        qtbot.keyClick(place.correct.edit, Qt.Key.Key_Left)
    leave(window, how)

    again = opened().correct
    qtbot.waitUntil(lambda: again.opened is not None)
    assert HALF in again.edit.toPlainText()
    assert again.edit.textCursor().positionInBlock() == len(HALF) - 3
    assert again.signed.text() == "Earlier changes can no longer be undone."


def test_the_tick_that_confirms_a_destruction_is_never_given_by_a_draft(window):
    log = window.desktop.context.vault.open_vault().log
    group = log.groups.groups()[0].id

    def section():
        go(window, PlaceKey.GROUPS)
        groups = window.desktop.shell.place(PlaceKey.GROUPS)
        groups.show_group_of(group, "retention")
        groups.page.sections.section("retention").table.choose_kind(RetainedKind.CONSENT_FORMS)
        process_events()

    section()
    window.press(f"keeping-{RetainedKind.CONSENT_FORMS}-gone-open")
    window.find(QLineEdit, f"keeping-{RetainedKind.CONSENT_FORMS}-gone-by").setText(HALF)
    window.find(QCheckBox, f"keeping-{RetainedKind.CONSENT_FORMS}-sure").setChecked(True)
    leave(window, "a lock")
    section()
    assert window.find(QLineEdit, f"keeping-{RetainedKind.CONSENT_FORMS}-gone-by").text() == HALF
    assert not window.find(QCheckBox, f"keeping-{RetainedKind.CONSENT_FORMS}-sure").isChecked()


def test_the_last_folder_is_in_the_vault_alone_and_there_again_after_a_restart(window, tmp_path):
    window.desktop.gates.passed.emit()
    (tmp_path / "exports of Block B").mkdir()
    remember_folder(tmp_path / "exports of Block B")
    window.desktop.locking.lock()
    assert last_folder() == Path.home()
    window.desktop.context.vault.unlock(window.kept.secret)
    window.desktop.gates.passed.emit()

    assert last_folder() == tmp_path / "exports of Block B"
    data = tmp_path / "data"
    assert not [path for path in data.rglob("*") if path.is_file() and b"exports of" in path.read_bytes()]
