"""Restoring on the first start: a backup becomes the vault, in the real window."""

from __future__ import annotations

import pytest
from bad_vaults import damage
from clocks import WoundClock
from desktop_bench import running_desktop
from kept_vaults import keep_session
from PySide6.QtWidgets import QApplication
from vaults import PASSPHRASE

from balint_desktop.data_folder import DataFolder
from balint_desktop.ui.vault_access.first_start import FirstStart
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.vault.backup import back_up


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return keep_session(tmp_path_factory.mktemp("kept") / "data", redacted=False)


@pytest.fixture
def backup(kept, tmp_path):
    vault = kept.made.open()
    _, row = back_up(vault, tmp_path, WoundClock())
    vault.close()
    return tmp_path / row.folder


@pytest.fixture
def desktop(qapp, tmp_path, qtbot, theme):
    with running_desktop(qapp, DataFolder(tmp_path / "other laptop"), qtbot) as made:
        made.start()
        yield made


def gate(desktop, kind):
    (found,) = [g for g in desktop.shell.findChildren(kind) if g.isVisible()]
    return found


def choose(desktop, qtbot, folder):
    start = gate(desktop, FirstStart)
    start.choice.restore_button.click()
    page = start.restore_page
    page._deps = type(page._deps)(page._deps.verify, page._deps.restore, lambda *_: folder)
    page.choose_button.click()
    qtbot.waitUntil(lambda: not desktop.context.work.busy)
    return page


def test_a_backup_is_restored_as_the_vault_and_opens_with_its_passphrase(desktop, backup, qtbot):
    page = choose(desktop, qtbot, backup)
    assert "The backup is complete" in page.words.text()
    assert page.restore_button.text() == "Restore"
    page.restore_button.click()
    qtbot.waitUntil(lambda: desktop.context.messages.last is not None)

    assert "Restored to" in desktop.context.messages.last.text
    unlock = gate(desktop, Unlock)
    unlock.secret.setText(PASSPHRASE)
    unlock.open_button.click()
    qtbot.waitUntil(lambda: desktop.context.vault.current is not None)
    assert [row.act for row in desktop.context.vault.current.log.audit.rows()][-1] == "vault-restored"


def test_the_damaged_files_of_a_backup_are_named_and_the_rest_is_offered(desktop, backup, kept, qtbot):
    damage(backup / "recordings" / kept.recording / "02" / "audio.opus.age")
    page = choose(desktop, qtbot, backup)

    assert "02/audio.opus.age" in page.words.text()
    assert page.restore_button.text() == "Restore the intact files"
    page.restore_button.click()
    qtbot.waitUntil(lambda: desktop.context.messages.last is not None)
    assert "as far as possible" in desktop.context.messages.last.text


def test_a_folder_that_is_no_backup_is_reported_and_nothing_is_offered(desktop, tmp_path, qtbot):
    page = choose(desktop, qtbot, tmp_path)

    assert "no backup" in desktop.context.messages.last.text
    assert not page.restore_button.isVisible()
    assert page.choose_button.isEnabled()


def test_the_back_button_returns(desktop, qtbot):
    start = gate(desktop, FirstStart)
    start.choice.restore_button.click()
    start.restore_page.back_button.click()

    assert start.choice.isVisible()
    assert QApplication.focusWidget() is start.choice.restore_button
