"""A change of a small sealed file that was interrupted is completed if the log awaits it, and rolled back otherwise."""

from __future__ import annotations

import hashlib
import os

import pytest
from killing import deaths_of

from balint_desktop.sealed.rewrite_file import recover, swap_in, temporary_path, write_aside

OLD, NEW = b"the old file", b"the new, longer file"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rosters" / "group.age"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(OLD)
    return path


def content(path):
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


@pytest.mark.parametrize(("awaited", "left"), [(sha256(NEW), NEW), (sha256(b"another"), OLD), (None, OLD)])
def test_recovery_completes_the_expected_change_and_rolls_back_any_other(path, awaited, left):
    write_aside(path, NEW)
    recover(path, awaited)

    assert content(path) == {"group.age": left}


def test_recovery_without_a_change_leaves_the_file_alone(path):
    for awaited in (None, sha256(NEW)):
        recover(path, awaited)
        assert content(path) == {"group.age": OLD}


def test_recovery_erases_an_old_file_whose_replacement_is_in_place(path):
    os.link(path, temporary_path(path, ".outgoing"))
    temporary_path(path, ".incoming").write_bytes(NEW)
    temporary_path(path, ".incoming").replace(path)
    with temporary_path(path, ".outgoing").open("rb") as old:
        recover(path, sha256(NEW))
        assert old.read() == bytes(len(OLD))

    assert content(path) == {"group.age": NEW}


def test_recovery_removes_a_second_name_of_the_same_file_without_erasing_it(path):
    os.link(path, temporary_path(path, ".outgoing"))
    recover(path, None)

    assert content(path) == {"group.age": OLD}


def test_a_change_that_dies_anywhere_is_completed_or_rolled_back_by_recovery(tmp_path):
    seen = set()

    def make(number):
        path = tmp_path / str(number) / "group.age"
        path.parent.mkdir(mode=0o700)
        path.write_bytes(OLD)
        return path

    def change(path):
        write_aside(path, NEW)
        swap_in(path)

    def check(path):
        assert path.read_bytes() in {OLD, NEW}
        recover(path, sha256(NEW))
        assert list(content(path)) == ["group.age"]
        seen.add(path.read_bytes())

    assert deaths_of(make, change, check) > 8
    assert seen == {OLD, NEW}
