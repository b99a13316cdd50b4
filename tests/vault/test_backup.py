import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
import sqlcipher3
from bad_vaults import damage, files
from clocks import WoundClock
from kept_vaults import kept, vault
from small_disk import SmallDisk, small_disk
from vaults import PASSPHRASE

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, participant_code
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names, parcel, verified_copy
from balint_desktop.sealed.lock import FileLock
from balint_desktop.vault import opening, parcels
from balint_desktop.vault.backup import back_up, backups_holding, plan_backup
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.vault import OpenVault

__all__ = ["kept", "small_disk", "vault"]


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def backup(vault, stick):
    _, row = back_up(vault, stick, WoundClock())
    return Path(row.folder)


def opened_by(folder, secret):
    return OpenVault(folder, secret, SystemClock())


def condition_of(vault, recording):
    shelf = RecordingService(vault, None, None)
    return shelf.verify(shelf.source(recording)).condition


# --- the content of a backup ---


def test_a_backup_holds_every_sealed_file_unchanged(kept, vault, backup):
    inside = files(backup)

    for name, data in files(kept.made.folder).items():
        if name.endswith(".age"):
            assert inside.pop(name) == data
    assert set(inside) == {"log.db", "README.txt", "manifest.json"}


def test_its_log_opens_with_the_same_key_in_another_library(kept, backup):
    other = sqlcipher3.connect(str(backup / "log.db"))
    other.execute(f"PRAGMA key = \"x'{kept.made.secret.log_key}'\"")
    (sessions,) = other.execute("SELECT COUNT(*) FROM sessions").fetchone()
    other.close()

    assert sessions == 1


def test_nothing_in_a_backup_is_unencrypted(backup):
    everything = b"".join(files(backup).values())

    for secret in (b"Wednesday", b"We sat with it", b"SQLite format", b"OpusHead"):
        assert secret not in everything


def test_a_backup_holds_the_roster_as_of_its_copy_of_the_log_and_restores_it(kept, vault, stick, tmp_path):
    (group,) = vault.log.groups.groups()
    names = Roster((Person(participant_code(1), "Somebody of Block B"),))
    vault.rosters.save({group.id: names})
    plan = plan_backup(vault, stick, WoundClock())
    vault.members.join(group.id, None, Person(participant_code(1), "Somebody who came later"))
    parcels.finish(vault, plan, parcels.copy_or_abandon(vault, plan))
    vault.close()
    folder = tmp_path / "restored" / "vault"
    restore(verify_backup(plan.folder), folder)
    restored = opened_by(folder, kept.made.secret)

    assert restored.rosters.read(group.id) == names
    assert restored.log.groups.groups() == (group,)
    restored.close()


def test_the_copy_of_the_log_is_not_left_in_the_vault(kept, backup):
    assert not list(kept.made.folder.glob("log-being-copied*"))


def test_two_backups_are_written_side_by_side(vault, stick):
    clock = WoundClock()
    for _ in range(2):
        back_up(vault, stick, clock)

    found = list(stick.iterdir())
    assert len(found) == 2
    assert all(verify_backup(path).is_whole for path in found)
    assert len(vault.log.transfers.parcels()) == 2


def test_the_log_records_when_where_and_which_recordings(kept, vault, backup):
    (row,) = backups_holding(vault, kept.recording)

    assert row.folder == str(backup)
    assert row.wall == WoundClock().now().wall
    assert set(row.files[kept.recording]) == {
        "key.age",
        *(f"{part}/{name}" for part in ("01", "02") for name in (names.AUDIO, names.FACTS)),
    }
    assert backups_holding(vault, RecordingId("another")) == ()
    assert vault.log.audit.rows()[-1].act == "backup-made"
    assert vault.log.audit.broken_at() is None


def test_a_part_held_by_a_recorder_is_omitted_and_reported(kept, vault, stick):
    lock = FileLock(kept.folder / "02" / names.LOCK)
    assert lock.try_acquire()
    plan, row = back_up(vault, stick, WoundClock())
    lock.release()

    assert plan.about.left_out == (f"recordings/{kept.recording}/02",)
    assert not any(name.startswith("02/") for name in row.files[kept.recording])


def test_a_backup_can_be_made_during_a_session(vault, stick):
    vault.begin_session()

    _, row = back_up(vault, stick, WoundClock())

    assert row.is_finished


def test_a_backup_inside_the_vault_is_refused(vault):
    with pytest.raises(Trouble) as raised:
        back_up(vault, vault.folder, WoundClock())

    assert raised.value.code is TroubleCode.BACKUP_INSIDE
    assert vault.log.transfers.parcels() == ()


# --- incomplete backups ---


def test_a_disk_that_returns_other_data_is_detected(vault, stick, monkeypatch):
    def turned(descriptor, piece):
        os.write(descriptor, piece[:-1] + bytes([piece[-1] ^ 1]))

    monkeypatch.setattr(verified_copy, "_write_all", turned)
    with pytest.raises(Trouble) as raised:
        back_up(vault, stick, WoundClock())

    assert raised.value.code is TroubleCode.COPY_DIFFERS
    assert list(stick.iterdir()) == []
    assert vault.log.transfers.parcels() == ()


def test_a_full_disk_leaves_nothing_and_is_reported(vault, small_disk):
    small_disk.fill()

    with pytest.raises(Trouble) as raised:
        back_up(vault, small_disk.folder, WoundClock())

    assert raised.value.code is TroubleCode.DISK_FULL
    assert [path.name for path in small_disk.folder.iterdir()] == ["somebody-else's"]
    assert vault.log.transfers.parcels() == ()


# How the disk fails, and whether the vault is open by then: one that is, is written to.
FAILING = [(SmallDisk.fill, True), (SmallDisk.fill, False), (SmallDisk.set_read_only, False)]


@pytest.mark.parametrize("failing", FAILING)
def test_a_vault_on_a_full_or_read_only_disk_is_backed_up_to_another_and_opens_there(
    kept, small_disk, stick, tmp_path, failing
):
    spoil, is_open = failing
    folder = small_disk.folder / "vault"
    shutil.copytree(kept.made.folder, folder)
    before = opened_by(folder, kept.made.secret)
    if not is_open:
        before.close()
    spoil(small_disk)
    vault = before if is_open else opened_by(folder, kept.made.secret)
    plan, row = back_up(vault, stick, WoundClock())
    groups = vault.log.groups.groups()
    vault.close()

    assert (plan.is_listed, row.is_finished, row.recordings) == (False, True, (kept.recording,))
    assert [path.name for path in stick.iterdir()] == [plan.folder.name]
    assert not list(folder.glob("log-being-copied*"))
    restored = tmp_path / "restored" / "vault"
    restore(verify_backup(plan.folder), restored)
    again = opened_by(restored, kept.made.secret)
    assert again.log.groups.groups() == groups
    assert again.log.audit.broken_at() is None
    assert condition_of(again, kept.recording) is Condition.COMPLETE
    again.close()


def test_rows_in_a_write_ahead_log_on_a_read_only_disk_are_in_the_backup(kept, small_disk, stick, tmp_path):
    folder = small_disk.folder / "vault"
    shutil.copytree(kept.made.folder, folder)
    before = opened_by(folder, kept.made.secret)
    before.log.set_setting("written", "ahead")
    # As a power cut leaves it: closing would merge the write-ahead log.
    cut = tmp_path / "cut"
    shutil.copytree(folder, cut)
    before.close()
    shutil.rmtree(folder)
    shutil.copytree(cut, folder)
    small_disk.set_read_only()
    vault = opened_by(folder, kept.made.secret)
    plan, _row = back_up(vault, stick, WoundClock())
    vault.close()
    restored = tmp_path / "restored" / "vault"
    restore(verify_backup(plan.folder), restored)
    again = opened_by(restored, kept.made.secret)

    assert again.log.setting("written") == "ahead"
    again.close()


def test_a_backup_from_a_disk_without_space_is_in_the_audit_trail_once_there_is_room(kept, small_disk, stick):
    folder = small_disk.folder / "vault"
    shutil.copytree(kept.made.folder, folder)
    vault = opened_by(folder, kept.made.secret)
    small_disk.fill()
    plan, _row = back_up(vault, stick, WoundClock())
    small_disk.make_room()
    vault.log.audit.add_waiting()

    last = vault.log.audit.rows()[-1]
    assert (last.act, plan.about.id in last.details) == ("backup-made", True)
    vault.close()


def test_every_byte_of_a_backup_from_a_log_in_memory_is_sealed(kept, small_disk, stick):
    shutil.copytree(kept.made.folder, small_disk.folder / "vault")
    small_disk.set_read_only()
    vault = opened_by(small_disk.folder / "vault", kept.made.secret)
    plan, _row = back_up(vault, stick, WoundClock())
    vault.close()
    everything = b"".join(path.read_bytes() for path in plan.folder.rglob("*") if path.is_file())

    assert b"SQLite format" not in everything
    assert b"Wednesday" not in everything


def test_a_disk_that_fills_up_midway_leaves_nothing(kept, vault, small_disk):
    for number in range(9):
        (vault.folder / f"ballast-{number}.age").write_bytes(bytes(2_000_000))

    with pytest.raises(Trouble) as raised:
        back_up(vault, small_disk.folder, WoundClock())

    assert raised.value.code is TroubleCode.DISK_FULL
    assert list(small_disk.folder.iterdir()) == []
    assert not list(vault.folder.glob("log-being-copied*"))


_KILLED = """
    import os, signal, sys
    from pathlib import Path
    sys.path.insert(0, {tests!r})
    from balint_desktop.sealed import parcel
    from balint_desktop.vault import opening, parcels
    from balint_desktop.vault.backup import back_up
    from balint_desktop.vault.vault import OpenVault
    from clocks import WoundClock

    vault = OpenVault(Path({vault!r}), opening.secret_by_recovery_key(Path({vault!r}), {key!r}), WoundClock())
    left = {after}
    plain = os.fsync
    def dying(descriptor):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        plain(descriptor)
    os.fsync = dying
    back_up(vault, Path({stick!r}), WoundClock())
"""


def killed_after(flushes, kept, stick):
    """Back up in a process that is killed at its nth flush. Return whether it was."""
    code = _KILLED.format(
        tests=str(Path(__file__).parents[1]),
        vault=str(kept.made.folder),
        key=kept.made.recovery_key,
        stick=str(stick),
        after=flushes,
    )
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True)
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr
    return ended.returncode != 0


@pytest.mark.parametrize("flushes", [0, 1, 3, 8, 14, 22, 24, 25, 26, 27, 28, 29, 30])
def test_a_backup_killed_at_any_step_is_never_taken_for_a_complete_one(kept, stick, flushes):
    killed = killed_after(flushes, kept, stick)

    whole = [path for path in stick.iterdir() if not path.name.startswith(".")]
    assert all(verify_backup(path).is_whole for path in whole)
    for path in stick.iterdir():
        if path not in whole:
            with pytest.raises(Trouble) as raised:
                verify_backup(path)
            assert raised.value.code is TroubleCode.BACKUP_UNFINISHED
    assert killed or whole
    # And the next one detects the result: nothing is left incomplete, and no complete one is unknown.
    vault = kept.made.open()
    back_up(vault, stick, WoundClock())
    rows = vault.log.transfers.parcels()
    vault.close()
    assert all(row.is_finished for row in rows)
    assert {row.folder for row in rows} == {str(path) for path in stick.iterdir()}


def test_an_interrupted_backup_may_hold_a_recording_as_long_as_its_stick_is_away(kept, vault, stick):
    plan = plan_backup(vault, stick, WoundClock())
    parcels.hide(plan)

    (row,) = backups_holding(vault, kept.recording)

    assert not row.is_finished
    assert row.folder == str(plan.folder)


def test_a_complete_backup_missing_from_the_log_is_recorded_at_the_next(kept, vault, stick):
    plan = plan_backup(vault, stick, WoundClock())
    parcels.copy(plan)
    parcels.hide(plan)

    back_up(vault, stick, WoundClock())

    assert [row.is_finished for row in backups_holding(vault, kept.recording)] == [True, True]
    assert all(kept.recording in row.files for row in vault.log.transfers.parcels())


def test_a_backup_being_copied_is_left_alone_by_another(vault, stick):
    plan = plan_backup(vault, stick, WoundClock())
    others = []

    def went(_bytes):
        if not others:
            others.append(back_up(vault, stick, WoundClock()))

    packed = parcels.copy(plan, went)
    parcels.finish(vault, plan, packed)

    assert len(others) == 1
    assert [row.is_finished for row in vault.log.transfers.parcels()] == [True, True]
    assert all(verify_backup(path).is_whole for path in stick.iterdir())


# --- restoring ---


@pytest.mark.parametrize("by", ["passphrase", "recovery key"])
def test_a_restored_vault_opens_and_plays_with_either_key(kept, backup, tmp_path, by):
    target = tmp_path / "another laptop" / "vault"

    restored = restore(verify_backup(backup), target)
    secret = (
        opening.secret_by_passphrase(target, PASSPHRASE)
        if by == "passphrase"
        else opening.secret_by_recovery_key(target, kept.made.recovery_key)
    )
    vault = opened_by(target, secret)
    shelf = RecordingService(vault, None, None)
    opened = shelf.open(shelf.source(kept.recording))
    acts = [row.act for row in vault.log.audit.rows()]
    broken = vault.log.audit.broken_at()
    known = backups_holding(vault, kept.recording)
    vault.close()

    assert restored.damaged == restored.left_out == ()
    assert opened.listed.condition is Condition.COMPLETE
    assert opened.joined.seconds == 14.0
    assert acts[-1] == "vault-restored"
    assert broken is None
    assert [row.is_finished for row in known] == [True]


def test_restored_files_are_readable_by_the_owner_only(backup, tmp_path):
    target = tmp_path / "vault"
    restore(verify_backup(backup), target)

    for path in (target, *target.rglob("*")):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o077


def test_a_restore_is_logged_once(kept, backup, tmp_path):
    target = tmp_path / "vault"
    restore(verify_backup(backup), target)
    for _ in range(2):
        vault = opened_by(target, kept.made.secret)
        acts = [row.act for row in vault.log.audit.rows()]
        vault.close()

    assert acts.count("vault-restored") == 1
    assert not (target / "restored-from.json").exists()


def test_an_existing_vault_is_never_overwritten_by_a_restore(kept, backup):
    before = files(kept.made.folder)

    with pytest.raises(Trouble) as raised:
        restore(verify_backup(backup), kept.made.folder)

    assert raised.value.code is TroubleCode.VAULT_EXISTS
    assert files(kept.made.folder) == before


@pytest.mark.parametrize("name", ["log.db", "passphrase.age", "README.txt", "audio"])
def test_a_flipped_byte_is_found_and_named_and_nothing_is_restored_without_asking(kept, backup, tmp_path, name):
    name = f"recordings/{kept.recording}/02/audio.opus.age" if name == "audio" else name
    damage(backup / name)
    looked = verify_backup(backup)

    with pytest.raises(Trouble) as raised:
        restore(looked, tmp_path / "vault")

    assert looked.problems == (name,)
    assert raised.value.code is TroubleCode.BACKUP_DAMAGED
    assert name in raised.value.details["name"]
    assert not (tmp_path / "vault").exists()


def test_the_intact_files_are_restored_on_request(kept, backup, tmp_path):
    damage(backup / "recordings" / kept.recording / "02" / "audio.opus.age")
    damage(backup / "passphrase.age")
    (backup / "recordings" / kept.recording / "01" / "facts.json.age").unlink()
    target = tmp_path / "vault"

    restored = restore(verify_backup(backup), target, intact_only=True)
    # The copy of the passphrase file repairs the damaged one.
    vault = opened_by(target, opening.secret_by_passphrase(target, PASSPHRASE))
    condition = condition_of(vault, kept.recording)
    vault.close()

    assert restored.damaged == (f"recordings/{kept.recording}/02/audio.opus.age",)
    assert set(restored.left_out) == {"passphrase.age", f"recordings/{kept.recording}/01/facts.json.age"}
    assert condition is Condition.DAMAGED
    assert (target / "passphrase.age").exists()


@pytest.mark.parametrize("place", range(0, 400, 37))
def test_a_flipped_byte_in_the_manifest_is_found(backup, place):
    path = backup / "manifest.json"
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))

    with pytest.raises(Trouble) as raised:
        verify_backup(backup)

    assert raised.value.code in {TroubleCode.BACKUP_LIST_DAMAGED, TroubleCode.VAULT_NEWER}


@pytest.mark.parametrize("name", ["../passphrase.age", "/etc/passwd", "a/../../b", "c:\\x", ""])
def test_a_manifest_pointing_outside_the_backup_is_refused(backup, name):
    manifest, _ = parcel.read_manifest(backup)
    result = manifest._document()
    result["files"][name] = [1, "00"]
    fingerprint = hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()
    (backup / "manifest.json").write_text(json.dumps({**result, "sha256": fingerprint}))

    with pytest.raises(Trouble) as found:
        verify_backup(backup)

    assert found.value.code is TroubleCode.BACKUP_LIST_DAMAGED


def test_a_folder_that_is_no_backup_is_reported(tmp_path):
    with pytest.raises(Trouble) as raised:
        verify_backup(tmp_path)

    assert raised.value.code is TroubleCode.BACKUP_MISSING


def test_restoring_onto_a_full_disk_leaves_no_vault(backup, small_disk):
    small_disk.fill()

    with pytest.raises(Trouble) as raised:
        restore(verify_backup(backup), small_disk.folder / "vault")

    assert raised.value.code is TroubleCode.DISK_FULL
    assert not (small_disk.folder / "vault").exists()


_RESTORE_KILLED = """
    import os, signal
    from pathlib import Path
    from balint_desktop.vault.restore import verify_backup, restore

    left = {after}
    def counts(call):
        def dying(*given):
            global left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given)
        return dying
    os.fsync, Path.replace = counts(os.fsync), counts(Path.replace)
    restore(verify_backup(Path({backup!r})), Path({vault!r}))
"""


@pytest.mark.parametrize("after", [0, 3, 9, 20, 30, 36, 38, 39, 40, 41, 42, 43, 44, 60])
def test_a_restore_killed_at_any_step_leaves_a_complete_vault_or_none(kept, backup, tmp_path, after):
    target = tmp_path / "other" / "vault"
    code = _RESTORE_KILLED.format(after=after, backup=str(backup), vault=str(target))
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True)
    assert ended.returncode in {0, -signal.SIGKILL}, ended.stderr

    if not target.exists():
        restore(verify_backup(backup), target)
    vault = opened_by(target, kept.made.secret)
    condition = condition_of(vault, kept.recording)
    vault.close()

    assert condition is Condition.COMPLETE
    assert ended.returncode != 0 or after >= 30


def test_restoring_does_not_touch_the_backup(backup, tmp_path):
    before = files(backup)
    restore(verify_backup(backup), tmp_path / "vault")

    assert files(backup) == before


def test_copying_again_after_a_failure_works(vault, stick, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(parcel, "copy_verified", lambda *_args: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(OSError, match="full"):
            back_up(vault, stick, WoundClock())
    _, row = back_up(vault, stick, WoundClock())

    assert [one.id for one in vault.log.transfers.parcels()] == [row.id]
