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
def test_a_remark_states_that_everything_is_sealed(remark):
    assert "sealed" in transfer.destination_warning(remark)


def test_backups_that_hold_or_may_hold_a_recording_are_listed():
    text = transfer.backups_sentence([row(), row("/away/balint-backup-2", None)])

    assert text.splitlines() == [
        "2 backups still contain this recording. Destroy them too, or decide to keep them.",
        "/stick/balint-backup-1",
        "/away/balint-backup-2, not finished",
    ]
    assert transfer.backups_sentence([]) == ""


def test_what_a_backup_omitted_is_reported():
    assert "being recorded" not in transfer.backup_made(row(), ())
    assert "1 part still being recorded is not included" in transfer.backup_made(row(), ("a/02",))


def test_a_long_list_of_damaged_files_is_shortened():
    many = tuple(f"file-{number}" for number in range(20))
    result = transfer.verified_backup(VerifiedParcel(Path("/b"), Manifest("i", "backup", 0.0), "", many))

    assert result.count("file-") == 8
    assert result.endswith("…")


def test_files_that_could_not_be_restored_are_distinguished_from_damaged_ones():
    result = transfer.restored(Restored(("audio",), ("log.db",)), "/vault")

    assert result.splitlines()[1:] == [
        "Damaged, restored as far as possible:",
        "audio",
        "Could not be restored:",
        "log.db",
    ]
