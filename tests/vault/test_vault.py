"""The open vault: one at a time, three states, a key on disk before the first sample."""

from __future__ import annotations

import stat
import subprocess
import sys

import pytest

from balint_desktop.domain.group.group import Group, Reader
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind
from balint_desktop.sealed import names
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.part import PartWriter
from balint_desktop.sealed.part_facts import PartFacts
from balint_desktop.sealed.reading import sha256_of
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.vault import VaultState

STUDY = new_identity()
OURS = Group(id=GroupId("g"), name="Block B", readers=(Reader("Study", STUDY.recipient),))
THEIRS = Group(id=GroupId("h"), name="Block C", this_vault_reads=False, readers=OURS.readers)
NOBODYS = Group(id=GroupId("i"), name="Block D", this_vault_reads=False)


@pytest.fixture
def session(vault):
    for group in (OURS, THEIRS):
        vault.log.groups.save_group(group)
    return vault.log.sessions.start(SessionSetting(OURS.id, 1, SessionKind.CASE, "student-hour", ""))


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def test_a_second_instance_is_refused_and_touches_nothing(made, vault):
    assert code_of(made.open) is TroubleCode.VAULT_IN_USE
    other = (
        "import sys; from pathlib import Path; from balint_desktop.sealed.lock import is_held_elsewhere;"
        "print(is_held_elsewhere(Path(sys.argv[1])))"
    )
    out = subprocess.run(
        [sys.executable, "-c", other, str(vault.places.lock)], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "True"


def test_a_closed_vault_can_be_opened_again(made):
    made.open().close()
    made.open().close()


def test_a_log_that_does_not_open_releases_the_vault(made):
    (made.folder / "log.db").write_bytes(b"no database at all" * 1000)
    assert code_of(made.open) is TroubleCode.LOG_DAMAGED
    assert code_of(made.open) is TroubleCode.LOG_DAMAGED


@pytest.mark.parametrize("is_unwritable", [True, False])
def test_an_import_that_cannot_be_finished_keeps_no_one_out_of_a_vault_without_room(made, monkeypatch, is_unwritable):
    (made.folder / "recordings-being-imported").mkdir()

    def full(*_arguments):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr("balint_desktop.vault.vault.recover", full)
    monkeypatch.setattr("balint_desktop.vault.vault.is_unwritable", lambda _folder: is_unwritable)
    if is_unwritable:
        vault = made.open()
        assert vault.read_only.code is TroubleCode.OPEN_FOR_READING_FULL
        vault.close()
    else:
        assert code_of(made.open) is TroubleCode.DISK_FULL
    monkeypatch.undo()
    made.open().close()


def test_a_recordings_key_opens_for_this_vault_and_each_reader(vault, session):
    recording = vault.new_recording(OURS, session)
    key = vault.recording_key(recording)
    assert read_key(vault.places.recording(recording), [STUDY.secret]) == key
    row = vault.log.recordings.recording(recording)
    assert (row.recipient, row.session, row.this_vault_reads) == (key.recipient, session, True)


def test_an_excluded_facilitator_cannot_open_the_recordings(vault, session):
    recording = vault.new_recording(THEIRS, session)
    assert code_of(lambda: vault.recording_key(recording)) is TroubleCode.WRONG_KEY
    assert read_key(vault.places.recording(recording), [STUDY.secret])


def test_a_recording_no_one_could_open_is_never_started(vault, session):
    with pytest.raises(Trouble, match="last-reader"):
        vault.new_recording(NOBODYS, session)
    assert vault.recording_folders() == {}


def test_during_a_session_recording_continues_and_nothing_can_be_opened(vault, session, made):
    recording = vault.new_recording(OURS, session)
    vault.begin_session()
    assert vault.state is VaultState.IN_SESSION
    assert code_of(lambda: vault.recording_key(recording)) is TroubleCode.VAULT_LOCKED
    place = vault.next_part(recording)
    assert (place.part, place.folder.name) == (1, "01")
    assert place.recipient == vault.log.recordings.recording(recording).recipient
    place.folder.mkdir()
    assert vault.next_part(recording).part == 2
    vault.unlock(made.secret)
    assert vault.recording_key(recording).recipient == place.recipient


def test_no_recording_can_start_while_locked(vault, session):
    recording = vault.new_recording(OURS, session)
    vault.lock()
    assert code_of(lambda: vault.new_recording(OURS, session)) is TroubleCode.VAULT_LOCKED
    assert code_of(lambda: vault.next_part(recording)) is TroubleCode.VAULT_LOCKED
    assert vault.log.recordings.recording(recording).parts == ()
    assert code_of(vault.secrets) is TroubleCode.VAULT_LOCKED


def test_a_recording_in_progress_continues_after_a_loss_while_locked(vault, session):
    recording = vault.new_recording(OURS, session)
    vault.lock()
    assert vault.next_part(recording, resuming=True).part == 1


def test_a_failed_start_leaves_its_number_to_the_next(vault, session):
    recording = vault.new_recording(OURS, session)
    assert [vault.next_part(recording).part for _ in range(3)] == [1, 1, 1]
    assert len(vault.log.recordings.recording(recording).parts) == 1


def test_a_finished_part_is_in_the_log_and_in_the_chain(vault, session):
    recording = vault.new_recording(OURS, session)
    vault.next_part(recording)
    vault.finish_part(recording, 1, 61.5, "ab" * 32)
    (row,) = vault.log.recordings.recordings()
    assert (row.parts[0].seconds, row.parts[0].sha256) == (61.5, "ab" * 32)
    assert vault.log.audit.rows()[-1].act == "part-finished"
    assert vault.log.audit.broken_at() is None
    with pytest.raises(KeyError):
        vault.log.recordings.recording(RecordingId("none"))


def test_every_folder_on_disk_is_listed_known_or_not(vault, session):
    recording = vault.new_recording(OURS, session)
    (vault.places.recordings / "a-stranger").mkdir()
    assert set(vault.recording_folders()) == {recording, RecordingId("a-stranger")}
    assert (vault.places.recording(recording) / names.KEY).exists()


def test_a_part_of_a_dead_recorder_is_fingerprinted_as_first_seen_at_recovery(vault, session):
    recording = vault.new_recording(OURS, session)
    place = vault.next_part(recording)
    PartWriter(place.folder, [place.recipient]).close(PartFacts(offset_s=0.0))
    vault.finish_part(recording, place.part, 3.5, None)
    (part,) = vault.log.recordings.recording(recording).parts
    assert (part.sha256, part.first_seen_at_recovery) == (sha256_of(place.folder), True)


def test_a_part_without_sound_or_still_being_written_has_no_fingerprint_yet(vault, session):
    recording = vault.new_recording(OURS, session)
    vault.part_folder(recording, vault.next_part(recording).part).mkdir()
    vault.finish_part(recording, 1, 0.0, None)
    place = vault.next_part(recording)
    writer = PartWriter(place.folder, [place.recipient])
    vault.finish_part(recording, place.part, 2.0, None)
    writer.close(PartFacts(offset_s=0.0))
    parts = vault.log.recordings.recording(recording).parts
    assert [(part.sha256, part.first_seen_at_recovery) for part in parts] == [(None, False), (None, False)]


def test_a_recording_that_could_not_be_created_leaves_no_folder_behind(vault, session, monkeypatch):
    def full(*_arguments, **_named):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(vault.log.recordings, "add", full)
    assert code_of(lambda: vault.new_recording(OURS, session)) is TroubleCode.DISK_FULL
    assert vault.recording_folders() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_a_copied_vault_is_readable_by_the_owner_only_again(made):
    made.folder.chmod(0o755)
    made.open().close()
    assert stat.S_IMODE(made.folder.stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in made.folder.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_folder_without_lock_support_is_reported_as_unwritable(made):
    (made.folder / "in-use").unlink(missing_ok=True)
    (made.folder / "in-use").mkdir()
    assert code_of(made.open) is TroubleCode.FOLDER_UNWRITABLE


def test_a_changed_passphrase_is_in_the_chain(vault):
    vault.note_passphrase_changed()
    assert vault.log.audit.rows()[-1].act == "passphrase-changed"
    assert vault.log.audit.broken_at() is None


def test_a_new_vault_lists_no_recordings(vault):
    vault.places.recordings.rmdir()
    assert vault.recording_folders() == {}
    assert vault.folder == vault.places.folder
