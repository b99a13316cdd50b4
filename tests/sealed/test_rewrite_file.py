"""A small sealed file is replaced so that it is the old or the new one at any moment, and the old bytes are erased."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

import pytest
from small_disk import small_disk

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk, rewrite_file
from balint_desktop.sealed.rewrite_file import (
    destroy,
    recover,
    roll_back,
    sha256_of,
    swap_in,
    temporary_path,
    write_aside,
)

__all__ = ["small_disk"]

OLD, NEW = b"the old file", b"the new, longer file"


def sha256(data):
    return hashlib.sha256(data).hexdigest()


@dataclass
class Held:
    """A file held open, to see what becomes of its bytes once it has no name."""

    descriptor: int

    def read(self):
        return os.pread(self.descriptor, 1 << 20, 0)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rosters" / "group.age"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(OLD)
    return path


@pytest.fixture
def held(path):
    descriptor = os.open(path, os.O_RDONLY)
    yield Held(descriptor)
    os.close(descriptor)


def content(path):
    return {one.name: one.read_bytes() for one in path.parent.iterdir()}


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def test_a_replacement_is_written_beside_the_file_for_the_owner_only(path):
    assert write_aside(path, NEW) == sha256(NEW)
    assert content(path) == {"group.age": OLD, "group.age.incoming": NEW}
    assert stat.S_IMODE(temporary_path(path, ".incoming").stat().st_mode) == 0o600


def test_the_folder_is_made_private_where_it_is_missing(tmp_path):
    path = tmp_path / "new" / "group.age"

    assert write_aside(path, NEW) == sha256(NEW)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_earlier_replacement_is_erased_by_the_next(path):
    write_aside(path, b"an earlier one")
    with temporary_path(path, ".incoming").open("rb") as earlier:
        assert write_aside(path, NEW) == sha256(NEW)
        assert earlier.read() == bytes(14)

    assert content(path) == {"group.age": OLD, "group.age.incoming": NEW}


def test_a_replacement_is_flushed_with_its_folder(path, monkeypatch):
    flushed = []
    monkeypatch.setattr(disk, "flush_to_disk", lambda descriptor: flushed.append(os.fstat(descriptor).st_size))
    monkeypatch.setattr(disk, "flush_folder", flushed.append)
    write_aside(path, NEW)

    assert flushed[-2:] == [len(NEW), path.parent]


def test_a_full_disk_leaves_the_old_file_alone(small_disk):
    path = small_disk.folder / "group.age"
    path.write_bytes(OLD)

    assert trouble_of(write_aside, path, bytes(20_000_000)) == (
        TroubleCode.DISK_FULL,
        {"folder": str(small_disk.folder)},
    )
    assert content(path) == {"group.age": OLD}


def test_a_replacement_that_reads_back_otherwise_is_refused_and_removed(path, monkeypatch):
    real = disk.flush_to_disk

    def flush(descriptor):
        real(descriptor)
        temporary_path(path, ".incoming").write_bytes(b"other bytes")

    monkeypatch.setattr(disk, "flush_to_disk", flush)

    assert trouble_of(write_aside, path, NEW) == (
        TroubleCode.COPY_DIFFERS,
        {"name": "group.age", "folder": str(path.parent)},
    )
    assert content(path) == {"group.age": OLD}


def test_the_replacement_takes_the_place_and_the_old_bytes_are_erased(path, held):
    write_aside(path, NEW)
    swap_in(path)

    assert content(path) == {"group.age": NEW}
    assert held.read() == bytes(len(OLD))


def test_a_first_file_needs_no_old_one(path):
    path.unlink()
    write_aside(path, NEW)
    swap_in(path)

    assert content(path) == {"group.age": NEW}


def test_both_steps_of_the_swap_are_flushed(path, monkeypatch):
    write_aside(path, NEW)
    seen = []
    monkeypatch.setattr(disk, "flush_folder", lambda folder: seen.append((folder, sorted(content(path)))))
    swap_in(path)

    assert seen == [
        (path.parent, ["group.age", "group.age.incoming", "group.age.outgoing"]),
        (path.parent, ["group.age", "group.age.outgoing"]),
        (path.parent, ["group.age"]),
    ]


def test_swapping_in_a_replacement_that_is_not_there_is_reported_and_costs_nothing(path):
    assert trouble_of(swap_in, path) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(path.parent)})

    recover(path, None)
    assert content(path) == {"group.age": OLD}


def test_a_disk_without_second_names_keeps_the_old_file(path, monkeypatch):
    def refuse(*_paths):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    write_aside(path, NEW)
    monkeypatch.setattr(rewrite_file.os, "link", refuse)

    assert trouble_of(swap_in, path) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(path.parent)})
    assert content(path) == {"group.age": OLD, "group.age.incoming": NEW}


def test_rolling_back_erases_the_replacement_alone(path):
    write_aside(path, NEW)
    with temporary_path(path, ".incoming").open("rb") as replacement:
        roll_back(path)
        assert replacement.read() == bytes(len(NEW))

    assert content(path) == {"group.age": OLD}
    roll_back(path)
    assert content(path) == {"group.age": OLD}


def test_destroying_erases_the_file_and_those_of_a_change(path, held):
    write_aside(path, NEW)
    temporary_path(path, ".outgoing").write_bytes(b"older still")
    destroy(path)

    assert content(path) == {}
    assert held.read() == bytes(len(OLD))


def test_the_sha_256_of_a_file_and_of_none(path):
    assert sha256_of(path) == sha256(OLD)
    assert sha256_of(path.with_name("none")) is None


def test_a_file_that_cannot_be_read_is_reported(path):
    assert trouble_of(sha256_of, path.parent) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(path.parent)})


def test_the_files_of_a_change_are_beside_the_file():
    assert temporary_path(Path("/a/b.age"), ".incoming") == Path("/a/b.age.incoming")
    assert (rewrite_file.INCOMING, rewrite_file.OUTGOING) == (".incoming", ".outgoing")
