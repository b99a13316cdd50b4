"""Files and folders are removed whole, and what is to be destroyed is overwritten first."""

from __future__ import annotations

import errno
import os

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def refuse(*_arguments, **_named):
    raise PermissionError(errno.EACCES, "held")


def test_a_file_that_is_held_for_a_moment_is_removed_in_the_end(tmp_path, monkeypatch):
    path = tmp_path / "held"
    path.write_bytes(b"")
    real = type(path).unlink
    refusals = iter([True, True])

    def unlink(self, *, missing_ok=False):
        if next(refusals, False):
            refuse()
        real(self, missing_ok=missing_ok)

    monkeypatch.setattr(type(path), "unlink", unlink)
    assert disk.unlink_with_retries(path) is True
    assert not path.exists()


def test_a_file_that_stays_held_is_tried_ten_times_with_a_pause_after_each(tmp_path, monkeypatch):
    path, pauses = tmp_path / "held", []
    path.write_bytes(b"")
    monkeypatch.setattr(type(path), "unlink", refuse)
    monkeypatch.setattr(disk.time, "sleep", pauses.append)

    assert disk.unlink_with_retries(path) is False
    assert pauses == [0.02] * 10


def test_a_file_that_is_not_there_counts_as_removed(tmp_path):
    assert disk.unlink_with_retries(tmp_path / "none") is True
    disk.remove_file(tmp_path / "none")


def test_what_will_not_go_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "unlink_with_retries", lambda _path: False)

    assert trouble_of(disk.remove_file, tmp_path / "file") == (
        TroubleCode.FOLDER_UNWRITABLE,
        {"folder": str(tmp_path)},
    )


def test_what_is_shredded_is_overwritten_before_it_goes(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"said" * (1 << 19))
    held = os.open(path, os.O_RDONLY)

    disk.destroy_file(path)

    assert not path.exists()
    assert os.fstat(held).st_size == 4 << 19
    assert set(os.pread(held, 1 << 24, 0)) == {0}
    os.close(held)
    disk.destroy_file(path)


def test_what_is_overwritten_is_flushed_before_it_is_removed_and_its_folder_after(tmp_path, monkeypatch):
    path, seen = tmp_path / "file", []
    path.write_bytes(b"said")
    monkeypatch.setattr(disk, "flush_to_disk", lambda _descriptor: seen.append(path.read_bytes()))
    monkeypatch.setattr(disk, "flush_folder", lambda folder: seen.append((folder, path.exists())))

    disk.destroy_file(path)

    assert seen == [bytes(4), (tmp_path, False)]


def test_destroying_a_link_removes_the_link_alone(tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    for link, target in (("link", "file"), ("dangling", "nowhere")):
        (tmp_path / link).symlink_to(target)
        disk.destroy_file(tmp_path / link)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"mine"}


def test_what_cannot_be_overwritten_is_told_and_stays(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"said")

    def refused(_descriptor):
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(disk, "flush_to_disk", refused)

    assert trouble_of(disk.destroy_file, path) == (TroubleCode.DISK_READ_ONLY, {"folder": str(tmp_path)})
    assert path.exists()


def test_a_folder_goes_with_all_that_is_in_it_and_its_parent_is_flushed(tmp_path, monkeypatch):
    folder, flushed = tmp_path / "folder", []
    (folder / "inner" / "empty").mkdir(parents=True)
    for path in (folder / "a", folder / "inner" / "b", tmp_path / "beside"):
        path.write_bytes(b"x")
    monkeypatch.setattr(disk, "flush_folder", flushed.append)

    disk.remove_folder(folder)

    assert [path.name for path in tmp_path.iterdir()] == ["beside"]
    assert flushed == [folder / "inner", folder, tmp_path]


def test_a_folder_that_is_not_there_counts_as_removed(tmp_path):
    disk.remove_folder(tmp_path / "none")

    assert list(tmp_path.iterdir()) == []


def test_removing_a_folder_does_not_follow_the_links_in_it(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "file").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "link").symlink_to(tmp_path / "outside")

    disk.remove_folder(tmp_path / "folder")

    assert [path.name for path in tmp_path.iterdir()] == ["outside"]
    assert (tmp_path / "outside" / "file").read_bytes() == b"mine"


@pytest.mark.parametrize("step", ["iterdir", "rmdir"])
def test_a_folder_that_cannot_be_removed_is_reported(tmp_path, monkeypatch, step):
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.setattr(type(folder), step, refuse)

    assert trouble_of(disk.remove_folder, folder) == (TroubleCode.FOLDER_UNWRITABLE, {"folder": str(folder)})


def test_a_link_in_place_of_a_folder_is_removed_and_what_it_leads_to_is_left_alone(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_bytes(b"kept")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    disk.remove_folder(tmp_path / "link")

    assert not (tmp_path / "link").is_symlink()
    assert (tmp_path / "elsewhere" / "file").read_bytes() == b"kept"
