import errno
import os
import stat

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_written_completely_and_for_the_owner_only(tmp_path):
    path = tmp_path / "file"
    disk.write_durably(path, b"one")
    disk.write_durably(path, b"two")
    assert path.read_bytes() == b"two"
    assert mode(path) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_failed_write_leaves_the_old_file_unchanged(tmp_path, monkeypatch):
    path = tmp_path / "file"
    disk.write_durably(path, b"old")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(disk, "flush_to_disk", full)
    with pytest.raises(Trouble) as caught:
        disk.write_durably(path, b"new")
    assert caught.value.code is TroubleCode.DISK_FULL
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, TroubleCode.DISK_FULL),
        (errno.EDQUOT, TroubleCode.DISK_FULL),
        (errno.EROFS, TroubleCode.DISK_READ_ONLY),
        (errno.EACCES, TroubleCode.FOLDER_UNWRITABLE),
    ],
)
def test_disk_errors_are_distinguished(tmp_path, number, code):
    trouble = disk.trouble_from_os_error(OSError(number, "no"), tmp_path / "file")
    assert trouble.code is code
    assert trouble.details["folder"] == str(tmp_path)


def test_a_folder_is_private_even_if_the_system_default_is_not(tmp_path):
    old = os.umask(0)
    try:
        disk.make_private_folder(tmp_path / "a" / "b")
    finally:
        os.umask(old)
    assert mode(tmp_path / "a" / "b") == 0o700


def test_a_file_in_the_place_of_a_folder_is_reported(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Trouble) as caught:
        disk.make_private_folder(tmp_path / "file" / "folder")
    assert caught.value.code is TroubleCode.FOLDER_UNWRITABLE


def test_a_file_locked_for_a_moment_is_removed_in_the_end(tmp_path, monkeypatch):
    path = tmp_path / "held"
    path.write_bytes(b"")
    real = type(path).unlink
    refusals = iter([True, True])

    def unlink(self, *, missing_ok=False):
        if next(refusals, False):
            raise PermissionError(errno.EACCES, "held")
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(type(path), "unlink", unlink)
    assert disk.unlink_with_retries(path)
    assert not path.exists()


def test_free_space_is_known_before_the_folder_exists(tmp_path):
    assert disk.free_bytes(tmp_path / "not" / "yet") > 0


def test_a_shredded_file_is_overwritten_before_removal(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"said" * (1 << 19))
    held = os.open(path, os.O_RDONLY)

    disk.destroy_file(path)

    assert not path.exists()
    assert os.fstat(held).st_size == 4 << 19
    assert set(os.pread(held, 1 << 24, 0)) == {0}
    os.close(held)
    disk.destroy_file(path)


def test_a_file_that_cannot_be_overwritten_is_reported_and_not_removed(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"said")

    def refused(_descriptor):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(disk, "flush_to_disk", refused)
    with pytest.raises(Trouble) as caught:
        disk.destroy_file(path)
    assert caught.value.code is TroubleCode.DISK_READ_ONLY
    assert path.exists()


def test_a_file_that_cannot_be_removed_is_reported(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "unlink_with_retries", lambda _path: False)
    with pytest.raises(Trouble) as caught:
        disk.remove_file(tmp_path / "file")
    assert caught.value.code is TroubleCode.FOLDER_UNWRITABLE
