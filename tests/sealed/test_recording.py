import stat

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names, recording
from balint_desktop.sealed.keys import new_identity, seal, unseal


def test_the_key_exists_before_the_first_sample_and_opens_for_each_reader(tmp_path):
    vault, study = new_identity(), new_identity()
    key = recording.create_recording(tmp_path / "r", [vault.recipient, study.recipient])
    assert recording.read_key(tmp_path / "r", [vault.secret]) == key
    assert recording.read_key(tmp_path / "r", [study.secret]) == key
    assert key.secret.encode() not in (tmp_path / "r" / names.KEY).read_bytes()


def test_a_stranger_is_refused_and_a_missing_key_is_damage(tmp_path):
    recording.create_recording(tmp_path / "r", [new_identity().recipient])
    with pytest.raises(Trouble) as caught:
        recording.read_key(tmp_path / "r", [new_identity().secret])
    assert caught.value.code is TroubleCode.WRONG_KEY
    with pytest.raises(Trouble) as caught:
        recording.read_key(tmp_path, [new_identity().secret])
    assert caught.value.code is TroubleCode.SEALED_DAMAGED


def test_parts_are_listed_in_order_and_other_folders_are_ignored(tmp_path):
    for name in ("02", "10", "01", "notes", "x1"):
        (tmp_path / name).mkdir()
    (tmp_path / "03").write_bytes(b"")
    assert [part.name for part in recording.parts(tmp_path)] == ["01", "02", "10"]
    assert names.part_name(7) == "07"


def code_and_details(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def test_a_recordings_folder_is_private_and_holds_its_key_alone(tmp_path):
    recording.create_recording(tmp_path / "a" / "r", [new_identity().recipient])

    assert stat.S_IMODE((tmp_path / "a" / "r").stat().st_mode) == 0o700
    assert [path.name for path in (tmp_path / "a" / "r").iterdir()] == [names.KEY]


def test_the_key_file_holds_the_secret_on_a_line_of_its_own(tmp_path):
    reader = new_identity()
    key = recording.create_recording(tmp_path / "r", [reader.recipient])

    assert unseal((tmp_path / "r" / names.KEY).read_bytes(), [reader.secret]) == f"{key.secret}\n".encode()


def test_writing_a_key_again_replaces_its_readers(tmp_path):
    before, after = new_identity(), new_identity()
    key = recording.create_recording(tmp_path / "r", [before.recipient])
    recording.write_key(tmp_path / "r", key, [after.recipient])

    assert recording.read_key(tmp_path / "r", [after.secret]) == key
    assert code_and_details(recording.read_key, tmp_path / "r", [before.secret])[0] is TroubleCode.WRONG_KEY


def test_the_keys_of_many_recordings_are_replaced_at_once(tmp_path):
    keys = [recording.create_recording(tmp_path / name, [new_identity().recipient]) for name in "ab"]
    reader = new_identity()
    recording.write_keys(
        [
            recording.SealedKey(tmp_path / name, recording.sealed_key(key, [reader.recipient]))
            for name, key in zip("ab", keys, strict=True)
        ]
    )

    assert [recording.read_key(tmp_path / name, [reader.secret]) for name in "ab"] == keys


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_readers_of_a_recording_are_counted(tmp_path, count):
    recording.create_recording(tmp_path / "r", [new_identity().recipient for _ in range(count)])

    assert recording.reader_count(tmp_path / "r") == count


def test_readers_are_counted_in_the_header_alone(tmp_path):
    (tmp_path / names.KEY).write_bytes(b"age-encryption.org/v1\n-> X25519 a\n\n--- mac\n-> X25519 b\n-> X25519 c\n")

    assert recording.reader_count(tmp_path) == 1


def test_the_readers_of_a_recording_without_a_key_cannot_be_counted(tmp_path):
    assert code_and_details(recording.reader_count, tmp_path) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(tmp_path)},
    )


@pytest.mark.parametrize("content", [b"no key at all", b"AGE-SECRET-KEY-1AAAA", "Schlüssel".encode("latin-1")])
def test_a_key_file_that_is_sealed_to_its_reader_but_holds_no_key_is_damage(tmp_path, content):
    reader = new_identity()
    (tmp_path / names.KEY).write_bytes(seal(content, [reader.recipient]))

    assert code_and_details(recording.read_key, tmp_path, [reader.secret]) == (
        TroubleCode.SEALED_DAMAGED,
        {"name": str(tmp_path / names.KEY)},
    )


def test_a_missing_key_file_is_named(tmp_path):
    assert code_and_details(recording.read_key, tmp_path, [new_identity().secret]) == (
        TroubleCode.SEALED_DAMAGED,
        {"name": str(tmp_path / names.KEY)},
    )


def test_a_key_file_that_cannot_be_read_is_reported(tmp_path):
    (tmp_path / names.KEY).mkdir()

    assert code_and_details(recording.read_key, tmp_path, [new_identity().secret]) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(tmp_path / names.KEY)},
    )
