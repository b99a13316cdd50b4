"""What is done to flush files and folders, and to make folders private, on each system."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path
from types import SimpleNamespace

import pytest

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.sealed import disk


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("platform", "calls"), [("linux", ["fsync"]), ("win32", ["fsync"]), ("darwin", [("fcntl", 51)])]
)
def test_a_file_is_flushed_and_on_macos_through_the_cache_of_the_drive(monkeypatch, platform, calls):
    asked = []
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda descriptor, *wanted: asked.append((descriptor, ("fcntl", *wanted))))
    monkeypatch.setattr(disk.os, "fsync", lambda descriptor: asked.append((descriptor, "fsync")))

    disk.flush_to_disk(7)

    assert asked == [(7, call) for call in calls]


def test_on_macos_a_disk_without_that_flush_is_flushed_as_on_other_systems(monkeypatch):
    asked = []

    def unsupported(*_arguments):
        raise OSError(errno.ENOTSUP, "not supported")

    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", unsupported)
    monkeypatch.setattr(disk.os, "fsync", asked.append)

    disk.flush_to_disk(7)

    assert asked == [7]


@pytest.mark.parametrize(("platform", "flushed"), [("linux", 1), ("darwin", 1), ("win32", 0)])
def test_a_folder_is_flushed_where_the_system_does_not_store_its_names_with_the_files(
    tmp_path, monkeypatch, platform, flushed
):
    found = []
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(disk.os, "fsync", lambda descriptor: found.append(os.fstat(descriptor).st_ino))

    disk.flush_folder(tmp_path)

    assert found == [tmp_path.stat().st_ino] * flushed


def test_on_windows_a_folder_is_made_without_changing_its_mode(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o755)
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="win32"))

    disk.make_private_folder(tmp_path / "a")

    assert mode(tmp_path / "a") == 0o755


def windows_error(number, says=errno.EACCES):
    """Return an error as Windows' Python raises it."""
    error = OSError(says, "refused")
    error.winerror = number
    return error


@pytest.mark.parametrize(
    ("code", "number", "says"),
    [
        (TroubleCode.DISK_READ_ONLY, 19, errno.EACCES),
        (TroubleCode.DISK_FULL, 39, errno.EINVAL),
        (TroubleCode.DISK_FULL, 112, errno.ENOSPC),
        (TroubleCode.DISK_FULL, 1295, errno.EINVAL),
        (TroubleCode.FOLDER_UNWRITABLE, 5, errno.EACCES),
    ],
)
def test_windows_says_by_its_own_numbers_that_a_disk_is_full_or_read_only(tmp_path, code, number, says):
    assert disk.trouble_from_os_error(windows_error(number, says), tmp_path).code is code
    assert disk.is_space_error(windows_error(number, says)) is (code is not TroubleCode.FOLDER_UNWRITABLE)


@pytest.mark.parametrize("move", [disk.replace, disk.rename])
@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_that_a_virus_scanner_holds_for_a_moment_is_moved_after_it(tmp_path, monkeypatch, move, number):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(b"x")
    refusals = [windows_error(number)] * 3
    moved = getattr(Path, move.__name__)

    def held(path, target):
        if refusals:
            raise refusals.pop()
        return moved(path, target)

    monkeypatch.setattr(Path, move.__name__, held)
    monkeypatch.setattr(disk.time, "sleep", lambda _s: None)
    move(old, new)

    assert (old.exists(), new.read_bytes()) == (False, b"x")


@pytest.mark.parametrize("error", [windows_error(5), OSError(errno.EACCES, ""), windows_error(2, errno.ENOENT)])
def test_a_move_that_stays_refused_is_reported(tmp_path, monkeypatch, error):
    tries = []

    def refused(_path, _target):
        tries.append(1)
        raise error

    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(disk.time, "sleep", lambda _s: None)
    with pytest.raises(OSError, match=r".*") as raised:
        disk.replace(tmp_path / "old", tmp_path / "new")

    assert raised.value is error
    assert len(tries) == (10 if getattr(error, "winerror", None) == 5 else 1)


@pytest.mark.parametrize(
    ("expected", "error"),
    [(False, None), (True, windows_error(5)), (True, windows_error(19)), (False, windows_error(112, errno.ENOSPC))],
)
def test_on_windows_a_folder_is_writable_if_it_takes_a_file(tmp_path, monkeypatch, expected, error):
    """A full disk is not a read-only one."""
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="win32"))
    real_open = disk.open_new

    def open_new(path):
        if error is not None:
            raise error
        return real_open(path)

    monkeypatch.setattr(disk, "open_new", open_new)

    assert disk.is_read_only(tmp_path) is expected
    assert list(tmp_path.iterdir()) == []
