import os
import stat
import subprocess
import sys

from balint_desktop.sealed.lock import FileLock, is_held_elsewhere

HOLD = """
import sys
from pathlib import Path
from balint_desktop.sealed.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.try_acquire(), flush=True)
sys.stdin.read()
"""


def test_a_lock_has_one_holder_and_ends_with_its_process(tmp_path):
    path = tmp_path / "lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout.readline() == "True\n"
        assert not FileLock(path).try_acquire()
        assert is_held_elsewhere(path)
        holder.kill()
    assert not is_held_elsewhere(path)
    lock = FileLock(path)
    assert lock.try_acquire()
    assert lock.try_acquire()
    assert lock.is_held
    lock.release()
    assert not lock.is_held


def test_a_missing_file_has_no_holder(tmp_path):
    assert is_held_elsewhere(tmp_path / "none") is False
    assert not (tmp_path / "none").exists()


def test_two_lock_objects_of_one_process_exclude_each_other(tmp_path):
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")

    assert (first.is_held, first.try_acquire(), first.is_held) == (False, True, True)
    assert (second.try_acquire(), second.is_held) == (False, False)
    first.release()
    assert (first.is_held, second.try_acquire(), second.is_held) == (False, True, True)
    second.release()


def test_a_lock_that_is_not_held_can_be_released(tmp_path):
    lock = FileLock(tmp_path / "lock")
    lock.release()

    assert lock.is_held is False
    assert not (tmp_path / "lock").exists()


def test_a_lock_is_a_file_for_the_owner_only(tmp_path):
    lock = FileLock(tmp_path / "lock")
    assert lock.try_acquire()
    lock.release()

    assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_asking_and_failing_to_acquire_leave_no_descriptor_open(tmp_path):
    lock = FileLock(tmp_path / "lock")
    assert lock.try_acquire()
    before = os.listdir("/proc/self/fd")  # noqa: PTH208  what is wanted are names

    assert is_held_elsewhere(tmp_path / "lock") is True
    assert FileLock(tmp_path / "lock").try_acquire() is False

    assert os.listdir("/proc/self/fd") == before  # noqa: PTH208
    lock.release()
    assert is_held_elsewhere(tmp_path / "lock") is False


def test_what_cannot_be_opened_as_a_lock_is_held_by_nobody(tmp_path):
    (tmp_path / "folder").mkdir()

    assert is_held_elsewhere(tmp_path / "folder") is False
