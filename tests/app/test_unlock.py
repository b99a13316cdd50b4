"""Unlocking: which keys the typed passphrase opens, and that a lock in the meantime prevents it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject

from balint_desktop.app.unlock import VaultUnlock
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.state import VaultState


@pytest.fixture
def unlock(app, session):
    return VaultUnlock(app.context, lambda: session.is_room_open)


class Asked:
    """A user who typed something, and the result."""

    def __init__(self):
        self.opened, self.codes = [], []

    def __call__(self, open_with):
        open_with("typed", self.opened.append, lambda trouble: self.codes.append(trouble.code), QObject())
        return self


@pytest.mark.parametrize("way", ["by_passphrase", "by_key"])
def test_correct_input_opens_the_vault_with_all_its_keys(app, unlock, way):
    asked = Asked()(getattr(unlock, way))
    assert asked.opened == []
    app.door.answer(app.made.secret)

    assert asked.opened == [app.slot.current]
    assert app.slot.is_open


def test_trying_a_passphrase_is_reported_at_once(qtbot, unlock):
    with qtbot.waitSignal(unlock.started):
        Asked()(unlock.by_passphrase)


def test_wrong_input_opens_nothing(app, unlock):
    asked = Asked()(unlock.by_passphrase)
    app.door.refuse(TroubleCode.WRONG_PASSPHRASE)

    assert asked.codes == [TroubleCode.WRONG_PASSPHRASE]
    assert app.slot.current is None


@pytest.mark.parametrize("way", ["by_passphrase", "by_key"])
def test_a_lock_while_the_child_works_takes_precedence(app, unlock, way):
    asked = Asked()(getattr(unlock, way))
    app.slot.refuse_pending()
    app.door.answer(app.made.secret)

    assert asked.codes == [TroubleCode.VAULT_LOCKED]
    assert asked.opened == []
    assert app.slot.current is None


def test_during_a_session_the_recording_keys_are_not_loaded(app, session, unlock):
    app.vault.lock()
    session.open_room()
    Asked()(unlock.by_passphrase)
    app.door.answer(app.made.secret)

    assert app.slot.current.state is VaultState.IN_SESSION


def test_a_session_begun_while_the_child_worked_counts(app, session, unlock):
    app.vault.lock()
    Asked()(unlock.by_passphrase)
    session.open_room()
    app.door.answer(app.made.secret)

    assert app.slot.current.state is VaultState.IN_SESSION


def test_a_vault_that_was_not_open_belongs_to_no_session_and_opens_with_all_keys(app, session, unlock):
    session.open_room()
    Asked()(unlock.by_passphrase)
    app.door.answer(app.made.secret)

    assert app.slot.is_open
