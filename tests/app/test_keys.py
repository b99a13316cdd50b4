"""A new passphrase and new keys by themselves: what is noted, and what a lock on the way leaves open."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from balint_desktop.app.keys import KeyChanges
from balint_desktop.domain.trouble import Trouble, TroubleCode


@pytest.fixture
def keys(app, session):
    return KeyChanges(app.context, lambda: session.is_running)


class Answers:
    """What came of a change."""

    def __init__(self, keys):
        self.done, self.codes = 0, []
        keys.change_passphrase("old", "new", self._on_done, lambda trouble: self.codes.append(trouble.code))

    def _on_done(self):
        self.done += 1


def notes(vault):
    return [row.act for row in vault.log.audit.rows()].count("passphrase-changed")


def test_a_changed_passphrase_is_noted_in_the_log(app, keys):
    vault = app.vault
    answers = Answers(keys)
    app.door.answer()

    assert notes(vault) == 1
    assert (answers.done, answers.codes) == (1, [])
    assert app.slot.is_open


def test_a_wrong_one_changes_nothing_and_holds_nothing(app, keys):
    vault = app.vault
    answers = Answers(keys)
    app.door.refuse(TroubleCode.WRONG_PASSPHRASE)

    assert answers.codes == [TroubleCode.WRONG_PASSPHRASE]
    assert notes(vault) == 0
    app.slot.close_once_released()
    assert app.slot.current is None


@pytest.mark.parametrize("holds", [True, False])
def test_a_vault_that_is_locked_on_the_way_closes_as_soon_as_the_child_has_answered(app, keys, holds):
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


def test_a_laptop_that_is_passed_round_on_the_way_keeps_its_log(app, keys):
    vault = app.vault
    Answers(keys)
    vault.lock()
    app.door.answer()

    assert app.slot.current is vault
    assert notes(vault) == 1


def test_a_note_that_the_disk_refuses_is_told(app, keys, monkeypatch):
    def full():
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(app.vault, "note_passphrase_changed", full)
    answers = Answers(keys)
    app.door.answer()

    assert (answers.done, answers.codes) == (0, [TroubleCode.DISK_FULL])
    app.slot.close_once_released()
    assert app.slot.current is None


def test_in_a_session_no_keys_are_renewed(app, keys, session):
    vault = app.vault
    session.open_room()
    with pytest.raises(Trouble) as refused:
        keys.confirm_renewal()

    assert refused.value.code is TroubleCode.VAULT_LOCKED
    assert app.slot.current is vault


def test_confirmed_keys_close_the_vault_even_while_its_passphrase_changes(app, keys, qtbot, monkeypatch):
    monkeypatch.setattr(app.vault, "confirm_renewal", lambda: None)
    app.slot.keep_log_open()
    with qtbot.waitSignal(keys.renewal_confirmed):
        keys.confirm_renewal()

    assert app.slot.current is None
    assert "new passphrase" in app.said


def test_what_came_of_a_renewal_is_told_once(app, keys):
    app.vault.renewed = SimpleNamespace(left=("one",), rosters_left=())
    keys.report_renewal()
    assert "1 recording could not" in app.said
    app.context.messages.clear()
    keys.report_renewal()

    assert app.said == ""


def test_without_a_vault_there_is_nothing_to_tell(app, keys):
    keys.report_renewal()

    assert app.said == ""
