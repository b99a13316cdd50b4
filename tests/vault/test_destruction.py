"""Destroying a recording: for good, with a reason, finished after a restart, and logged as destroyed."""

from __future__ import annotations

import pytest
from key_deaths import after_destroying, kill_destroying
from killing import deaths_of
from recorded_vaults import recorded

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.recording import reader_count

WHY = "transcribed, and the transcript was checked"


@pytest.fixture
def world(tmp_path):
    return recorded(tmp_path / "vault")


@pytest.fixture
def vault(world):
    opened = world.open()
    yield opened
    opened.close()


def acts(vault):
    return [row.act for row in vault.log.audit.rows()]


def test_nothing_of_a_destroyed_recording_remains_and_the_log_records_when_and_why(world, vault):
    vault.destroy(world.ours[0], f"  {WHY}\n")

    assert world.is_gone(world.ours[0])
    assert world.opens(world.ours[1], *world.secret.identities)
    result = vault.log.keys.destroyed()[world.ours[0]]
    assert result.reason == WHY
    assert result.completed_wall >= result.asked_wall
    assert acts(vault)[-2:] == ["destroying-asked", "recording-destroyed"]
    assert vault.log.audit.broken_at() is None
    assert vault.log.recordings.recording(world.ours[0]).parts[0].sha256


def test_the_audit_trail_holds_no_text_written_by_a_person(world, vault):
    vault.destroy(world.ours[0], WHY)

    assert all("transcript" not in row.details for row in vault.log.audit.rows())


def test_the_key_is_overwritten_before_it_is_unlinked(world, vault, tmp_path):
    # A hard link shows what is on disk once the first name is unlinked.
    key = world.key_folder(world.ours[0]) / "key.age"
    (tmp_path / "same-bytes").hardlink_to(key)
    length = key.stat().st_size

    vault.destroy(world.ours[0], WHY)

    assert (tmp_path / "same-bytes").read_bytes() == bytes(length)


def test_a_recording_this_vault_cannot_open_can_be_destroyed(world, vault):
    vault.destroy(world.theirs, WHY)

    assert world.is_gone(world.theirs)


@pytest.mark.parametrize("why", ["", "  \n ", "x" * 201])
def test_without_a_reason_nothing_is_destroyed(world, vault, why):
    with pytest.raises(ValueError, match="reason"):
        vault.destroy(world.ours[0], why)

    assert world.opens(world.ours[0], *world.secret.identities)


def test_a_part_still_held_by_a_recorder_cannot_be_destroyed(world, vault):
    lock = FileLock(world.key_folder(world.ours[0]) / "01" / "in-use")
    assert lock.try_acquire()
    with pytest.raises(Trouble) as caught:
        vault.destroy(world.ours[0], WHY)
    lock.release()

    assert caught.value.code is TroubleCode.PART_IN_USE
    assert world.opens(world.ours[0], *world.secret.identities)
    assert world.ours[0] not in vault.log.keys.destroyed()


def test_a_recording_unknown_to_the_log_is_left_in_place(world, vault):
    with pytest.raises(Trouble) as caught:
        vault.destroy(RecordingId("stranger"), WHY)

    assert caught.value.code is TroubleCode.RECORDING_MISSING


def test_nothing_more_is_recorded_into_a_destroyed_recording(world, vault):
    vault.destroy(world.ours[0], WHY)
    with pytest.raises(Trouble) as caught:
        vault.next_part(world.ours[0])

    assert caught.value.code is TroubleCode.RECORDING_MISSING


def test_nothing_is_destroyed_while_the_vault_is_locked(world, vault):
    vault.lock()
    with pytest.raises(Trouble) as caught:
        vault.destroy(world.ours[0], WHY)

    assert caught.value.code is TroubleCode.VAULT_LOCKED


def test_a_disk_error_is_reported_and_the_next_opening_finishes(world, monkeypatch):
    vault = world.open()
    monkeypatch.setattr(disk, "unlink_with_retries", lambda _path: False)
    with pytest.raises(Trouble) as caught:
        vault.destroy(world.ours[0], WHY)
    vault.close()
    monkeypatch.undo()

    assert caught.value.code is TroubleCode.FOLDER_UNWRITABLE
    # The key is unreadable already.
    assert reader_count(world.key_folder(world.ours[0])) == 0
    world.open().close()
    assert world.is_gone(world.ours[0])


def test_dying_before_any_disk_operation_a_restart_finishes(tmp_path):
    def make(number):
        return recorded(tmp_path / str(number))

    def act(world):
        vault = world.open()
        try:
            vault.destroy(world.ours[0], WHY)
        finally:
            vault.close()

    operations = deaths_of(make, act, lambda world: after_destroying(world, world.ours[0]))

    assert operations > 10


def test_killed_at_random_moments_a_restart_finishes(tmp_path):
    assert kill_destroying(tmp_path, times=12).killed > 0
