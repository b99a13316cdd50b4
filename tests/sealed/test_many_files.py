"""Many small files replaced at once: each is the old or the new one, whenever the process dies."""

from __future__ import annotations

import errno
import os
from types import SimpleNamespace

import pytest
from killing import deaths_of

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import many_files
from balint_desktop.sealed.many_files import MANY, write_many_durably

OLD, NEW = b"old", b"the new one"


def files_in(folder, count):
    paths = [folder / str(number) / "key.age" for number in range(count)]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_bytes(OLD)
    return paths


@pytest.mark.parametrize("count", [1, MANY - 1, MANY, 3 * MANY])
def test_all_files_are_replaced_and_nothing_is_left_beside_them(tmp_path, count):
    paths = files_in(tmp_path, count)
    write_many_durably(dict.fromkeys(paths, NEW))

    assert {path.read_bytes() for path in paths} == {NEW}
    assert {tuple(path.parent.iterdir()) for path in paths} == {(path,) for path in paths}


@pytest.mark.parametrize("count", [1, MANY])
def test_what_was_replaced_is_overwritten(tmp_path, count):
    paths = files_in(tmp_path, count)
    held = [os.open(path, os.O_RDONLY) for path in paths]
    try:
        write_many_durably(dict.fromkeys(paths, NEW))

        assert {os.read(one, 100) for one in held} == {bytes(len(OLD))}
    finally:
        for one in held:
            os.close(one)


@pytest.mark.parametrize("count", [3, MANY])
def test_dying_anywhere_leaves_each_file_old_or_new(tmp_path, count):
    def check(paths):
        assert {path.read_bytes() for path in paths} <= {OLD, NEW}
        write_many_durably(dict.fromkeys(paths, NEW))
        assert all([one.name for one in path.parent.iterdir()] == ["key.age"] for path in paths)

    def make(number):
        return files_in(tmp_path / str(number), count)

    assert deaths_of(make, lambda paths: write_many_durably(dict.fromkeys(paths, NEW)), check) > count


def test_a_full_disk_leaves_all_files_unchanged(tmp_path, monkeypatch):
    paths = files_in(tmp_path, 3)

    def full(_descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(many_files.disk, "flush_to_disk", full)
    with pytest.raises(Trouble) as caught:
        write_many_durably(dict.fromkeys(paths, NEW))

    assert caught.value.code is TroubleCode.DISK_FULL
    assert {path.read_bytes() for path in paths} == {OLD}
    assert all([one.name for one in path.parent.iterdir()] == ["key.age"] for path in paths)


def test_where_the_system_cannot_flush_all_at_once_each_is_flushed(tmp_path, monkeypatch):
    flushed = []
    real = many_files.disk.flush_to_disk
    monkeypatch.setattr(many_files, "_flush_file_system", lambda _path: False)
    monkeypatch.setattr(many_files.disk, "flush_to_disk", lambda one: flushed.append(one) or real(one))
    write_many_durably(dict.fromkeys(files_in(tmp_path, MANY), NEW))

    assert len(flushed) == 2 * MANY


@pytest.mark.parametrize(
    ("platform", "library"),
    [("darwin", {"syncfs": lambda _descriptor: 0}), ("linux", {}), ("linux", {"syncfs": lambda _descriptor: -1})],
)
def test_each_file_is_flushed_on_other_systems_without_syncfs_and_where_it_fails(
    tmp_path, monkeypatch, platform, library
):
    flushed = []
    monkeypatch.setattr(many_files, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(many_files.ctypes, "CDLL", lambda _name: SimpleNamespace(**library))
    monkeypatch.setattr(many_files.disk, "flush_to_disk", flushed.append)
    write_many_durably(dict.fromkeys(files_in(tmp_path, MANY), NEW))

    assert len(flushed) == 2 * MANY


@pytest.mark.parametrize(("count", "at_once"), [(MANY - 1, 0), (MANY, 3)])
def test_from_eight_files_on_their_file_system_is_flushed_before_and_after_the_renames(
    tmp_path, monkeypatch, count, at_once
):
    paths, seen = files_in(tmp_path, count), []

    def syncfs(descriptor):
        assert os.fstat(descriptor).st_dev == tmp_path.stat().st_dev
        seen.append({path.read_bytes() for path in paths})
        return 0

    monkeypatch.setattr(many_files.ctypes, "CDLL", lambda _name: SimpleNamespace(syncfs=syncfs))
    write_many_durably(dict.fromkeys(paths, NEW))

    assert MANY == 8
    assert seen == [{OLD}, {NEW}, {NEW}][:at_once]
