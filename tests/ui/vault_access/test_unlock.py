"""Unlocking: a sentence for each failure, and a responsive window meanwhile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import trouble as words
from balint_desktop.ui.vault_access.unlock import Unlock, UnlockReason


class Door:
    """Stores the requests, and answers on command."""

    def __init__(self):
        self.asked = []

    def __call__(self, typed, opened, failed, _asking):
        self.asked.append((typed, opened, failed))


@pytest.fixture
def by_passphrase():
    return Door()


@pytest.fixture
def by_key():
    return Door()


@pytest.fixture
def gate(by_passphrase, by_key, look_at):
    return look_at(Unlock("/vault", by_passphrase, by_key))


def said(gate):
    return gate.findChild(QLabel, "unlock-problem").text()


def test_enter_opens_the_vault(gate, by_passphrase, qtbot):
    gate.secret.setText("a passphrase")
    qtbot.keyClick(gate.secret, Qt.Key.Key_Return)

    assert by_passphrase.asked[0][0] == "a passphrase"


def test_while_opening_it_says_so_and_asks_only_once(gate, by_passphrase):
    gate.secret.setText("a passphrase")
    gate.open_button.click()
    gate.open_button.click()

    assert said(gate) == "Opening…"
    assert len(by_passphrase.asked) == 1


def test_a_space_still_typed_while_it_opens_presses_nothing(gate, qtbot):
    pressed = []
    gate.other_asked.connect(lambda: pressed.append("clock alone"))
    gate.secret.setFocus()
    gate.secret.setText("a passphrase")
    qtbot.keyClick(gate.secret, Qt.Key.Key_Return)
    assert gate.secret.hasFocus()
    qtbot.keyClicks(QApplication.focusWidget(), " by the mill")

    assert pressed == []
    assert gate.secret.text() == "a passphrase"


def test_title_and_sentence_say_what_the_passphrase_is_asked_for(by_passphrase, by_key, look_at):
    reason = UnlockReason("Open recordings", "They lock after a session.", "Back to Today")
    gate = look_at(Unlock("/vault", by_passphrase, by_key, reason))

    assert gate.heading_label.text() == "Open recordings"
    assert gate.findChild(QLabel, "unlock-reason").text() == "They lock after a session."
    assert gate.clock_alone.text() == "Back to Today"


@pytest.mark.parametrize(
    "code",
    [
        TroubleCode.WRONG_PASSPHRASE,
        TroubleCode.VAULT_FILE_MISSING,
        TroubleCode.VAULT_FILE_DAMAGED,
        TroubleCode.VAULT_NEWER,
        TroubleCode.VAULT_IN_USE,
        TroubleCode.LOG_DAMAGED,
        TroubleCode.LOG_MISSING,
        TroubleCode.CHILD_FAILED,
    ],
)
def test_each_failure_has_its_sentence_and_can_be_retried(gate, by_passphrase, code):
    trouble = Trouble(code, folder="/vault", name="passphrase.age")
    gate.secret.setText("a passphrase")
    gate.open_button.click()
    by_passphrase.asked[0][2](trouble)

    assert said(gate) == words.sentence(trouble)
    assert gate.open_button.isEnabled()


def test_opening_passes_on_the_result_and_clears_what_was_typed(gate, by_passphrase, qtbot):
    gate.secret.setText("a passphrase")
    gate.open_button.click()
    with qtbot.waitSignal(gate.opened) as emitted:
        by_passphrase.asked[0][1]("the vault")

    assert emitted.args == ["the vault"]
    assert gate.secret.text() == ""


def test_the_recovery_key_is_the_alternative(gate, by_key):
    gate.other_way.click()
    gate.secret.setText("age-secret-key-1qpz ry9x")
    gate.open_button.click()

    assert gate.by_key
    assert gate.secret.accessibleName() == "Recovery key (from paper)"
    assert by_key.asked[0][0] == "AGE-SECRET-KEY-1QPZRY9X"


def test_empty_input_is_reported(gate, by_passphrase):
    gate.open_button.click()

    assert said(gate) == "Enter your passphrase."
    assert by_passphrase.asked == []


def test_leaving_clears_what_was_typed(gate):
    gate.secret.setText("a passphrase")
    gate.leave_view()

    assert gate.secret.text() == ""
