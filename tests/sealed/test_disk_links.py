"""Links, pipes and folders: what is not an ordinary file is neither read, followed nor overwritten."""

from __future__ import annotations

import os

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed import disk


@pytest.fixture
def outside(tmp_path):
    path = tmp_path / "outside"
    path.write_bytes(b"something else")
    return path


@pytest.fixture
def folder(tmp_path, outside):
    """A folder with a file, a part, and a link two levels down."""
    made = tmp_path / "recording"
    (made / "01").mkdir(parents=True)
    (made / "key.age").write_bytes(b"a key")
    (made / "01" / "audio").symlink_to(outside)
    return made


def test_links_are_found_at_any_depth_and_none_is_followed(folder):
    assert disk.links_in(folder) == [folder / "01" / "audio"]
    (folder / "01" / "audio").unlink()
    (folder / "02").symlink_to(folder / "01")

    assert disk.links_in(folder) == [folder / "02"]


def test_a_link_in_place_of_the_folder_is_found(tmp_path, folder):
    (tmp_path / "link").symlink_to(folder)

    assert disk.links_in(tmp_path / "link") == [tmp_path / "link"]
    with pytest.raises(Trouble) as caught:
        disk.require_no_links(tmp_path / "link")
    assert caught.value.code is TroubleCode.LINK_IN_VAULT


def test_a_folder_without_links_and_one_that_is_missing_are_accepted(tmp_path):
    (tmp_path / "plain").mkdir()
    disk.require_no_links(tmp_path / "plain")
    disk.require_no_links(tmp_path / "nowhere")

    assert not disk.is_link(tmp_path / "nowhere")


def test_destroying_a_folder_overwrites_its_files_and_leaves_what_links_lead_to(folder, outside):
    held = os.open(folder / "key.age", os.O_RDONLY)
    try:
        disk.destroy_folder(folder)

        assert os.read(held, 100) == bytes(len(b"a key"))
        assert not folder.exists()
        assert outside.read_bytes() == b"something else"
    finally:
        os.close(held)


def test_destroying_a_link_to_a_folder_removes_the_link_alone(tmp_path, folder):
    (tmp_path / "link").symlink_to(folder)
    disk.destroy_folder(tmp_path / "link")

    assert not disk.is_link(tmp_path / "link")
    assert (folder / "key.age").read_bytes() == b"a key"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_read_and_destroying_it_does_not_wait_for_a_reader(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    assert disk.read_or_none(pipe) == b""
    with pytest.raises(OSError, match="not an ordinary file"):
        disk.read_small_file(pipe)
    disk.destroy_file(pipe)
    assert not pipe.exists()


def test_a_small_file_is_read_whole_and_a_large_one_refused(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"four")
    monkeypatch.setattr(disk, "_SMALL", 4)
    assert disk.read_or_none(path) == b"four"
    path.write_bytes(b"fives")

    assert disk.read_or_none(path) == b""
    assert disk.read_or_none(tmp_path / "missing") is None


def test_a_folder_that_may_not_be_written_to_is_read_only(tmp_path, monkeypatch):
    assert not disk.is_read_only(tmp_path)
    monkeypatch.setattr(disk.os, "access", lambda _path, _mode: False)

    assert disk.is_read_only(tmp_path)
