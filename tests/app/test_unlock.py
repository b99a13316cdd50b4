"""What is typed opens the vault: with which keys, and not after it was locked."""

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
    """Somebody who typed something, and what came of it."""

    def __init__(self):
        self.opened, self.codes = [], []

    def __call__(self, open_with):
        open_with("typed", self.opened.append, lambda trouble: self.codes.append(trouble.code), QObject())
        return self


@pytest.mark.parametrize("way", ["by_passphrase", "by_key"])
def test_what_is_typed_opens_the_vault_with_all_its_keys(app, unlock, way):
    asked = Asked()(getattr(unlock, way))
    assert asked.opened == []
    app.door.answer(app.made.secret)

    assert asked.opened == [app.slot.current]
    assert app.slot.is_open


def test_that_a_passphrase_is_being_tried_is_told_at_once(qtbot, unlock):
    with qtbot.waitSignal(unlock.started):
        Asked()(unlock.by_passphrase)


def test_what_is_wrong_opens_nothing(app, unlock):
    asked = Asked()(unlock.by_passphrase)
    app.door.refuse(TroubleCode.WRONG_PASSPHRASE)

    assert asked.codes == [TroubleCode.WRONG_PASSPHRASE]
    assert app.slot.current is None


@pytest.mark.parametrize("way", ["by_passphrase", "by_key"])
def test_a_lock_while_the_child_works_is_not_overtaken(app, unlock, way):
    asked = Asked()(getattr(unlock, way))
    app.slot.refuse_pending()
    app.door.answer(app.made.secret)

    assert asked.codes == [TroubleCode.VAULT_LOCKED]
    assert asked.opened == []
    assert app.slot.current is None


def test_in_a_session_the_keys_to_recordings_are_not_taken_up(app, session, unlock):
    app.vault.lock()
    session.open_room()
    Asked()(unlock.by_passphrase)
    app.door.answer(app.made.secret)

    assert app.slot.current.state is VaultState.IN_SESSION


def test_a_session_that_began_while_the_child_worked_counts(app, session, unlock):
    app.vault.lock()
    Asked()(unlock.by_passphrase)
    session.open_room()
    app.door.answer(app.made.secret)

    assert app.slot.current.state is VaultState.IN_SESSION


def test_a_vault_that_was_not_open_is_no_sessions_and_opens_whole(app, session, unlock):
    session.open_room()
    Asked()(unlock.by_passphrase)
    app.door.answer(app.made.secret)

    assert app.slot.is_open
