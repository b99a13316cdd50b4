"""The controller of the first start: what follows creating, restoring and failing."""

from __future__ import annotations

import pytest

from balint_desktop.app.first_start import build_first_start
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ui.vault_access.restore_page import RestorePage
from balint_desktop.vault.restore import Restored


@pytest.fixture
def led_to():
    return []


@pytest.fixture
def gate(app, led_to):
    made = build_first_start(app.context, opened=lambda: led_to.append("opened"), again=lambda: led_to.append("again"))
    app.shell.show_gate(made)
    return made


def test_a_new_vault_is_opened_with_the_passphrase_just_typed(app, gate, led_to):
    gate.made.emit("four plain words here")
    assert app.door.asked[0][0] == "four plain words here"
    app.door.answer(app.made.secret)

    assert led_to == ["opened"]
    assert app.slot.is_open


def test_a_new_vault_that_does_not_open_shows_the_current_gate_and_the_reason(app, gate, led_to):
    gate.made.emit("four plain words here")
    app.door.refuse(TroubleCode.VAULT_IN_USE)

    assert led_to == ["again"]
    assert "open in another window" in app.said


def test_a_restored_vault_is_announced_and_asks_for_its_passphrase(app, gate, led_to):
    gate.restored.emit(Restored())

    assert led_to == ["again"]
    assert "Restored" in app.said


def test_the_restore_page_is_built_on_demand(gate):
    gate.choice.restore_asked.emit()

    assert isinstance(gate.restore_page, RestorePage)
