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
    assert not is_held_elsewhere(tmp_path / "none")
    assert not (tmp_path / "none").exists()
