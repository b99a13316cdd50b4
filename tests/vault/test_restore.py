"""Restoring: one at a time, refused for a copy that differs, and noted once in the restored vault's log."""

from __future__ import annotations

from pathlib import Path

import pytest
from clocks import WoundClock
from kept_vaults import kept, vault
from shared_copies import relist

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault import restore as restore_module
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.vault import OpenVault

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


@pytest.mark.parametrize("name", ["run.sh", "recordings/notes.txt", "approved/x/y/text.json.age"])
def test_a_list_with_a_file_of_no_vault_is_refused(looked, name):
    (looked.folder / name).parent.mkdir(parents=True, exist_ok=True)
    (looked.folder / name).write_bytes(b"anything")
    relist(looked.folder)

    assert code_of(verify_backup, looked.folder) is TroubleCode.BACKUP_LIST_DAMAGED


def incomplete(looked, target):
    """Restore what is intact of a backup; return what it says is missing."""
    with pytest.raises(Trouble) as caught:
        restore(verify_backup(looked.folder), target, intact_only=True)
    assert caught.value.code is TroubleCode.BACKUP_INCOMPLETE
    assert not target.parent.exists()
    return caught.value.details["name"]


@pytest.mark.parametrize("how", ["damaged", "not listed", "of one page"])
def test_without_its_log_no_vault_is_made_of_a_backup(looked, target, how):
    log = looked.folder / "log.db"
    if how == "not listed":
        log.unlink()
    else:
        log.write_bytes(log.read_bytes()[:4096])
    if how != "damaged":
        relist(looked.folder)

    assert incomplete(looked, target) == "log.db"


def test_without_a_sealed_key_no_vault_is_made_of_a_backup(looked, target):
    for path in looked.folder.glob("*.age"):
        if path.name.removeprefix("copy-of-") in {"passphrase.age", "recovery.age"}:
            path.write_bytes(b"not sealed")
    relist(looked.folder)

    assert incomplete(looked, target) == "passphrase.age"


def test_a_restored_vault_that_was_never_opened_is_moved_aside_for_another_and_nothing_of_it_is_lost(
    kept, looked, target
):
    assert restore(looked, target).aside == ""
    (target / "mark").write_bytes(b"the first")
    assert restore(looked, target).aside == str(target.with_name("vault-set-aside-1"))
    (target / "mark").write_bytes(b"the second")
    assert restore(looked, target).aside == str(target.with_name("vault-set-aside-2"))
    OpenVault(target, kept.made.secret, SystemClock()).close()

    assert (target.with_name("vault-set-aside-1") / "mark").read_bytes() == b"the first"
    assert (target.with_name("vault-set-aside-2") / "mark").read_bytes() == b"the second"
    assert code_of(restore, looked, target) is TroubleCode.VAULT_EXISTS


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
