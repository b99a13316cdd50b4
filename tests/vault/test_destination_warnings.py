import errno
import os

import pytest

from balint_desktop.sealed import disk, verified_copy
from balint_desktop.vault import destination_warnings, layout
from balint_desktop.vault.destination_warnings import DestinationWarning, read_warnings


def test_a_folder_of_ones_own_needs_no_remark(tmp_path):
    assert read_warnings(tmp_path) == ()


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - University", "Nextcloud"])
def test_a_synced_folder_is_remarked_on(tmp_path, name):
    (tmp_path / name).mkdir()

    assert read_warnings(tmp_path / name) == (DestinationWarning.SYNCED,)


def test_a_share_is_remarked_on(tmp_path, monkeypatch):
    monkeypatch.setattr(destination_warnings, "is_on_network", lambda _folder: True)

    assert read_warnings(tmp_path) == (DestinationWarning.NETWORK,)


@pytest.mark.parametrize("forgets", ["silently", "and says so"])
def test_a_stick_that_cannot_keep_others_out_is_remarked_on_and_not_refused(tmp_path, monkeypatch, forgets):
    plain = os.fchmod

    def fchmod(descriptor, _mode):
        if forgets == "and says so":
            raise PermissionError(errno.EPERM, "no modes here")
        plain(descriptor, 0o666)

    monkeypatch.setattr(layout.os, "fchmod", fchmod)

    assert read_warnings(tmp_path) == (DestinationWarning.OPEN_TO_OTHERS,)
    assert os.listdir(tmp_path) == []  # noqa: PTH208  nothing is left of the try


def test_nothing_is_said_of_a_folder_that_is_not_there(tmp_path):
    assert read_warnings(tmp_path / "nowhere") == ()


def test_a_share_that_cannot_flush_its_names_is_used_and_a_full_one_is_not(tmp_path, monkeypatch):
    def refusing(code):
        def flush(_folder):
            raise OSError(code, os.strerror(code))

        return flush

    monkeypatch.setattr(disk, "flush_folder", refusing(errno.EINVAL))
    verified_copy.flush_folder_anywhere(tmp_path)
    monkeypatch.setattr(disk, "flush_folder", refusing(errno.ENOSPC))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        verified_copy.flush_folder_anywhere(tmp_path)
