import errno
import os

import pytest

from balint_desktop.vault import destination_warnings, layout
from balint_desktop.vault.destination_warnings import DestinationWarning, read_warnings


def test_a_local_folder_gets_no_warning(tmp_path):
    assert read_warnings(tmp_path) == ()


@pytest.mark.parametrize("name", ["Dropbox", "OneDrive - University", "Nextcloud"])
def test_a_synced_folder_gets_a_warning(tmp_path, name):
    (tmp_path / name).mkdir()

    assert read_warnings(tmp_path / name) == (DestinationWarning.SYNCED,)


def test_a_network_share_gets_a_warning(tmp_path, monkeypatch):
    monkeypatch.setattr(destination_warnings, "is_on_network", lambda _folder: True)

    assert read_warnings(tmp_path) == (DestinationWarning.NETWORK,)


@pytest.mark.parametrize("forgets", ["silently", "and says so"])
def test_a_stick_without_permissions_gets_a_warning_and_is_not_refused(tmp_path, monkeypatch, forgets):
    plain = os.fchmod

    def fchmod(descriptor, _mode):
        if forgets == "and says so":
            raise PermissionError(errno.EPERM, "no modes here")
        plain(descriptor, 0o666)

    monkeypatch.setattr(layout.os, "fchmod", fchmod)

    assert read_warnings(tmp_path) == (DestinationWarning.OPEN_TO_OTHERS,)
    assert os.listdir(tmp_path) == []  # noqa: PTH208  nothing is left of the try


def test_a_missing_folder_gets_no_warning(tmp_path):
    assert read_warnings(tmp_path / "nowhere") == ()


def test_a_synced_folder_that_cannot_be_written_is_still_warned_of(tmp_path, monkeypatch):
    def refuse(**_where):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    (tmp_path / "Dropbox").mkdir()
    monkeypatch.setattr("tempfile.mkstemp", refuse)

    assert read_warnings(tmp_path / "Dropbox") == (DestinationWarning.SYNCED,)
    assert read_warnings(tmp_path) == ()
