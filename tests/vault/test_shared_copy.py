"""A sealed copy that is damaged, hostile, of another version or for somebody else is refused, and nothing is left."""

from __future__ import annotations

import json

import pytest
from bad_vaults import damage
from shared_copies import NEW, bring_in, code_of, relist, share, shared, vault

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import seal
from balint_desktop.vault.import_copy import begin_copy
from balint_desktop.vault.shared_copy import read_copy, require_absent

__all__ = ["shared", "vault"]


def test_a_copy_for_somebody_else_is_left_alone(tmp_path, vault):
    other = share(tmp_path / "other")

    assert code_of(vault, other.folder) is TroubleCode.SHARED_COPY_NOT_FOR_HERE


def test_a_locked_vault_takes_nothing(shared, vault):
    found = read_copy(shared.folder, vault.secrets())
    vault.lock()

    with pytest.raises(Trouble) as raised:
        begin_copy(vault, found, found.shared, NEW)

    assert raised.value.code is TroubleCode.VAULT_LOCKED


@pytest.mark.parametrize("name", ["key.age", "session.json.age", "01/audio.opus.age", "02/facts.json.age"])
@pytest.mark.parametrize("how", ["changed", "missing", "cut short", "a link"])
def test_a_copy_that_is_not_as_its_list_says_is_refused(shared, vault, tmp_path, name, how):
    path = shared.folder / name
    data = path.read_bytes()
    if how == "changed":
        damage(path)
    elif how == "cut short":
        path.write_bytes(data[:-1])
    else:
        path.unlink()
        if how == "a link":
            (tmp_path / "there").write_bytes(data)
            path.symlink_to(tmp_path / "there")

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_part_that_is_a_link_is_refused(shared, vault, tmp_path):
    (shared.folder / "01").rename(tmp_path / "there")
    (shared.folder / "01").symlink_to(tmp_path / "there", target_is_directory=True)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("name", ["run.sh", "01/notes.txt", "99999/audio.opus.age", "01/audio.incoming.age", "log.db"])
def test_a_list_with_a_file_of_no_recording_is_refused(shared, vault, name):
    (shared.folder / name).parent.mkdir(exist_ok=True)
    (shared.folder / name).write_bytes(b"anything")
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("recording", ["", "..", "../../key", "nul", "A" * 36])
def test_an_id_that_is_none_is_refused(shared, vault, recording):
    relist(shared.folder, recording=recording)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_the_session_of_another_recording_is_refused(shared, vault):
    relist(shared.folder, recording="6b1f9c62-2a31-4d5f-9d3e-0b8c2a5f7e11")

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_newer_version_is_named_as_such(shared, vault):
    found = read_copy(shared.folder, vault.secrets())
    newer = json.dumps({**json.loads(found.shared.to_json()), "balint-desktop-session": 2}).encode()
    (shared.folder / names.SESSION).write_bytes(seal(newer, [found.key.recipient]))
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_NEWER


def test_a_newer_list_is_named_as_such(shared, vault):
    path = shared.folder / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"balint-desktop-parcel": 1', b'"balint-desktop-parcel": 2'))

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_NEWER


@pytest.mark.parametrize("kind", ["backup", "nothing"])
def test_a_folder_of_another_kind_holds_no_copy(shared, vault, tmp_path, kind):
    relist(shared.folder, kind=kind)
    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_MISSING
    assert code_of(vault, tmp_path / "nowhere") is TroubleCode.SHARED_COPY_MISSING


def test_a_list_that_is_a_link_is_refused(shared, vault, tmp_path):
    (shared.folder / "manifest.json").rename(tmp_path / "list")
    (shared.folder / "manifest.json").symlink_to(tmp_path / "list")

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_list_without_a_key_is_refused(shared, vault):
    (shared.folder / "key.age").unlink()
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


@pytest.mark.parametrize("data", [b"not sealed", b"age1nothing"])
def test_a_key_that_is_none_is_damage_whoever_it_is_for(shared, vault, data):
    sealed = data if data == b"not sealed" else seal(data, [vault.recipient])
    (shared.folder / "key.age").write_bytes(sealed)
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def test_a_session_sealed_to_another_key_than_the_recordings_is_damage(shared, vault):
    (shared.folder / names.SESSION).write_bytes(seal(b"{}", [vault.recipient]))
    relist(shared.folder)

    assert code_of(vault, shared.folder) is TroubleCode.SHARED_COPY_DAMAGED


def absent(vault, recording):
    with pytest.raises(Trouble) as raised:
        require_absent(vault, recording)
    return raised.value.code, raised.value.details


def test_a_recording_that_is_here_or_was_destroyed_here_is_not_imported_again(shared, vault):
    require_absent(vault, shared.recording)
    bring_in(vault, shared.folder)
    assert absent(vault, shared.recording) == (TroubleCode.SHARED_COPY_IS_HERE, {"recording": shared.recording})
    vault.destroy(shared.recording, "done")

    assert absent(vault, shared.recording)[0] is TroubleCode.SHARED_COPY_DESTROYED_HERE


def test_a_folder_that_the_log_does_not_know_is_not_written_over(shared, vault):
    vault.places.recording(shared.recording).mkdir(parents=True)

    assert absent(vault, shared.recording)[0] is TroubleCode.SHARED_COPY_IS_HERE
