import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import names, recording
from balint_desktop.sealed.keys import new_identity


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
