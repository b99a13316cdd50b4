"""A withdrawal reaches a transcript: words out of every file, under a new key, at any kill all old or all new."""

from __future__ import annotations

import shutil
from pathlib import Path

import decrypted
import pytest
from clocks import WoundClock
from kept_sessions import GROUP, P1, P2
from kept_vaults import keep_session, kept, vault
from killing import deaths_of

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Reader
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.retention import StartEvent
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.domain.transcript.machine_text import HeardPiece, HeardWord, Verdict
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.plan import EngineChoice, TranscriptionPlan
from balint_desktop.domain.transcript.sign_off import SignOffState, sign_off_state
from balint_desktop.domain.transcript.transcript import UNKNOWN, Speaker, Transcript, Turn, Word, WordKind
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.sealed.keys import new_identity, unseal
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault import consent_gate
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.transcript_files import TranscriptFiles
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault
from balint_desktop.vault.word_removal import WordRemover

__all__ = ["kept", "vault"]

SECRET, OTHER, GUESS = "kererū", "quietly", "mistaken"
LATE = 400_000


def turn(number, speaker, begin, text):
    return Turn(number, speaker, begin, begin + 1000, (Word(text, begin, begin + 1000),))


TEXT = Transcript(
    (
        turn(1, Speaker(P1), 60_000, SECRET),
        turn(2, Speaker(P2), 61_000, OTHER),
        turn(3, UNKNOWN, 62_000, "whose"),
        # On another page: a change of both is two files.
        turn(4, Speaker(P1), LATE, SECRET),
    )
)
PIECES = (
    HeardPiece(
        0,
        60_000,
        62_000,
        Verdict.UNDERSTOOD,
        (HeardWord(SECRET, 60_000, 61_000, 0.9), HeardWord(OTHER, 61_000, 62_000, 0.9)),
    ),
    HeardPiece(1, LATE, LATE + 500, Verdict.NOT_UNDERSTOOD, (HeardWord(GUESS, LATE, LATE + 500, 0.2),)),
)
WHOLE = SignOffState(10_000, 10_000, {})


def code_of(act):
    with pytest.raises(Trouble) as raised:
        act()
    return raised.value.code


def write(vault, recording):
    """Write a transcript with the engine's text, its guess, and a working text of two pages."""
    transcripts = TranscriptVault(vault)
    files = transcripts.begin(recording, TranscriptSource.HAND)
    files.write_machine_text(PIECES)
    files.write_transcript(TEXT)
    files.write_listened(Listened(((60_000, 62_000),)))
    transcripts.note_text(recording, sign_off_state(TEXT, Listened(), ((60_000, 70_000),)))
    return files


def withdraw(vault, code=P1, asks=Asks.REMOVE_WORDS):
    vault.log.consents.save_study(GROUP, Study(withdrawal_asks=asks))
    consent_gate.withdraw(vault.log, GROUP, code, ConsentCollection(vault.log.consents.today()))
    return consent_gate.withdrawals(vault.log, GROUP)[-1]


def remove(vault, recording, code=P1):
    left = next(one for one in consent_gate.withdrawals(vault.log, GROUP) if one.code == code)
    TranscriptVault(vault).remove_words(left, recording)


def words_in(folder, key):
    """Return all that is sealed in a folder, opened with its key."""
    return b"".join(unseal(path.read_bytes(), [key]) for path in folder.rglob("*.json.age"))


def save(vault, recording, speaker):
    """Save the text as the page does, with a speaker for the turn of nobody known."""
    transcripts = TranscriptVault(vault)
    files = transcripts.open(recording)
    text = Transcript(tuple(turn(3, speaker, 62_000, "whose") if t.id == 3 else t for t in files.text().turns))
    files.write_transcript(text)
    transcripts.note_speakers(recording, text)


def matters(vault):
    """Return what is open on transcripts."""
    found = vault.log.consent_matters.open_matters(vault.log.consents.today())
    return [one for one in found if one.kind is OpenKind.TRANSCRIPT_TO_CHANGE]


@pytest.fixture
def written(kept, vault):
    write(vault, kept.recording)
    return kept.recording


def test_every_word_goes_from_every_file_and_the_others_stay(vault, written):
    withdraw(vault)
    remove(vault, written)
    folder = vault.places.transcript(written)
    opened = words_in(folder, read_key(folder, vault.secrets()).secret)
    files = TranscriptVault(vault).open(written)

    assert SECRET.encode() not in opened
    assert GUESS.encode() not in opened
    assert OTHER.encode() in opened
    assert [(one.speaker, one.words[0].kind) for one in files.text().turns] == [
        (UNKNOWN, WordKind.WITHDRAWN),
        (P2, WordKind.SPOKEN),
        (UNKNOWN, WordKind.SPOKEN),
        (UNKNOWN, WordKind.WITHDRAWN),
    ]
    assert files.listened() == Listened(((60_000, 62_000),))


def test_the_key_is_a_new_one_for_the_same_readers_and_the_old_one_is_nowhere(tmp_path):
    reader = new_identity()
    readers = (Reader("research office", reader.recipient),)
    kept = keep_session(tmp_path / "data", readers=readers, redacted=False, purposes=(Purpose.TRANSCRIPTION,))
    vault = kept.made.open()
    write(vault, kept.recording)
    folder = vault.places.transcript(kept.recording)
    before = read_key(folder, vault.secrets())
    withdraw(vault)
    remove(vault, kept.recording)
    after = read_key(folder, [reader.secret])
    row = TranscriptVault(vault).row(kept.recording)
    vault.close()

    assert after.recipient == row.recipient != before.recipient
    assert not (kept.made.folder / "transcripts-rewritten" / kept.recording).exists()
    for path in kept.made.folder.rglob("*.age"):
        with pytest.raises(Trouble):
            unseal(path.read_bytes(), [before.secret])


def test_the_sign_off_is_reopened_and_the_retention_clock_stays(vault, written):
    transcripts = TranscriptVault(vault)
    transcripts.sign_off(written, TEXT, WHOLE, "facilitator", "")
    withdraw(vault)
    remove(vault, written)

    assert transcripts.row(written).signed is None
    assert [event.event for event in vault.log.retention.events(GROUP)] == [StartEvent.TRANSCRIPT_VERIFIED]
    assert transcripts.row(written).state.open == {Need.SPEAKER: 1}


def test_the_audit_trail_names_the_recording_alone(kept, vault, written):
    withdraw(vault)
    remove(vault, written)
    row = next(row for row in vault.log.audit.rows() if row.act == AuditAct.TRANSCRIPT_WORDS_REMOVED)
    vault.close()

    assert row.details == f'{{"recording": "{written}"}}'
    assert SECRET.encode() not in decrypted.pages(vault.places.log, kept.made.secret.log_key)


def test_turns_without_a_known_speaker_are_counted_and_their_words_go_once_a_person_has_said_whose_they_are(
    vault, written
):
    left = withdraw(vault)
    transcripts = TranscriptVault(vault)
    before = transcripts.removable(left, written)
    remove(vault, written)
    save(vault, written, Speaker(P1))
    again = transcripts.removable(left, written)
    remove(vault, written)

    assert (before.turns.theirs, before.turns.unknown, before.is_removed) == (2, 1, False)
    assert (again.turns.theirs, again.turns.unknown, again.is_removed) == (1, 0, False)
    assert [one.speaker for one in transcripts.open(written).text().turns] == [UNKNOWN, P2, UNKNOWN, UNKNOWN]


@pytest.mark.parametrize("asks", [Asks.REMOVE_WORDS, None])
def test_from_the_withdrawal_on_it_is_an_open_matter_that_names_no_one(vault, written, asks):
    assert matters(vault) == []
    withdraw(vault, asks=asks)
    (matter,) = matters(vault)

    assert (matter.group, matter.count, matter.recording) == (GROUP, 1, None)


def test_it_stays_open_until_every_turn_has_a_known_speaker(vault, written):
    withdraw(vault)
    remove(vault, written)
    assert [matter.count for matter in matters(vault)] == [1]
    save(vault, written, Speaker(P2))

    assert matters(vault) == []
    ((one,),) = [left.affected for left in consent_gate.withdrawals(vault.log, GROUP)]
    assert one.is_done


def test_while_nobody_says_whose_a_turn_is_the_text_stays_open_to_be_read_and_so_does_the_matter(vault, written):
    withdraw(vault)
    remove(vault, written)
    save(vault, written, UNKNOWN)

    assert [matter.count for matter in matters(vault)] == [1]
    assert TranscriptVault(vault).open(written).text().turns[2].speaker == UNKNOWN


def test_the_plan_by_which_it_was_heard_stays_with_the_text(kept, vault):
    plan = TranscriptionPlan(EngineChoice("an engine", "tiny.en", "1a5a", "en", {}), ((0, 9_000),), (), ())
    transcripts = TranscriptVault(vault)
    transcripts.begin(kept.recording, TranscriptSource.MACHINE).begin(plan)
    transcripts.open(kept.recording).write_transcript(TEXT)
    transcripts.note_text(kept.recording, WHOLE)
    withdraw(vault)
    remove(vault, kept.recording)

    assert transcripts.open(kept.recording).plan() == plan
    assert transcripts.open(kept.recording).machine_text() is None


def test_a_turn_that_is_said_to_be_theirs_closes_the_text_again_until_it_is_removed(vault, written):
    withdraw(vault)
    remove(vault, written)
    save(vault, written, Speaker(P1))

    assert code_of(lambda: TranscriptVault(vault).open(written)) is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert [matter.count for matter in matters(vault)] == [1]
    remove(vault, written)
    assert TranscriptVault(vault).open(written).text().turns[2].speaker == UNKNOWN
    assert matters(vault) == []


def unnamed(vault, recording):
    """Write an imported transcript of which nobody is known to speak."""
    transcripts = TranscriptVault(vault)
    text = Transcript(tuple(turn(number, UNKNOWN, 60_000 + 1000 * number, OTHER) for number in range(4)))
    transcripts.begin(recording, TranscriptSource.IMPORT).write_transcript(text)
    transcripts.note_text(recording, SignOffState(0, 1000, {}))
    return text


def test_where_no_turn_is_theirs_nothing_is_removed_and_no_removal_is_claimed(kept, vault):
    text = unnamed(vault, kept.recording)
    withdraw(vault)
    before = TranscriptVault(vault).row(kept.recording).recipient
    left = consent_gate.withdrawals(vault.log, GROUP)[0]
    turns = TranscriptVault(vault).remove_words(left, kept.recording)
    acts = [row.act for row in vault.log.audit.rows()]

    assert (turns.theirs, turns.unknown) == (0, 4)
    assert TranscriptVault(vault).open(kept.recording).text() == text
    assert TranscriptVault(vault).row(kept.recording).recipient == before
    assert AuditAct.TRANSCRIPT_WORDS_REMOVED not in acts
    assert AuditAct.TRANSCRIPT_NO_WORDS_TO_REMOVE in acts
    assert [matter.count for matter in matters(vault)] == [1]


def test_under_a_hold_a_text_with_none_of_their_turns_may_still_be_opened_to_say_who_speaks(kept, vault):
    unnamed(vault, kept.recording)
    withdraw(vault)
    today = vault.log.retention.today()
    vault.log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "the registrar"), today)
    remove(vault, kept.recording)

    assert len(TranscriptVault(vault).open(kept.recording).text().turns) == 4


def test_a_page_that_is_still_open_cannot_write_the_old_text_back(vault, written):
    files = TranscriptVault(vault).open(written)
    files.text()
    withdraw(vault)
    remove(vault, written)

    assert code_of(lambda: files.write_transcript(Transcript())) is TroubleCode.TRANSCRIPT_CHANGED
    assert code_of(lambda: files.write_listened(Listened())) is TroubleCode.TRANSCRIPT_CHANGED
    assert code_of(files.text) is TroubleCode.TRANSCRIPT_CHANGED


def test_a_page_that_is_still_open_writes_nothing_into_a_transcript_that_was_deleted(vault, written):
    files = TranscriptVault(vault).open(written)
    TranscriptVault(vault).delete(written)

    assert code_of(lambda: files.write_transcript(TEXT)) is TroubleCode.TRANSCRIPT_CHANGED
    assert not vault.places.transcript(written).exists()


def test_a_legal_hold_stops_it(vault, written):
    withdraw(vault)
    today = vault.log.retention.today()
    vault.log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "the registrar"), today)
    folder = vault.places.transcript(written)
    before = (folder / "key.age").read_bytes()

    assert code_of(lambda: remove(vault, written)) is TroubleCode.HELD
    assert (folder / "key.age").read_bytes() == before


@pytest.mark.parametrize("asks", [Asks.KEEP, Asks.DESTROY, None])
def test_where_the_rule_is_another_nothing_is_removed(vault, written, asks):
    withdraw(vault, asks=asks)
    with pytest.raises(ValueError, match="does not ask"):
        remove(vault, written)


def test_in_a_transcript_that_is_not_finished_no_ones_words_can_be_found(kept, vault):
    TranscriptVault(vault).begin(kept.recording, TranscriptSource.MACHINE)
    left = withdraw(vault)

    assert not TranscriptVault(vault).removable(left, kept.recording).is_finished
    assert code_of(lambda: remove(vault, kept.recording)) is TroubleCode.TRANSCRIPT_UNFINISHED


def test_without_a_transcript_there_is_nothing_to_remove(kept, vault):
    assert TranscriptVault(vault).removable(withdraw(vault), kept.recording) is None


def test_two_people_who_withdraw_are_two_removals_and_the_text_opens_after_the_second(vault, written):
    withdraw(vault)
    remove(vault, written)
    withdraw(vault, P2)
    closed = code_of(lambda: TranscriptVault(vault).open(written))
    remove(vault, written, P2)
    files = TranscriptFiles(
        vault.places.transcript(written), read_key(vault.places.transcript(written), vault.secrets())
    )

    assert closed is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert {one.speaker for one in files.text().turns} == {UNKNOWN}
    # Both people of the session have gone: no one is left who agreed.
    assert code_of(lambda: TranscriptVault(vault).open(written)) is TroubleCode.TRANSCRIPTION_NOT_AGREED


def test_a_kill_before_any_disk_operation_leaves_all_of_the_old_text_or_all_of_the_new_one(tmp_path):
    keys = {}

    def make(number):
        kept = keep_session(tmp_path / f"kill-{number}", redacted=False, purposes=(Purpose.TRANSCRIPTION,))
        vault = kept.made.open()
        write(vault, kept.recording)
        keys[kept.recording] = read_key(vault.places.transcript(kept.recording), vault.secrets())
        withdraw(vault)
        vault.close()
        return kept

    def act(kept):
        vault = kept.made.open()
        try:
            remove(vault, kept.recording)
        finally:
            vault.close()

    def check(kept):
        vault = kept.made.open()
        try:
            folder, old = vault.places.transcript(kept.recording), keys[kept.recording]
            key = read_key(folder, vault.secrets())
            row = TranscriptVault(vault).row(kept.recording)
            files = TranscriptFiles(folder, key)
            assert key.recipient == row.recipient
            assert len(files.text().turns) == 4
            is_new = key.recipient != old.recipient
            assert bool(vault.log.transcripts.removals(kept.recording)) is is_new
            assert (SECRET.encode() in words_in(folder, key.secret)) is not is_new
            assert (GUESS.encode() in words_in(folder, key.secret)) is not is_new
            if is_new:
                assert TranscriptVault(vault).open(kept.recording).listened() == Listened(((60_000, 62_000),))
            staging = kept.made.folder / "transcripts-rewritten"
            assert not staging.exists() or not list(staging.iterdir())
        finally:
            vault.close()
        shutil.rmtree(kept.data)

    assert deaths_of(make, act, check) > 30


# --- backups ---


def restored(tmp_path, kept, row, name="restored"):
    restore(verify_backup(Path(row.folder)), tmp_path / name)
    return OpenVault(tmp_path / name, kept.made.secret, SystemClock())


def test_a_backup_made_between_the_withdrawal_and_the_removal_is_as_closed_as_the_vault_was(
    kept, vault, written, tmp_path
):
    withdraw(vault)
    (tmp_path / "stick").mkdir()
    _, row = back_up(vault, tmp_path / "stick", WoundClock())
    remove(vault, written)
    other = restored(tmp_path, kept, row)
    try:
        code = code_of(lambda: TranscriptVault(other).open(written))
        remove(other, written)
        text = TranscriptVault(other).open(written).text()
    finally:
        other.close()

    assert code is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert SECRET not in repr(text)


def test_a_backup_made_while_a_removal_waits_to_be_finished_is_restored_as_before_it(
    kept, vault, written, tmp_path, monkeypatch
):
    withdraw(vault)
    with monkeypatch.context() as patched:
        patched.setattr("balint_desktop.vault.folder_rewrite.FolderRewrite._replace", _full)
        assert code_of(lambda: remove(vault, written)) is TroubleCode.DISK_FULL
    (tmp_path / "stick").mkdir()
    _, row = back_up(vault, tmp_path / "stick", WoundClock())
    other = restored(tmp_path, kept, row)
    try:
        code = code_of(lambda: TranscriptVault(other).open(written))
        remove(other, written)
        there = TranscriptVault(other).open(written).text()
    finally:
        other.close()
    with pytest.raises(Trouble):
        TranscriptVault(vault).open(written)
    vault.word_remover().finish()

    assert code is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert SECRET not in repr(there)
    assert SECRET not in repr(TranscriptVault(vault).open(written).text())


def _full(*_):
    raise Trouble(TroubleCode.DISK_FULL)


def test_a_removal_that_was_begun_is_finished_by_counting_what_is_left(vault, written, monkeypatch):
    left = withdraw(vault)
    with monkeypatch.context() as patched:
        patched.setattr("balint_desktop.vault.folder_rewrite.FolderRewrite._replace", _full)
        assert code_of(lambda: remove(vault, written)) is TroubleCode.DISK_FULL
    found = TranscriptVault(vault).removable(left, written)

    assert (found.turns.theirs, found.turns.unknown, found.is_removed) == (0, 1, True)
    assert vault.log.transcripts.pending_removals() == ()
    assert SECRET not in repr(TranscriptVault(vault).open(written).text())


def test_a_removal_whose_new_key_does_not_open_here_waits_for_one_that_does(vault, written, monkeypatch):
    withdraw(vault)
    with monkeypatch.context() as patched:
        patched.setattr(vault.log.transcripts, "note_removed", _killed)
        with pytest.raises(InterruptedError):
            remove(vault, written)
    WordRemover(vault.places, vault.log, [new_identity()]).finish()
    assert len(vault.log.transcripts.pending_removals()) == 1
    vault.word_remover().finish()

    assert vault.log.transcripts.pending_removals() == ()
    assert SECRET not in repr(TranscriptVault(vault).open(written).text())


def _killed(*_):
    raise InterruptedError


def test_the_files_of_an_older_backup_put_back_into_the_vault_do_not_open(kept, vault, written, tmp_path):
    folder = vault.places.transcript(written)
    shutil.copytree(folder, tmp_path / "older")
    withdraw(vault)
    remove(vault, written)
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "older", folder)

    assert code_of(lambda: TranscriptVault(vault).open(written)) is TroubleCode.TRANSCRIPT_DAMAGED


def test_a_removal_that_was_begun_is_finished_when_the_vault_is_opened_and_the_recording_can_still_be_destroyed(
    kept, vault, written, monkeypatch
):
    withdraw(vault)
    with monkeypatch.context() as patched:
        patched.setattr("balint_desktop.vault.folder_rewrite.FolderRewrite._replace", _full)
        assert code_of(lambda: remove(vault, written)) is TroubleCode.DISK_FULL
    vault.destroy(written, "done")

    assert not vault.places.transcript(written).exists()
    assert not vault.places.rewritten_transcript(written).exists()


def test_the_sound_stays_closed_to_others_and_to_transcribing(vault, written):
    withdraw(vault)
    remove(vault, written)
    transcripts = TranscriptVault(vault)

    assert transcripts.pass_door(Door.TRANSCRIPT, written).door is Door.TRANSCRIPT
    assert code_of(lambda: transcripts.pass_door(Door.TRANSCRIBE, written)) is TroubleCode.TRANSCRIPTION_NOT_AGREED
    for door in (Door.SOUND_FILE, Door.SEALED_COPY):
        refused = code_of(lambda d=door: consent_gate.pass_recording(vault.log, d, written, Purpose.TRANSCRIPTION))
        assert refused is TroubleCode.PURPOSE_NOT_AGREED
