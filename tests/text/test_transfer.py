from pathlib import Path

import pytest

from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed.manifest import Manifest
from balint_desktop.sealed.parcel import VerifiedParcel
from balint_desktop.text import transfer
from balint_desktop.vault.destination_warnings import DestinationWarning
from balint_desktop.vault.log.transfers import TransferKind, TransferRow
from balint_desktop.vault.restore import Restored

ONE = RecordingId("one")


def row(folder="/stick/balint-backup-1", finished="ab"):
    return TransferRow("id", TransferKind.BACKUP, 0.0, folder, finished, {ONE: {"key.age": "ab"}})


@pytest.mark.parametrize("remark", DestinationWarning)
def test_a_remark_says_that_all_is_sealed(remark):
    assert "sealed" in transfer.destination_warning(remark)


def test_which_backups_hold_a_recording_still_is_told_with_those_that_may():
    text = transfer.backups_sentence([row(), row("/away/balint-backup-2", None)])

    assert text.splitlines() == [
        "2 backups still hold this recording, and open it: destroy those too, or keep them knowingly.",
        "/stick/balint-backup-1",
        "/away/balint-backup-2, not finished",
    ]
    assert transfer.backups_sentence([]) == ""


def test_what_was_left_out_of_a_backup_is_told():
    assert "being recorded" not in transfer.backup_made(row(), ())
    assert "1 part that is being recorded now is not in it" in transfer.backup_made(row(), ("a/02",))


def test_a_long_list_of_damaged_files_is_cut():
    many = tuple(f"file-{number}" for number in range(20))
    result = transfer.verified_backup(VerifiedParcel(Path("/b"), Manifest("i", "backup", 0.0), "", many))

    assert result.count("file-") == 8
    assert result.endswith("…")


def test_what_could_not_be_restored_is_told_apart_from_what_is_damaged():
    result = transfer.restored(Restored(("audio",), ("log.db",)), "/vault")

    assert result.splitlines()[1:] == [
        "Damaged, and here as far as it goes:",
        "audio",
        "Could not be restored:",
        "log.db",
    ]
