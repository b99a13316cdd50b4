"""A vault on a full or read-only disk, in the real window: it opens, says so, lists, and makes room."""

from __future__ import annotations

import pytest
import shiboken6
from desktop_bench import running_desktop
from recorded_vaults import recorded
from small_disk import SmallDisk, small_disk
from vaults import PASSPHRASE, seal_quickly

from balint_desktop.app.today import open_sources
from balint_desktop.data_folder import DataFolder
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.today.gather import gather_today
from balint_desktop.ui.vault_access.unlock import Unlock

__all__ = ["small_disk"]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    seal_quickly(monkeypatch)


@pytest.fixture
def world(small_disk):
    return recorded(small_disk.folder / "data" / "vault")


@pytest.fixture
def desktop_on(qapp, theme, small_disk, world, qtbot):
    """Return a function that opens the window and the vault on the disk as it is then."""
    running = []

    def opened():
        bench = running_desktop(qapp, DataFolder(small_disk.folder / "data"), qtbot)
        desktop = bench.__enter__()
        running.append(bench)
        desktop.start()
        gate = next(g for g in desktop.shell.findChildren(Unlock) if g.isVisible())
        gate.secret.setText(PASSPHRASE)
        gate.open_button.click()
        qtbot.waitUntil(lambda: not shiboken6.isValid(gate) or gate.open_button.isEnabled())
        return desktop

    yield opened
    small_disk.set_read_only(read_only=False)
    for bench in running:
        bench.__exit__(None, None, None)


def says_nothing_else(desktop):
    """Return whether no page complained that it could not write."""
    last = desktop.context.messages.last
    return last is None or "open for reading only" in last.text


def today_of(desktop):
    """Return the lines of what is open, as Today is given them."""
    vault = desktop.context.vault.open_vault()
    view = gather_today(vault.log, desktop.context.clock.now(), open_sources(vault))
    return [line.words for line in view.open_lines]


def test_on_a_full_disk_the_window_opens_says_so_and_lists(desktop_on, small_disk):
    small_disk.fill()
    desktop = desktop_on()

    assert "full, so the vault is open for reading only" in desktop.context.messages.last.text
    for key in (PlaceKey.TODAY, PlaceKey.LOG, PlaceKey.RECORDINGS, PlaceKey.GROUPS, PlaceKey.SETTINGS):
        desktop.shell.show_place(key)
        assert desktop.shell.place(key).isVisible()
        assert says_nothing_else(desktop)
    assert any("The disk is full" in line for line in today_of(desktop))
    small_disk.make_room()


@pytest.mark.parametrize("spoil", [SmallDisk.fill, SmallDisk.set_read_only])
def test_the_vault_is_backed_up_to_another_disk_in_the_window(desktop_on, small_disk, qtbot, tmp_path, spoil):
    spoil(small_disk)
    desktop = desktop_on()
    (tmp_path / "stick").mkdir()
    desktop.shell.show_place(PlaceKey.SETTINGS)
    backups = desktop.shell.place(PlaceKey.SETTINGS).backups
    backups.box._ask = lambda *_: tmp_path / "stick"
    backups.box.button.click()
    qtbot.waitUntil(backups.box.button.isEnabled)

    assert "and checked: the log and 3 recordings." in desktop.context.messages.last.text
    assert "so the backup is not listed here" in desktop.context.messages.last.text
    assert len(list((tmp_path / "stick").iterdir())) == 1


def test_on_a_full_disk_a_recording_can_be_destroyed(desktop_on, small_disk, world):
    small_disk.fill()
    desktop = desktop_on()
    desktop.shell.show_place(PlaceKey.RECORDINGS)
    vault = desktop.context.vault.open_vault()
    vault.destroy(world.ours[0], "room, please")

    assert not vault.places.recording(world.ours[0]).exists()
    assert vault.log.keys.destroyed()[world.ours[0]].completed_wall is not None
    small_disk.make_room()


def test_on_a_read_only_disk_the_window_opens_says_so_and_lists(desktop_on, small_disk):
    small_disk.set_read_only()
    desktop = desktop_on()

    assert "cannot be written to, so the vault is open for reading only" in desktop.context.messages.last.text
    for key in (PlaceKey.TODAY, PlaceKey.LOG, PlaceKey.RECORDINGS, PlaceKey.GROUPS):
        desktop.shell.show_place(key)
        assert desktop.shell.place(key).isVisible()
        assert says_nothing_else(desktop)
    assert any("The disk cannot be written to" in line for line in today_of(desktop))
