"""Creating a vault: by one window at a time, and never replacing one of another window."""

from __future__ import annotations

import pytest
from vaults import PASSPHRASE, seal_quickly

from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ui.vault_access.vault_processes import VaultProcesses


class Window:
    """One window's door, and the result of its creation."""

    def __init__(self, folder, work, qtbot):
        self.door = VaultProcesses(folder, work)
        self.keys = []
        self.troubles = []
        self._qtbot = qtbot
        self._work = work

    def make(self):
        before = len(self.keys) + len(self.troubles)
        self.door.create(PASSPHRASE, self.keys.append, self.troubles.append, self._work)
        self._qtbot.waitUntil(lambda: len(self.keys) + len(self.troubles) > before)

    def open(self):
        opened = []
        self.door.by_key(lambda secret: secret)(self.keys[-1], opened.append, self.troubles.append, self._work)
        self._qtbot.waitUntil(lambda: bool(opened or self.troubles))
        return bool(opened)


@pytest.fixture
def windows(tmp_path, work, qtbot, monkeypatch):
    seal_quickly(monkeypatch)
    return [Window(tmp_path / "data" / "vault", work, qtbot) for _ in range(2)]


def test_a_second_window_at_its_first_start_is_refused_and_takes_nothing_from_the_first(windows):
    first, second = windows
    first.make()
    second.make()

    assert [trouble.code for trouble in second.troubles] == [TroubleCode.VAULT_IN_USE]
    first.door.confirm()
    assert first.open()


def test_once_the_first_has_its_vault_the_second_learns_that_there_is_one(windows):
    first, second = windows
    first.make()
    first.door.confirm()
    second.make()
    with pytest.raises(Exception, match="vault-exists"):
        second.door.confirm()
    assert first.open()


def test_after_going_back_the_vault_can_be_created_again(windows):
    first, _ = windows
    first.make()
    first.make()
    first.door.confirm()

    assert len(set(first.keys)) == 2
    assert first.open()
