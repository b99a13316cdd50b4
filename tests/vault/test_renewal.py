"""Renewing keys: identity, passphrase, recovery key and log key together, with nothing lost in any kill."""

from __future__ import annotations

import shutil

import pytest
import sqlcipher3
from key_deaths import after_renewing, kill_renewing
from killing import deaths_of
from recorded_vaults import (
    COORDINATOR,
    NAMES,
    NEW_PASSPHRASE,
    OURS,
    STUDY,
    THEIRS,
    opens_with,
    prepared,
    record,
    recorded,
    secret_in,
)
from vaults import PASSPHRASE

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import participant_code
from balint_desktop.sealed import disk
from balint_desktop.sealed.keys import new_identity, seal, unseal
from balint_desktop.sealed.recording import create_recording, read_key
from balint_desktop.vault import opening, renewal, renewal_files, roster_files
from balint_desktop.vault.destruction import NEW
from balint_desktop.vault.layout import VaultLayout
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.approved import ApprovedVersion
from balint_desktop.vault.log.transcripts import TranscriptSource, WordRemoval
from balint_desktop.vault.secret_work import SecretRequest, SecretTask, handle_request, parse_answer
from balint_desktop.vault.study_numbers import read_numbers
from balint_desktop.vault.vault import OpenVault


@pytest.fixture
def made(tmp_path):
    return prepared(tmp_path / "vault")


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def renewed(made):
    """Confirm and open as the window does; return the vault, which the caller closes."""
    return made.confirm().restart()[0]


def final_secret(made):
    return secret_in(made.folder, made.recovery_key)


def opens_with_old_keys(world, recording):
    return opens_with(world, recording, *world.secret.identities)


def test_after_renewal_the_old_identity_opens_nothing_and_readers_keep_their_access(made):
    renewed(made).close()
    secret = final_secret(made)

    assert len(secret.identities) == 1
    assert secret.identities[0] not in made.vault.secret.identities
    for recording in made.vault.ours:
        assert made.vault.opens(recording, *secret.identities)
        assert made.vault.opens(recording, STUDY)
        assert not opens_with_old_keys(made.vault, recording)
    assert made.vault.opens(made.vault.theirs, COORDINATOR)
    assert {path.name for path in made.folder.iterdir() if path.is_dir()} == {"recordings", "roster"}


def test_a_transcript_gets_the_new_key_with_its_recording_and_its_readers_keep_theirs(made):
    folder = VaultLayout(made.folder).transcript(made.vault.ours[0])
    create_recording(folder, [made.vault.secret.recipient, STUDY.recipient])
    renewed(made).close()

    assert read_key(folder, [final_secret(made).identities[0].secret])
    assert read_key(folder, [STUDY.secret])
    assert code_of(lambda: read_key(folder, [one.secret for one in made.vault.secret.identities])) is (
        TroubleCode.WRONG_KEY
    )


def test_a_transcript_that_waits_to_replace_the_old_one_gets_the_new_key_too(made):
    places, recording = VaultLayout(made.folder), made.vault.ours[0]
    readers = [made.vault.secret.recipient, STUDY.recipient]
    vault = made.vault.open()
    old = create_recording(places.transcript(recording), readers)
    new = create_recording(places.rewritten_transcript(recording) / NEW, readers)
    vault.log.transcripts.add(recording, old.recipient, TranscriptSource.HAND, "")
    today = vault.log.retention.today()
    group = vault.log.retained_recordings.group_of(recording)
    withdrawal = vault.log.withdrawals.add(group, "P1", today, ())
    vault.log.transcripts.intend_removal(WordRemoval(recording, withdrawal, new.recipient), None)
    vault.close()
    renewed(made).close()

    assert read_key(places.transcript(recording), [final_secret(made).identities[0].secret]) == new
    assert not places.rewritten_transcript(recording).exists()


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_an_approved_text_gets_the_new_key_also_where_its_recording_is_destroyed(made, is_destroyed):
    places, recording = VaultLayout(made.folder), made.vault.ours[0]
    readers = [made.vault.secret.recipient, STUDY.recipient]
    vault = made.vault.open()
    text = ApprovedText(1, "R1: one", ())
    vault.approved_writer().write(recording, text, ApprovedVersion(1, text.sha256, "AB", 1.0, 7, 2, 1), readers)
    if is_destroyed:
        vault.destroy(recording, "approved")
    vault.close()
    renewed(made).close()
    folder = places.approved_text(recording)

    assert read_key(folder, [final_secret(made).identities[0].secret])
    assert read_key(folder, [STUDY.secret])
    assert code_of(lambda: read_key(folder, [one.secret for one in made.vault.secret.identities])) is (
        TroubleCode.WRONG_KEY
    )


def test_old_passphrase_and_recovery_key_open_nothing_any_more_and_the_new_ones_do(made):
    renewed(made).close()

    assert code_of(lambda: opening.secret_by_passphrase(made.folder, PASSPHRASE)) is TroubleCode.WRONG_PASSPHRASE
    old = made.vault.recovery_key
    assert code_of(lambda: opening.secret_by_recovery_key(made.folder, old)) is TroubleCode.WRONG_RECOVERY_KEY
    assert opening.secret_by_passphrase(made.folder, NEW_PASSPHRASE) == final_secret(made)
    assert opening.secret_by_recovery_key(made.folder, made.recovery_key) == final_secret(made)


def test_the_log_has_a_new_key_and_all_its_rows(made):
    vault = renewed(made)
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert vault.log.audit.rows()[-1].act == "keys-renewed"
    assert vault.log.audit.broken_at() is None
    vault.close()
    secret = final_secret(made)

    assert secret.log_key != made.vault.secret.log_key
    assert code_of(lambda: made.vault.open().close()) is TroubleCode.LOG_DAMAGED
    stock = sqlcipher3.connect(str(made.folder / "log.db"))
    stock.execute(f"PRAGMA key = \"x'{secret.log_key}'\"")
    assert stock.execute("SELECT count(*) FROM recordings").fetchone() == (3,)
    stock.close()


def test_copies_of_earlier_logs_are_deleted_with_the_key_they_are_sealed_with(made):
    copy = earlier_copies.copy_path(VaultLayout(made.folder).log, 1)
    copy.write_bytes(b"sealed with the old key")
    renewed(made).close()
    assert not copy.exists()


def test_recordings_made_after_renewal_open_with_the_new_keys(made):
    vault = renewed(made)
    recording = record(vault, OURS, 3)
    vault.close()

    assert made.vault.opens(recording, *final_secret(made).identities)
    assert not opens_with_old_keys(made.vault, recording)


def test_prepared_but_unconfirmed_keys_do_not_count_and_are_removed(made):
    made.put_in()
    made.vault.open().close()

    assert not renewal_files.RenewalLayout(made.folder).prepared.exists()
    assert opening.secret_by_recovery_key(made.folder, made.vault.recovery_key) == made.vault.secret
    assert made.vault.opens(made.vault.ours[0], *made.vault.secret.identities)


def test_a_locked_vault_confirms_nothing(made):
    vault = made.vault.open()
    vault.lock()
    assert code_of(vault.confirm_renewal) is TroubleCode.VAULT_LOCKED
    vault.close()


def test_until_it_is_finished_the_new_passphrase_counts_and_cannot_be_changed(made):
    made.confirm()

    assert renewal_files.is_unfinished(made.folder)
    secret = opening.secret_by_recovery_key(made.folder, made.recovery_key)
    assert secret == made.both
    assert code_of(lambda: opening.set_passphrase(made.folder, secret, "x")) is TroubleCode.RENEWAL_UNFINISHED
    assert code_of(lambda: renewal_files.prepare(made.folder, secret, "x")) is TroubleCode.RENEWAL_UNFINISHED


def test_a_recording_of_unknown_origin_keeps_its_readers_and_the_old_key(made):
    ours = made.vault.secret.recipient
    alone = made.folder / "recordings" / "alone"
    shared = made.folder / "recordings" / "shared"
    create_recording(alone, [ours])
    create_recording(shared, [ours, STUDY.recipient])

    vault = renewed(made)
    assert vault.renewed.left == ("shared",)
    vault.close()

    secret = final_secret(made)
    assert secret.identities == made.both.identities
    # A second opening does not start over.
    again = made.vault.open(secret)
    assert again.renewed is None
    again.close()
    shutil.rmtree(shared)


def test_with_a_damaged_key_the_old_identity_is_retained_so_that_its_copy_opens(made):
    path = made.vault.key_folder(made.vault.ours[0]) / "key.age"
    good = path.read_bytes()
    path.write_bytes(good[:-3] + b"xyz")

    vault = renewed(made)
    assert vault.renewed.left == made.vault.ours[:1]
    vault.close()

    path.write_bytes(good)
    assert made.vault.opens(made.vault.ours[0], *final_secret(made).identities)


def test_after_renewal_the_old_identity_opens_no_roster_and_the_old_file_is_removed(made):
    old = roster_of(made).read_bytes()
    vault = renewed(made)
    assert vault.rosters.read(OURS.id) == NAMES
    assert vault.renewed.rosters_left == ()
    vault.close()

    assert code_of(lambda: roster_files.read(roster_of(made), made.vault.secret.identities)) is TroubleCode.WRONG_KEY
    assert roster_files.read(roster_of(made), final_secret(made).identities) == NAMES
    assert old not in [path.read_bytes() for path in made.folder.rglob("*") if path.is_file()]


def test_with_a_damaged_roster_the_old_identity_is_retained_so_that_its_copy_opens(made):
    good = roster_of(made).read_bytes()
    roster_of(made).write_bytes(good[:-3] + b"xyz")

    vault = renewed(made)
    assert (vault.renewed.left, vault.renewed.rosters_left) == ((), (OURS.id,))
    assert vault.log.audit.rows()[-1].details.startswith('{"left": 1,')
    vault.close()

    roster_of(made).write_bytes(good)
    assert roster_files.read(roster_of(made), final_secret(made).identities) == NAMES


NUMBERS = StudyNumbers({participant_code(1): 2, participant_code(2): 1}, 2)


def numbers_beside_the_roster(made):
    path = VaultLayout(made.folder).study_numbers(OURS.id)
    path.write_bytes(seal(NUMBERS.to_json(), [made.vault.secret.recipient]))
    return path


def test_after_renewal_only_the_new_identity_opens_the_study_numbers(made):
    path = numbers_beside_the_roster(made)
    old = path.read_bytes()
    vault = renewed(made)
    assert read_numbers(vault, OURS.id) == NUMBERS
    vault.close()

    assert code_of(lambda: unseal(path.read_bytes(), [one.secret for one in made.vault.secret.identities])) is (
        TroubleCode.WRONG_KEY
    )
    assert old not in [file.read_bytes() for file in made.folder.rglob("*") if file.is_file()]


def test_damaged_study_numbers_retain_the_old_identity_and_are_named_by_their_group(made):
    path = numbers_beside_the_roster(made)
    path.write_bytes(path.read_bytes()[:-3] + b"xyz")

    vault = renewed(made)
    assert vault.renewed.rosters_left == (OURS.id,)
    vault.close()


def test_a_roster_that_was_never_ours_is_left_unchanged(made):
    path = roster_of(made).with_name("stray.age")
    path.write_bytes(seal(b"{}", [STUDY.recipient]))
    before = path.read_bytes()
    vault = renewed(made)
    assert vault.renewed.rosters_left == ()
    vault.close()

    assert path.read_bytes() == before


def roster_of(made):
    return VaultLayout(made.folder).roster(OURS.id)


def test_a_missing_recording_retains_the_old_identity_and_a_destroyed_one_does_not(made):
    vault = made.vault.open()
    vault.destroy(made.vault.ours[0], "the time agreed is over")
    vault.close()
    vault = renewed(made)
    assert vault.renewed.left == ()
    vault.close()

    other = prepared(made.folder.with_name("other"))
    shutil.rmtree(other.vault.key_folder(other.vault.ours[0]))
    vault = renewed(other)
    assert vault.renewed.left == other.vault.ours[:1]
    vault.close()


def test_a_disk_error_does_not_prevent_opening_and_the_next_opening_finishes(made, monkeypatch):
    made.confirm()

    def full(path, _data):
        raise Trouble(TroubleCode.DISK_FULL, folder=str(path.parent))

    monkeypatch.setattr(disk, "write_durably", full)
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    assert made.vault.opens(made.vault.ours[0], *made.both.identities)
    assert vault.renewed is None
    vault.close()
    monkeypatch.undo()

    made.restart()[0].close()
    assert not renewal_files.is_unfinished(made.folder)


def test_a_log_that_cannot_be_rekeyed_is_unchanged_and_the_next_opening_finishes(made, monkeypatch):
    made.confirm()

    def refused(*_arguments):
        raise Trouble(TroubleCode.DISK_FULL, folder="there")

    monkeypatch.setattr(renewal, "rekey", refused)
    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    vault.log.set_setting("written", "meanwhile")
    vault.close()
    monkeypatch.undo()

    vault, _secret = made.restart()
    assert vault.log.setting("written") == "meanwhile"
    assert [row.act for row in vault.log.audit.rows()].count("keys-renewed") == 1
    vault.close()


def test_an_older_log_is_never_written_to_once_its_successor_counts(made, monkeypatch):
    made.confirm()
    monkeypatch.setattr(renewal_files, "_place_log", refuse_placing)
    assert code_of(made.restart) is TroubleCode.FOLDER_UNWRITABLE
    monkeypatch.undo()

    vault, _secret = made.restart()
    assert vault.log.groups.groups() == (OURS, THEIRS)
    vault.close()


def refuse_placing(_aside, vault):
    raise Trouble(TroubleCode.FOLDER_UNWRITABLE, folder=str(vault))


def test_dying_before_any_disk_operation_no_recording_is_lost(tmp_path):
    def act(made):
        made.confirm()
        OpenVault(made.folder, made.both, SystemClock()).close()

    def make(number):
        return prepared(tmp_path / str(number))

    operations = deaths_of(make, act, after_renewing)

    assert operations > 60


def test_killed_at_random_moments_no_recording_is_lost(tmp_path):
    assert kill_renewing(tmp_path, times=16).killed > 0


def test_the_windows_child_prepares_new_keys(tmp_path):
    world = recorded(tmp_path / "vault")
    asked = SecretRequest(SecretTask.RENEW, str(world.folder), secret=PASSPHRASE, new=NEW_PASSPHRASE)
    key = parse_answer(handle_request(asked, SystemClock()))

    secret = secret_in(renewal_files.RenewalLayout(world.folder).prepared / "both", key)
    assert secret.identities[1:] == world.secret.identities
    assert key != new_identity().secret
