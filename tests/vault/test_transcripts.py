"""Transcripts of a vault: the gate, the readers, backups, renewal, destroying, sign-off."""

from __future__ import annotations

from pathlib import Path

import decrypted
import pytest
from clocks import WoundClock
from deidentified_vaults import Bench
from kept_vaults import keep_session, kept, vault
from killing import deaths_of

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, Verdict
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState, sign_off_state
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import new_identity
from balint_desktop.sealed.recording import read_key, write_key
from balint_desktop.vault import destruction, parcels
from balint_desktop.vault.backup import back_up, plan_backup
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault

__all__ = ["kept", "vault"]

TEXT = Transcript((Turn(1, Speaker("P1"), 60_000, 62_000, (Word("whānau", 60_000, 62_000),)),))
WHOLE = SignOffState(10_000, 10_000, {})


@pytest.fixture
def transcripts(vault):
    return TranscriptVault(vault)


def code_of(act):
    with pytest.raises(Trouble) as raised:
        act()
    return raised.value.code


def write(transcripts, recording):
    files = transcripts.begin(recording, TranscriptSource.HAND)
    files.write_transcript(TEXT)
    transcripts.note_text(recording, sign_off_state(TEXT, Listened(), ((60_000, 70_000),)))
    return files


def acts(vault):
    return [row.act for row in vault.log.audit.rows()]


def test_a_transcript_has_a_key_of_its_own_and_is_read_back(kept, vault, transcripts):
    write(transcripts, kept.recording)

    assert transcripts.open(kept.recording).text() == TEXT
    assert transcripts.row(kept.recording).recipient != vault.recording_key(kept.recording).recipient
    assert acts(vault)[-2:] == [AuditAct.TRANSCRIPT_BEGUN, AuditAct.TRANSCRIPT_WRITTEN]


def test_without_everybodys_agreement_nothing_becomes_text_and_no_text_is_read(tmp_path):
    kept = keep_session(tmp_path / "data", purposes=(Purpose.ANALYSIS,))
    vault = kept.made.open()
    begun = code_of(lambda: TranscriptVault(vault).begin(kept.recording, TranscriptSource.MACHINE))
    vault.close()

    assert begun is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert not (kept.made.folder / "transcripts").exists()


def test_a_withdrawal_closes_a_text_that_is_there(kept, vault, transcripts):
    write(transcripts, kept.recording)
    (group,) = vault.log.groups.groups()
    taking = ConsentCollection(vault.log.consents.today())
    vault.log.consents.enter(group.id, [("P1", Purpose.TRANSCRIPTION)], Answer.WITHDRAWN, taking)

    assert code_of(lambda: transcripts.open(kept.recording)) is TroubleCode.TRANSCRIPTION_NOT_AGREED


def test_a_transcript_whose_key_is_damaged_is_said_to_be_damaged(kept, vault, transcripts):
    write(transcripts, kept.recording)
    (vault.places.transcript(kept.recording) / "key.age").write_bytes(b"not sealed")

    assert code_of(lambda: transcripts.open(kept.recording)) is TroubleCode.TRANSCRIPT_DAMAGED
    assert vault.recording_key(kept.recording)


def test_a_transcript_that_is_sealed_to_others_alone_is_theirs_and_not_damaged(kept, vault, transcripts):
    write(transcripts, kept.recording)
    folder = vault.places.transcript(kept.recording)
    key = read_key(folder, vault.secrets())
    write_key(folder, key, [new_identity().recipient])

    assert code_of(lambda: transcripts.open(kept.recording)) is TroubleCode.WRONG_KEY
    write_key(folder, key, [vault.recipient])
    assert transcripts.open(kept.recording).text() == TEXT


def test_a_recording_has_one_transcript(kept, vault, transcripts):
    write(transcripts, kept.recording)

    assert code_of(lambda: transcripts.begin(kept.recording, TranscriptSource.HAND)) is TroubleCode.TRANSCRIPT_EXISTS
    assert code_of(lambda: transcripts.begin_or_resume(kept.recording, "en")) is TroubleCode.TRANSCRIPT_EXISTS


def test_one_that_was_stopped_on_the_way_goes_on_with_its_key(kept, transcripts):
    first = transcripts.begin_or_resume(kept.recording, "en")
    first.write_listened(Listened(((1, 2),)))

    assert transcripts.begin_or_resume(kept.recording, "en").listened() == Listened(((1, 2),))


def test_a_vault_that_may_not_read_the_recording_makes_no_text_of_it(tmp_path):
    reader = Reader("research office", new_identity().recipient)
    kept = keep_session(
        tmp_path / "data", this_vault_reads=False, readers=(reader,), redacted=False, purposes=(Purpose.TRANSCRIPTION,)
    )
    vault = kept.made.open()
    code = code_of(lambda: TranscriptVault(vault).begin(kept.recording, TranscriptSource.HAND))
    vault.close()

    assert code is TroubleCode.WRONG_KEY


def test_a_destroyed_recording_gets_none(kept, vault, transcripts):
    vault.destroy(kept.recording, "done")

    assert code_of(lambda: transcripts.begin(kept.recording, TranscriptSource.HAND)) is TroubleCode.RECORDING_MISSING


def test_its_readers_are_those_of_the_recording(tmp_path):
    reader = new_identity()
    kept = keep_session(
        tmp_path / "data",
        readers=(Reader("research office", reader.recipient),),
        redacted=False,
        purposes=(Purpose.TRANSCRIPTION,),
    )
    vault = kept.made.open()
    write(TranscriptVault(vault), kept.recording)
    vault.close()

    assert read_key(kept.made.folder / "transcripts" / kept.recording, [reader.secret])


def test_a_reader_who_is_added_later_reads_it_too(kept, vault, transcripts):
    write(transcripts, kept.recording)
    reader = new_identity()
    vault.log.keys.intend_resealing(kept.recording, (Reader("research office", reader.recipient),))
    vault._sealer().finish()

    assert read_key(vault.places.transcript(kept.recording), [reader.secret])
    assert transcripts.open(kept.recording).text() == TEXT


def test_it_is_in_a_backup_and_restored_with_it(kept, vault, transcripts, tmp_path):
    write(transcripts, kept.recording)
    (tmp_path / "stick").mkdir()
    _, row = back_up(vault, tmp_path / "stick", WoundClock())
    restore(verify_backup(Path(row.folder)), tmp_path / "restored")
    restored = OpenVault(tmp_path / "restored", kept.made.secret, SystemClock())
    text = TranscriptVault(restored).open(kept.recording).text()
    restored.close()

    assert text == TEXT


def test_a_backup_holds_what_was_there_when_it_was_begun_though_files_come_and_go_meanwhile(
    kept, vault, transcripts, tmp_path
):
    files = transcripts.begin(kept.recording, TranscriptSource.MACHINE)
    piece = HeardPiece(0, 0, 1000, Verdict.NOTHING)
    files.add(piece)
    (tmp_path / "stick").mkdir()
    plan = plan_backup(vault, tmp_path / "stick", WoundClock())
    files.finish_heard()
    parcels.finish(vault, plan, parcels.copy(plan))
    restore(verify_backup(plan.folder), tmp_path / "restored")
    restored = OpenVault(tmp_path / "restored", kept.made.secret, SystemClock())
    heard = TranscriptVault(restored).open(kept.recording).heard()
    restored.close()

    assert heard == {0: piece}


def test_destroying_a_recording_destroys_its_text(kept, vault, transcripts):
    write(transcripts, kept.recording)
    vault.destroy(kept.recording, "done")

    assert not vault.places.transcript(kept.recording).exists()
    assert transcripts.rows() == ()
    assert acts(vault)[-3:] == [
        AuditAct.DESTROYING_ASKED,
        AuditAct.TRANSCRIPT_DELETED,
        AuditAct.RECORDING_DESTROYED,
    ]


def test_a_transcript_is_deleted_alone_and_another_can_be_made(kept, vault, transcripts):
    write(transcripts, kept.recording)
    transcripts.delete(kept.recording)

    assert not vault.places.transcript(kept.recording).exists()
    assert vault.recording_key(kept.recording)
    assert code_of(lambda: transcripts.open(kept.recording)) is TroubleCode.TRANSCRIPT_MISSING
    write(transcripts, kept.recording)
    assert transcripts.open(kept.recording).text() == TEXT


def test_without_an_approved_text_there_is_none_to_destroy(kept, vault, transcripts):
    write(transcripts, kept.recording)

    assert code_of(lambda: transcripts.destroy_approved(kept.recording)) is TroubleCode.APPROVED_MISSING
    assert transcripts.open(kept.recording).text() == TEXT


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_all_texts_of_a_recording_are_destroyed_with_it_or_after_it(tmp_path, is_destroyed):
    bench = Bench(tmp_path / "data")
    transcripts = TranscriptVault(bench.vault)
    bench.approve()
    assert not transcripts.has_only_text(bench.recording)
    if is_destroyed:
        bench.vault.destroy(bench.recording, "approved")
        assert transcripts.has_only_text(bench.recording)
        assert bench.texts.find(bench.recording) is not None
    transcripts.destroy_texts(bench.recording, "done")

    result = bench.vault.log.keys.destroyed()[bench.recording]
    assert result.reason == ("approved" if is_destroyed else "done")
    for folder in (bench.places.recording, bench.places.transcript, bench.places.approved_text):
        assert not folder(bench.recording).exists()
    assert (transcripts.rows(), bench.texts.find(bench.recording)) == ((), None)
    bench.close()


def test_a_recording_without_an_approved_text_is_destroyed_with_its_transcript_alone(kept, vault, transcripts):
    write(transcripts, kept.recording)
    transcripts.destroy_texts(kept.recording, "done")

    assert transcripts.rows() == ()
    assert AuditAct.APPROVED_TEXT_DELETED not in acts(vault)


def test_a_legal_hold_keeps_it(kept, vault, transcripts):
    write(transcripts, kept.recording)
    (group,) = vault.log.groups.groups()
    today = vault.log.retention.today()
    vault.log.holds.place(Hold(HoldId(""), group.id, today, "a complaint", "the registrar"), today)

    assert code_of(lambda: transcripts.delete(kept.recording)) is TroubleCode.HELD
    assert transcripts.open(kept.recording).text() == TEXT


def test_a_transcript_with_a_link_in_it_is_not_deleted_and_keeps_no_other_from_it(kept, vault, transcripts, tmp_path):
    write(transcripts, kept.recording)
    page = vault.places.transcript(kept.recording) / "text" / "001.json.age"
    page.rename(tmp_path / "outside")
    page.symlink_to(tmp_path / "outside")

    assert code_of(lambda: transcripts.delete(kept.recording)) is TroubleCode.LINK_IN_VAULT
    assert vault.log.transcripts.deleting() == ()
    vault.log.transcripts.intend_deleting(kept.recording)
    destruction.finish_transcript_deletion(vault.places, vault.log)
    assert vault.log.transcripts.deleting() == (kept.recording,)
    page.unlink()
    destruction.finish_transcript_deletion(vault.places, vault.log)
    assert not vault.places.transcript(kept.recording).exists()
    assert (tmp_path / "outside").exists()


@pytest.mark.parametrize("act", ["begin", "delete", "destroy"])
def test_a_kill_before_any_disk_operation_leaves_all_of_it_or_nothing(tmp_path, act):
    def make(number):
        kept = keep_session(tmp_path / f"{act}-{number}", redacted=False, purposes=(Purpose.TRANSCRIPTION,))
        if act != "begin":
            vault = kept.made.open()
            write(TranscriptVault(vault), kept.recording)
            vault.close()
        return kept

    def act_on(kept):
        vault = kept.made.open()
        try:
            transcripts = TranscriptVault(vault)
            if act == "begin":
                transcripts.begin(kept.recording, TranscriptSource.HAND)
            elif act == "delete":
                transcripts.delete(kept.recording)
            else:
                vault.destroy(kept.recording, "done")
        finally:
            vault.close()

    def check(kept):
        vault = kept.made.open()
        try:
            transcripts = TranscriptVault(vault)
            folder = vault.places.transcript(kept.recording)
            if transcripts.rows():
                assert transcripts.open(kept.recording).text() == (Transcript() if act == "begin" else TEXT)
            elif act == "begin":
                transcripts.begin(kept.recording, TranscriptSource.HAND)
            else:
                assert not folder.exists()
        finally:
            vault.close()

    assert deaths_of(make, act_on, check) > 3


def test_signing_off_records_the_text_and_starts_its_retention_clock(kept, vault, transcripts):
    write(transcripts, kept.recording)
    transcripts.sign_off(kept.recording, TEXT, WHOLE, "facilitator", "")
    signed = transcripts.row(kept.recording).signed
    (group,) = vault.log.groups.groups()

    assert (signed.label, signed.number, signed.state) == ("facilitator", 1, WHOLE)
    assert [event.event for event in vault.log.retention.events(group.id)] == [StartEvent.TRANSCRIPT_VERIFIED]
    assert acts(vault)[-2:] == [AuditAct.TRANSCRIPT_SIGNED_OFF, AuditAct.EVENT_NOTED]


@pytest.mark.parametrize("state", [SignOffState(1_000, 10_000, {}), SignOffState(10_000, 10_000, {Need.UNCLEAR: 2})])
def test_with_something_left_open_a_sign_off_needs_a_reason(kept, transcripts, state):
    write(transcripts, kept.recording)
    with pytest.raises(ValueError, match="reason"):
        transcripts.sign_off(kept.recording, TEXT, state, "facilitator", " ")
    transcripts.sign_off(kept.recording, TEXT, state, "facilitator", "the rest is music from next door")

    assert transcripts.row(kept.recording).signed.reason == "the rest is music from next door"


def test_a_text_that_is_edited_again_is_signed_off_no_more_and_its_first_sign_off_stays_on_record(kept, transcripts):
    write(transcripts, kept.recording)
    transcripts.sign_off(kept.recording, TEXT, WHOLE, "facilitator", "")
    transcripts.reopen(kept.recording)

    assert transcripts.row(kept.recording).signed is None
    transcripts.sign_off(kept.recording, TEXT, WHOLE, "researcher", "")
    assert [(one.number, one.label, one.stands) for one in transcripts.row(kept.recording).sign_offs] == [
        (1, "facilitator", False),
        (2, "researcher", True),
    ]


def test_the_log_and_its_audit_trail_hold_no_word_of_it(kept, vault, transcripts):
    write(transcripts, kept.recording)
    transcripts.sign_off(kept.recording, TEXT, WHOLE, "facilitator", "")
    vault.close()

    written = decrypted.pages(vault.places.log, kept.made.secret.log_key)
    assert b"transcript-signed-off" in written
    assert "whānau".encode() not in written
