"""Renewing the keys in the real window, with real children: from Settings through the gate to recordings that open."""

from __future__ import annotations

import pytest
import shiboken6
from desktop_bench import running_desktop
from PySide6.QtWidgets import QLineEdit, QPushButton
from recorded_vaults import recorded
from vaults import PASSPHRASE, seal_quickly

from balint_desktop.app.session import SessionHost
from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.recovery_key import split_key
from balint_desktop.ui.settings.renewal import renewed_words
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.vault_access.unlock import Unlock
from balint_desktop.vault import opening, renewal_files

NEW = "other wide rivers beneath the orchard"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    seal_quickly(monkeypatch)


@pytest.fixture
def world(tmp_path):
    made = recorded(tmp_path / "data" / "vault")
    # An unfinished session would be led back into at the first unlock.
    vault = made.open()
    while (row := vault.log.sessions.unfinished()) is not None:
        vault.log.sessions.close(row.id, Debrief(""))
    vault.close()
    return made


@pytest.fixture
def desktop(qapp, theme, tmp_path, world, qtbot):
    with running_desktop(qapp, DataFolder(tmp_path / "data"), qtbot) as made:
        made.start()
        yield made


def unlock(desktop, qtbot, typed):
    gate = next(g for g in desktop.shell.findChildren(Unlock) if g.isVisible())
    gate.secret.setText(typed)
    gate.open_button.click()
    qtbot.waitUntil(lambda: not shiboken6.isValid(gate) or gate.open_button.isEnabled())


def renewal(desktop):
    desktop.shell.show_place(PlaceKey.SETTINGS)
    settings = desktop.shell.place(PlaceKey.SETTINGS)
    settings.parts.show_section("vault")
    return settings.renewal


def make_new_keys(desktop, qtbot, old=PASSPHRASE, new=NEW):
    section = renewal(desktop)
    section.begin_button.click()
    section.old.setText(old)
    for field in (section.new.first, section.new.second):
        field.setText(new)
    qtbot.waitUntil(lambda: not section.new.problem())
    section.prepare_button.click()
    qtbot.waitUntil(section.cancel_button.isEnabled)
    return section


def type_back(section):
    page = section.type_back_page
    section.recovery_page.next_button.click()
    for number in page.asked:
        page.findChild(QLineEdit, f"type-back-group-{number}").setText(page._groups[number - 1])
    page.done_button.click()


def test_keys_are_renewed_and_the_new_passphrase_opens_everything(desktop, world, qtbot):
    unlock(desktop, qtbot, PASSPHRASE)
    section = make_new_keys(desktop, qtbot)
    assert section.recovery_page.isVisible()
    assert len(split_key("".join(section.type_back_page._groups))) > 8
    type_back(section)

    assert desktop.context.vault.current is None
    assert "new passphrase" in desktop.context.messages.last.text
    unlock(desktop, qtbot, PASSPHRASE)
    assert desktop.context.vault.current is None
    unlock(desktop, qtbot, NEW)

    assert desktop.context.messages.last.text == renewed_words(0)
    assert not renewal_files.is_unfinished(world.folder)
    for recording in world.ours:
        assert desktop.context.vault.current.recording_key(recording)
    assert set(desktop.context.vault.current.secrets()).isdisjoint(one.secret for one in world.secret.identities)


def test_leaving_the_page_before_the_key_is_typed_back_changes_nothing(desktop, world, qtbot):
    unlock(desktop, qtbot, PASSPHRASE)
    section = make_new_keys(desktop, qtbot)
    section.findChild(QPushButton, "renew-stop-recovery-page").click()

    assert section.recovery_page is None
    desktop.shell.show_place(PlaceKey.TODAY)
    desktop.locking.lock()
    unlock(desktop, qtbot, PASSPHRASE)
    assert desktop.context.vault.current.secrets() == tuple(one.secret for one in world.secret.identities)
    assert not renewal_files.RenewalLayout(world.folder).prepared.exists()


def test_a_wrong_passphrase_creates_no_new_keys(desktop, world, qtbot):
    unlock(desktop, qtbot, PASSPHRASE)
    section = make_new_keys(desktop, qtbot, old="not the passphrase at all")

    assert section.recovery_page is None
    assert "passphrase" in desktop.context.messages.last.text
    assert opening.secret_by_recovery_key(world.folder, world.recovery_key) == world.secret


def test_the_recovery_key_replaces_a_forgotten_passphrase(desktop, world, qtbot):
    unlock(desktop, qtbot, PASSPHRASE)
    section = make_new_keys(desktop, qtbot, old=world.recovery_key.removeprefix("AGE-SECRET-KEY-1").lower())

    assert section.recovery_page is not None


def test_no_keys_are_renewed_during_a_session(desktop, qtbot, monkeypatch):
    unlock(desktop, qtbot, PASSPHRASE)
    monkeypatch.setattr(SessionHost, "is_running", property(lambda _self: True))
    with pytest.raises(Trouble) as caught:
        desktop.keys.confirm_renewal()
    monkeypatch.undo()

    assert caught.value.code is TroubleCode.VAULT_LOCKED


def test_recordings_that_could_not_be_resealed_are_reported_in_words():
    assert "1 recording could not" in renewed_words(1)
    assert "2 recordings could not" in renewed_words(2)
    assert "An analysis could not" in renewed_words(0, 0, 1)
