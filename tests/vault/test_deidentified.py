"""De-identified texts in a vault: decisions, approving, reading, redacting, and what outlasts the recording."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import decrypted
import pytest
from clocks import WoundClock
from deidentified_vaults import SECRET, TEXT, Bench, code_of
from kept_sessions import GROUP, P1
from killing import deaths_of

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.deidentify.approved import Redaction, redacted
from balint_desktop.domain.group.group import Reader, RecordingRule
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.study.retention import RetainedKind
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.sealed.keys import new_identity, unseal
from balint_desktop.sealed.recording import read_key, write_key
from balint_desktop.vault.approved_files import ApprovedWriter
from balint_desktop.vault.backup import back_up
from balint_desktop.vault.deidentified import DeidentifiedTexts, deidentified_day_to_offer
from balint_desktop.vault.group_decisions import read_group_decisions
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.restore import restore, verify_backup
from balint_desktop.vault.transcripts import TranscriptVault
from balint_desktop.vault.vault import OpenVault


@pytest.fixture
def bench(tmp_path):
    made = Bench(tmp_path / "data")
    yield made
    made.close()


def acts(bench):
    return [row.act for row in bench.vault.log.audit.rows()]


# --- decisions ---


def test_decisions_are_read_as_they_were_saved_and_those_for_a_word_are_the_groups(bench):
    bench.save(SECRET)
    other = bench.another()

    assert set(bench.decisions().everywhere) == {SECRET}
    assert [tick.page for tick in bench.decisions().ticks] == [1]
    assert set(bench.decisions(other).everywhere) == {SECRET}
    assert bench.decisions(other).ticks == ()


def test_no_decision_is_readable_on_the_disk_nor_in_the_log(bench):
    bench.save(SECRET)
    folder, key = bench.made.folder, bench.made.secret.log_key
    bench.close()

    for path in folder.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()
    assert SECRET.encode() not in decrypted.pages(folder / "log.db", key)


def test_files_of_decisions_do_not_tell_how_many_there_are(bench):
    bench.save(SECRET)
    paths = [bench.places.transcript(bench.recording) / "decisions.json.age", bench.places.group_decisions(GROUP)]
    before = [path.stat().st_size // 4096 for path in paths]
    bench.save(SECRET, "another", "and one more")

    assert [path.stat().st_size // 4096 for path in paths] == before == [1, 1]


def test_decisions_of_a_group_are_no_roster_and_go_with_the_code_key(bench):
    bench.save(SECRET)
    assert not bench.vault.rosters.has(GROUP)
    assert bench.vault.rosters.has_code_key(GROUP)
    bench.vault.rosters.destroy(GROUP)

    assert not bench.places.group_decisions(GROUP).exists()
    assert bench.decisions().everywhere == {}
    assert len(bench.decisions().ticks) == 1


@pytest.mark.parametrize("at", [0, 1])
def test_decisions_are_the_old_or_the_new_ones_at_any_kill(tmp_path, at):
    terms = [(SECRET,), (SECRET, "another")]

    def make(dies_at):
        made = Bench(tmp_path / f"{at}-{dies_at}")
        if at:
            made.save(SECRET)
        return made

    def check(bench):
        bench.again()
        bench.vault.rosters.recover()
        assert set(bench.decisions().everywhere) in {frozenset(terms[at]), frozenset(terms[0] if at else ())}
        assert [path.name for path in bench.places.rosters.glob("*") if not path.name.endswith(".age")] == []
        bench.close()

    deaths_of(make, lambda bench: bench.save(*terms[at]), check)


# --- approving ---


def test_an_approved_text_is_read_with_its_version(bench):
    version = bench.approve()
    text, latest = bench.texts.read(bench.recording)

    assert text == TEXT
    assert latest == version
    assert (version.version, version.sha256, version.by, version.characters) == (1, TEXT.sha256, "AB", len(TEXT.text))
    assert version.counts == {"roster replaced": 2}


def test_approving_is_one_row_of_the_trail_with_the_fingerprint_and_no_word(bench):
    bench.approve()
    row = next(row for row in bench.vault.log.audit.rows() if row.act == AuditAct.TEXT_APPROVED)
    folder, key = bench.made.folder, bench.made.secret.log_key
    bench.close()

    assert TEXT.sha256 in row.details
    assert bench.recording in row.details
    for word in (SECRET, "quietly"):
        assert word.encode() not in decrypted.pages(folder / "log.db", key)


@pytest.mark.parametrize(
    ("purposes", "code"),
    [
        ((Purpose.TRANSCRIPTION,), TroubleCode.APPROVING_NOT_AGREED),
        ((Purpose.TRANSCRIPTION, Purpose.SUPERVISION), TroubleCode.APPROVING_NOT_AGREED),
    ],
)
def test_it_is_approved_into_a_study_only_where_everyone_agreed_to_analysis(tmp_path, purposes, code):
    bench = Bench(tmp_path / "data", purposes=purposes)
    try:
        assert code_of(bench.approve) is code
        assert bench.texts.find(bench.recording) is None
    finally:
        bench.close()


def test_supervision_alone_lets_it_be_read_here(bench):
    bench.approve()
    bench.answer(P1, Purpose.ANALYSIS, Answer.WITHDRAWN)
    assert bench.texts.read(bench.recording)[0] == TEXT
    bench.answer(P1, Purpose.SUPERVISION, Answer.WITHDRAWN)

    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.APPROVING_NOT_AGREED


def test_it_needs_a_sign_off_that_stands(bench):
    signed = bench.signed()
    TranscriptVault(bench.vault).reopen(bench.recording)

    assert code_of(bench.signed) is TroubleCode.NOT_SIGNED_OFF
    assert code_of(lambda: bench.approve(signed)) is TroubleCode.NOT_SIGNED_OFF


def test_it_is_made_of_the_very_text_that_was_signed(bench):
    signed = bench.signed()
    changed = replace(signed, text=replace(signed.text, turns=signed.text.turns[1:]))

    assert code_of(lambda: bench.approve(changed)) is TroubleCode.TRANSCRIPT_CHANGED


def test_a_text_that_is_not_as_it_was_signed_is_damaged_and_nothing_is_made_of_it(bench):
    files = bench.signed().files
    files.write_transcript(replace(files.text(), turns=files.text().turns[1:]))

    assert code_of(bench.signed) is TroubleCode.TRANSCRIPT_DAMAGED
    assert bench.texts.find(bench.recording) is None


@pytest.mark.parametrize(("by", "version"), [(" \u202e ", 1), ("AB", 2)])
def test_version_1_is_approved_by_somebody_or_nothing_is(bench, by, version):
    with pytest.raises(ValueError, match="version 1"):
        bench.texts.approve(bench.recording, replace(TEXT, version=version), bench.signed(), by, {})

    assert bench.texts.find(bench.recording) is None
    assert not bench.places.approved_text(bench.recording).exists()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (True, TroubleCode.GRADES_NOT_FINAL),
        (None, TroubleCode.ASSESSMENT_UNANSWERED),
    ],
)
def test_an_assessor_neither_approves_nor_reads_a_text_before_the_grades(bench, answer, code):
    bench.approve()
    groups = bench.vault.log.groups
    groups.save_group(replace(groups.group(GROUP), for_research=True))
    groups.save_recording_decision(GROUP, RecordingRule.ALL_MEMBERS, leader_assesses=answer, grades_final=None)

    assert code_of(lambda: bench.texts.read(bench.recording)) is code
    assert code_of(lambda: bench.texts.require_readable(bench.recording)) is code
    assert bench.texts.find(bench.recording).latest.version == 1


def test_a_recording_of_no_group_is_unknown_here(bench):
    for act in (bench.texts.group_of, bench.texts.quotation_consents):
        assert code_of(lambda act=act: act(RecordingId("stranger"))) is TroubleCode.RECORDING_UNKNOWN


def test_once_approved_it_is_neither_approved_nor_opened_for_editing_again(bench):
    bench.approve()

    assert code_of(bench.approve) is TroubleCode.ALREADY_APPROVED
    assert code_of(lambda: TranscriptVault(bench.vault).reopen(bench.recording)) is TroubleCode.ALREADY_APPROVED
    assert bench.texts.read(bench.recording)[0] == TEXT


def test_it_has_a_key_of_its_own_for_the_readers_of_the_recording(tmp_path):
    reader = new_identity()
    bench = Bench(tmp_path / "data", readers=(Reader("research office", reader.recipient),))
    try:
        bench.approve()
        key = read_key(bench.places.approved_text(bench.recording), [reader.secret])
        others = {
            read_key(folder, [reader.secret]).recipient
            for folder in (bench.places.recording(bench.recording), bench.places.transcript(bench.recording))
        }
    finally:
        bench.close()

    assert key.recipient not in others


def test_killed_at_any_moment_of_approving_all_of_it_is_there_or_nothing(tmp_path):
    def check(bench):
        bench.again()
        record = bench.texts.find(bench.recording)
        assert not any(bench.places.rewritten_approved_texts.glob("*"))
        if record is None:
            assert not bench.places.approved_text(bench.recording).exists()
            bench.approve()
        assert bench.texts.read(bench.recording)[0] == TEXT
        assert acts(bench).count(AuditAct.TEXT_APPROVED) == 1
        assert bench.vault.log.audit.broken_at() is None
        bench.close()

    assert deaths_of(lambda at: Bench(tmp_path / str(at)), Bench.approve, check) > 20


# --- redacting ---

FIRST = TEXT.text.index("quietly")
REDACTIONS = (Redaction(FIRST, FIRST + len("quietly"), "[place]"),)
AFTER = redacted(TEXT, REDACTIONS)


def test_a_redaction_is_the_next_version_and_the_one_before_is_nowhere(bench):
    bench.approve()
    folder = bench.places.approved_text(bench.recording)
    before = read_key(folder, bench.vault.secrets())
    bench.redact()
    after = read_key(folder, bench.vault.secrets())

    assert bench.texts.read(bench.recording)[0] == AFTER
    assert [one.version for one in bench.texts.find(bench.recording).versions] == [1, 2]
    assert after.recipient != before.recipient
    for path in bench.made.folder.rglob("*.age"):
        with pytest.raises(Trouble):
            unseal(path.read_bytes(), [before.secret])
    assert "quietly" not in bench.texts.read(bench.recording)[0].text


def test_its_row_of_the_trail_has_both_fingerprints(bench):
    bench.approve()
    bench.redact()
    row = next(row for row in bench.vault.log.audit.rows() if row.act == AuditAct.APPROVED_TEXT_REDACTED)

    assert TEXT.sha256 in row.details
    assert AFTER.sha256 in row.details


def test_redactions_made_on_another_version_are_refused(bench):
    bench.approve()
    bench.redact()

    assert code_of(bench.redact) is TroubleCode.APPROVED_CHANGED
    assert bench.texts.read(bench.recording)[0] == AFTER


@pytest.mark.parametrize(("by", "redactions"), [("", REDACTIONS), ("AB", ())])
def test_a_redaction_takes_something_out_and_is_made_by_somebody(bench, by, redactions):
    bench.approve()
    with pytest.raises(ValueError, match="by somebody"):
        bench.texts.redact(bench.recording, AFTER, redactions, by)

    assert bench.texts.read(bench.recording)[0] == TEXT


def test_a_version_whose_key_does_not_open_here_waits_and_is_there_once_it_opens(bench, monkeypatch):
    bench.approve()
    with monkeypatch.context() as patched:
        patched.setattr(bench.vault.log.approved, "note_in_place", _killed)
        with pytest.raises(InterruptedError):
            bench.redact()
    stranger = ApprovedWriter(bench.places, bench.vault.log, [new_identity()])
    stranger.finish()
    assert len(bench.vault.log.approved.pending()) == 1
    bench.again()

    assert bench.vault.log.approved.pending() == ()
    assert bench.texts.read(bench.recording)[0] == AFTER
    assert acts(bench).count(AuditAct.APPROVED_TEXT_REDACTED) == 1


def _killed(*_):
    raise InterruptedError


def test_killed_at_any_moment_of_redacting_all_of_the_old_or_all_of_the_new_is_there(tmp_path):
    def make(at):
        bench = Bench(tmp_path / str(at))
        bench.approve()
        return bench

    def check(bench):
        bench.again()
        text, version = bench.texts.read(bench.recording)
        assert text in {TEXT, AFTER}
        assert version.sha256 == text.sha256
        assert not any(bench.places.rewritten_approved_texts.glob("*"))
        if text == TEXT:
            bench.redact()
        assert bench.texts.read(bench.recording)[0] == AFTER
        assert acts(bench).count(AuditAct.APPROVED_TEXT_REDACTED) == 1
        bench.close()

    assert deaths_of(make, Bench.redact, check) > 20


def test_a_legal_hold_does_not_stop_the_redaction_of_a_missed_name_and_stops_destroying(bench):
    bench.approve()
    today = bench.vault.log.consents.today()
    bench.vault.log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "dean", bench.recording), today)
    bench.redact()

    assert bench.texts.read(bench.recording)[0] == AFTER
    assert code_of(lambda: TranscriptVault(bench.vault).destroy_approved(bench.recording)) is TroubleCode.HELD


# --- an approval undone ---


def test_an_approval_that_is_undone_leaves_the_transcript_to_be_approved_again_as_version_1(bench):
    bench.approve()
    bench.redact()
    folder = bench.places.approved_text(bench.recording)
    before = read_key(folder, bench.vault.secrets())
    bench.texts.undo_approval(bench.recording)

    assert not folder.exists()
    assert bench.texts.find(bench.recording) is None
    assert acts(bench).count(AuditAct.APPROVED_TEXT_DELETED) == 1
    assert bench.approve().version == 1
    assert [one.version for one in bench.texts.find(bench.recording).versions] == [1]
    assert bench.texts.read(bench.recording)[0] == TEXT
    assert read_key(folder, bench.vault.secrets()).recipient != before.recipient


def test_an_approval_is_not_undone_once_the_sign_off_is_reopened_by_a_removal(bench):
    bench.approve_numbered()
    TranscriptVault(bench.vault).remove_words(bench.withdraw(), bench.recording)
    before = bench.texts.read(bench.recording)[0]

    assert code_of(lambda: bench.texts.undo_approval(bench.recording)) is TroubleCode.NOT_SIGNED_OFF
    assert bench.texts.read(bench.recording)[0] == before


def test_an_approval_is_not_undone_under_a_legal_hold_nor_once_the_transcript_is_destroyed(bench):
    bench.approve()
    today = bench.vault.log.consents.today()
    held = bench.vault.log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "dean", bench.recording), today)
    assert code_of(lambda: bench.texts.undo_approval(bench.recording)) is TroubleCode.HELD
    bench.vault.log.holds.lift(held, Lifted(today, "settled", "dean"), today)
    TranscriptVault(bench.vault).delete(bench.recording)

    assert code_of(lambda: bench.texts.undo_approval(bench.recording)) is TroubleCode.TRANSCRIPT_MISSING
    assert bench.texts.read(bench.recording)[0] == TEXT


# --- the recording destroyed ---


def test_destroying_the_recording_leaves_the_approved_text_and_takes_all_that_identifies(bench):
    bench.save(SECRET)
    bench.approve()
    bench.vault.destroy(bench.recording, "approved", witness="dean")
    row = next(row for row in bench.vault.log.audit.rows() if row.act == AuditAct.RECORDING_DESTROYED)

    assert bench.texts.read(bench.recording)[0] == TEXT
    assert not bench.places.recording(bench.recording).exists()
    assert not bench.places.transcript(bench.recording).exists()
    assert TEXT.sha256 in row.details
    bench.again()
    bench.redact()
    assert bench.texts.read(bench.recording)[0] == AFTER


def test_killed_at_any_moment_of_destroying_the_approved_text_stays_and_opening_finishes_it(tmp_path):
    def make(at):
        bench = Bench(tmp_path / str(at))
        bench.save(SECRET)
        bench.approve()
        return bench

    def act(bench):
        bench.vault.destroy(bench.recording, "approved")

    def check(bench):
        bench.again()
        assert bench.texts.read(bench.recording)[0] == TEXT
        asked = bench.recording in bench.vault.log.keys.destroyed()
        assert bench.places.recording(bench.recording).exists() is not asked
        assert bench.places.transcript(bench.recording).exists() is not asked
        bench.close()

    assert deaths_of(make, act, check) > 20


def test_the_approved_text_is_destroyed_by_itself_for_good(bench):
    bench.approve()
    folder = bench.places.approved_text(bench.recording)
    TranscriptVault(bench.vault).destroy_approved(bench.recording, "dean")

    assert not folder.exists()
    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.APPROVED_MISSING
    assert acts(bench).count(AuditAct.APPROVED_TEXT_DELETED) == 1
    assert bench.signed().text.turns


def test_killed_at_any_moment_of_destroying_the_approved_text_it_is_there_or_nowhere(tmp_path):
    def make(at):
        bench = Bench(tmp_path / str(at))
        bench.approve()
        return bench

    def check(bench):
        bench.again()
        folder = bench.places.approved_text(bench.recording)
        if bench.texts.find(bench.recording) is not None:
            assert bench.texts.read(bench.recording)[0] == TEXT
        else:
            assert not folder.exists()
            assert acts(bench).count(AuditAct.APPROVED_TEXT_DELETED) == 1
        bench.close()

    assert deaths_of(make, lambda bench: TranscriptVault(bench.vault).destroy_approved(bench.recording), check) > 3


def test_it_has_a_retention_period_of_its_own(bench):
    bench.approve()
    items = bench.retained()
    bench.vault.destroy(bench.recording, "approved")
    after = bench.retained()

    assert items[RetainedKind.APPROVED_TEXT].retained.destroyed_on is None
    assert after[RetainedKind.APPROVED_TEXT].retained.destroyed_on is None
    assert after[RetainedKind.TRANSCRIPT].retained.destroyed_on is not None
    TranscriptVault(bench.vault).destroy_approved(bench.recording)
    assert bench.retained()[RetainedKind.APPROVED_TEXT].retained.destroyed_on is not None


# --- the day that is offered ---


def test_the_day_of_the_last_approval_is_offered_once_every_text_is_approved_and_is_not_set(bench):
    other = bench.another()
    bench.approve()
    assert deidentified_day_to_offer(bench.vault.log, GROUP) is None
    bench.approve(recording=other)
    today = bench.vault.log.consents.today()

    assert deidentified_day_to_offer(bench.vault.log, GROUP) == today
    assert (bench.vault.log.consents.study(GROUP) or Study()).deidentified is None
    bench.vault.log.consents.save_study(GROUP, Study(deidentified=today))
    assert deidentified_day_to_offer(bench.vault.log, GROUP) is None


def test_a_group_says_whether_a_second_person_reads(bench):
    assert bench.texts.readers_needed(GROUP) == 1
    bench.texts.set_second_reader(GROUP, is_needed=True)
    assert bench.texts.readers_needed(GROUP) == 2
    bench.texts.set_second_reader(GROUP, is_needed=False)
    assert bench.texts.readers_needed(GROUP) == 1


# --- copies, readers, keys ---


def restored(bench, tmp_path):
    """Back up the vault, restore it elsewhere, and open it."""
    (tmp_path / "stick").mkdir()
    _, row = back_up(bench.vault, tmp_path / "stick", WoundClock())
    restore(verify_backup(Path(row.folder)), tmp_path / "restored")
    return OpenVault(tmp_path / "restored", bench.made.secret, SystemClock())


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_it_is_in_a_backup_and_restored_with_its_decisions(bench, tmp_path, is_destroyed):
    bench.save(SECRET)
    bench.approve()
    bench.redact()
    if is_destroyed:
        bench.vault.destroy(bench.recording, "approved")
    other = restored(bench, tmp_path)
    try:
        assert DeidentifiedTexts(other).read(bench.recording)[0] == AFTER
        assert set(read_group_decisions(other.places, GROUP, other.identities())) == {SECRET}
    finally:
        other.close()


def test_a_backup_made_while_a_version_waits_to_be_put_in_its_place_holds_the_one_before(bench, tmp_path, monkeypatch):
    bench.approve()
    with monkeypatch.context() as patched:
        patched.setattr("balint_desktop.vault.folder_rewrite.FolderRewrite._replace", _full)
        assert code_of(bench.redact) is TroubleCode.DISK_FULL
    other = restored(bench, tmp_path)
    try:
        text = DeidentifiedTexts(other).read(bench.recording)[0]
    finally:
        other.close()

    assert text == TEXT
    assert bench.texts.read(bench.recording)[0] == AFTER


def _full(*_):
    raise Trouble(TroubleCode.DISK_FULL)


def test_the_files_of_an_older_version_put_back_into_the_vault_do_not_open(bench, tmp_path):
    bench.approve()
    folder = bench.places.approved_text(bench.recording)
    shutil.copytree(folder, tmp_path / "older")
    bench.redact()
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "older", folder)

    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.APPROVED_DAMAGED


@pytest.mark.parametrize("is_destroyed", [False, True])
def test_a_reader_who_is_added_or_removed_reads_it_from_then_on_or_no_more(bench, is_destroyed):
    bench.approve()
    if is_destroyed:
        bench.vault.destroy(bench.recording, "approved")
    reader, folder = new_identity(), bench.places.approved_text(bench.recording)
    bench.vault.readers.add([GROUP], Reader("research office", reader.recipient), earlier=True)
    assert read_key(folder, [reader.secret])
    bench.redact()
    assert read_key(folder, [reader.secret])
    bench.vault.readers.remove_reader([GROUP], reader.recipient, earlier=True)

    assert code_of(lambda: read_key(folder, [reader.secret])) is TroubleCode.WRONG_KEY
    assert bench.texts.read(bench.recording)[0] == AFTER


@pytest.mark.parametrize("damage", ["key.age", "text.json.age"])
def test_what_is_damaged_is_said_and_never_read(bench, damage):
    bench.approve()
    path = bench.places.approved_text(bench.recording) / damage
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)

    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.APPROVED_DAMAGED


def test_a_text_that_is_sealed_to_others_alone_is_theirs_and_not_damaged(bench):
    bench.approve()
    folder = bench.places.approved_text(bench.recording)
    key = read_key(folder, bench.vault.secrets())
    write_key(folder, key, [new_identity().recipient])

    assert code_of(lambda: bench.texts.read(bench.recording)) is TroubleCode.WRONG_KEY
    write_key(folder, key, [bench.vault.recipient])
    assert bench.texts.read(bench.recording)[0] == TEXT


def test_nothing_of_it_is_readable_on_the_disk(bench):
    bench.approve()
    folder = bench.made.folder
    bench.close()

    for path in folder.rglob("*"):
        assert not (path.is_file() and b"quietly" in path.read_bytes())
