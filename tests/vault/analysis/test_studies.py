"""Studies of a vault: created, coded, closed, read again; texts behind the consent gate alone."""

from __future__ import annotations

from dataclasses import replace

import decrypted
import pytest
from kept_sessions import GROUP, P1
from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    Lab,
    approved_text,
    as_first_version,
    begun,
    code_of,
    coding,
    lab,
    memo,
    opened_round,
    work,
)

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import FrameworkAct, FrameworkMove, SameCode
from balint_desktop.domain.analysis.study import (
    AnalysisStudy,
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Quotation,
    RoundClosing,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.analysis.work_format import work_sha256
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection

__all__ = ["begun", "lab"]

MEETING = ConsensusMeeting("d1", 50.0, (ME.id, TWO.id), "in the library")


def refuse(lab, purpose=Purpose.ANALYSIS):
    taking = ConsentCollection(lab.vault.log.consents.today())
    lab.vault.log.consents.enter(GROUP, [(P1, purpose)], Answer.DECLINED, taking)


def decision(number=1, outcome=MatterOutcome.KEEP, reason="", **about):
    return MatterDecision(f"e{number}", 1, MEETING.id, 51.0, outcome, reason, (ME.id, TWO.id), **about)


def test_what_was_created_coded_and_closed_is_there_when_the_vault_is_opened_again(begun):
    mine = work(coding(begun.first, 4, 10), names=("Anger", "Safety"))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    begun.studies.add_memo(STUDY, memo(text=begun.first, begin=4, end=10))
    closed = begun.studies.close_round(STUDY, 1, ME.id)
    opened = begun.again().studies.open(STUDY)

    assert begun.studies.work(STUDY, 1, ME.id) == mine
    assert (opened.study.name, opened.me, len(opened.texts)) == ("Being told to", ME.id, 2)
    assert opened.rounds == (closed,)
    assert opened.memos == (memo(text=begun.first, begin=4, end=10),)
    assert begun.acts() == [
        AuditAct.STUDY_CREATED,
        AuditAct.STUDY_TEXT_USED,
        AuditAct.STUDY_TEXT_USED,
        AuditAct.ROUND_OPENED,
        AuditAct.ROUND_CLOSED,
    ]
    assert begun.vault.log.audit.broken_at() is None


def test_what_is_closed_cannot_be_changed(begun):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10)))
    begun.studies.close_round(STUDY, 1, ME.id)

    assert code_of(lambda: begun.studies.save_work(STUDY, 1, ME.id, work())) is TroubleCode.ROUND_CLOSED
    assert code_of(lambda: begun.studies.close_round(STUDY, 1, ME.id)) is TroubleCode.ROUND_CLOSED


def test_the_fingerprint_is_of_what_is_stored_whatever_was_typed(begun):
    """Signs that nobody sees are not stored: they are in no fingerprint either."""
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10, memo="why\u200b\u202e?")))
    closing = begun.studies.close_round(STUDY, 1, ME.id).closings[0]
    begun.again()
    texts = {one.recording: one.sha256 for one in begun.studies.open(STUDY).study.texts}

    assert closing.sha256 == work_sha256(begun.studies.work(STUDY, 1, ME.id), texts)


def test_an_older_copy_of_the_database_does_not_open_a_closed_round_again(begun):
    begun.vault.studies.close()
    before = (begun.folder / "analysis.db").read_bytes()
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.vault.studies.close()
    (begun.folder / "analysis.db").write_bytes(before)

    assert code_of(lambda: begun.studies.save_work(STUDY, 1, ME.id, work())) is TroubleCode.ROUND_CLOSED


def test_a_study_by_any_name_says_no_word_of_itself_in_the_log(begun):
    words = ("Being told to", "What is it like", "Lead", "Coder 2", "Anger", "kererū", "library", "theme of all")
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10, memo="kererū")))
    begun.studies.add_memo(STUDY, memo())
    begun.studies.save_themes(STUDY, ThemeWork((StudyTheme("t1", "theme of all"),)))
    begun.studies.add_decisions(STUDY, MEETING, [decision()])
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.vault.close()
    pages = decrypted.pages(begun.vault.places.log, begun.made.secret.log_key)

    assert STUDY.encode() in pages
    assert not [one for one in words if one.encode() in pages]


def test_nothing_of_a_study_is_on_the_disk_in_clear(begun):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10, memo="kererū")))
    found = [path for path in begun.made.folder.rglob("*") if path.is_file() and b"Anger" in path.read_bytes()]

    assert found == []
    assert not (begun.folder / "analysis.db").read_bytes().startswith(b"SQLite format 3")


def test_a_locked_vault_opens_no_study_and_closes_those_that_are_open(begun):
    begun.studies.work(STUDY, 1, ME.id)
    begun.vault.lock()

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.VAULT_LOCKED
    assert code_of(lambda: begun.studies.save_work(STUDY, 1, ME.id, work())) is TroubleCode.VAULT_LOCKED
    begun.vault.unlock(begun.made.secret)
    assert begun.studies.open(STUDY).me == ME.id


# --- texts ---


def test_approved_texts_of_sessions_that_may_be_analysed_are_available_and_the_evaluation_is_tagged(lab):
    texts = lab.studies.available()

    assert [(one.name, one.number, one.kind, one.version) for one in texts] == [
        ("Session 1", 1, SessionKind.CASE, 1),
        ("Session 2", 2, SessionKind.CASE, 1),
    ]
    assert texts[0].sha256 == approved_text().sha256


def test_a_text_whose_session_may_not_be_analysed_is_neither_available_nor_opened(begun):
    refuse(begun)

    assert begun.studies.available() == ()
    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_TEXT_CLOSED


def test_a_study_goes_on_without_the_sessions_that_may_not_be_analysed(begun):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10)))
    refuse(begun)

    assert begun.studies.leave_out_closed(STUDY) == ("Session 1", "Session 2")
    opened = begun.studies.open(STUDY)
    assert (opened.study.texts, begun.studies.work(STUDY, 1, ME.id).codings.all) == ((), ())


def test_nothing_is_left_out_of_a_study_that_may_be_analysed(begun):
    assert begun.studies.leave_out_closed(STUDY) == ()
    assert len(begun.studies.open(STUDY).study.texts) == 2


def test_supervision_alone_does_not_open_a_text_for_analysis(tmp_path):
    lab = Lab(tmp_path / "data", purposes=(Purpose.TRANSCRIPTION, Purpose.SUPERVISION))

    assert lab.studies.available() == ()
    lab.close()


def test_a_study_is_not_created_on_a_text_that_may_not_be_analysed(lab):
    texts = lab.studies.available()
    refuse(lab)
    study = AnalysisStudy(STUDY, "Study", texts=texts, authors=(ME,))

    assert code_of(lambda: lab.studies.create(study, ME.id)) is TroubleCode.STUDY_TEXT_CLOSED
    assert lab.vault.log.studies.all() == ()


def test_a_text_that_is_not_the_approved_one_is_refused(lab):
    (first, _) = lab.studies.available()
    study = AnalysisStudy(STUDY, "Study", texts=(replace(first, sha256="0" * 64),), authors=(ME,))

    assert code_of(lambda: lab.studies.create(study, ME.id)) is TroubleCode.STUDY_TEXT_CHANGED


def test_a_text_that_is_left_out_takes_its_coding_along_and_the_other_stays(begun):
    other = begun.recordings[1]
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10), coding(other, 4, 10, guid="g2")))
    study = begun.studies.open(STUDY).study
    begun.studies.save_study(replace(study, texts=study.texts[1:]))

    assert [one.guid for one in begun.studies.work(STUDY, 1, ME.id).codings.all] == ["g2"]
    assert list(begun.studies.open(STUDY).texts) == [other]
    assert begun.acts()[-1] == AuditAct.STUDY_TEXT_LEFT_OUT


# --- what else is stored ---


def test_a_memo_is_superseded_and_never_overwritten(begun):
    first, second = memo(), memo(words="otherwise", memo_id="m2", supersedes="m1")
    begun.studies.add_memo(STUDY, first)
    begun.studies.add_memo(STUDY, second)
    begun.studies.add_memo(STUDY, replace(first, words="overwritten"))

    assert begun.studies.open(STUDY).memos == (first, second)


def test_a_memo_of_somebody_else_is_not_written_here(begun):
    assert code_of(lambda: begun.studies.add_memo(STUDY, memo(TWO.id))) is TroubleCode.CODING_NOT_YOURS


def test_a_decision_is_never_overwritten_and_a_later_one_supersedes_it(begun):
    first = decision(outcome=MatterOutcome.NONE, reason="too wide", text=begun.first, begin=4, end=10)
    second = replace(first, id="e2", outcome=MatterOutcome.KEEP, supersedes="e1")
    begun.studies.add_decisions(STUDY, MEETING, [first])
    begun.studies.add_decisions(STUDY, MEETING, [replace(first, reason="overwritten"), second])
    opened = begun.again().studies.open(STUDY)

    assert (opened.meetings, opened.decisions) == ((MEETING,), (first, second))
    with pytest.raises(ValueError, match="reason"):
        begun.studies.add_decisions(STUDY, MEETING, [decision(3, MatterOutcome.LEFT_OPEN)])


def test_themes_with_their_quotations_and_the_framework_with_its_versions_are_read_as_they_were_saved(begun):
    theme = StudyTheme("t1", "Toughen up", "idea", ("c1", "c2"), ThemeState.NAMED, "against")
    themes = ThemeWork((theme,), (Quotation("q1", "t1", begun.first, 4, 10, "It […]", may_be_quoted=True),))
    begun.studies.save_themes(STUDY, ThemeWork((replace(theme, name="before"),)))
    begun.studies.save_themes(STUDY, themes)
    book = Codebook().with_code("f1", "Anger").with_code("f2", "At the team", "f1")
    same = (SameCode(TWO.id, "c1", "f2"), SameCode(ME.id, "c1", "f1"))
    begun.studies.save_framework(STUDY, Codebook().with_code("f0", "Before"))
    begun.studies.save_framework(STUDY, book, same)
    begun.studies.fix_framework(STUDY)
    begun.studies.save_framework(STUDY, book.with_code("f3", "Later"), same)
    begun.again()
    framework = begun.studies.framework(STUDY)

    assert begun.studies.open(STUDY).themes == themes
    assert [(one.version, one.book) for one in framework.versions] == [(1, book)]
    assert (framework.book, framework.same) == (book.with_code("f3", "Later"), same)
    assert begun.acts().count(AuditAct.FRAMEWORK_FIXED) == 1


def test_what_a_theme_was_before_is_stored_with_when(begun):
    theme = StudyTheme("t1", "Toughen up", codes=("a",))
    begun.studies.save_themes(STUDY, ThemeWork((theme,)))
    begun.studies.save_themes(STUDY, ThemeWork((replace(theme, codes=("a", "b")),)))
    begun.studies.save_themes(STUDY, ThemeWork((replace(theme, state=ThemeState.REVIEWED),)))
    steps = begun.again().studies.open(STUDY).theme_steps

    assert [(one.theme, one.name, one.state, one.codes) for one in steps] == [
        ("t1", "Toughen up", ThemeState.CANDIDATE, ("a", "b")),
        ("t1", "Toughen up", ThemeState.REVIEWED, ("a",)),
    ]
    assert [one.wall for one in steps] == [begun.vault.log.now()] * 2


def test_a_study_of_an_earlier_version_is_brought_up_with_its_themes(begun):
    begun.studies.save_themes(STUDY, ThemeWork((StudyTheme("t1", "Theme"),)))
    as_first_version(begun.vault.studies.open(STUDY).database)
    opened = begun.again().studies.open(STUDY)

    assert (opened.themes.themes[0].name, opened.theme_steps) == ("Theme", ())


def test_a_round_with_a_framework_begins_with_its_codes(begun):
    book = Codebook().with_code("f1", "Anger")
    begun.studies.save_framework(STUDY, book)
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, opened_round(2, framework=1))

    assert begun.studies.work(STUDY, 2, ME.id).book == book
    assert begun.studies.work(STUDY, 1, ME.id).book == Codebook()


@pytest.mark.parametrize(
    "opened",
    [opened_round(3), opened_round(1), opened_round(2, ("nobody",)), opened_round(2, ()), opened_round(2, framework=1)],
    ids=["skips one", "twice", "stranger", "nobody", "no such framework"],
)
def test_a_round_that_cannot_be_is_not_opened(begun, opened):
    with pytest.raises(ValueError, match="round"):
        begun.studies.open_round(STUDY, opened)


def test_who_works_here_stays_an_author(begun):
    study = begun.studies.open(STUDY).study
    with pytest.raises(ValueError, match="works in this vault"):
        begun.studies.save_study(replace(study, authors=(TWO, OUTSIDE)))


def test_whoever_codes_without_the_framework_begins_a_round_with_nothing(begun):
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    begun.studies.fix_framework(STUDY)
    opened = replace(opened_round(2, framework=1), without_framework=(ME.id, OUTSIDE.id))
    begun.studies.open_round(STUDY, opened)

    assert begun.again().studies.open(STUDY).rounds[-1] == opened
    assert begun.studies.work(STUDY, 2, ME.id).book == Codebook()


def test_why_a_code_came_into_the_framework_is_there_again(begun):
    moves = (
        FrameworkMove(5.0, FrameworkAct.DRAWN_IN, TWO.id, "c1", "f1", "the same anger"),
        FrameworkMove(6.0, FrameworkAct.TAKEN_OUT, TWO.id, "c1", "f1"),
    )
    begun.studies.save_framework(STUDY, Codebook(), (), moves)
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))

    assert begun.again().studies.framework(STUDY).moves == moves


def test_consensus_is_made_of_decisions_and_stored_nowhere(begun):
    mine = work(coding(begun.first, 4, 10), names=("Anger",))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.studies.add_decisions(STUDY, MEETING, [decision(outcome=MatterOutcome.NONE, reason="no", code="c1")])

    assert begun.studies.consensus(STUDY, 1).codings.all == ()
    kept = decision(2, code="c1")
    begun.studies.add_decisions(STUDY, MEETING, [replace(kept, supersedes="e1")])
    assert [(one.begin, one.end) for one in begun.studies.consensus(STUDY, 1).codings.all] == [(4, 10)]
    assert begun.studies.work(STUDY, 1, ME.id) == mine


def test_whoever_does_not_code_in_a_round_is_not_asked_for_consensus(begun):
    theirs = work(coding(begun.first, 4, 10), names=("Anger",))
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.studies.open_round(STUDY, opened_round(2, (TWO.id,)))
    file = begun.studies.store.open(STUDY)
    with file.together():
        file.work.write((2, TWO.id), theirs)
        file.tables.close_round(2, RoundClosing(TWO.id, 9.0, "0" * 64))

    assert [(one.begin, one.end) for one in begun.studies.consensus(STUDY, 2).codings.all] == [(4, 10)]


def test_consensus_waits_for_ones_own_round_where_others_have_closed_theirs(begun):
    file = begun.studies.store.open(STUDY)
    with file.together():
        file.tables.close_round(1, RoundClosing(TWO.id, 9.0, "0" * 64))

    assert code_of(lambda: begun.studies.consensus(STUDY, 1)) is TroubleCode.ROUND_STILL_OPEN
    assert begun.studies.openings(STUDY) == ()
