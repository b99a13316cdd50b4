"""Studies of a vault: created, coded, closed, read again; texts behind the consent gate alone."""

from __future__ import annotations

from dataclasses import replace

import decrypted
import pytest
from kept_sessions import GROUP, P1, P2
from study_vaults import (
    ME,
    OUTSIDE,
    STUDY,
    TWO,
    approved_text,
    as_first_version,
    begun,
    code_of,
    coding,
    lab,
    memo,
    opened_round,
    refuse,
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
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.vault.approved_files import TEXT
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.state import VaultState
from balint_desktop.vault.study_numbers import draw_numbers

__all__ = ["begun", "lab"]

MEETING = ConsensusMeeting("d1", 50.0, (ME.id, TWO.id), "in the library")


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


def test_when_a_vault_is_locked_no_study_is_taken_for_a_damaged_one(begun):
    begun.vault.lock()

    assert code_of(begun.studies.damaged) is TroubleCode.VAULT_LOCKED
    assert code_of(begun.studies.contents_in_short) is TroubleCode.VAULT_LOCKED


@pytest.mark.parametrize("asked", ["contents_in_short", "damaged"])
def test_locked_while_the_studies_are_listed_none_is_left_out_of_the_list_or_called_damaged(begun, monkeypatch, asked):
    begun.studies.create(AnalysisStudy("", "Other", authors=(ME,)), ME.id)
    store = begun.vault.studies
    opened = store.open

    def locked_after(study):
        file = opened(study)
        # As the window's thread does, which then waits for the store.
        monkeypatch.setattr(begun.vault, "state", VaultState.LOCKED)
        return file

    monkeypatch.setattr(store, "open", locked_after)

    assert code_of(getattr(begun.studies, asked)) is TroubleCode.VAULT_LOCKED


def test_a_study_that_does_not_open_is_left_out_of_the_list_and_named_as_damaged(begun):
    other = begun.studies.create(AnalysisStudy("", "Other", authors=(ME,)), ME.id).study
    begun.vault.studies.close()
    (begun.folder / "key.age").unlink()

    assert [one.id for one, _, _ in begun.studies.contents_in_short()] == [other.id]
    assert begun.studies.damaged() == (STUDY,)


def test_a_study_is_created_once(begun):
    with pytest.raises(ValueError, match="this id"):
        begun.studies.create(AnalysisStudy(STUDY, "Again", authors=(ME,)), ME.id)

    assert begun.studies.open(STUDY).study.name == "Being told to"
    assert begun.acts().count(AuditAct.STUDY_CREATED) == 1


# --- texts ---


def test_a_study_whose_approved_text_is_damaged_says_so_and_its_coding_stays(begun):
    mine = work(coding(begun.first, 4, 10))
    begun.studies.save_work(STUDY, 1, ME.id, mine)
    path = begun.vault.places.approved_text(begun.first) / TEXT
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    damaged = code_of(lambda: begun.studies.open(STUDY))
    path.write_bytes(whole)

    assert damaged is TroubleCode.APPROVED_DAMAGED
    assert begun.studies.open(STUDY).texts[begun.first] == approved_text()
    assert begun.studies.work(STUDY, 1, ME.id) == mine


def test_a_text_that_is_older_than_what_was_coded_on_is_not_taken_for_it(begun):
    """As where the approved text, but not the study, was put back from a backup."""
    file = begun.vault.studies.open(STUDY)
    about = begun.studies.open(STUDY).study.texts[0]
    file.tables.set_text(replace(about, version=2, sha256="0" * 64))

    assert code_of(lambda: begun.studies.open(STUDY)) is TroubleCode.STUDY_TEXT_CHANGED
    file.tables.set_text(about)
    assert begun.studies.open(STUDY).study.texts[0] == about


def test_a_text_does_not_move_to_another_version_because_a_study_is_saved(begun):
    study = begun.studies.open(STUDY).study
    first, second = study.texts
    with pytest.raises(ValueError, match="another version"):
        begun.studies.save_study(replace(study, name="New", texts=(replace(first, version=2), second)))

    assert begun.studies.open(STUDY).study == study


def test_a_study_goes_on_without_the_sessions_that_may_not_be_analysed(begun):
    begun.studies.save_work(STUDY, 1, ME.id, work(coding(begun.first, 4, 10)))
    refuse(begun)

    assert begun.studies.leave_out_closed(STUDY) == ("Session 1", "Session 2")
    opened = begun.studies.open(STUDY)
    assert (opened.study.texts, begun.studies.work(STUDY, 1, ME.id).codings.all) == ((), ())


def test_nothing_is_left_out_of_a_study_that_may_be_analysed(begun):
    assert begun.studies.leave_out_closed(STUDY) == ()
    assert len(begun.studies.open(STUDY).study.texts) == 2


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


def test_what_is_stated_is_replaced_and_an_item_without_words_is_asked_again(begun):
    begun.studies.save_stated(STUDY, {24: "two", 25: "a tree"})
    begun.studies.save_stated(STUDY, {24: "three", 25: ""})

    assert begun.again().studies.stated(STUDY) == {24: "three"}


def test_a_passage_may_be_quoted_while_who_speaks_in_it_agrees_and_the_study_is_there(begun):
    numbers = draw_numbers(begun.vault, GROUP)
    (speaker,) = [code for code in (P1, P2) if numbers.label(code) == "R2"]
    before = begun.studies.may_be_quoted(STUDY, begun.first, 4, 10)
    refuse(begun, Purpose.QUOTATIONS, speaker)
    after = begun.studies.may_be_quoted(STUDY, begun.first, 4, 10)
    begun.studies.destroy(STUDY)

    assert (before, after) == (True, False)
    code = code_of(lambda: begun.studies.may_be_quoted(STUDY, begun.first, 4, 10))
    assert code is TroubleCode.STUDY_MISSING


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
