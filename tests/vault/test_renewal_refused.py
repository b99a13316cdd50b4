"""A renewal of keys on a disk that refuses: no one is kept out, and a later opening finishes it."""

from __future__ import annotations

import pytest
from recorded_vaults import OURS, THEIRS, prepared, secret_in

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault import renewal, renewal_files, roster_files
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.database import Database


@pytest.fixture
def made(tmp_path):
    return prepared(tmp_path / "vault")


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def roster_of(made):
    return VaultLayout(made.folder).roster(OURS.id)


def refuse(*_arguments):
    raise Trouble(TroubleCode.FOLDER_UNWRITABLE, folder="there")


def open_and_finish_later(made, monkeypatch):
    """Open while the disk refuses, which keeps no one out; then again, and the renewal is finished."""
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert vault.renewed is None
    vault.close()
    monkeypatch.undo()
    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)
    assert len(secret_in(made.folder, made.recovery_key).identities) == 1


def test_a_roster_that_cannot_be_resealed_is_at_the_next_opening(made, monkeypatch):
    made.confirm()
    monkeypatch.setattr(roster_files, "reseal_all", refuse)

    open_and_finish_later(made, monkeypatch)


def test_copies_of_earlier_logs_that_cannot_be_deleted_hold_the_renewal_up(made, monkeypatch):
    made.confirm()
    monkeypatch.setattr(earlier_copies, "delete_copies", refuse)

    open_and_finish_later(made, monkeypatch)


def test_a_log_that_is_open_elsewhere_is_not_copied_under_its_new_key(made, monkeypatch):
    made.confirm()
    elsewhere = Database(made.folder / "log.db", made.vault.secret.log_key)
    elsewhere.run("INSERT INTO settings VALUES ('written', 'elsewhere')")
    try:
        vault, _secret = made.restart()
        assert (vault.renewed, vault.log.setting("written")) == (None, "elsewhere")
        vault.close()
    finally:
        elsewhere.close()

    again = made.restart()[0]
    assert again.log.setting("written") == "elsewhere"
    again.close()
    assert not renewal_files.is_unfinished(made.folder)


def test_once_the_log_has_its_new_key_it_opens_although_the_other_files_wait(made, monkeypatch):
    made.confirm()
    place_sealed = renewal_files._place_sealed

    def refuse_the_final_ones(aside, vault):
        if aside.name == "final":
            refuse()
        place_sealed(aside, vault)

    monkeypatch.setattr(renewal_files, "_place_sealed", refuse_the_final_ones)
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert vault.pop_renewed() == renewal.Renewed()
    assert vault.pop_renewed() is None
    vault.close()
    monkeypatch.undo()

    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)


def test_a_log_whose_successor_cannot_be_placed_is_refused_at_each_opening(made, monkeypatch):
    made.confirm()
    monkeypatch.setattr(renewal_files, "_place_log", refuse)
    assert [code_of(made.restart) for _ in range(2)] == [TroubleCode.FOLDER_UNWRITABLE] * 2
    monkeypatch.undo()

    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)


def test_a_roster_whose_text_is_damaged_and_whose_header_is_not_keeps_the_old_identity(made):
    # It is sealed to the old identity, and what follows the header does not open.
    header, mark, body = roster_of(made).read_bytes().partition(b"\n--- ")
    damaged = bytearray(body)
    damaged[80] ^= 1
    roster_of(made).write_bytes(header + mark + bytes(damaged))

    vault = made.confirm().restart()[0]
    assert vault.renewed.rosters_left == (OURS.id,)
    vault.close()


def test_a_roster_that_is_no_sealed_file_keeps_the_old_identity(made):
    roster_of(made).write_bytes(b"not sealed at all")

    vault = made.confirm().restart()[0]
    assert vault.renewed.rosters_left == (OURS.id,)
    vault.close()
    assert roster_of(made).read_bytes() == b"not sealed at all"


def test_a_log_that_is_missing_after_a_refused_copy_is_not_taken_for_one_under_the_new_key(made, monkeypatch):
    made.confirm()

    def lost(places, _secret):
        places.log.unlink()
        refuse()

    monkeypatch.setattr(renewal, "_rekeyed_copy", lost)
    assert code_of(made.restart) is TroubleCode.LOG_MISSING


def test_files_that_cannot_be_moved_into_their_places_keep_no_one_out(made, monkeypatch):
    made.confirm()
    place_sealed = renewal_files._place_sealed

    def refuse_those_of_both(aside, vault):
        if aside.name == "both":
            refuse()
        place_sealed(aside, vault)

    monkeypatch.setattr(renewal_files, "_place_sealed", refuse_those_of_both)
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    vault.close()
    monkeypatch.undo()

    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)
    assert len(secret_in(made.folder, made.recovery_key).identities) == 1
