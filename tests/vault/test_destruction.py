"""Destroying a recording: for good, with a reason, finished after a restart, and logged as destroyed."""

from __future__ import annotations

import contextlib
import errno

import pytest
from key_deaths import after_destroying, kill_destroying
from killing import deaths_of
from recorded_vaults import recorded

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import disk
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.recording import reader_count
from balint_desktop.vault import destruction
from balint_desktop.vault.log.keys import KeyRows

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


# --- links ---


def linked_text(world, vault, recording):
    """Put a link into the place of a recording's transcript; return where it leads to."""
    outside = world.folder.parent / "outside"
    outside.mkdir()
    (outside / "key.age").write_bytes(b"not of the vault")
    vault.places.transcript(recording).parent.mkdir(exist_ok=True)
    vault.places.transcript(recording).symlink_to(outside, target_is_directory=True)
    return outside


def test_a_recording_whose_text_is_a_link_is_not_destroyed_and_the_log_counts_nothing(world, vault):
    outside = linked_text(world, vault, world.ours[0])

    assert code_of(lambda: vault.destroy(world.ours[0], WHY)) is TroubleCode.LINK_IN_VAULT
    assert world.ours[0] not in vault.log.keys.destroyed()
    assert world.opens(world.ours[0], *world.secret.identities)
    assert (outside / "key.age").read_bytes() == b"not of the vault"


def test_a_link_in_one_recording_keeps_no_other_from_being_destroyed_at_the_next_opening(world):
    vault = world.open()
    for recording in world.ours:
        vault.log.keys.intend_destroying(recording, WHY, 1.0)
    linked_text(world, vault, world.ours[0])
    vault.close()

    again = world.open()
    found = {one: done.completed_wall is not None for one, done in again.log.keys.destroyed().items()}
    again.close()
    assert found == {world.ours[0]: False, world.ours[1]: True}
    assert world.is_gone(world.ours[1])
    assert world.opens(world.ours[0], *world.secret.identities)


# --- on a full disk ---


def code_of(act):
    with pytest.raises(Trouble) as caught:
        act()
    return caught.value.code


def full(*_arguments):
    raise Trouble(TroubleCode.DISK_FULL)


def full_once(act):
    """Return an act that finds the disk full at its first try."""
    tries = iter((full, act))

    def tried(*arguments):
        return next(tries)(*arguments)

    return tried


@pytest.fixture
def without_room(vault, monkeypatch):
    """Let the log take no intent until a key has become a mark, as on a disk that is full to its last block."""
    intend = vault.log.keys.intend_destroying

    def tried(recording, reason, wall):
        if not mark_of(vault, recording).exists():
            full()
        intend(recording, reason, wall)

    monkeypatch.setattr(vault.log.keys, "intend_destroying", tried)


def mark_of(vault, recording):
    return vault.places.recording(recording) / "key.age.destroying"


def cut_short(world, monkeypatch):
    """Destroy a recording on a disk that stays full: its sound goes, and the log takes no row."""
    vault = world.open()
    with monkeypatch.context() as patched:
        patched.setattr(vault.log.keys, "intend_destroying", full)
        code = code_of(lambda: vault.destroy(world.ours[0], f" {WHY}\n", witness="W"))
    left = sorted(path.name for path in vault.places.recording(world.ours[0]).iterdir())
    known = world.ours[0] in vault.log.keys.destroyed()
    vault.close()
    return code, left, known


@pytest.mark.usefixtures("without_room")
def test_on_a_full_disk_the_sound_goes_first_and_its_room_takes_the_row(world, vault):
    (world.key_folder(world.ours[0]) / "session.json.age").write_bytes(b"sealed")
    vault.destroy(world.ours[0], f"  {WHY}\n", witness="W")

    assert world.is_gone(world.ours[0])
    result = vault.log.keys.destroyed()[world.ours[0]]
    assert (result.reason, result.completed_wall is not None) == (WHY, True)
    assert vault.log.deletions.records()[world.ours[0]].witness == "W"
    assert acts(vault)[-2:] == ["destroying-asked", "recording-destroyed"]
    assert world.opens(world.ours[1], *world.secret.identities)


def test_where_the_disk_stays_full_the_next_opening_records_it_with_its_reason_and_witness(world, monkeypatch):
    assert cut_short(world, monkeypatch) == (TroubleCode.DISK_FULL, ["key.age.destroying"], False)

    again = world.open()
    result, record = again.log.keys.destroyed()[world.ours[0]], again.log.deletions.records()[world.ours[0]]
    again.close()
    assert (result.reason, record.witness, result.completed_wall is not None) == (WHY, "W", True)
    assert world.is_gone(world.ours[0])


def test_asked_again_on_a_disk_that_is_still_full_it_is_finished_with_what_was_asked_then(world, monkeypatch):
    cut_short(world, monkeypatch)
    with monkeypatch.context() as patched:
        patched.setattr(KeyRows, "intend_destroying", full)
        again = world.open()
    monkeypatch.setattr(again.log.keys, "intend_destroying", full_once(again.log.keys.intend_destroying))
    again.destroy(world.ours[0], "asked again")

    result = again.log.keys.destroyed()[world.ours[0]]
    again.close()
    assert (result.reason, result.completed_wall is not None) == ("asked again", True)
    assert world.is_gone(world.ours[0])


def test_without_its_key_it_is_destroyed_on_a_full_disk_too(world, vault, monkeypatch):
    (world.key_folder(world.ours[0]) / "key.age").unlink()
    monkeypatch.setattr(vault.log.keys, "intend_destroying", full_once(vault.log.keys.intend_destroying))
    vault.destroy(world.ours[0], WHY)

    assert vault.log.keys.destroyed()[world.ours[0]].reason == WHY
    assert world.is_gone(world.ours[0])


def test_killed_before_its_reason_was_written_it_is_destroyed_and_the_log_says_that_the_reason_is_lost(world):
    key = world.key_folder(world.ours[0]) / "key.age"
    key.rename(key.with_name("key.age.destroying"))

    again = world.open()
    result = again.log.keys.destroyed()[world.ours[0]]
    again.close()
    assert result.reason == "Destroyed while the disk was full; the reason was not stored"
    assert world.is_gone(world.ours[0])


@pytest.mark.usefixtures("without_room")
def test_killed_after_its_row_the_folder_goes_and_the_trail_says_it_once(world, vault, monkeypatch):
    with monkeypatch.context() as patched, contextlib.suppress(InterruptedError):
        patched.setattr(destruction, "destroy_recording", _killed_at(world.ours[0]))
        vault.destroy(world.ours[0], WHY)
    assert mark_of(vault, world.ours[0]).exists()
    done = vault.log.keys.destroyed()[world.ours[0]]
    vault.close()

    again = world.open()
    assert again.log.keys.destroyed()[world.ours[0]] == done
    assert acts(again).count("recording-destroyed") == 1
    again.close()
    assert world.is_gone(world.ours[0])


def _killed_at(recording):
    def act(folder):
        if folder.name == recording and folder.parent.name == "recordings":
            raise InterruptedError

    return act


@pytest.mark.usefixtures("without_room")
def test_an_intent_that_an_earlier_try_left_keeps_its_reason(world, vault):
    vault.log._database.run("INSERT INTO destroyings VALUES (?, 1.0, 'asked before', NULL)", (world.ours[0],))
    vault.destroy(world.ours[0], WHY)

    result = vault.log.keys.destroyed()[world.ours[0]]
    assert (result.reason, result.completed_wall is not None) == ("asked before", True)
    assert world.is_gone(world.ours[0])


def test_a_marked_recording_that_the_log_does_not_know_or_with_a_link_is_left_as_it_is(world, tmp_path):
    stranger = world.key_folder(RecordingId("stranger"))
    stranger.mkdir()
    (stranger / "key.age.destroying").write_bytes(b"somebody's")
    for recording in world.ours:
        key = world.key_folder(recording) / "key.age"
        key.rename(key.with_name("key.age.destroying"))
    (world.key_folder(world.ours[0]) / "01" / "link").symlink_to(tmp_path)

    again = world.open()
    known = set(again.log.keys.destroyed())
    again.close()
    assert known == {world.ours[1]}
    assert (stranger / "key.age.destroying").read_bytes() == b"somebody's"
    assert (world.key_folder(world.ours[0]) / "key.age.destroying").exists()


def failing(number):
    def act(*_arguments):
        raise OSError(number, "no")

    return act


@pytest.mark.usefixtures("without_room")
def test_where_the_mark_takes_no_reason_for_want_of_space_the_recording_is_destroyed_all_the_same(
    world, vault, monkeypatch
):
    monkeypatch.setattr(destruction.os, "ftruncate", failing(errno.ENOSPC))
    vault.destroy(world.ours[0], WHY)

    assert vault.log.keys.destroyed()[world.ours[0]].reason == WHY
    assert world.is_gone(world.ours[0])


@pytest.mark.usefixtures("without_room")
def test_another_error_of_the_disk_is_reported_the_key_is_gone_by_then_and_the_next_opening_finishes(
    world, vault, monkeypatch
):
    key = (world.key_folder(world.ours[0]) / "key.age").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(destruction.os, "ftruncate", failing(errno.EIO))
        assert code_of(lambda: vault.destroy(world.ours[0], WHY)) is TroubleCode.FOLDER_UNWRITABLE
    assert mark_of(vault, world.ours[0]).read_bytes()[: len(key) // 2] != key[: len(key) // 2]
    vault.close()

    again = world.open()
    assert again.log.keys.destroyed()[world.ours[0]].completed_wall is not None
    again.close()
    assert world.is_gone(world.ours[0])


def test_a_log_that_was_read_into_memory_learns_of_it_at_the_next_opening(world, vault, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(vault.log._database, "read_only", TroubleCode.DISK_FULL)
        patched.setattr(vault.log.keys, "intend_destroying", full)
        vault.destroy(world.ours[0], WHY)
    assert mark_of(vault, world.ours[0]).exists()
    assert world.ours[0] not in vault.log.keys.destroyed()
    vault.close()

    again = world.open()
    assert again.log.keys.destroyed()[world.ours[0]].reason == WHY
    again.close()
    assert world.is_gone(world.ours[0])
