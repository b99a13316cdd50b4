import json
import shutil
import wave
from dataclasses import replace

import pytest
from kept_vaults import kept, vault

from balint_desktop.capture.decode_handle import encode_pcm, open_pcm
from balint_desktop.domain.session.session_record import session_record
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.recordings.service import RecordingService
from balint_desktop.recordings.summary import Condition
from balint_desktop.recordings.timeline import StretchKind
from balint_desktop.vault.log.audit import AuditAct

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


def trouble_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code, caught.value.details


def test_one_session_is_found_by_its_id(shelf):
    (session,) = shelf.sessions()

    assert shelf.session(session.id) == session
    assert shelf.sessions(("none", session.id)) == (session,)
    assert trouble_of(shelf.session, "none") == (TroubleCode.SESSION_MISSING, {"name": "none"})


def test_an_export_is_noted_in_the_audit_trail(shelf, vault, kept):
    shelf.note_exported(shelf.pass_door(Door.SOUND_FILE, kept.recording, Purpose.TRANSCRIPTION))

    last = vault.log.audit.rows()[-1]
    details = {"recording": kept.recording, "purpose": "transcription"}
    assert (last.act, json.loads(last.details)) == (AuditAct.RECORDING_EXPORTED, details)


def test_a_destroyed_recording_is_no_longer_on_the_disk_and_the_log_says_why_and_who_saw_it(shelf, vault, kept):
    (before,) = shelf.sessions()
    shelf.destroy(kept.recording, "the time agreed is over", "a colleague")

    destroyed = shelf.source(kept.recording).destroyed
    assert not kept.folder.exists()
    assert destroyed.reason == "the time agreed is over"
    assert vault.log.deletions.records()[kept.recording].witness == "a colleague"
    assert shelf.sessions() == (replace(before, destroyed=destroyed),)


def test_an_opened_recording_is_exported_as_long_as_the_session_heard_it(shelf, kept, tmp_path):
    opened = shelf.open(shelf.source(kept.recording))
    passage = shelf.pass_door(Door.SOUND_FILE, kept.recording, Purpose.TRANSCRIPTION)
    shelf.export(opened, tmp_path / "sound.wav", passage)

    with wave.open(str(tmp_path / "sound.wav")) as file:
        assert (file.getnframes(), file.getframerate(), file.getnchannels()) == (14 * 48_000, 48_000, 1)


@pytest.mark.parametrize(
    "change", [{"recording": "another"}, {"door": Door.PLAY}], ids=["of another recording", "to be played here"]
)
def test_a_passage_for_something_else_exports_nothing(shelf, kept, tmp_path, change):
    opened = shelf.open(shelf.source(kept.recording))
    passage = shelf.pass_door(Door.SOUND_FILE, kept.recording, Purpose.TRANSCRIPTION)
    with pytest.raises(ValueError, match="another door or recording"):
        shelf.export(opened, tmp_path / "sound.wav", replace(passage, **change))

    assert list(tmp_path.glob("*.wav")) == []


def test_fingerprints_are_read_anew_while_the_vault_is_open(shelf, vault, kept):
    listed = shelf.source(kept.recording)
    vault.log.redactions.begin(kept.recording, 2, "before")
    vault.log.redactions.prepare(kept.recording, 2, "after")
    other = vault.new_recording(vault.log.groups.groups()[0], listed.session.id)
    vault.log.redactions.begin(other, 1, "other")
    vault.log._database.run("UPDATE parts SET sha256 = 'new', seconds = 5.5 WHERE part = 1")
    vault.log._database.run("UPDATE parts SET seconds = NULL WHERE part = 2")

    current = shelf.current(listed)

    expected = {
        "fingerprints": {1: "new", 2: listed.fingerprints[2]},
        "lengths": {1: 5.5},
        "cutting": {2: frozenset({"before", "after"})},
    }
    assert current == replace(listed, **expected)
    vault.begin_session()
    assert shelf.current(listed) is listed


def test_a_recording_without_an_entry_in_the_log_has_no_fingerprints_to_read_anew(shelf, kept):
    shutil.copytree(kept.folder, kept.folder.parent / "stray")
    stray = shelf.source("stray")

    assert (stray.fingerprints, stray.session) == (None, None)
    assert shelf.current(stray) is stray


def test_a_recording_has_the_length_of_its_parts_and_none_if_no_part_has_one(shelf, vault, kept):
    assert (shelf.source(kept.recording).seconds, shelf.source(kept.recording).lengths) == (10.0, {1: 6.0, 2: 4.0})
    vault.log._database.run("UPDATE parts SET seconds = NULL")
    assert (shelf.source(kept.recording).seconds, shelf.source(kept.recording).lengths) == (None, {})
