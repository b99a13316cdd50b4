"""A group that excludes this vault, from recording to listing: stock age decides who can open it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from recorded_vaults import COORDINATOR, STUDY, THEIRS, record, recorded

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.recordings.recovery import finish_open_parts, last_part_sealed_s
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.sealed import names
from balint_desktop.sealed.part import PartWriter
from balint_desktop.text import recordings

BEGAN = 1_800_000_000.0


@pytest.fixture
def world(tmp_path):
    return recorded(tmp_path / "vault")


@pytest.fixture
def vault(world):
    opened = world.open()
    yield opened
    opened.close()


@pytest.fixture
def shelf(vault):
    return RecordingService(vault, None, None)


def stock_age(key, sealed, tmp_path):
    """Return the bytes that stock age decrypts with a key, None if the key opens nothing."""
    identity = tmp_path / "identity.txt"
    identity.write_text(key if key.endswith("\n") else f"{key}\n")
    done = subprocess.run(["age", "-d", "-i", str(identity), str(sealed)], capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else None


def test_neither_the_vault_secret_nor_the_recovery_key_opens_it_but_each_readers_key_does(world, vault, tmp_path):
    recording = record(vault, THEIRS, 2)
    key = world.key_folder(recording) / names.KEY
    sound = world.key_folder(recording) / "01" / names.AUDIO

    assert stock_age(world.secret.to_text(), key, tmp_path) is None
    assert stock_age(world.recovery_key, key, tmp_path) is None
    for reader in (STUDY, COORDINATOR):
        opened = stock_age(reader.secret, key, tmp_path)
        assert opened.startswith(b"AGE-SECRET-KEY-1")
        assert stock_age(opened.decode(), sound, tmp_path).startswith(b"what was said")


def test_it_is_listed_in_its_own_words_and_raises_no_alarm(world, shelf):
    listed = shelf.read_summary(shelf.source(world.theirs))

    assert listed.condition is Condition.NOT_OURS
    assert (listed.readers, listed.this_vault_reads) == (("Study", "Coordinator"), False)
    text = recordings.readers_sentence(listed.readers, this_vault_reads=listed.this_vault_reads)
    assert text.startswith("Sealed to Study and Coordinator.")
    assert "cannot be played or exported here" in recordings.condition_sentence(listed.condition)


def test_opening_it_is_refused_in_one_sentence_and_verifying_works_without_a_key(world, shelf):
    sources = shelf.source(world.theirs)
    with pytest.raises(Trouble) as caught:
        shelf.open(sources)

    assert caught.value.code is TroubleCode.WRONG_KEY
    assert shelf.verify(sources).condition is Condition.NOT_OURS
    sound = world.key_folder(world.theirs) / "01" / names.AUDIO
    data = sound.read_bytes()
    sound.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert shelf.verify(sources).condition is Condition.CHANGED


def interrupted(vault):
    """Record with a recorder that is killed; its last file was written 65 seconds after the start."""
    session = vault.log.sessions.start(SessionSetting(THEIRS.id, 3, SessionKind.CASE, "student-hour", ""))
    vault.log.sessions.add_fact(session, f.Began(at=Instant(BEGAN, 0.0, "boot")))
    recording = vault.new_recording(THEIRS, session)
    place = vault.next_part(recording)
    begun = f.RecordingStarted(at=Instant(BEGAN + 30, 30.0, "boot"), recording=recording, part=place.part)
    vault.log.sessions.add_fact(session, begun)
    writer = PartWriter(place.folder, [place.recipient])
    writer.write(b"what was said" * 100)
    writer.write_tail()
    writer._lock.release()
    for path in (place.folder / names.AUDIO, *(path for _name, path in names.tails(place.folder))):
        os.utime(path, (BEGAN + 95, BEGAN + 95))
    return session, recording, place.part, writer


def test_after_a_crash_the_length_is_taken_from_the_last_write(vault):
    session, recording, part, writer = interrupted(vault)

    assert last_part_sealed_s(vault, recording) == pytest.approx(65, abs=0.01)
    assert finish_open_parts(vault, session) == recording
    (row,) = vault.log.recordings.recording(recording).parts
    assert (row.part, row.first_seen_at_recovery) == (part, True)
    assert row.seconds == pytest.approx(65, abs=0.01)
    writer._pipe.close()


@pytest.mark.parametrize(("written", "seconds"), [(30.0, 0.0), (29.0, 0.0), (30.25, 0.25)])
def test_a_part_last_written_to_before_it_began_has_no_seconds(vault, written, seconds):
    _, recording, part, writer = interrupted(vault)
    folder = vault.part_folder(recording, part)
    for path in (folder / names.AUDIO, *(path for _name, path in names.tails(folder))):
        os.utime(path, (BEGAN + written, BEGAN + written))

    assert last_part_sealed_s(vault, recording) == seconds
    writer._pipe.close()


def test_a_part_that_was_begun_twice_is_counted_from_the_later_start(vault):
    session, recording, part, writer = interrupted(vault)
    for begun, of_part in ((50.0, part), (70.0, part + 1)):
        at = Instant(BEGAN + begun, begun, "boot")
        vault.log.sessions.add_fact(session, f.RecordingStarted(at=at, recording=recording, part=of_part))

    assert last_part_sealed_s(vault, recording) == pytest.approx(45, abs=0.01)
    writer._pipe.close()


def test_a_part_without_any_data_has_no_length(vault):
    session = vault.log.sessions.start(SessionSetting(THEIRS.id, 3, SessionKind.CASE, "student-hour", ""))
    recording = vault.new_recording(THEIRS, session)

    assert last_part_sealed_s(vault, recording) is None
    vault.next_part(recording)
    assert last_part_sealed_s(vault, recording) is None


def test_a_session_whose_recording_was_destroyed_continues_without_it(world, vault):
    vault.destroy(world.ours[0], "by mistake")

    assert last_part_sealed_s(vault, world.ours[0]) is None


def test_a_destroyed_recording_is_listed_and_logged_as_destroyed(world, vault, shelf):
    vault.destroy(world.ours[0], "the time agreed is over")

    listed = shelf.read_summary(shelf.source(world.ours[0]))
    assert listed.condition is Condition.DESTROYED
    assert listed.destroyed.reason == "the time agreed is over"
    assert shelf.verify(shelf.source(world.ours[0])).condition is Condition.DESTROYED
    session = vault.log.recordings.recording(world.ours[0]).session
    kept = next(one for one in shelf.sessions() if one.id == session)
    assert kept.destroyed == listed.destroyed


def test_a_recording_restored_after_destruction_is_an_alarm_and_can_be_destroyed_again(world, vault, shelf):
    copy = world.folder.with_name("copy")
    shutil.copytree(world.key_folder(world.ours[0]), copy)
    vault.destroy(world.ours[0], "the time agreed is over")
    shutil.copytree(copy, world.key_folder(world.ours[0]))

    assert shelf.read_summary(shelf.source(world.ours[0])).condition is Condition.BACK
    assert shelf.verify(shelf.source(world.ours[0])).condition is Condition.BACK
    vault.destroy(world.ours[0], "again")
    assert world.is_gone(world.ours[0])
