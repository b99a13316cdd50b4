"""Parcels begun, copied and recorded: what trouble on the way leaves in the log, on the stick and in the vault."""

from __future__ import annotations

import os

import pytest
from clocks import WoundClock
from kept_vaults import kept, vault

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import names, parcel
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault import parcels
from balint_desktop.vault.backup import plan_backup
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.restore import verify_backup
from balint_desktop.vault.transfer import plan_share, share_recording

__all__ = ["kept", "vault"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def code_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code


def refusal(vault, recording, stick):
    return code_of(plan_share, vault, recording, Purpose.TRANSCRIPTION, stick, WoundClock())


def test_the_bytes_to_copy_are_those_of_the_files_that_are_there(kept, vault, stick):
    plan = plan_share(vault, kept.recording, Purpose.TRANSCRIPTION, stick, WoundClock())
    assert plan.bytes_in_all == sum(path.stat().st_size for path in kept.folder.rglob("*.age"))

    facts = kept.folder / "01" / names.FACTS
    size = facts.stat().st_size
    before = plan.bytes_in_all
    facts.unlink()
    assert plan.bytes_in_all == before - size


def test_a_log_that_cannot_be_copied_ends_the_backup_with_nothing_left_of_it(vault, stick, monkeypatch):
    def full(_log, path):
        path.write_bytes(b"begun")
        raise Trouble(TroubleCode.DISK_FULL, folder=str(path.parent))

    monkeypatch.setattr(Log, "copy_to", full)

    assert code_of(plan_backup, vault, stick, WoundClock()) is TroubleCode.DISK_FULL
    assert vault.log.transfers.parcels() == ()
    assert list(vault.folder.glob("log-being-copied*")) == []
    assert list(stick.iterdir()) == []


def full(*_arguments):
    raise Trouble(TroubleCode.DISK_FULL)


def test_a_copy_for_somebody_else_is_not_begun_where_the_log_takes_no_row_of_it(kept, vault, stick, monkeypatch):
    monkeypatch.setattr(vault.log.transfers, "begin", full)

    assert refusal(vault, kept.recording, stick) is TroubleCode.DISK_FULL
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize("code", [TroubleCode.DISK_FULL, TroubleCode.LOG_DAMAGED])
def test_a_backup_is_begun_without_its_row_for_a_disk_without_room_alone(vault, stick, monkeypatch, code):
    def refuse(*_arguments):
        raise Trouble(code)

    monkeypatch.setattr(vault.log.transfers, "begin", refuse)
    # There is room on this disk: whatever the log says, it is no way out of a full one.
    assert code_of(plan_backup, vault, stick, WoundClock()) is code
    monkeypatch.setattr("balint_desktop.vault.vault.is_unwritable", lambda _folder: True)
    if code is TroubleCode.DISK_FULL:
        assert plan_backup(vault, stick, WoundClock()).is_listed is False
    else:
        assert code_of(plan_backup, vault, stick, WoundClock()) is code


def test_a_parcel_whose_remains_cannot_be_deleted_stays_begun_in_the_log(kept, vault, stick):
    plan = plan_share(vault, kept.recording, Purpose.TRANSCRIPTION, stick, WoundClock())
    parcel.unfinished_parcels(plan.folder).mkdir()
    parcels.abandon(vault, plan)
    assert [row.is_finished for row in vault.log.transfers.parcels()] == [False]

    parcel.unfinished_parcels(plan.folder).rmdir()
    parcels.abandon(vault, plan)
    assert vault.log.transfers.parcels() == ()


def test_a_parcel_that_was_begun_and_is_nowhere_stays_begun(vault, stick):
    vault.log.transfers.begin(TransferRow("p", TransferKind.BACKUP, 1.0, str(stick / "not plugged in")))
    parcels.recover(vault.log)

    assert [(row.id, row.is_finished) for row in vault.log.transfers.parcels()] == [("p", False)]


def test_another_parcel_in_its_place_does_not_finish_it(kept, vault, stick):
    there = share_recording(vault, kept.recording, Purpose.TRANSCRIPTION, stick, WoundClock()).row
    vault.log.transfers.begin(TransferRow("earlier", TransferKind.HAND_OVER, 1.0, there.folder))
    parcels.recover(vault.log)

    assert {row.id: row.is_finished for row in vault.log.transfers.parcels()} == {there.id: True, "earlier": False}


# --- sharing ---


def test_a_recording_that_is_being_recorded_is_not_shared(kept, vault, stick):
    lock = FileLock(kept.folder / "02" / names.LOCK)
    assert lock.try_acquire()
    try:
        assert refusal(vault, kept.recording, stick) is TroubleCode.PART_IN_USE
    finally:
        lock.release()
    assert vault.log.transfers.parcels() == ()


def test_a_recording_that_is_not_in_the_vault_is_not_shared(vault, stick):
    missing = RecordingId("missing")

    assert refusal(vault, missing, stick) is TroubleCode.RECORDING_MISSING


def test_a_copy_that_is_already_there_is_not_replaced(kept, vault, stick):
    share_recording(vault, kept.recording, Purpose.TRANSCRIPTION, stick, WoundClock())

    assert refusal(vault, kept.recording, stick) is TroubleCode.COPY_EXISTS
    assert len(os.listdir(stick)) == 1  # noqa: PTH208  the copy alone


def test_a_shared_recording_is_no_backup_to_restore(kept, vault, stick):
    row = share_recording(vault, kept.recording, Purpose.TRANSCRIPTION, stick, WoundClock()).row

    assert code_of(verify_backup, stick / f"recording-{kept.recording}") is TroubleCode.BACKUP_MISSING
    assert row.is_finished
