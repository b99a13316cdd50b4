"""A withdrawal reaches an approved text by the approval's rule: words out, all of it destroyed, or kept."""

from __future__ import annotations

import pytest
from deidentified_vaults import SECRET, Bench, code_of
from kept_sessions import GROUP, P1, P2
from killing import deaths_of

from balint_desktop.domain.group.group import Group
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.transcript.transcript import Speaker, Transcript
from balint_desktop.domain.transcript.word_removal import RemovableTurns
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed.keys import unseal
from balint_desktop.sealed.recording import read_key
from balint_desktop.vault.transcripts import TranscriptVault

GAP = "[not available]"


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    made.numbers = made.approve_numbered()
    yield made
    made.close()


def text(bench):
    return bench.texts.read(bench.recording)[0].text


def others(bench):
    return f"{bench.numbers.label(P2)}: quietly"


def remove(bench, code=P1):
    return TranscriptVault(bench.vault).remove_words(bench.left(code), bench.recording)


def say_who_spoke(bench, speaker):
    """Say of the turn of nobody known whose it is, as the page that corrects does."""
    transcripts = TranscriptVault(bench.vault)
    files = transcripts.open(bench.recording)
    turns = files.text().turns
    changed = Transcript(tuple(one if one.id != 3 else type(one)(3, speaker, *_rest(one)) for one in turns))
    files.write_transcript(changed)
    transcripts.note_speakers(bench.recording, changed)


def _rest(turn):
    return turn.from_ms, turn.until_ms, turn.words


def test_their_words_go_from_the_approved_text_as_from_the_transcript(bench):
    before = read_key(bench.places.approved_text(bench.recording), bench.vault.secrets())
    bench.withdraw()
    turns = remove(bench)

    assert text(bench) == f"{GAP}\n\n{others(bench)}\n\nUnknown: whose"
    assert (turns.theirs, turns.unknown) == (1, 1)
    for path in bench.made.folder.rglob("*.age"):
        with pytest.raises(Trouble):
            unseal(path.read_bytes(), [before.secret])


def test_what_there_is_to_remove_is_counted_over_both_texts(bench):
    left = bench.withdraw()
    transcripts = TranscriptVault(bench.vault)
    before = transcripts.removable(left, bench.recording)
    remove(bench)
    after = transcripts.removable(left, bench.recording)

    assert (before.turns, before.is_removed) == (RemovableTurns(1, 1), False)
    assert (after.turns, after.is_removed) == (RemovableTurns(0, 1), True)
    assert (before.has_transcript, before.is_approved, before.is_by_machine) == (True, True, False)


@pytest.mark.parametrize("damaged", ["approved", "transcript", "numbers"])
def test_where_one_of_the_two_cannot_be_read_what_the_other_tells_is_said_and_no_more(bench, damaged):
    left = bench.withdraw()
    places, recording = bench.places, bench.recording
    paths = {
        "approved": places.approved_text(recording) / "key.age",
        "transcript": places.transcript(recording) / "key.age",
        "numbers": places.study_numbers(GROUP),
    }
    assert paths[damaged].exists()
    paths[damaged].write_bytes(b"not sealed")
    found = TranscriptVault(bench.vault).removable(left, bench.recording)

    # Whose turns they are is decided by the transcript.
    assert found.turns == (None if damaged == "transcript" else RemovableTurns(1, 1))
    assert (found.is_approved, found.is_removed) == (True, False)


def test_while_the_vault_is_locked_a_withdrawal_says_that_there_are_texts_and_counts_nothing(bench):
    left = bench.withdraw()
    bench.vault.lock()
    found = TranscriptVault(bench.vault).removable(left, bench.recording)

    assert (found.turns, found.is_finished, found.is_approved) == (None, True, True)


def test_a_disk_that_fails_is_reported_and_not_taken_for_a_text_that_cannot_be_read(bench, monkeypatch):
    left = bench.withdraw()

    def fails(*_):
        raise Trouble(TroubleCode.FOLDER_UNWRITABLE)

    monkeypatch.setattr("balint_desktop.vault.transcripts.removable_in_approved", fails)

    assert code_of(lambda: TranscriptVault(bench.vault).removable(left, bench.recording)) is (
        TroubleCode.FOLDER_UNWRITABLE
    )


def test_of_a_recording_that_belongs_to_no_group_nothing_is_removed(bench):
    left = bench.withdraw()
    bench.vault.log._database.run("UPDATE sessions SET group_id = NULL")
    transcripts = TranscriptVault(bench.vault)

    assert code_of(lambda: transcripts.removable(left, bench.recording)) is TroubleCode.RECORDING_UNKNOWN
    assert code_of(lambda: transcripts.remove_words(left, bench.recording)) is TroubleCode.RECORDING_UNKNOWN
    assert bench.texts.find(bench.recording).latest.version == 1


def test_it_is_closed_from_the_withdrawal_until_their_words_are_gone(bench):
    bench.withdraw()
    assert code_of(lambda: text(bench)) is TroubleCode.APPROVING_NOT_AGREED
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
    remove(bench)

    assert others(bench) in text(bench)


def test_a_turn_that_is_theirs_after_all_goes_from_the_approved_text_too(bench):
    bench.withdraw()
    remove(bench)
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
    say_who_spoke(bench, Speaker(P1))
    remove(bench)

    assert text(bench) == f"{GAP}\n\n{others(bench)}\n\n{GAP}"
    assert bench.matters() == []


def test_where_the_recording_is_destroyed_the_approved_text_is_what_there_is_to_do(bench):
    bench.vault.destroy(bench.recording, "approved")
    bench.withdraw()
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
    found = TranscriptVault(bench.vault).removable(bench.left(), bench.recording)
    remove(bench)

    assert (found.turns.theirs, found.is_finished, found.is_removed) == (1, True, False)
    assert text(bench) == f"{GAP}\n\n{others(bench)}\n\nUnknown: whose"
    assert bench.matters() == []
    assert all(one.is_done for one in bench.left().affected)


def test_what_the_group_decided_about_a_word_of_theirs_alone_is_forgotten_and_the_rest_is_not(bench):
    bench.save(SECRET, "quietly")
    bench.withdraw()
    remove(bench)

    files = TranscriptVault(bench.vault).open(bench.recording)
    assert set(bench.texts.read_decisions(bench.recording, files).everywhere) == {"quietly"}


def test_a_term_that_is_in_another_text_of_the_group_is_remembered(bench):
    bench.save(SECRET)
    bench.another()
    bench.withdraw(code=P2)
    remove(bench, P2)

    files = TranscriptVault(bench.vault).open(bench.recording)
    assert set(bench.texts.read_decisions(bench.recording, files).everywhere) == {SECRET}


@pytest.mark.parametrize("is_same_group", [True, False])
def test_a_term_is_remembered_for_an_approved_text_of_the_group_and_for_none_of_another(bench, is_same_group):
    bench.save("quietly")
    other = bench.another()
    bench.approve(recording=other)
    TranscriptVault(bench.vault).delete(other)
    if not is_same_group:
        log = bench.vault.log
        log.groups.save_group(Group(GroupId("another"), "Thursday group"))
        session = log.recordings.recording(other).session
        log._database.run("UPDATE sessions SET group_id = 'another' WHERE id = ?", (session,))
    bench.withdraw(code=P2)
    remove(bench, P2)

    files = TranscriptVault(bench.vault).open(bench.recording)
    known = set(bench.texts.read_decisions(bench.recording, files).everywhere)
    assert known == ({"quietly"} if is_same_group else set())


def test_killed_at_any_moment_of_removing_the_matter_stays_open_until_both_texts_are_done(tmp_path):
    def make(at):
        bench = Bench(tmp_path / str(at))
        bench.numbers = bench.approve_numbered()
        bench.withdraw()
        return bench

    def check(bench):
        bench.again()
        log = bench.vault.log
        if not (log.approved.removals(bench.recording) and log.transcripts.removals(bench.recording)):
            assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
            remove(bench)
        assert text(bench) == f"{GAP}\n\n{others(bench)}\n\nUnknown: whose"
        assert SECRET not in repr(TranscriptVault(bench.vault).open(bench.recording).text())
        assert bench.vault.log.audit.broken_at() is None
        bench.close()

    assert deaths_of(make, remove, check) > 40


def test_a_rule_to_destroy_destroys_the_approved_text_with_the_recording(bench):
    folder = bench.places.approved_text(bench.recording)
    bench.withdraw(asks=Asks.DESTROY)
    assert OpenKind.RECORDING_TO_DESTROY in bench.matters()
    bench.vault.destroy(bench.recording, "withdrawn")

    assert not folder.exists()
    assert bench.texts.find(bench.recording) is None
    assert bench.matters() == []


def test_a_rule_to_destroy_takes_the_approved_text_with_the_recording_on_a_full_disk_too(bench, monkeypatch):
    folder = bench.places.approved_text(bench.recording)
    bench.withdraw(asks=Asks.DESTROY)
    intend = bench.vault.log.keys.intend_destroying
    tries = iter((_full, intend))

    def tried(*row):
        next(tries)(*row)

    monkeypatch.setattr(bench.vault.log.keys, "intend_destroying", tried)
    bench.vault.destroy(bench.recording, "withdrawn")

    assert not folder.exists()
    assert bench.vault.log.approved.deleting() == ()
    assert bench.matters() == []


def _full(*_):
    raise Trouble(TroubleCode.DISK_FULL)


def test_an_approved_text_with_a_link_in_it_is_not_destroyed_and_stays_in_the_log(bench, tmp_path):
    path = bench.places.approved_text(bench.recording) / "text.json.age"
    path.rename(tmp_path / "outside")
    path.symlink_to(tmp_path / "outside")

    destroy = TranscriptVault(bench.vault).destroy_approved
    assert code_of(lambda: destroy(bench.recording)) is TroubleCode.LINK_IN_VAULT
    assert bench.texts.find(bench.recording) is not None
    assert (tmp_path / "outside").exists()


def test_a_rule_to_destroy_is_open_where_only_the_approved_text_is_left(bench):
    bench.vault.destroy(bench.recording, "approved")
    bench.withdraw(asks=Asks.DESTROY)
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]
    TranscriptVault(bench.vault).destroy_approved(bench.recording)

    assert bench.matters() == []
    assert all(one.is_done for one in bench.left().affected)


def test_a_rule_to_keep_leaves_the_approved_text_to_be_read_and_no_new_quotation_of_theirs(bench):
    before = bench.texts.quotation_consents(bench.recording)
    bench.withdraw(asks=Asks.KEEP)
    after = bench.texts.quotation_consents(bench.recording)

    assert text(bench).startswith(bench.numbers.label(P1))
    assert bench.matters() == []
    assert (before.agreed, before.everyone) == ({bench.numbers.label(P1), bench.numbers.label(P2)}, True)
    assert (after.agreed, after.everyone) == ({bench.numbers.label(P2)}, False)


@pytest.mark.parametrize("asks", [Asks.REMOVE_WORDS, None])
def test_deciding_afterwards_to_keep_it_opens_nothing(bench, asks):
    left = bench.withdraw(asks=asks)
    bench.vault.log.withdrawals.decide(left.place, bench.recording, Asks.KEEP)

    assert code_of(lambda: text(bench)) is TroubleCode.APPROVING_NOT_AGREED


def test_withdrawing_quotations_alone_changes_nothing_else(bench):
    before = text(bench)
    bench.answer(P1, Purpose.QUOTATIONS, Answer.WITHDRAWN)

    assert text(bench) == before
    assert bench.matters() == []
    assert bench.texts.quotation_consents(bench.recording).agreed == {bench.numbers.label(P2)}


def test_a_legal_hold_stops_it_and_nothing_is_changed(bench):
    before = text(bench)
    today = bench.vault.log.consents.today()
    hold = bench.vault.log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "dean", bench.recording), today)
    bench.save(SECRET)
    bench.withdraw()

    assert hold.covers(bench.recording)
    assert code_of(lambda: remove(bench)) is TroubleCode.HELD
    record = bench.texts.find(bench.recording)
    assert record.latest.version == 1
    assert record.latest.characters == len(before)
    assert bench.matters() == [OpenKind.TRANSCRIPT_TO_CHANGE]


def test_once_the_study_numbers_are_destroyed_nobody_can_tell_whose_words_they_are_without_the_transcript(bench):
    bench.vault.destroy(bench.recording, "approved")
    bench.vault.rosters.destroy(GROUP)
    bench.withdraw()

    assert TranscriptVault(bench.vault).removable(bench.left(), bench.recording) is None
    assert code_of(lambda: remove(bench)) is TroubleCode.NUMBERS_DESTROYED
    assert bench.texts.find(bench.recording).latest.version == 1


def test_with_the_transcript_their_turns_are_found_by_their_time_without_the_numbers(bench):
    bench.vault.rosters.destroy(GROUP)
    bench.withdraw()
    remove(bench)

    assert text(bench) == f"{GAP}\n\n{others(bench)}\n\nUnknown: whose"


def test_where_no_turn_is_theirs_the_approved_text_stays_as_it_is(bench):
    bench.withdraw(code=P2)
    remove(bench, P2)
    bench.answer(P2, Purpose.RECORDING, Answer.DECLINED)
    before = bench.texts.find(bench.recording).latest
    assert before.version == 2
    remove(bench, P2)

    assert bench.texts.find(bench.recording).latest == before


def test_who_agrees_again_is_asked_again(bench):
    bench.withdraw()
    remove(bench)
    assert others(bench) in text(bench)
    bench.answer(P1, Purpose.TRANSCRIPTION, Answer.GIVEN)
    bench.answer(P1, Purpose.ANALYSIS, Answer.DECLINED)

    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.APPROVING_NOT_AGREED
