"""Word copies and paper in the place: opened from the coding files, left, locked, and what they leave to be read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    ROUND,
    STUDY,
    TEXT,
    WALL,
    FakeAnalysis,
    FakeCopies,
    FakeFiles,
    coding_file,
    current,
)
from window_fakes import DraftRows
from word_copies import Copy, Note, word_file

from balint_desktop.domain.analysis.study import Approach, AuthorRole, Memo, RoundClosing, StudyTheme, ThemeWork
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.copy_deps import ReceivedCopy, TakenCopy
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.log.studies import CodingFileKind

CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0" * 64),))
DATA = word_file(Copy(TEXT.text, (Note("look at me", "Shame", by="Word user"),)))
COPY = read_returned_copy(DATA, "a.docx", TEXT.text)
TYPED = coding_file("file-2", OTHER, 1, kind=CodingFileKind.PAPER, opened_wall=WALL)
RECEIVED = ReceivedCopy("file-1", OTHER, 1, COPY.authors, FIRST, COPY)


@pytest.fixture
def place(analysis, settle):
    """Return the place, with a study whose own round is closed, at a page."""

    def shown(page, service=None, copies=None, files=()):
        copies = copies or FakeCopies(RECEIVED)
        service = service or FakeAnalysis(rounds=(CLOSED,))
        drafts, kept = Drafts(DraftRows()), FakeFiles(files)
        made = analysis(service, copies=lambda: copies, files=lambda: kept, drafts=drafts)
        made.copies = copies
        made.open_page("study-1", page)
        settle()
        return made

    return shown


def test_a_word_copy_opens_from_the_coding_files_and_goes_back_to_them(place, settle):
    made = place("files")
    made.files_page.word_asked.emit("file-1")
    settle()

    assert current(made) is made._word
    assert made.copies.asked == [("read_copy", "file-1")]
    made.word_form.back_button.click()
    settle()
    assert current(made) is made._coding_files
    assert made.word_form.received is None


def test_a_word_copy_that_is_taken_in_goes_back_to_the_files_and_says_what_was_new(place, settle, messages):
    made = place("word:file-1")
    made.word_form.take_button.click()
    settle()

    assert current(made) is made._coding_files
    assert messages.last.text == "Taken in: 1 passage, 0 memos."


def test_what_cannot_be_opened_yet_is_refused_in_a_sentence_on_the_page_of_files(place, settle, messages):
    copies = FakeCopies()
    copies.trouble = Trouble(TroubleCode.ROUND_STILL_OPEN, number=1)
    made = place("paper", FakeAnalysis(), copies)
    settle()

    assert current(made) is made._coding_files
    assert messages.last.text.startswith("Other people’s coding stays sealed")


def test_paper_opens_from_the_coding_files_and_a_lock_brings_it_back_as_it_was(place, settle):
    made = place("files")
    made.files_page.paper_button.click()
    settle()
    assert current(made) is made._paper
    made.paper_form.coder.choose(OTHER)
    made.paper_form.of_text.choose(FIRST)
    made.paper_form.code.setText("Half")

    made.leave_view()
    made.enter_view()
    settle()

    assert current(made) is made._paper
    form = made.paper_form
    assert (form.coder.value(), form.of_text.value(), form.code.text()) == (OTHER, FIRST, "Half")


def test_a_lock_brings_a_word_copy_back(place, settle):
    made = place("word:file-1")
    made.leave_view()
    made.enter_view()
    settle()

    assert current(made) is made._word


def test_what_was_typed_and_not_taken_in_is_taken_in_from_the_files(place, settle, messages):
    made = place("files", files=[TYPED])
    made.files_page.open_button.click()
    settle()

    assert made.copies.asked == [("admit_paper", "file-2", Arrival.LATE)]
    assert messages.last.text == "Taken in: 1 passage, 0 memos."


@pytest.mark.parametrize(
    ("button", "late", "words"),
    [
        ("take_button", Arrival.TAKEN_LATE, "Taken in: 1 passage, 0 memos."),
        ("keep_button", Arrival.KEPT, "It is kept for the next round."),
    ],
)
def test_what_was_typed_is_asked_about_where_comparison_has_begun(place, settle, messages, *, button, late, words):
    copies = FakeCopies(None, TakenCopy(0, 0, Arrival.LATE, "file-2"), TakenCopy(1, 0, late, "file-2"))
    made = place("files", copies=copies, files=[TYPED])
    made.files_page.open_button.click()
    settle()
    asked = made.files_page.late.heading.text()
    getattr(made.files_page.late, button).click()
    settle()

    assert asked == "The coding of Coder 2 came after comparison had begun."
    assert copies.asked[1] == ("admit_paper", "file-2", late)
    assert messages.last.text == words


def commented():
    memos = (
        Memo("m1", OTHER, WALL, "Whose anger?", FIRST, 4, 20),
        Memo("m2", OTHER, WALL, "“rank”\nWhose rank?", theme="t1"),
        Memo("m3", OTHER, WALL, "“Methods”\nSay who"),
        Memo("m4", ME, WALL, "Mine", FIRST),
    )
    service = FakeAnalysis(rounds=(CLOSED,))
    service.memos, service.themes = memos, ThemeWork((StudyTheme("t1", "Being small"),))
    return service


def test_anothers_comment_on_a_passage_is_read_with_whose_it_is_and_not_edited(place):
    page = place("read", commented()).read_page
    lines = [page.memos.item(at).text() for at in range(page.memos.count())]
    page.memos.setCurrentRow(1)

    assert [line.startswith("Coder 2 · ") for line in lines] == [False, True]
    assert page.history.text().startswith("Coder 2\n")
    assert not page.edit_button.isVisibleTo(page)
    page.memos.setCurrentRow(0)
    assert page.edit_button.isVisibleTo(page)


def test_anothers_comment_on_a_theme_is_on_its_page_with_whose_it_is(place):
    notes = place("themes", commented()).themes_page.notes

    assert notes.memos.item(0).text().startswith("Coder 2 · ")
    assert notes.shown.text() == "“rank”\nWhose rank?"
    assert not notes.edit_button.isVisibleTo(notes)


def test_a_comment_on_the_whole_report_is_on_the_page_of_the_study(place):
    made = place("", commented())

    assert made.study_page.memos.item(0).text().startswith("Coder 2 · ")
    assert made.study_page.memos.item(0).text().endswith("\n“Methods”\nSay who")
    assert STUDY.id == "study-1"


SUPERVISED = replace(
    STUDY,
    approach=Approach.REFLEXIVE,
    authors=(STUDY.authors[0], replace(STUDY.authors[1], role=AuthorRole.SUPERVISOR)),
)
COMMENTS = replace(RECEIVED, file="comments-1", round=None)


@pytest.mark.parametrize(
    ("study", "is_guest", "is_offered"),
    [
        (SUPERVISED, False, True),
        (SUPERVISED, True, False),
        (replace(SUPERVISED, authors=SUPERVISED.authors[:1]), False, False),
        (STUDY, False, False),
    ],
)
def test_comments_are_added_on_the_studys_page_where_nobody_codes_in_rounds(place, *, study, is_guest, is_offered):
    made = place("", FakeAnalysis(study, rounds=(CLOSED,), is_guest=is_guest))

    assert made.study_page.comments_button.isVisible() is is_offered
    assert made.study_page.files_button.isVisible() is (study is STUDY)


def commenting(place, settle, copies):
    made = place("", FakeAnalysis(SUPERVISED, rounds=()), copies)
    made.comments.ask_file = lambda *_: Path("report.docx")
    made.study_page.comments_button.click()
    made.study_page.whose.do_button.click()
    settle()
    return made


def test_a_supervisors_comments_become_memos_and_lead_back_to_the_study(place, settle, messages):
    made = commenting(place, settle, FakeCopies(COMMENTS, TakenCopy(0, 1)))

    assert made._deps.files().asked == [("receive_comments", Path("report.docx"), OTHER)]
    assert current(made) is made._word
    assert made.word_form.title.text() == "Comments from Coder 2"
    made.word_form.take_button.click()
    settle()
    assert current(made) is made._study
    assert messages.last.text == "Taken in: 0 passages, 1 memo."


def test_a_lock_brings_a_supervisors_comments_back(place, settle):
    made = commenting(place, settle, FakeCopies(COMMENTS))
    made.leave_view()
    made.enter_view()
    settle()

    assert current(made) is made._word


def test_a_word_file_without_comments_on_the_study_is_refused_on_its_page(place, settle, messages):
    copies = FakeCopies(COMMENTS)
    copies.trouble = Trouble(TroubleCode.WORD_COPY_OTHER_TEXT, name="report.docx")
    made = commenting(place, settle, copies)

    assert current(made) is made._study
    assert messages.last.text
