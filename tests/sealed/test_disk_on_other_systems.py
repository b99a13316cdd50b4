"""What is done to flush files and folders, and to make folders private, on each system."""

from __future__ import annotations

import fcntl
import os
import stat
from types import SimpleNamespace

import pytest

from balint_desktop.sealed import disk


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("platform", "calls"), [("linux", ["fsync"]), ("win32", ["fsync"]), ("darwin", [("fcntl", 51)])]
)
def test_a_file_is_flushed_and_on_macos_through_the_cache_of_the_drive(monkeypatch, platform, calls):
    asked = []
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda descriptor, *wanted: asked.append((descriptor, ("fcntl", *wanted))))
    monkeypatch.setattr(disk.os, "fsync", lambda descriptor: asked.append((descriptor, "fsync")))

    disk.flush_to_disk(7)

    assert asked == [(7, call) for call in calls]


@pytest.mark.parametrize(("platform", "flushed"), [("linux", 1), ("darwin", 1), ("win32", 0)])
def test_a_folder_is_flushed_where_the_system_does_not_store_its_names_with_the_files(
    tmp_path, monkeypatch, platform, flushed
):
    found = []
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform=platform))
    monkeypatch.setattr(disk.os, "fsync", lambda descriptor: found.append(os.fstat(descriptor).st_ino))

    disk.flush_folder(tmp_path)

    assert found == [tmp_path.stat().st_ino] * flushed


def test_on_windows_a_folder_is_made_without_changing_its_mode(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o755)
    monkeypatch.setattr(disk, "sys", SimpleNamespace(platform="win32"))

    disk.make_private_folder(tmp_path / "a")

    assert mode(tmp_path / "a") == 0o755
