from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

import psutil
import pytest

from balint_desktop.vault.network_disks import is_on_network


@dataclass(frozen=True)
class Mount:
    mountpoint: str
    fstype: str
    opts: str = "rw"


@pytest.fixture
def mounts(monkeypatch):
    found = [Mount("/", "ext4")]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_which: found)
    return found


def test_the_nearest_mount_above_a_folder_decides(mounts):
    mounts += [Mount("/srv", "nfs4"), Mount("/srv/local", "xfs")]
    assert is_on_network(Path("/srv/homes/balint"))
    assert not is_on_network(Path("/srv/local/balint"))
    assert not is_on_network(Path("/srvs/balint"))


@pytest.mark.parametrize("fstype", ["cifs", "fuse.sshfs", "NFS", "smbfs"])
def test_network_file_systems_are_known(mounts, fstype):
    mounts.append(Mount("/mnt/share", fstype))
    assert is_on_network(Path("/mnt/share"))


def test_windows_drives_are_checked_for_being_remote(mounts):
    mounts.append(Mount("/mnt/z", "NTFS", "rw,remote"))
    assert is_on_network(Path("/mnt/z/balint"))


def test_a_machine_that_lists_no_mounts_is_trusted(mounts):
    mounts.clear()
    assert not is_on_network(Path("/home"))


def test_this_machines_own_mounts_can_be_read(tmp_path):
    assert isinstance(is_on_network(tmp_path / "not" / "there"), bool)


class WindowsFolder:
    """A folder as Windows resolves it: a drive letter that is a share becomes the share's own name."""

    def __init__(self, resolved):
        self.resolved = PureWindowsPath(resolved)

    def resolve(self):
        return self.resolved


def test_windows_names_a_share_by_its_machine(mounts):
    mounts.clear()
    assert is_on_network(WindowsFolder(r"\\server\homes\balint")) is True
    assert is_on_network(WindowsFolder(r"C:\Users\balint")) is False


def test_the_long_form_of_a_path_is_a_share_only_where_it_says_so(mounts):
    mounts.clear()
    assert is_on_network(WindowsFolder("\\\\?\\UNC\\server\\homes\\balint")) is True
    assert is_on_network(WindowsFolder("\\\\?\\C:\\Users\\balint")) is False
