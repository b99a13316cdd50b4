import os
import stat

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.new_file import write_new


def names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_file_is_written_completely_and_for_the_owner_only(tmp_path):
    write_new(tmp_path / "sound.wav", [b"one", b"two"])

    assert (tmp_path / "sound.wav").read_bytes() == b"onetwo"
    assert stat.S_IMODE((tmp_path / "sound.wav").stat().st_mode) == 0o600
    assert names(tmp_path) == ["sound.wav"]


def test_an_existing_file_is_never_touched(tmp_path):
    (tmp_path / "sound.wav").write_bytes(b"mine")

    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "sound.wav", [b"other"])

    assert raised.value.code is TroubleCode.EXPORT_EXISTS
    assert (tmp_path / "sound.wav").read_bytes() == b"mine"


def test_a_file_that_appears_in_the_meantime_is_never_touched(tmp_path):
    def slow():
        (tmp_path / "sound.wav").write_bytes(b"mine")
        yield b"other"

    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "sound.wav", slow())

    assert raised.value.code is TroubleCode.EXPORT_EXISTS
    assert (tmp_path / "sound.wav").read_bytes() == b"mine"
    assert names(tmp_path) == ["sound.wav"]


def test_a_disk_without_hard_links_still_gets_its_file(tmp_path, monkeypatch):
    def refuse(*_args, **_named):
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)

    write_new(tmp_path / "sound.wav", [b"one"])

    assert names(tmp_path) == ["sound.wav"]


def test_a_disk_without_second_names_never_gets_its_file_over_another(tmp_path, monkeypatch):
    def refuse(*_args, **_named):
        (tmp_path / "sound.wav").write_bytes(b"mine")
        raise PermissionError(1, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)

    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "sound.wav", [b"other"])

    assert (raised.value.code, raised.value.details) == (
        TroubleCode.EXPORT_EXISTS,
        {"name": str(tmp_path / "sound.wav")},
    )
    assert (tmp_path / "sound.wav").read_bytes() == b"mine"
    assert names(tmp_path) == ["sound.wav"]


def test_a_dangling_link_is_never_written_through(tmp_path):
    (tmp_path / "sound.wav").symlink_to("elsewhere")

    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "sound.wav", [b"other"])

    assert raised.value.code is TroubleCode.EXPORT_EXISTS
    assert names(tmp_path) == ["sound.wav"]


def test_a_failure_half_way_leaves_nothing(tmp_path):
    def failing():
        yield b"one"
        raise Trouble(TroubleCode.SEALED_DAMAGED)

    with pytest.raises(Trouble):
        write_new(tmp_path / "sound.wav", failing())

    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [(28, TroubleCode.DISK_FULL), (30, TroubleCode.DISK_READ_ONLY), (13, TroubleCode.FOLDER_UNWRITABLE)],
)
def test_disk_errors_have_their_own_sentences(tmp_path, number, code):
    def failing():
        raise OSError(number, "as the system says")
        yield b""

    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "sound.wav", failing())

    assert raised.value.code is code
    assert names(tmp_path) == []


def test_a_missing_folder_is_reported(tmp_path):
    with pytest.raises(Trouble) as raised:
        write_new(tmp_path / "nowhere" / "sound.wav", [b""])

    assert raised.value.code is TroubleCode.FOLDER_UNWRITABLE
