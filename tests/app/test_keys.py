"""The controller of new passphrases and keys: what is logged, and what a lock in the meantime leaves open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from balint_desktop.app.keys import KeyChanges
from balint_desktop.domain.trouble import Trouble, TroubleCode


@pytest.fixture
def keys(app, session):
    return KeyChanges(app.context, lambda: session.is_running)


class Answers:
    """The results of a change."""

    def __init__(self, keys):
        self.done, self.codes = 0, []
        keys.change_passphrase("old", "new", self._on_done, lambda trouble: self.codes.append(trouble.code))

    def _on_done(self):
        self.done += 1


def notes(vault):
    return [row.act for row in vault.log.audit.rows()].count("passphrase-changed")


def test_a_passphrase_change_is_logged(app, keys):
    vault = app.vault
    answers = Answers(keys)
    app.door.answer()

    assert notes(vault) == 1
    assert (answers.done, answers.codes) == (1, [])
    assert app.slot.is_open


def test_a_wrong_passphrase_changes_nothing_and_holds_nothing(app, keys):
    vault = app.vault
    answers = Answers(keys)
    app.door.refuse(TroubleCode.WRONG_PASSPHRASE)

    assert answers.codes == [TroubleCode.WRONG_PASSPHRASE]
    assert notes(vault) == 0
    app.slot.close_once_released()
    assert app.slot.current is None


@pytest.mark.parametrize("holds", [True, False])
def test_a_vault_locked_during_the_change_closes_once_the_child_has_answered(app, keys, holds):
    noted = []
    assert app.vault
    Answers(keys)
    app.slot.close_once_released()
    assert app.slot.is_locked
    app.slot.closing.connect(lambda: noted.append(notes(app.slot.current)))
    if holds:
        app.door.answer()
    else:
        app.door.refuse(TroubleCode.WRONG_PASSPHRASE)

    assert noted == [int(holds)]
    assert app.slot.current is None


def test_a_handover_during_the_change_retains_the_log(app, keys):
    vault = app.vault
    Answers(keys)
    vault.lock()
    app.door.answer()

    assert app.slot.current is vault
    assert notes(vault) == 1


def test_a_disk_error_when_noting_the_change_is_reported(app, keys, monkeypatch):
    def full():
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(app.vault, "note_passphrase_changed", full)
    answers = Answers(keys)
    app.door.answer()

    assert (answers.done, answers.codes) == (0, [TroubleCode.DISK_FULL])
    app.slot.close_once_released()
    assert app.slot.current is None


def test_no_keys_are_renewed_during_a_session(app, keys, session):
    vault = app.vault
    session.open_room()
    with pytest.raises(Trouble) as refused:
        keys.confirm_renewal()

    assert refused.value.code is TroubleCode.VAULT_LOCKED
    assert app.slot.current is vault


def test_confirmed_keys_close_the_vault_even_during_a_passphrase_change(app, keys, qtbot, monkeypatch):
    monkeypatch.setattr(app.vault, "confirm_renewal", lambda: None)
    app.slot.keep_log_open()
    with qtbot.waitSignal(keys.renewal_confirmed):
        keys.confirm_renewal()

    assert app.slot.current is None
    assert "new passphrase" in app.said


def test_the_result_of_a_renewal_is_reported_once(app, keys):
    app.vault.renewed = SimpleNamespace(left=("one",), rosters_left=(), studies_left=())
    keys.report_opening()
    assert "1 recording could not" in app.said
    app.context.messages.clear()
    keys.report_opening()

    assert app.said == ""


def test_without_a_vault_there_is_nothing_to_report(app, keys):
    keys.report_opening()

    assert app.said == ""
