"""Restoring: one at a time, refused for a copy that differs, and noted once in the restored vault's log."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import WoundClock
from kept_vaults import kept, vault

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault import restore as restore_module
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.restore import restore, verify_backup

__all__ = ["kept", "vault"]


@pytest.fixture
def looked(vault, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    return verify_backup(Path(back_up(vault, stick, WoundClock())[1].folder))


@pytest.fixture
def target(tmp_path):
    return tmp_path / "another laptop" / "vault"


def code_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code


def test_while_another_restores_into_the_same_place_it_is_refused(looked, target):
    target.parent.mkdir()
    lock = FileLock(target.with_name("vault-being-restored.lock"))
    assert lock.try_acquire()
    try:
        assert code_of(restore, looked, target) is TroubleCode.VAULT_IN_USE
        assert not target.exists()
    finally:
        lock.release()


def test_a_stick_that_returns_different_bytes_each_time_leaves_no_vault(looked, target, monkeypatch):
    monkeypatch.setattr(restore_module, "copy_verified", lambda _source, _target, _went: None)

    assert code_of(restore, looked, target) is TroubleCode.COPY_DIFFERS
    assert list(target.parent.iterdir()) == []


@pytest.mark.parametrize("left", [b"no list of files", None], ids=["a damaged list", "a folder in its place"])
def test_a_list_that_cannot_be_read_is_removed_and_keeps_no_one_out(kept, vault, left):
    vault.close()
    origin = kept.made.folder / "restored-from.json"
    if left is None:
        origin.mkdir()
    else:
        origin.write_bytes(left)

    again = kept.made.open()
    acts = [row.act for row in again.log.audit.rows()]
    again.close()
    assert "vault-restored" not in acts
    assert origin.is_file() is False


def test_a_restore_from_a_backup_that_the_log_does_not_know_is_noted_all_the_same(kept, vault, looked):
    vault.log.transfers.forget(looked.manifest.id)
    vault.close()
    (kept.made.folder / "restored-from.json").write_bytes(looked.manifest.to_json())

    again = kept.made.open()
    last, rows = again.log.audit.rows()[-1], again.log.transfers.parcels()
    again.close()
    assert (last.act, looked.manifest.id in last.details, rows) == ("vault-restored", True, ())
