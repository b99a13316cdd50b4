import shutil

import pytest
from kept_vaults import kept, vault

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.recordings.timeline import StretchKind

__all__ = ["kept", "vault"]


@pytest.fixture
def shelf(vault):
    return RecordingService(vault, open_pcm, encode_pcm)


def test_a_session_is_read_from_the_log_as_it_was_written(shelf):
    (session,) = shelf.sessions()
    record = session_record(session)

    assert (record.group, record.setting.number, record.present) == ("Wednesday group", 3, ("P1", "P2"))
    assert record.debrief.process_note == "We sat with it."
    assert record.recording.seconds == 14.0


def test_a_recording_opens_according_to_the_log_and_the_disk(shelf, kept):
    (sources,) = shelf.sources()
    listed = shelf.read_summary(sources)
    opened = shelf.open(sources)

    assert (listed.id, listed.condition, listed.seconds) == (kept.recording, Condition.COMPLETE, 14.0)
    kinds = [stretch.kind for stretch in opened.joined.stretches]
    assert kinds == [StretchKind.SOUND, StretchKind.STRUCK, StretchKind.SOUND, StretchKind.GAP, StretchKind.SOUND]
    assert [phase.label for phase in opened.phases] == ["Open", "Call"]
    assert opened.listed.seconds == pytest.approx(14.0)


def test_a_folder_unknown_to_the_log_is_found(shelf, kept):
    shutil.copytree(kept.folder, kept.folder.parent / "stray")

    stray = shelf.source("stray")

    assert shelf.read_summary(stray).condition is Condition.UNKNOWN
    assert shelf.open(stray).listed.condition is Condition.UNKNOWN


def test_a_removed_folder_is_reported_as_missing(shelf, kept):
    shutil.rmtree(kept.folder)

    (sources,) = shelf.sources()

    assert shelf.read_summary(sources).condition is Condition.DAMAGED
    assert shelf.verify(sources).condition is Condition.DAMAGED


def test_a_locked_vault_returns_no_recording(vault, shelf):
    vault.lock()

    with pytest.raises(Trouble) as raised:
        shelf.sources()

    assert raised.value.code is TroubleCode.VAULT_LOCKED
    assert shelf.sessions()


def test_printing_a_value_reveals_no_secret(shelf, vault):
    (sources,) = shelf.sources()

    assert vault.secrets()[0] not in repr(sources)
    assert "AGE-SECRET-KEY" not in repr(shelf.open(sources))


def test_a_missing_recording_is_reported(shelf):
    with pytest.raises(Trouble) as raised:
        shelf.source("nothing")

    assert raised.value.code is TroubleCode.RECORDING_MISSING
