"""A copy counts once it has been read back from the disk and is the same."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from types import SimpleNamespace

import pytest
from small_disk import small_disk

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, verified_copy
from balint_desktop.sealed.verified_copy import (
    Copied,
    copy_verified,
    flush_folder_anywhere,
    read_back,
    write_verified,
)

__all__ = ["small_disk"]

PIECE = 1 << 20
DATA = bytes(range(256)) * (PIECE // 256) + b"the rest"


def copied(data):
    return Copied(len(data), hashlib.sha256(data).hexdigest())


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "here" / "source"
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


@pytest.fixture
def target(tmp_path):
    (tmp_path / "there").mkdir()
    return tmp_path / "there" / "copy"


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 8])
def test_a_copy_has_the_bytes_of_its_source_for_the_owner_only(source, target, size):
    source.write_bytes(DATA[:size])

    assert copy_verified(source, target) == copied(DATA[:size])
    assert target.read_bytes() == source.read_bytes() == DATA[:size]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_progress_is_reported_in_megabytes_and_the_rest(source, target):
    steps = []

    copy_verified(source, target, steps.append)

    assert steps == [PIECE, 8]


def test_pieces_are_written_one_after_another_with_progress_for_each(target):
    steps = []

    assert write_verified(target, [b"one", b"", b"three"], steps.append) == copied(b"onethree")
    assert target.read_bytes() == b"onethree"
    assert steps == [3, 0, 5]


def test_a_disk_that_takes_a_few_bytes_at_a_time_gets_them_all(target, monkeypatch):
    real = os.write
    monkeypatch.setattr(verified_copy.os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:3]))

    assert write_verified(target, [b"ten bytes!"]) == copied(b"ten bytes!")
    assert target.read_bytes() == b"ten bytes!"


def test_a_copy_is_flushed_before_it_is_read_back(target, monkeypatch):
    seen = []
    real_flush, real_read = disk.flush_to_disk, verified_copy.read_back

    def flush(descriptor):
        seen.append(("flushed", os.fstat(descriptor).st_size))
        real_flush(descriptor)

    def read(path):
        seen.append(("read", path))
        return real_read(path)

    monkeypatch.setattr(disk, "flush_to_disk", flush)
    monkeypatch.setattr(verified_copy, "read_back", read)
    write_verified(target, [b"data"])

    assert seen == [("flushed", 4), ("read", target)]


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data + b"\0", lambda data: b"X" + data[1:]])
def test_a_disk_that_returns_other_bytes_is_reported_with_file_and_folder(target, monkeypatch, change):
    real = disk.flush_to_disk

    def flush(descriptor):
        real(descriptor)
        target.write_bytes(change(target.read_bytes()))

    monkeypatch.setattr(disk, "flush_to_disk", flush)

    assert trouble_of(write_verified, target, [b"data"]) == (
        TroubleCode.COPY_DIFFERS,
        {"name": "copy", "folder": str(target.parent)},
    )


def test_a_file_in_the_place_of_a_copy_is_never_written_over(source, target):
    target.write_bytes(b"mine")

    assert trouble_of(copy_verified, source, target) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(target.parent)},
    )
    assert target.read_bytes() == b"mine"


def test_a_missing_source_is_reported_with_its_own_folder_and_writes_nothing(tmp_path, target):
    missing = tmp_path / "nowhere" / "source"

    assert trouble_of(copy_verified, missing, target) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(missing.parent)},
    )
    assert not target.exists()


def test_a_bad_sector_of_the_source_is_reported_with_the_folder_of_the_source(source, target, monkeypatch):
    real = os.read

    def read(descriptor, size):
        if os.lseek(descriptor, 0, os.SEEK_CUR) == PIECE:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(descriptor, size)

    monkeypatch.setattr(verified_copy.os, "read", read)

    assert trouble_of(copy_verified, source, target) == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(source.parent)},
    )


def test_a_full_disk_is_reported_with_the_folder_of_the_copy(source, small_disk):
    small_disk.fill(leaving=PIECE // 2)

    assert trouble_of(copy_verified, source, small_disk.folder / "copy") == (
        TroubleCode.DISK_FULL,
        {"folder": str(small_disk.folder)},
    )


@pytest.mark.parametrize("size", [0, 1, PIECE, PIECE + 8])
def test_reading_back_gives_size_and_sha_256(source, size):
    source.write_bytes(DATA[:size])

    assert read_back(source) == copied(DATA[:size])


def test_reading_back_asks_the_kernel_to_drop_the_whole_file_from_its_cache(source, monkeypatch):
    asked = []
    monkeypatch.setattr(
        verified_copy.os,
        "posix_fadvise",
        lambda descriptor, *wanted: asked.append((os.fstat(descriptor).st_ino, *wanted)),
    )
    read_back(source)

    assert asked == [(source.stat().st_ino, 0, 0, os.POSIX_FADV_DONTNEED)]


def test_reading_back_needs_no_such_call_on_other_systems(source, monkeypatch):
    monkeypatch.setattr(verified_copy, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.delattr(verified_copy.os, "posix_fadvise")

    assert read_back(source) == copied(DATA)


def test_what_cannot_be_read_back_is_reported_with_its_folder(tmp_path):
    assert trouble_of(read_back, tmp_path / "none") == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(tmp_path)})


def test_a_folder_is_flushed_where_its_file_system_can(tmp_path, monkeypatch):
    flushed = []
    monkeypatch.setattr(disk, "flush_folder", flushed.append)
    flush_folder_anywhere(tmp_path)

    assert flushed == [tmp_path]


def test_a_share_that_cannot_flush_its_names_is_used_and_a_full_one_is_not(tmp_path, monkeypatch):
    def refusing(code):
        def flush(_folder):
            raise OSError(code, os.strerror(code))

        return flush

    monkeypatch.setattr(disk, "flush_folder", refusing(errno.EINVAL))
    flush_folder_anywhere(tmp_path)
    monkeypatch.setattr(disk, "flush_folder", refusing(errno.ENOSPC))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        flush_folder_anywhere(tmp_path)
