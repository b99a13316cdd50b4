"""The slot of the vault: what it holds when, what a lock removes, and that nothing overtakes a lock."""

from __future__ import annotations

import pytest

from balint_desktop.app.vault_slot import VaultSlot
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault.state import VaultState


@pytest.fixture
def slot(app):
    return app.slot


@pytest.fixture
def secret(app):
    return app.made.secret


def refused(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def is_given_back(app):
    lock = FileLock(app.data.vault / "in-use")
    taken = lock.try_acquire()
    if taken:
        lock.release()
    return taken


# --- opening ---


def test_the_slot_is_empty_at_first(slot):
    assert slot.current is None
    assert not slot.is_open
    assert not slot.is_locked
    assert refused(slot.open_vault) is TroubleCode.VAULT_LOCKED


def test_the_secret_opens_the_vault(slot, secret):
    vault = slot.unlock(secret)

    assert slot.current is slot.open_vault() is vault
    assert slot.is_open


def test_a_locked_vault_regains_its_keys_and_stays_the_same(slot, secret):
    vault = slot.unlock(secret)
    vault.lock()
    assert slot.is_locked
    assert not slot.is_open

    assert slot.unlock(secret) is vault
    assert slot.is_open


def test_in_a_session_it_is_neither_open_nor_locked(slot, secret):
    slot.unlock(secret).begin_session()

    assert not slot.is_open
    assert not slot.is_locked


def test_a_vault_held_by_another_window_is_not_opened(app, slot, secret):
    other = VaultSlot(app.data.vault, app.clock)
    other.unlock(secret)

    assert refused(lambda: slot.unlock(secret)) is TroubleCode.VAULT_IN_USE
    assert slot.current is None
    other.close()


def test_a_passphrase_typed_before_a_lock_opens_nothing_after_it(slot, secret):
    take = slot.unlock_unless_locked_since()
    slot.refuse_pending()

    assert refused(lambda: take(secret)) is TroubleCode.VAULT_LOCKED
    assert slot.current is None


def test_a_passphrase_typed_after_a_lock_opens_the_vault(slot, secret):
    slot.refuse_pending()
    slot.unlock_unless_locked_since()(secret)

    assert slot.is_open


# --- closing ---


def test_holders_are_notified_before_the_vault_is_closed(slot, secret):
    heard = []
    slot.unlock(secret)
    slot.closing.connect(lambda: heard.append(slot.open_vault().log.setting("none", "still readable")))
    slot.close()

    assert heard == ["still readable"]
    assert slot.current is None


def test_closing_releases_the_folder(app, slot, secret):
    slot.unlock(secret)
    assert not is_given_back(app)
    slot.close()

    assert is_given_back(app)


def test_with_nothing_running_the_vault_closes_at_once(slot, secret):
    slot.unlock(secret)
    slot.close_once_released()

    assert slot.current is None


def test_while_its_log_is_held_the_keys_are_dropped_at_once_and_the_log_at_release(slot, secret):
    vault = slot.unlock(secret)
    release = slot.keep_log_open()
    slot.close_once_released()
    assert slot.current is vault
    assert vault.state is VaultState.LOCKED
    vault.note_passphrase_changed()

    release()
    assert slot.current is None


def test_closing_waits_for_the_last_of_several_acts(slot, secret):
    slot.unlock(secret)
    first, second = slot.keep_log_open(), slot.keep_log_open()
    slot.close_once_released()
    first()
    assert slot.current is not None

    second()
    assert slot.current is None


def test_a_release_closes_nothing_unless_closing_was_requested(slot, secret):
    slot.unlock(secret)
    slot.keep_log_open()()

    assert slot.is_open


def test_a_lock_for_a_handover_does_not_close_the_vault_at_release(slot, secret):
    vault = slot.unlock(secret)
    release = slot.keep_log_open()
    vault.lock()
    release()

    assert slot.current is vault


def test_unlocking_before_the_release_leaves_it_open(slot, secret):
    vault = slot.unlock(secret)
    release = slot.keep_log_open()
    slot.close_once_released()
    slot.unlock(secret)
    release()

    assert slot.current is vault
    assert slot.is_open


def test_closing_for_good_waits_for_no_act_and_a_late_release_leaves_the_next_vault_open(slot, secret):
    slot.unlock(secret)
    release = slot.keep_log_open()
    slot.close()
    assert slot.current is None
    slot.unlock(secret)
    release()

    assert slot.is_open
