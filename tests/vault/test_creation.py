"""Creating a vault: aside first, one at a time, and put in place only once it is confirmed."""

from __future__ import annotations

import pytest
from vaults import make_vault

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.creation import VaultCreation


@pytest.fixture
def making(tmp_path):
    made = VaultCreation(tmp_path / "data" / "vault")
    made.begin()
    return made


def code_of(act):
    with pytest.raises(Trouble) as refused:
        act()
    return refused.value.code


def test_a_new_vault_counts_once_it_is_confirmed_and_leaves_nothing_beside_it(making, tmp_path):
    make_vault(making.staging)
    before = [path.name for path in (tmp_path / "data").iterdir() if path.name == "vault"]
    making.confirm()

    assert before == []
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["vault"]


def test_a_second_creation_must_wait_until_the_first_is_abandoned(making, tmp_path):
    other = VaultCreation(tmp_path / "data" / "vault")
    assert code_of(other.begin) is TroubleCode.VAULT_IN_USE
    make_vault(making.staging)
    making.abandon()
    other.begin()

    assert not making.staging.exists()


def test_leftovers_of_an_earlier_attempt_are_removed(making):
    make_vault(making.staging)
    making.abandon()
    make_vault(making.staging)
    making.begin()

    assert not making.staging.exists()


def test_an_existing_vault_is_never_replaced(making, tmp_path):
    made = make_vault(tmp_path / "data" / "vault")
    make_vault(making.staging)

    assert code_of(making.require_none) is TroubleCode.VAULT_EXISTS
    assert code_of(making.confirm) is TroubleCode.VAULT_EXISTS
    made.open().close()


def test_where_no_vault_is_there_one_can_be_made(making):
    making.require_none()
    make_vault(making.staging)
    making.require_none()
    making.confirm()

    assert code_of(making.require_none) is TroubleCode.VAULT_EXISTS


def test_what_an_unfinished_creation_left_is_deleted_and_reported_once(making, tmp_path):
    make_vault(making.staging)
    making._lock.release()  # as when its process ends
    later = VaultCreation(tmp_path / "data" / "vault")

    assert later.discard_unfinished()
    assert list((tmp_path / "data").iterdir()) == []
    assert not later.discard_unfinished()


def test_a_vault_that_is_being_made_now_is_not_discarded(making, tmp_path):
    make_vault(making.staging)

    assert not making.discard_unfinished()
    assert not VaultCreation(tmp_path / "data" / "vault").discard_unfinished()
    assert making.staging.exists()
