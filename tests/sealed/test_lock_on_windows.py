"""The lock as Windows has it: on one byte, by a fake msvcrt that keeps its rules."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest
from other_systems import load_as

from balint_desktop.sealed import lock as real_lock


class FakeMsvcrt(ModuleType):
    """Locks a byte of a file for one descriptor; closing alone does not lift it, as Windows may take its time."""

    LK_UNLCK, LK_NBLCK = 0, 2

    def __init__(self):
        super().__init__("msvcrt")
        self.holders = {}

    def locking(self, descriptor, mode, count):
        assert count == 1
        file = os.fstat(descriptor).st_ino, os.lseek(descriptor, 0, os.SEEK_CUR)
        if mode == self.LK_NBLCK:
            if file in self.holders:
                raise PermissionError(13, "Permission denied")
            self.holders[file] = descriptor
        elif self.holders.pop(file, None) != descriptor:
            raise PermissionError(13, "Permission denied")


@pytest.fixture
def msvcrt():
    return FakeMsvcrt()


@pytest.fixture
def windows_lock(msvcrt):
    return load_as("win32", real_lock, msvcrt=msvcrt)


def test_one_holds_it_and_the_next_may_once_it_is_released(windows_lock, tmp_path):
    first, second = windows_lock.FileLock(tmp_path / "in-use"), windows_lock.FileLock(tmp_path / "in-use")

    assert (first.try_acquire(), second.try_acquire()) == (True, False)
    first.release()
    assert second.try_acquire()
    second.release()


def test_looking_whether_it_is_held_leaves_it_free(windows_lock, tmp_path):
    path = tmp_path / "in-use"
    path.touch()
    lock = windows_lock.FileLock(path)

    assert not windows_lock.is_held_elsewhere(path)
    assert lock.try_acquire()
    assert windows_lock.is_held_elsewhere(path)
    lock.release()
    assert not windows_lock.is_held_elsewhere(path)


def test_a_lock_that_is_released_and_deleted_is_closed_first(windows_lock, tmp_path, monkeypatch):
    lock = windows_lock.FileLock(tmp_path / "in-use")
    lock.try_acquire()
    was_held = []
    unlink = Path.unlink

    def windows_unlink(path, **options):
        was_held.append(lock.is_held)
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", windows_unlink)
    lock.release_and_delete()

    assert was_held == [False]
    assert not (tmp_path / "in-use").exists()


def test_elsewhere_it_is_deleted_while_it_is_held_so_that_no_one_takes_a_deleted_file(tmp_path, monkeypatch):
    lock = real_lock.FileLock(tmp_path / "in-use")
    lock.try_acquire()
    was_held = []
    unlink = Path.unlink

    def watched_unlink(path, **options):
        was_held.append(lock.is_held)
        unlink(path, **options)

    monkeypatch.setattr(Path, "unlink", watched_unlink)
    lock.release_and_delete()

    assert (was_held, lock.is_held) == ([True], False)
    assert not (tmp_path / "in-use").exists()
