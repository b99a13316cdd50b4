"""Ways past the consent gate: each does what it can, and returns the call that must be refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from clocks import WoundClock
from kept_sessions import GROUP, P1, P2, P10
from kept_vaults import keep_session

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.group.group import Participant, Reader, RecordingRule
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.reports.service import ReportService
from balint_desktop.vault import consent_gate
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.transfer import share_recording
from balint_desktop.vault.vault import OpenVault

USES = (Purpose.TRANSCRIPTION, Purpose.SUPERVISION)


class Bench:
    """A vault with one recording that both members agreed to have transcribed and used for supervision."""

    def __init__(self, folder):
        self.kept = keep_session(folder / "data", purposes=USES)
        self.vault = self.kept.made.open()
        self.log, self.recording, self.folder = self.vault.log, self.kept.recording, folder
        self.reports = ReportService(self.vault, lambda _: (), str, WoundClock())

    def enter(self, code, purpose, answer, *, days_ago=0, group=GROUP):
        day = self.log.consents.today() - timedelta(days=days_ago)
        return self.log.consents.enter(group, [(code, purpose)], answer, ConsentCollection(day))

    def sound(self, purpose=Purpose.SUPERVISION, recording=None):
        return consent_gate.pass_recording(self.log, Door.SOUND_FILE, recording or self.recording, purpose)

    def decide(self, rule=RecordingRule.ALL_MEMBERS, **more):
        values = {"leader_assesses": None, "grades_final": None, **more}
        self.log.groups.save_recording_decision(GROUP, rule, **values)


def names_being_recorded_as_the_use(bench):
    return lambda: bench.sound(Purpose.RECORDING)


def enters_agreement_after_the_recording_was_made(bench):
    for code in (P1, P2):
        bench.enter(code, Purpose.ANALYSIS, Answer.GIVEN)
    return lambda: bench.sound(Purpose.ANALYSIS)


def uses_it_after_one_person_withdrew(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    return bench.sound


def dates_a_new_agreement_before_the_refusal(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    return lambda: bench.enter(P2, Purpose.SUPERVISION, Answer.GIVEN, days_ago=1)


def agrees_for_many_over_a_refusal(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    today = ConsentCollection(bench.log.consents.today())
    consent_gate.enter_answers(bench.log, GROUP, [P1, P2], list(USES), answer=Answer.GIVEN, taking=today)
    return bench.sound


def takes_a_person_out_of_the_record_by_a_correction(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    row = bench.log.sessions.sessions()[0]
    seen = {Field.PRESENT: row.corrected.over(Field.PRESENT, ())}
    revision = bench.log.corrections.revision(row.id)
    by = Attribution("M", "was away")
    bench.log.corrections.correct(row.id, {Field.PRESENT: (P1,)}, by, seen=seen, revision=revision)
    return bench.sound


def adds_a_person_by_a_correction_who_was_never_asked(bench):
    bench.log.groups.add_member(GROUP, Participant(P10))
    row = bench.log.sessions.sessions()[0]
    seen = {Field.PRESENT: row.corrected.over(Field.PRESENT, ())}
    revision = bench.log.corrections.revision(row.id)
    by = Attribution("M", "came late")
    bench.log.corrections.correct(row.id, {Field.PRESENT: (P1, P2, P10)}, by, seen=seen, revision=revision)
    return bench.sound


def marks_the_person_who_withdrew_as_left(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    bench.log.groups.change_member(GROUP, Participant(P2, left=bench.log.consents.today()))
    return bench.sound


def asks_for_the_same_code_in_another_group(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    group = bench.log.groups.group(GROUP)
    bench.log.groups.save_group(replace(group, id=GroupId("other"), name="Another"))
    bench.enter(P2, Purpose.SUPERVISION, Answer.GIVEN, group=GroupId("other"))
    return bench.sound


def shares_a_sealed_copy_instead(bench):
    bench.enter(P2, Purpose.TRANSCRIPTION, Answer.WITHDRAWN)
    return lambda: share_recording(bench.vault, bench.recording, Purpose.TRANSCRIPTION, bench.folder, WoundClock())


def shares_a_copy_for_quotations(bench):
    return lambda: share_recording(bench.vault, bench.recording, Purpose.QUOTATIONS, bench.folder, WoundClock())


def hides_the_recording_from_the_log(bench):
    return lambda: bench.sound(recording="unknown")


def unticks_research_while_an_assessor_waits_for_grades(bench):
    bench.decide(leader_assesses=True)
    bench.log.groups.save_group(replace(bench.log.groups.group(GROUP), for_research=False))
    return bench.sound


def saves_an_outdated_copy_of_the_group_over_the_assessor(bench):
    before = bench.log.groups.group(GROUP)
    bench.decide(leader_assesses=True)
    bench.log.groups.save_group(before)
    return bench.sound


def plays_it_to_a_supervisor_after_one_person_withdrew(bench):
    bench.enter(P2, Purpose.SUPERVISION, Answer.WITHDRAWN)
    return lambda: consent_gate.pass_recording(bench.log, Door.SUPERVISION, bench.recording, Purpose.SUPERVISION)


def plays_it_here_while_grades_are_open(bench):
    bench.decide(leader_assesses=True)
    return lambda: consent_gate.pass_recording(bench.log, Door.PLAY, bench.recording)


def enters_this_vault_as_the_studys_key(bench):
    reader = Reader("study", bench.vault._recipient)
    bench.log.groups.save_group(replace(bench.log.groups.group(GROUP), readers=(reader,)))
    bench.decide(leader_assesses=True)
    session = bench.log.sessions.sessions()[0].id
    return lambda: bench.vault.new_recording(bench.log.groups.group(GROUP), session)


def enters_a_day_of_the_grades_that_lies_ahead(bench):
    tomorrow = bench.log.consents.today() + timedelta(days=1)
    return lambda: bench.decide(leader_assesses=True, grades_final=tomorrow)


def exports_methods_of_a_group_in_which_no_one_agreed(bench):
    return lambda: bench.reports.pass_door("methods", GROUP)


def notes_an_export_of_methods_without_asking_first(bench):
    return lambda: bench.reports.note_export("methods-copied", GROUP)


def exports_methods_of_no_group(bench):
    return lambda: bench.reports.pass_door("methods", None)


def exports_scores_of_a_group_in_which_no_one_agreed(bench):
    return lambda: bench.reports.pass_door("scores", GROUP)


def reads_scores_while_grades_are_open(bench):
    bench.decide(leader_assesses=True)
    return lambda: consent_gate.pass_people(bench.log, Door.SCORES, GROUP)


def enters_a_score_while_grades_are_open(bench):
    bench.enter(P1, Purpose.ANALYSIS, Answer.GIVEN)
    bench.decide(leader_assesses=True)
    return lambda: bench.log.evaluation.save_score(GROUP, BareScore(P1, "JSE", Occasion.BEFORE, 100.0))


def opens_a_written_part_while_grades_are_open(bench):
    bench.decide(leader_assesses=True)
    return lambda: bench.log.evaluation.open_part(GROUP, bench.log.consents.today(), "", 5)


# --- a transcript whose words were to be removed ---


def _withdrawn(bench, *, removed=True):
    """Write a transcript, let a person withdraw under a rule that removes words, and do as it asks; return both."""
    transcripts = TranscriptVault(bench.vault)
    words = (Word("kererū", 60_000, 61_000),)
    transcripts.begin(bench.recording, TranscriptSource.HAND).write_transcript(
        Transcript((Turn(1, Speaker(P2), 60_000, 61_000, words),))
    )
    transcripts.note_text(bench.recording, SignOffState(0, 1000, {}))
    bench.log.consents.save_study(GROUP, Study(withdrawal_asks=Asks.REMOVE_WORDS))
    consent_gate.withdraw(bench.log, GROUP, P2, ConsentCollection(bench.log.consents.today()))
    (left,) = consent_gate.withdrawals(bench.log, GROUP)
    if removed:
        transcripts.remove_words(left, bench.recording)
    return transcripts, left


def marks_words_as_removed_without_removing_them(bench):
    transcripts, left = _withdrawn(bench, removed=False)
    bench.log.withdrawals.mark_done(left.place, bench.recording)
    return lambda: transcripts.open(bench.recording)


def decides_to_keep_a_recording_whose_words_were_to_be_removed(bench):
    transcripts, left = _withdrawn(bench, removed=False)
    bench.log.withdrawals.decide(left.place, bench.recording, Asks.KEEP)
    return lambda: transcripts.open(bench.recording)


def transcribes_anew_once_the_words_were_removed(bench):
    transcripts, _ = _withdrawn(bench)
    transcripts.delete(bench.recording)
    return lambda: transcripts.begin_or_resume(bench.recording, "en")


def brings_a_text_of_its_own_once_the_words_were_removed(bench):
    transcripts, _ = _withdrawn(bench)
    transcripts.delete(bench.recording)
    return lambda: transcripts.begin(bench.recording, TranscriptSource.IMPORT)


def exports_the_sound_once_the_words_were_removed(bench):
    _withdrawn(bench)
    return lambda: bench.sound(Purpose.TRANSCRIPTION)


def shares_the_sound_once_the_words_were_removed(bench):
    _withdrawn(bench)
    return lambda: share_recording(bench.vault, bench.recording, Purpose.TRANSCRIPTION, bench.folder, WoundClock())


def plays_it_to_others_once_the_words_were_removed(bench):
    _withdrawn(bench)
    return lambda: consent_gate.pass_recording(bench.log, Door.SUPERVISION, bench.recording, Purpose.SUPERVISION)


def undoes_the_withdrawal_writes_a_new_text_and_withdraws_again(bench):
    transcripts, left = _withdrawn(bench)
    transcripts.delete(bench.recording)
    consent_gate.undo_withdrawal(bench.log, GROUP, left.place, consent_gate.withdrawn_answers(bench.log, GROUP, left))
    _withdrawn(bench, removed=False)
    return lambda: transcripts.open(bench.recording)


def agrees_again_gets_words_in_and_withdraws_by_the_answer_alone(bench):
    transcripts, _ = _withdrawn(bench)
    bench.enter(P2, Purpose.TRANSCRIPTION, Answer.GIVEN)
    transcripts.open(bench.recording)
    bench.enter(P2, Purpose.TRANSCRIPTION, Answer.WITHDRAWN)
    return lambda: transcripts.open(bench.recording)


def reads_it_after_another_person_withdrew_too(bench):
    transcripts, _ = _withdrawn(bench)
    bench.enter(P1, Purpose.TRANSCRIPTION, Answer.WITHDRAWN)
    return lambda: transcripts.open(bench.recording)


def reads_it_while_grades_are_open_though_the_words_were_removed(bench):
    transcripts, _ = _withdrawn(bench)
    bench.decide(leader_assesses=True)
    return lambda: transcripts.open(bench.recording)


def puts_the_files_of_an_older_backup_back_into_the_vault(bench):
    transcripts, left = _withdrawn(bench, removed=False)
    folder, older = bench.vault.places.transcript(bench.recording), bench.folder / "older"
    shutil.copytree(folder, older)
    transcripts.remove_words(left, bench.recording)
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
    return lambda: transcripts.open(bench.recording)


def restores_a_backup_made_before_the_words_were_removed(bench):
    transcripts, left = _withdrawn(bench, removed=False)
    (bench.folder / "stick").mkdir()
    _, row = back_up(bench.vault, bench.folder / "stick", WoundClock())
    transcripts.remove_words(left, bench.recording)
    restore(verify_backup(Path(row.folder)), bench.folder / "restored")

    def read():
        other = OpenVault(bench.folder / "restored", bench.kept.made.secret, SystemClock())
        try:
            TranscriptVault(other).open(bench.recording)
        finally:
            other.close()

    return read


C = TroubleCode
ATTEMPTS = [
    (names_being_recorded_as_the_use, C.PURPOSE_NOT_AGREED),
    (enters_agreement_after_the_recording_was_made, C.PURPOSE_NOT_AGREED),
    (uses_it_after_one_person_withdrew, C.PURPOSE_NOT_AGREED),
    (dates_a_new_agreement_before_the_refusal, C.CONSENT_EARLIER),
    (agrees_for_many_over_a_refusal, C.PURPOSE_NOT_AGREED),
    (takes_a_person_out_of_the_record_by_a_correction, C.PURPOSE_NOT_AGREED),
    (adds_a_person_by_a_correction_who_was_never_asked, C.PURPOSE_NOT_AGREED),
    (marks_the_person_who_withdrew_as_left, C.PURPOSE_NOT_AGREED),
    (asks_for_the_same_code_in_another_group, C.PURPOSE_NOT_AGREED),
    (shares_a_sealed_copy_instead, C.PURPOSE_NOT_AGREED),
    (shares_a_copy_for_quotations, C.PURPOSE_NOT_AGREED),
    (hides_the_recording_from_the_log, C.RECORDING_UNKNOWN),
    (unticks_research_while_an_assessor_waits_for_grades, C.GRADES_NOT_FINAL),
    (saves_an_outdated_copy_of_the_group_over_the_assessor, C.GRADES_NOT_FINAL),
    (plays_it_to_a_supervisor_after_one_person_withdrew, C.PURPOSE_NOT_AGREED),
    (plays_it_here_while_grades_are_open, C.GRADES_NOT_FINAL),
    (enters_this_vault_as_the_studys_key, C.LAST_READER),
    (enters_a_day_of_the_grades_that_lies_ahead, C.DAY_TO_COME),
    (exports_methods_of_a_group_in_which_no_one_agreed, C.STUDY_NOT_AGREED),
    (notes_an_export_of_methods_without_asking_first, C.STUDY_NOT_AGREED),
    (exports_methods_of_no_group, C.STUDY_NOT_AGREED),
    (exports_scores_of_a_group_in_which_no_one_agreed, C.STUDY_NOT_AGREED),
    (reads_scores_while_grades_are_open, C.GRADES_NOT_FINAL),
    (enters_a_score_while_grades_are_open, C.GRADES_NOT_FINAL),
    (opens_a_written_part_while_grades_are_open, C.GRADES_NOT_FINAL),
    (marks_words_as_removed_without_removing_them, C.TRANSCRIPTION_NOT_AGREED),
    (decides_to_keep_a_recording_whose_words_were_to_be_removed, C.TRANSCRIPTION_NOT_AGREED),
    (transcribes_anew_once_the_words_were_removed, C.TRANSCRIPTION_NOT_AGREED),
    (brings_a_text_of_its_own_once_the_words_were_removed, C.TRANSCRIPTION_NOT_AGREED),
    (exports_the_sound_once_the_words_were_removed, C.PURPOSE_NOT_AGREED),
    (shares_the_sound_once_the_words_were_removed, C.PURPOSE_NOT_AGREED),
    (plays_it_to_others_once_the_words_were_removed, C.PURPOSE_NOT_AGREED),
    (undoes_the_withdrawal_writes_a_new_text_and_withdraws_again, C.TRANSCRIPTION_NOT_AGREED),
    (agrees_again_gets_words_in_and_withdraws_by_the_answer_alone, C.TRANSCRIPTION_NOT_AGREED),
    (reads_it_after_another_person_withdrew_too, C.TRANSCRIPTION_NOT_AGREED),
    (reads_it_while_grades_are_open_though_the_words_were_removed, C.GRADES_NOT_FINAL),
    (puts_the_files_of_an_older_backup_back_into_the_vault, C.TRANSCRIPT_DAMAGED),
    (restores_a_backup_made_before_the_words_were_removed, C.TRANSCRIPTION_NOT_AGREED),
]
