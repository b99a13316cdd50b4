"""The controller of the gates: which one is due, what opening it leads to, and what may be shown without."""

from __future__ import annotations

import shutil

import pytest
from app_fakes import Calls, FakeUnlock
from PySide6.QtWidgets import QLabel

from balint_desktop.app.gates import Gates
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.vault_access.first_start import FirstStart
from balint_desktop.ui.vault_access.restore_page import RestoreGate
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.vault.layout import ORIGIN_FILE
from balint_desktop.vault.restore import Restored


@pytest.fixture
def handover():
    return Calls(is_under_way=False)


@pytest.fixture
def unlock():
    return FakeUnlock()


@pytest.fixture
def gates(app, session, handover, unlock):
    return Gates(app.context, app.shell, session=session, locking=Calls(), handover=handover, unlock=unlock)


@pytest.fixture
def heard(gates):
    """The facts reported, in order."""
    names = []
    for name in ("passed", "try_asked", "unlocked"):
        getattr(gates, name).connect(lambda name=name: names.append(name))
    return names


def reason(gate):
    return gate.findChild(QLabel, "unlock-reason").text()


def type_at(gate, unlock, typed="a passphrase"):
    """Type at a gate, and let it open the vault."""
    gate.secret.setText(typed)
    gate.open_button.click()
    ((_, done, _),) = unlock.typed
    done(object())


# --- the gate that is due ---


@pytest.mark.parametrize("is_unfinished", [True, False])
def test_a_set_up_that_was_not_finished_is_said_at_the_next_start_and_its_key_is_void(app, gates, is_unfinished):
    app.data.vault.rename(app.data.vault.with_name("vault-being-made")) if is_unfinished else shutil.rmtree(
        app.data.vault
    )
    gates.show()
    words = app.shell.gate.choice.unfinished

    assert words.isVisibleTo(app.shell.gate) == is_unfinished
    assert "destroy that paper" in words.text()
    assert not app.data.vault.with_name("vault-being-made").exists()
    gates.show()
    assert not app.shell.gate.choice.unfinished.isVisibleTo(app.shell.gate)


def test_without_a_vault_the_gate_is_the_first_start(app, gates, heard):
    shutil.rmtree(app.data.vault)
    gates.show()
    assert isinstance(app.shell.gate, FirstStart)
    app.shell.gate.try_asked.emit()

    assert heard == ["try_asked"]


def test_with_a_vault_the_gate_asks_for_the_passphrase_and_offers_no_place(app, gates):
    gates.show()
    app.shell.show_place(PlaceKey.TODAY)

    assert isinstance(app.shell.gate, Unlock)


def test_a_restored_vault_that_was_never_opened_offers_to_restore_another(app, gates):
    (app.data.vault / ORIGIN_FILE).write_text("{}")
    gates.show()
    gate = app.shell.gate
    assert gate.restore_button.isVisibleTo(gate)
    gate.restore_button.click()
    assert isinstance(app.shell.gate, RestoreGate)
    app.shell.gate.page.back_button.click()

    assert isinstance(app.shell.gate, Unlock)


def test_a_vault_that_was_opened_offers_none(app, gates):
    gates.show()

    assert not app.shell.gate.restore_button.isVisibleTo(app.shell.gate)


def test_another_backup_restored_asks_for_its_passphrase_and_says_where_the_first_is(app, gates):
    (app.data.vault / ORIGIN_FILE).write_text("{}")
    gates.show()
    app.shell.gate.restore_button.click()
    app.shell.gate.page.restored.emit(Restored(aside="/a/vault-set-aside-1"))

    assert isinstance(app.shell.gate, Unlock)
    assert "The vault that was there was never opened. It is now in /a/vault-set-aside-1." in app.said


def test_unlocking_shows_the_places_before_the_after_unlock_steps_run(app, gates, heard, unlock):
    gates.show()
    type_at(app.shell.gate, unlock)

    assert heard == ["passed", "unlocked"]
    assert app.said == ""


def test_the_clock_alone_shows_the_places_and_unlocks_nothing(app, gates, heard):
    gates.show()
    app.shell.gate.clock_alone.click()

    assert heard == ["passed"]


def test_after_the_recovery_key_it_explains_how_to_replace_a_lost_passphrase(app, gates, unlock):
    gates.show()
    app.shell.gate.other_way.click()
    type_at(app.shell.gate, unlock, app.made.recovery_key)

    assert "set a new one in Settings" in app.said


def test_after_asking_for_keys_it_returns_to_where_they_were_needed_or_to_today(app, gates, heard, unlock):
    wanted = []
    gates.ask_for_keys(lambda: wanted.append("here"), "Open recordings", "They are locked.", help_page="recordings")
    type_at(app.shell.gate, unlock)
    assert wanted == ["here"]
    assert heard == ["unlocked"]

    gates.ask_for_keys(lambda: wanted.append("here"), "Open recordings", "They are locked.", help_page="recordings")
    app.shell.gate.clock_alone.click()
    assert app.shell.current is PlaceKey.TODAY


# --- what may be shown ---


def open_vault(app):
    assert app.vault


def in_session(app):
    app.vault.begin_session()


def locked(app):
    app.vault.lock()


@pytest.mark.parametrize("key", [PlaceKey.TODAY, PlaceKey.GROUPS, PlaceKey.RECORDINGS, PlaceKey.SESSION])
@pytest.mark.parametrize("vault", [lambda _app: None, open_vault], ids=["no vault", "open"])
def test_everything_may_be_shown_with_all_keys_or_without_a_vault(app, gates, vault, key):
    vault(app)

    assert gates.may_show(key)
    assert app.shell.gate is None


@pytest.mark.parametrize("vault", [in_session, locked])
def test_after_a_session_recordings_ask_for_the_passphrase(app, gates, vault, unlock):
    vault(app)

    assert gates.may_show(PlaceKey.GROUPS)
    assert not gates.may_show(PlaceKey.RECORDINGS)
    assert app.shell.gate.heading == "Open recordings"
    assert "recordings lock after a session" in reason(app.shell.gate)
    open_vault(app)
    app.slot.unlock(app.made.secret)
    type_at(app.shell.gate, unlock)
    assert app.shell.current is PlaceKey.RECORDINGS


def test_while_locked_in_a_session_only_its_room_may_be_shown(app, gates, session):
    locked(app)
    session.open_room()

    assert gates.may_show(PlaceKey.SESSION)
    assert app.shell.gate is None
    assert not gates.may_show(PlaceKey.TODAY)
    assert isinstance(app.shell.gate, Unlock)


def test_a_locked_debrief_is_behind_the_gate_with_no_way_past_it(app, gates, session):
    locked(app)
    session.open_room().shows_room = False

    assert not gates.may_show(PlaceKey.SESSION)
    assert app.shell.gate.clock_alone.isHidden()


@pytest.mark.parametrize("key", list(PlaceKey))
def test_during_a_handover_nothing_else_may_be_shown_and_no_gate_replaces_the_page(app, gates, handover, key):
    open_vault(app)
    handover.is_under_way = True

    assert not gates.may_show(key)
    assert app.shell.gate is None
