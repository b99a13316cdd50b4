import errno
import os
import stat
from pathlib import Path
from types import SimpleNamespace

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


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS])
def test_a_full_and_a_read_only_disk_are_space_errors(number):
    assert disk.is_space_error(OSError(number, "no")) is True


@pytest.mark.parametrize("error", [OSError(errno.EACCES, "no"), OSError("no number")])
def test_any_other_error_is_none_of_space(tmp_path, error):
    assert disk.is_space_error(error) is False
    trouble = disk.trouble_from_os_error(error, tmp_path)
    assert (trouble.code, trouble.details) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(tmp_path)})


def test_errors_of_the_disk_become_troubles_and_others_pass(tmp_path):
    error = OSError(errno.EFBIG, "too large")
    with pytest.raises(Trouble) as caught, disk.report_disk_errors(tmp_path / "file"):
        raise error
    assert (caught.value.code, caught.value.details) == (TroubleCode.DISK_FULL, {"folder": str(tmp_path)})
    assert caught.value.__cause__ is error

    with pytest.raises(ValueError, match="other"), disk.report_disk_errors(tmp_path):
        raise ValueError("other")


def test_a_file_is_flushed_before_it_replaces_the_old_one_and_its_folder_after(tmp_path, monkeypatch):
    path, seen = tmp_path / "file", []
    path.write_bytes(b"old")
    monkeypatch.setattr(disk, "flush_to_disk", lambda descriptor: seen.append((os.fstat(descriptor).st_size, read())))
    monkeypatch.setattr(disk, "flush_folder", lambda folder: seen.append((folder, read())))

    def read():
        return path.read_bytes()

    disk.write_durably(path, b"new!")

    assert seen == [(4, b"old"), (tmp_path, b"new!")]


def test_a_leftover_of_an_earlier_write_is_written_over(tmp_path):
    (tmp_path / "file.new").write_bytes(b"a longer leftover")
    disk.write_durably(tmp_path / "file", b"new")

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"new"}


def test_making_a_folder_flushes_its_parent_and_tightens_one_that_is_there(tmp_path, monkeypatch):
    flushed = []
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o755)
    monkeypatch.setattr(disk, "flush_folder", flushed.append)
    disk.make_private_folder(tmp_path / "a")

    assert (mode(tmp_path / "a"), flushed) == (0o700, [tmp_path])


def test_a_new_file_is_for_the_owner_only_and_never_one_that_is_there(tmp_path):
    os.close(disk.open_new(tmp_path / "file"))

    assert mode(tmp_path / "file") == 0o600
    with pytest.raises(FileExistsError):
        disk.open_new(tmp_path / "file")


def test_free_space_is_that_of_the_nearest_folder_that_exists(tmp_path, monkeypatch):
    asked = []

    def usage(path):
        asked.append(path)
        return SimpleNamespace(total=10, used=3, free=7)

    monkeypatch.setattr(disk.shutil, "disk_usage", usage)

    assert (disk.free_bytes(tmp_path / "not" / "yet"), disk.free_bytes(tmp_path)) == (7, 7)
    assert disk.free_bytes(Path("nowhere")) == 7
    assert asked == [tmp_path, tmp_path, Path()]


# --- bad sectors ---

SECTOR = 4096
DATA = b"a" * SECTOR + b"b" * SECTOR + b"c" * 100


@pytest.mark.parametrize(
    ("bad", "data"),
    [
        ((), DATA),
        ((0,), bytes(SECTOR) + DATA[SECTOR:]),
        ((SECTOR,), DATA[:SECTOR] + bytes(SECTOR) + b"c" * 100),
        ((0, 2 * SECTOR), bytes(SECTOR) + b"b" * SECTOR + bytes(100)),
    ],
)
def test_a_bad_sector_is_read_as_zeros_and_the_others_as_they_are(tmp_path, monkeypatch, bad, data):
    (tmp_path / "file").write_bytes(DATA)
    real = os.read

    def read(descriptor, size):
        if os.lseek(descriptor, 0, os.SEEK_CUR) in bad:
            raise OSError(errno.EIO, "Input/output error")
        return real(descriptor, size)

    monkeypatch.setattr(disk.os, "read", read)

    assert disk.read_around_bad_sectors(tmp_path / "file") == data


def test_a_file_that_gets_shorter_while_it_is_read_ends_there(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(DATA)
    real = os.read

    def read(descriptor, size):
        found = real(descriptor, size)
        os.truncate(tmp_path / "file", SECTOR + 5)
        return found

    monkeypatch.setattr(disk.os, "read", read)

    assert disk.read_around_bad_sectors(tmp_path / "file") == DATA[: SECTOR + 5]


def test_a_file_that_cannot_be_opened_is_not_read_around(tmp_path):
    with pytest.raises(FileNotFoundError):
        disk.read_around_bad_sectors(tmp_path / "none")


@pytest.mark.parametrize(
    "use", [disk.read_around_bad_sectors, disk.destroy_file, lambda path: disk.flush_folder(path.parent)]
)
def test_no_descriptor_is_left_open(tmp_path, use):
    path = tmp_path / "file"
    path.write_bytes(b"data")
    before = os.listdir("/proc/self/fd")  # noqa: PTH208  what is wanted are names

    use(path)

    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208


def test_missing_parents_of_a_folder_are_for_the_owner_only_and_existing_ones_stay_as_they_are(tmp_path):
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared").chmod(0o755)

    disk.make_private_folder(tmp_path / "shared" / "a" / "b")

    modes = [stat.S_IMODE((tmp_path / "shared" / path).stat().st_mode) for path in ("", "a", "a/b")]
    assert modes == [0o755, 0o700, 0o700]
