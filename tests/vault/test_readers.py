"""Readers: who may open future recordings, and who earlier ones, each change chained."""

from __future__ import annotations

from dataclasses import replace

import pytest
from key_deaths import HELPER, after_adding_a_reader, kill_adding_a_reader
from killing import deaths_of
from recorded_vaults import COORDINATOR, OURS, STUDY, THEIRS, TRANSCRIBER, opens_with, record, recorded

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed.recording import reader_count
from balint_desktop.vault.reseal import ResealResult


@pytest.fixture
def world(tmp_path):
    return recorded(tmp_path / "vault")


@pytest.fixture
def vault(world):
    opened = world.open()
    yield opened
    opened.close()


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def last(vault, count=1):
    return [row.act for row in vault.log.audit.rows()[-count:]]


def test_a_reader_from_now_on_opens_new_recordings_and_no_earlier_ones(world, vault):
    assert vault.readers.add([OURS.id], HELPER, earlier=False) == ResealResult()

    later = record(vault, vault.log.groups.group(OURS.id), 3)
    assert opens_with(world, later, TRANSCRIBER)
    assert not opens_with(world, world.ours[0], TRANSCRIBER)


def test_a_reader_for_earlier_recordings_opens_every_one_of_that_group(world, vault):
    assert vault.readers.add([OURS.id], HELPER, earlier=True) == ResealResult(done=2)

    for recording in world.ours:
        assert opens_with(world, recording, TRANSCRIBER)
        assert opens_with(world, recording, STUDY)
        assert world.opens(recording, *world.secret.identities)
        assert vault.log.keys.sealed_to(recording) == (*OURS.readers, HELPER)
    assert last(vault, 3) == ["reader-added", "recording-resealed", "recording-resealed"]
    assert vault.log.audit.broken_at() is None


def test_a_recording_this_vault_cannot_open_is_not_resealed_and_is_reported(world, vault):
    resealed = vault.readers.add([OURS.id, THEIRS.id], HELPER, earlier=True)

    assert resealed == ResealResult(done=2, left=(world.theirs,))
    assert not opens_with(world, world.theirs, TRANSCRIBER)
    later = record(vault, vault.log.groups.group(THEIRS.id), 2)
    assert opens_with(world, later, TRANSCRIBER)


def test_a_reader_removed_from_now_on_still_opens_earlier_recordings(world, vault):
    vault.readers.remove_reader([OURS.id], STUDY.recipient, earlier=False)

    assert not opens_with(world, record(vault, vault.log.groups.group(OURS.id), 3), STUDY)
    assert opens_with(world, world.ours[0], STUDY)
    assert last(vault, 3)[0] == "reader-taken-off"


def test_a_reader_removed_from_earlier_recordings_opens_none_of_them(world, vault):
    assert vault.readers.remove_reader([OURS.id], STUDY.recipient, earlier=True) == ResealResult(done=2)

    for recording in world.ours:
        assert not opens_with(world, recording, STUDY)
        assert world.opens(recording, *world.secret.identities)
        assert reader_count(world.key_folder(recording)) == 1
        assert vault.log.keys.sealed_to(recording) == ()


def test_an_excluded_vault_never_removes_the_last_reader(world, vault):
    vault.readers.remove_reader([THEIRS.id], COORDINATOR.recipient, earlier=False)

    code = code_of(lambda: vault.readers.remove_reader([THEIRS.id], STUDY.recipient, earlier=False))

    assert code is TroubleCode.LAST_READER
    assert vault.log.groups.group(THEIRS.id).readers == THEIRS.readers[:1]


def test_a_refusal_for_one_group_leaves_the_others_unchanged(world, vault):
    vault.readers.remove_reader([THEIRS.id], COORDINATOR.recipient, earlier=False)

    code_of(lambda: vault.readers.remove_reader([OURS.id, THEIRS.id], STUDY.recipient, earlier=True))

    assert vault.log.groups.group(OURS.id).readers == OURS.readers
    assert vault.log.keys.resealings() == {}


def test_a_group_that_no_one_could_read_is_not_saved(vault):
    code = code_of(lambda: vault.readers.save_group(Group(GroupId("x"), "Nobody's", this_vault_reads=False)))

    assert code is TroubleCode.LAST_READER
    assert [group.id for group in vault.log.groups.groups()] == [OURS.id, THEIRS.id]


def test_changing_a_group_records_its_readers_in_the_chain(vault):
    vault.readers.save_group(replace(OURS, readers=(HELPER,), this_vault_reads=False))

    assert last(vault, 3) == ["reader-added", "reader-taken-off", "vault-reads"]
    assert STUDY.recipient in vault.log.audit.rows()[-2].details
    assert "Study" not in vault.log.audit.rows()[-2].details


def test_an_invalid_key_is_refused_before_anything_changes(vault):
    assert code_of(lambda: vault.readers.add([OURS.id], Reader("x", "age1nonsense"), earlier=True)) is (
        TroubleCode.WRONG_KEY
    )
    assert vault.log.groups.group(OURS.id) == OURS


def test_readers_are_changed_only_while_the_vault_is_open(vault):
    vault.lock()

    assert code_of(lambda: vault.readers.add([OURS.id], HELPER, earlier=True)) is TroubleCode.VAULT_LOCKED


def test_a_damaged_key_is_left_unchanged_and_resealed_once_it_is_restored(world, vault):
    path = world.key_folder(world.ours[0]) / "key.age"
    good = path.read_bytes()
    path.write_bytes(good[:-3] + b"xyz")

    assert vault.readers.add([OURS.id], HELPER, earlier=True) == ResealResult(done=1, left=world.ours[:1])
    assert path.read_bytes() == good[:-3] + b"xyz"

    path.write_bytes(good)
    vault.close()
    world.open().close()
    assert opens_with(world, world.ours[0], TRANSCRIBER)


def test_two_interrupted_changes_are_both_applied(world, vault):
    vault.log.keys.intend_resealing(world.ours[0], (*OURS.readers, HELPER))

    vault.readers.remove_reader([OURS.id], STUDY.recipient, earlier=True)

    assert opens_with(world, world.ours[0], TRANSCRIBER)
    assert not opens_with(world, world.ours[0], STUDY)


def test_readers_not_recorded_by_an_older_version_are_never_dropped(world, vault):
    vault.log._database.run("UPDATE recordings SET readers_kept = 0")

    assert vault.readers.add([OURS.id], HELPER, earlier=True).left == world.ours[::-1]
    assert opens_with(world, world.ours[0], STUDY)


def test_an_older_recording_sealed_to_no_one_else_accepts_a_reader(world, vault):
    vault.readers.remove_reader([OURS.id], STUDY.recipient, earlier=True)
    vault.log._database.run("UPDATE recordings SET readers_kept = 0")

    assert vault.readers.add([OURS.id], HELPER, earlier=True) == ResealResult(done=2)
    assert opens_with(world, world.ours[0], TRANSCRIBER)


def test_dying_before_any_disk_operation_no_recording_is_lost(tmp_path):
    def act(world):
        vault = world.open()
        try:
            vault.readers.add([OURS.id], HELPER, earlier=True)
        finally:
            vault.close()

    operations = deaths_of(lambda number: recorded(tmp_path / str(number)), act, after_adding_a_reader)

    assert operations > 8


def test_killed_at_random_moments_no_recording_is_lost(tmp_path):
    assert kill_adding_a_reader(tmp_path, times=12).killed > 0


def test_the_recordings_of_groups_are_counted_without_those_destroyed(vault, world):
    assert [group.id for group in vault.readers.groups()] == [OURS.id, THEIRS.id]
    assert (vault.readers.count([OURS.id, THEIRS.id]), vault.readers.count([])) == (3, 0)

    vault.log.keys.intend_destroying(world.ours[0], "asked for", 1.0)
    assert vault.readers.count([OURS.id]) == 1


def test_a_reader_who_has_the_earlier_recordings_already_leaves_them_as_they_are(world, vault):
    before = {path: path.read_bytes() for path in world.folder.rglob("key.age")}

    assert vault.readers.add([OURS.id], OURS.readers[0], earlier=True) == ResealResult()
    assert {path: path.read_bytes() for path in world.folder.rglob("key.age")} == before
    assert vault.log.keys.resealings() == {}


def test_a_recording_whose_folder_is_missing_is_reported_and_the_others_go_on(world, vault):
    vault.readers.remove_reader([OURS.id], STUDY.recipient, earlier=True)
    vault.log._database.run("UPDATE recordings SET readers_kept = 0")
    world.key_folder(world.ours[0]).rename(world.folder / "elsewhere")

    assert vault.readers.add([OURS.id], HELPER, earlier=True) == ResealResult(done=1, left=world.ours[:1])
    assert opens_with(world, world.ours[1], TRANSCRIBER)


def test_a_key_that_this_vault_does_not_open_is_given_up(world, vault):
    vault.log.keys.intend_resealing(world.theirs, (*THEIRS.readers, HELPER))
    vault.close()

    again = world.open()
    assert again.log.keys.resealings() == {}
    again.close()
    assert not opens_with(world, world.theirs, TRANSCRIBER)


def test_a_key_that_the_disk_cannot_read_stops_the_resealing_and_it_is_finished_later(world, vault):
    path = world.key_folder(world.ours[0]) / "key.age"
    path.rename(path.with_name("aside"))
    path.mkdir()
    with pytest.raises(Trouble):
        vault.readers.add([OURS.id], HELPER, earlier=True)
    assert set(vault.log.keys.resealings()) == set(world.ours)

    path.rmdir()
    path.with_name("aside").rename(path)
    vault.close()
    world.open().close()
    assert opens_with(world, world.ours[0], TRANSCRIBER)
    assert opens_with(world, world.ours[1], TRANSCRIBER)
