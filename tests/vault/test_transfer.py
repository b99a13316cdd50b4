import re
import subprocess

import pytest
from bad_vaults import damage, files
from clocks import WoundClock
from kept_vaults import keep_session, kept, vault
from small_disk import small_disk
from sounds import opus

from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed import names, parcel
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.lock import FileLock
from balint_desktop.sealed.reading import read_part
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.backup import backups_holding
from balint_desktop.vault.log.transfers import TransferKind
from balint_desktop.vault.transfer import share_recording

__all__ = ["kept", "small_disk", "vault"]


@pytest.fixture
def share(tmp_path):
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def over(vault, kept, share):
    return share_recording(vault, kept.recording, Purpose.TRANSCRIPTION, share, WoundClock())


def test_a_recording_is_transferred_as_sealed_with_a_page_and_a_list(kept, vault, share):
    handed = over(vault, kept, share)

    there = files(share / f"recording-{kept.recording}")
    assert {name: there[name] for name in files(kept.folder)} == files(kept.folder)
    assert set(there) - set(files(kept.folder)) == {"README.txt", "manifest.json", "session.json.age"}
    assert handed.is_as_sealed
    assert parcel.verify_parcel(share / f"recording-{kept.recording}").is_whole


def test_nothing_beside_the_sealed_files_reveals_group_session_or_day(kept, vault, share):
    over(vault, kept, share)
    folder = share / f"recording-{kept.recording}"
    text = (folder / "README.txt").read_text() + (folder / "manifest.json").read_text() + folder.name

    assert "Wednesday" not in text
    assert "a-group" not in text
    assert kept.recording in text


def test_the_log_and_the_trail_record_what_when_where_to_and_the_fingerprints(kept, vault, share):
    row = over(vault, kept, share).row

    (kept_row,) = vault.log.transfers.parcels(TransferKind.HAND_OVER)
    assert kept_row == row
    assert (row.wall, row.folder) == (WoundClock().now().wall, str(share / f"recording-{kept.recording}"))
    parts = {part.part: part.sha256 for part in vault.log.recordings.recording(kept.recording).parts}
    assert row.files[kept.recording]["01/audio.opus.age"] == parts[1]
    last = vault.log.audit.rows()[-1]
    assert last.act == "recording-handed-over"
    assert all(word in last.details for word in (kept.recording, str(share), parts[1], parts[2]))
    assert backups_holding(vault, kept.recording) == ()


def test_a_recording_this_vault_cannot_read_is_transferred_too_and_its_reader_opens_it(tmp_path, share):
    study = new_identity()
    kept = keep_session(
        tmp_path / "other",
        this_vault_reads=False,
        readers=[Reader("study", study.recipient)],
        purposes=[Purpose.TRANSCRIPTION],
    )
    vault = kept.made.open()
    try:
        handed = over(vault, kept, share)
    finally:
        vault.close()
    folder = share / f"recording-{kept.recording}"
    key = read_key(folder, [study.secret])

    assert handed.is_as_sealed
    assert read_part(folder / "01", [key.secret]).ogg == opus(6.0, 440.0)


def test_the_lines_on_its_page_open_it_with_stock_age(tmp_path, share):
    study = new_identity()
    kept = keep_session(
        tmp_path / "other", readers=[Reader("study", study.recipient)], purposes=[Purpose.TRANSCRIPTION]
    )
    vault = kept.made.open()
    try:
        over(vault, kept, share)
    finally:
        vault.close()
    folder = share / f"recording-{kept.recording}"
    (tmp_path / "reader.txt").write_text(study.secret + "\n")
    lines = [line.strip() for line in (folder / "README.txt").read_text().splitlines() if line.startswith("    ")]
    # First, since the tests' own files may lie there, too.
    script = re.sub(r"/dev/shm\b", str(tmp_path), "\n".join(lines))  # noqa: S108  the page says so
    script = script.replace("READER-IDENTITY.txt", str(tmp_path / "reader.txt"))
    script = script.replace("| ffplay -", f"> {tmp_path / 'out.opus'}")

    subprocess.run(["sh", "-e", "-c", script], cwd=folder, check=True)

    assert (tmp_path / "out.opus").read_bytes() == opus(6.0, 440.0)


def test_a_changed_recording_is_transferred_but_the_original_must_stay(kept, vault, share):
    damage(kept.folder / "02" / names.AUDIO)

    assert not over(vault, kept, share).is_as_sealed


def test_a_recording_unknown_to_the_log_is_not_shared_since_no_one_knows_who_was_in_it(kept, vault, share):
    kept.folder.rename(kept.folder.parent / "unknown")

    with pytest.raises(Trouble) as refused:
        share_recording(vault, RecordingId("unknown"), Purpose.TRANSCRIPTION, share, WoundClock())

    assert refused.value.code is TroubleCode.RECORDING_UNKNOWN
    assert files(share) == {}


def test_a_transfer_never_overwrites_anything(kept, vault, share):
    over(vault, kept, share)
    before = files(share)

    with pytest.raises(Trouble) as raised:
        over(vault, kept, share)

    assert raised.value.code is TroubleCode.COPY_EXISTS
    assert files(share) == before
    assert len(vault.log.transfers.parcels()) == 1


def test_a_recording_in_progress_is_not_transferred(kept, vault, share):
    lock = FileLock(kept.folder / "02" / names.LOCK)
    assert lock.try_acquire()
    with pytest.raises(Trouble) as raised:
        over(vault, kept, share)
    lock.release()

    assert raised.value.code is TroubleCode.PART_IN_USE
    assert list(share.iterdir()) == []


def test_a_full_disk_leaves_nothing_that_looks_complete(kept, vault, small_disk):
    small_disk.fill()
    with pytest.raises(Trouble) as raised:
        over(vault, kept, small_disk.folder)
    small_disk.make_room()

    assert raised.value.code is TroubleCode.DISK_FULL
    assert list(small_disk.folder.iterdir()) == []
    assert vault.log.transfers.parcels() == ()
    assert over(vault, kept, small_disk.folder).is_as_sealed


def test_a_recording_can_be_transferred_during_a_session_and_while_locked(kept, vault, share):
    vault.lock()

    assert over(vault, kept, share).is_as_sealed
