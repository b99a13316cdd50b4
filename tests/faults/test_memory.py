from __future__ import annotations

import subprocess
import sys

import pytest
from faults.memory import forms, found_in

from balint_desktop.sealed.keys import new_identity

HOLDS = "import sys; held = sys.stdin.readline().strip(); print('ready', flush=True); sys.stdin.read()"


@pytest.fixture
def holder():
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


def test_the_search_finds_what_a_process_holds_in_memory_and_nothing_else(holder):
    held, absent = new_identity(), new_identity()
    holder.stdin.write(held.secret.encode() + b"\n")
    holder.stdin.flush()
    holder.stdout.readline()

    try:
        found = found_in(holder.pid, {"held": forms(held.secret), "absent": forms(absent.secret)})
    except PermissionError:
        pytest.skip("not run: another process's memory needs root, or permission to trace")

    assert found == {"held"}


def test_a_key_is_also_searched_for_as_raw_bytes():
    """Five bits a letter (BIP 173), the first of them first; the last six letters are the checksum."""
    ones = "AGE-SECRET-KEY-1" + "L" * 51 + "S" + "Q" * 6

    assert forms(ones)[-1] == b"\xff" * 32
