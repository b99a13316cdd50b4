"""A withdrawal reaches an approved text by the approval's rule: words out, all of it destroyed, or kept."""

from __future__ import annotations

import pytest
from deidentified_vaults import SECRET, Bench, code_of
from kept_sessions import GROUP, P1, P2
from killing import deaths_of

from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.transcript.transcript import Speaker, Transcript
from balint_desktop.domain.trouble import Trouble, TroubleCode
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
    monkeypatch.setattr(bench.vault.log.keys, "intend_destroying", lambda *row: next(tries)(*row))
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
