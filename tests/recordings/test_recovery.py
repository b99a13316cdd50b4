"""Recovery of a recording whose recorder died, when its session is opened again."""

from __future__ import annotations

import hashlib

import pytest
from recorded_vaults import OURS, recorded
from sounds import opus

from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.values import SessionKind
from balint_desktop.recordings.recovery import finish_open_parts, last_part_sealed_s
from balint_desktop.sealed import names
from balint_desktop.sealed.fingerprint import compute_fingerprint
from balint_desktop.sealed.part import PartWriter


@pytest.fixture
def vault(tmp_path):
    opened = recorded(tmp_path / "vault").open()
    yield opened
    opened.close()


@pytest.fixture
def session(vault):
    return vault.log.sessions.start(SessionSetting(OURS.id, 3, SessionKind.CASE, "student-hour", ""))


@pytest.fixture
def writer(vault, session):
    """Return the writer of a part that was never closed, with four seconds of sound in a tail."""
    place = vault.next_part(vault.new_recording(OURS, session))
    made = PartWriter(place.folder, [place.recipient])
    made.write(opus(4.0))
    made.write_tail()
    yield made
    made._pipe.close()


def test_a_session_without_a_recording_needs_no_recovery(vault, session):
    assert finish_open_parts(vault, session) is None


def test_a_part_still_being_written_is_left_alone(vault, session, writer):
    recording = finish_open_parts(vault, session)

    (part,) = vault.log.recordings.recording(recording).parts
    assert part.sha256 is None


def test_a_part_of_a_dead_recorder_gets_its_length_and_fingerprint_as_first_seen_at_recovery(vault, session, writer):
    writer._lock.release()

    recording = finish_open_parts(vault, session)

    (part,) = vault.log.recordings.recording(recording).parts
    assert part.sha256 == compute_fingerprint(vault.part_folder(recording, 1))
    assert part.first_seen_at_recovery
    assert part.seconds == pytest.approx(4.0, abs=0.25)
    assert last_part_sealed_s(vault, recording) == part.seconds


def test_finishing_twice_changes_nothing(vault, session, writer):
    writer._lock.release()
    recording = finish_open_parts(vault, session)
    parts = vault.log.recordings.recording(recording).parts

    assert finish_open_parts(vault, session) == recording
    assert vault.log.recordings.recording(recording).parts == parts


def test_a_recording_without_a_part_has_no_seconds(vault, session):
    assert last_part_sealed_s(vault, vault.new_recording(OURS, session)) is None


def test_a_part_without_a_byte_of_sound_is_finished_with_no_seconds(vault, session):
    place = vault.next_part(vault.new_recording(OURS, session))
    place.folder.mkdir()
    (place.folder / names.AUDIO).write_bytes(b"")

    recording = finish_open_parts(vault, session)

    (part,) = vault.log.recordings.recording(recording).parts
    assert (part.seconds, part.sha256) == (0.0, hashlib.sha256(b"").hexdigest())


def test_a_part_whose_recorder_made_no_file_is_left_unfinished(vault, session):
    vault.next_part(vault.new_recording(OURS, session))

    recording = finish_open_parts(vault, session)

    (part,) = vault.log.recordings.recording(recording).parts
    assert (part.seconds, part.sha256) == (None, None)
