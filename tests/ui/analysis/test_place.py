"""The place: studies, set up, reading with memos, rounds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    ROUND,
    SECOND,
    STUDY,
    TEXT,
    TEXTS,
    WALL,
    FakeAnalysis,
    FakeFiles,
    FakeReports,
)
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from qt_events import process_events
from waiting import wait_until
from window_fakes import DraftRows

from balint_desktop.domain.analysis.study import (
    Approach,
    AuthorRole,
    CodingRound,
    Memo,
    RoundClosing,
    RoundKind,
    Workplace,
)
from balint_desktop.domain.key_words import key_words
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_escape


@pytest.fixture
def settle(work):
    """Return a function that waits until nothing is read or written."""

    def wait():
        wait_until(lambda: (process_events(), not work.busy)[1])

    return wait


def opened(analysis, settle, service=None, **changed):
    place = analysis(service, **changed)
    place.show_study("study-1")
    settle()
    return place


def current(place):
    return place._pages.current()


# --- studies ---


def test_without_a_study_a_new_one_is_offered(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    settle()

    assert place.studies.none.isVisible()
    assert not place.studies.open_button.isVisible()
    assert place.studies.new_button.isVisible()


def test_a_study_is_created_with_the_texts_ticked_and_its_first_author(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.set_up.form.question.setPlainText("What do they meet?")
    place.set_up.form.approach.setCurrentIndex(list(Approach).index(Approach.REFLEXIVE))
    place.set_up.form.texts[FIRST].setChecked(False)
    place.set_up.form.without_evaluation.setChecked(True)
    place.set_up.form.label.setText("Coder 1")

    place.set_up.form.save_button.click()
    settle()

    study = place.service.study
    assert (study.name, study.question, study.approach) == (
        "Being with distress",
        "What do they meet?",
        Approach.REFLEXIVE,
    )
    assert study.texts == TEXTS[1:]
    assert [one.recording for one in study.analysed] == [SECOND]
    assert [one.label for one in study.authors] == ["Coder 1"]
    assert current(place) is place._study


@pytest.mark.parametrize(
    ("missing", "words"),
    [("name", "Enter a name for the study."), ("label", "Enter what you are called in the study.")],
)
def test_what_is_missing_is_said_and_the_field_has_the_focus(analysis, settle, missing, words):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    getattr(place.set_up.form, missing).clear()

    place.set_up.form.save_button.click()

    assert place.set_up.form.problem.text() == words
    assert getattr(place.set_up.form, missing).hasFocus()
    assert place.service.study is None


def test_a_half_typed_study_is_there_again(analysis, settle):
    rows = DraftRows()
    place = analysis(FakeAnalysis(study=None), drafts=Drafts(rows))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Half a na")
    place.leave_view()

    place.enter_view()
    settle()
    place.studies.new_button.click()
    settle()

    assert place.set_up.form.name.text() == "Half a na"


def test_an_author_is_added_edited_and_removed_while_the_form_above_stays(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.form.name.setText("Half typed")
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Supervisor")
    place.set_up.authors.role.setCurrentIndex(list(AuthorRole).index(AuthorRole.SUPERVISOR))
    place.set_up.authors.positionality.setPlainText("Trained in psychoanalysis")
    place.set_up.authors.save_button.click()
    settle()

    made = place.service.study.authors[-1]
    assert (made.label, made.role, made.positionality) == (
        "Supervisor",
        AuthorRole.SUPERVISOR,
        "Trained in psychoanalysis",
    )
    assert place.set_up.form.name.text() == "Half typed"

    place.set_up.authors.authors.setCurrentRow(3)
    place.set_up.authors.remove_button.click()
    place.set_up.authors.confirm.do_button.click()
    settle()
    assert place.service.study.authors == STUDY.authors


def test_nobody_removes_themselves_and_no_label_is_there_twice(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.authors.setCurrentRow(0)

    assert not place.set_up.authors.remove_button.isEnabled()

    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("coder 2")
    place.set_up.authors.save_button.click()
    assert place.set_up.authors.problem.text() == "Another author already has this label."


_KEY = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"


def test_the_eight_words_of_an_authors_key_are_shown_as_it_is_pasted(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place.set_up.authors.key.setText(f" {_KEY.upper()} ")
    assert place.set_up.authors.key_words.words.text() == " ".join(key_words(_KEY)[:4]) + " · " + " ".join(
        key_words(_KEY)[4:]
    )

    place.set_up.authors.save_button.click()
    settle()

    assert place.service.study.authors[-1].reader_key == _KEY


def test_what_is_no_key_is_refused_and_whoever_codes_here_needs_none(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    place.set_up.authors.key.setText("age1nothing")
    place.set_up.authors.save_button.click()
    assert place.set_up.authors.problem.text().startswith("This is not a reader key.")
    place.set_up.authors.key.setText(_KEY)
    assert place.set_up.authors.problem.text() == ""
    assert (
        place.set_up.authors.key_words.findChild(QWidget, "author-key-words-help")
        .text()
        .startswith("Read these words to the coder")
    )

    place.set_up.authors.workplace.setCurrentIndex(list(Workplace).index(Workplace.HERE))
    place.set_up.authors.save_button.click()
    settle()

    assert place.service.study.authors[-1].reader_key == ""


def found_words(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.themes_button.click()
    settle()
    place.themes_page.show_view("passages")
    place.themes_page.passages.query.typed.setText("very out of depth")
    place.themes_page.passages.query.changed.emit()
    return place, TEXT.text.index("very out of depth")


def test_words_that_were_found_are_selected_in_their_text(analysis, settle):
    place, begin = found_words(analysis, settle)

    place.themes_page.passages.read_button.click()
    settle()

    assert current(place) is place.read_page
    assert place.read_page.text.selected() == (begin, begin + len("very out of depth"))


def test_words_that_were_found_are_coded(analysis, settle):
    place, begin = found_words(analysis, settle)
    place.themes_page.passages.list.setCurrentRow(1)

    place.themes_page.passages.code_button.click()
    settle()
    place.code_page._give_new("Out of depth")
    settle()

    assert current(place) is place.code_page
    (made,) = place.service.works[1, ME].codings.all
    assert (made.text, made.begin, made.end) == (SECOND, begin, begin + len("very out of depth."))


def test_saving_the_form_keeps_the_authors(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.form.governance.setText("Our iwi partners")

    place.set_up.form.save_button.click()
    settle()

    assert place.service.study == replace(STUDY, governance="Our iwi partners")


# --- rounds ---


def test_the_approach_decides_whether_there_are_rounds(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(replace(STUDY, approach=Approach.REFLEXIVE), rounds=()))

    assert place.study_page.round_button.isHidden()
    assert place.study_page.compare_button.isHidden()
    assert place.study_page.code_button.isEnabled()


def test_a_round_is_opened_for_all_who_code(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(rounds=()))
    assert not place.study_page.code_button.isEnabled()

    place.study_page.round_button.click()
    settle()
    place.round_form.open_button.click()
    settle()

    (made,) = place.service.rounds
    assert (made.number, made.kind, made.authors) == (1, RoundKind.OPEN, tuple(one.id for one in STUDY.authors))
    assert place.study_page.code_button.isEnabled()


def test_comparing_is_offered_once_ones_own_round_is_closed(analysis, settle):
    place = opened(analysis, settle)
    assert place.study_page.compare_button.isHidden()
    place.study_page.code_button.click()
    settle()

    place.code_page.close_button.click()
    place.code_page.confirm.do_button.click()
    settle()

    assert current(place) is place._study
    assert place.study_page.compare_button.isVisible()
    assert place.service.rounds[0].has_closed(ME)


def test_a_text_of_the_study_has_its_version_in_a_column_of_its_own(analysis, settle):
    model = opened(analysis, settle).study_page.texts.model()

    assert [model.index(0, column).data() for column in range(model.columnCount())] == ["Session 1", "1", "0"]


def close_round(place, settle):
    place.study_page.code_button.click()
    settle()
    place.code_page.close_button.click()
    place.code_page.confirm.do_button.click()
    settle()


@pytest.mark.parametrize(
    ("authors", "is_guest", "asked", "words"),
    [
        (ROUND.authors, False, " Then you can open what the others coded, and compare.", " You can now compare."),
        ((ME,), False, "", ""),
        ((ME,), True, " Then you can send it back.", " Send it back under “Coding files”."),
    ],
)
def test_closing_a_round_says_what_is_next(analysis, settle, messages, *, authors, is_guest, asked, words):
    place = opened(analysis, settle, FakeAnalysis(rounds=(replace(ROUND, authors=authors),), is_guest=is_guest))

    close_round(place, settle)

    assert place.code_page.confirm.words.text().endswith(f"afterwards.{asked}")
    assert messages.last.text == f"Your round is closed.{words}"


def test_a_round_in_which_one_does_not_code_is_compared_and_followed_by_the_next(analysis, settle):
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))
    theirs = CodingRound(2, RoundKind.OPEN, WALL, (OTHER,), closings=(RoundClosing(OTHER, WALL, "2"),))
    place = opened(analysis, settle, FakeAnalysis(rounds=(closed, theirs)))
    page = place.study_page
    assert page.round_line.text() == "Round 2: 1 of 1 closed."
    assert (page.round_button.text(), page.round_button.isVisible()) == ("Open round 3…", True)

    page.code_button.click()
    settle()
    assert place.code_page.title.text().startswith("Round 1, ")
    place.code_page.back_button.click()
    settle()
    page.compare_button.click()
    settle()

    assert place.compare_page.title.text() == "Compare round 2: 1 coder"


def test_in_a_coders_own_vault_no_round_is_opened_and_nothing_compared_or_reported(analysis, settle):
    service = FakeAnalysis(rounds=(replace(ROUND, authors=(ME,)),), is_guest=True)
    place = opened(analysis, settle, service, reports=FakeReports)
    close_round(place, settle)

    for made in (place.study_page.round_button, place.study_page.compare_button, place.study_page.report_button):
        assert made.isHidden()
    assert place.study_page.files_button.isVisible()
    place.study_page.themes_button.click()
    settle()
    assert place.themes_page.report_button.isHidden()


@pytest.mark.parametrize("page", ["compare", "report", "round", "paper"])
def test_a_page_that_a_coders_vault_has_not_is_the_studys_own(analysis, settle, page):
    place = analysis(FakeAnalysis(is_guest=True), reports=FakeReports)

    place.open_page("study-1", page)
    settle()

    assert current(place) is place._study


def test_without_rounds_coding_begins_at_once(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(replace(STUDY, approach=Approach.REFLEXIVE), rounds=()))

    place.study_page.code_button.click()
    settle()

    assert current(place) is place.code_page
    assert place.code_page.title.text() == "You are Coder 1"


def test_what_is_coded_is_there_again_after_the_place_was_left(analysis, settle):
    place = opened(analysis, settle)
    place.study_page.code_button.click()
    settle()
    code = place.code_page.sitting.new_code("Anger")
    place.code_page._give(code)
    place.leave_view()
    assert place.code_page.text.toPlainText() == ""

    place.enter_view()
    settle()

    assert current(place) is place.code_page
    assert [one.code for one in place.code_page.sitting.work.codings.all] == [code]


# --- reading ---


def read(place, settle):
    place.study_page.read_asked.emit(FIRST)
    settle()
    return place.read_page


def test_m_begins_a_memo_on_the_words_selected_and_it_is_dated(analysis, settle):
    place = opened(analysis, settle)
    page = read(place, settle)
    at = TEXT.text.index("angry")
    cursor = QTextCursor(page.text.document())
    cursor.setPosition(page.text.places.to_qt(at))
    cursor.setPosition(page.text.places.to_qt(at + 3), QTextCursor.MoveMode.KeepAnchor)
    page.text.setTextCursor(cursor)

    QTest.keyClicks(page.text, "m")
    page.box.words.setPlainText("Where does it go?")
    page.box.save_button.click()
    settle()

    (memo,) = place.service.memos
    assert (memo.words, memo.author, memo.wall, memo.text) == ("Where does it go?", ME, WALL, FIRST)
    assert TEXT.text[memo.begin : memo.end] == "angry."
    assert page.memos.count() == 1
    assert page.text.hasFocus()


def test_an_edited_memo_supersedes_and_the_one_before_can_be_read(analysis, settle):
    service = FakeAnalysis()
    service.memos = (Memo("m1", ME, WALL - 9, "First thought", FIRST),)
    place = opened(analysis, settle, service)
    page = read(place, settle)

    page.edit_button.click()
    assert page.box.words.toPlainText() == "First thought"
    page.box.words.setPlainText("Second thought")
    page.box.save_button.click()
    settle()

    assert [(memo.words, memo.supersedes) for memo in service.memos] == [
        ("First thought", None),
        ("Second thought", "m1"),
    ]
    assert page.memos.count() == 1
    assert "First thought" in page.history.text()


def test_a_memo_that_cannot_be_saved_stays_in_the_box(analysis, settle):
    place = opened(analysis, settle)
    page = read(place, settle)
    page.whole_button.click()
    page.box.words.setPlainText("On all of it")
    place.service.trouble = Trouble(TroubleCode.DISK_FULL)

    page.box.save_button.click()
    settle()

    assert page.box.isVisible()
    assert page.box.words.toPlainText() == "On all of it"
    assert page.box.problem.text()


def test_a_half_written_memo_is_a_draft_and_cancelled_it_is_none(analysis, settle):
    rows = DraftRows()
    place = opened(analysis, settle, drafts=Drafts(rows))
    page = read(place, settle)
    page.whole_button.click()
    page.box.words.setPlainText("Half")
    place.leave_view()
    assert len(rows) == 1

    place.enter_view()
    settle()
    page = read(place, settle)
    page.whole_button.click()
    assert page.box.words.toPlainText() == "Half"

    page.box.cancel_button.click()
    assert rows == {}


def test_a_study_that_cannot_be_opened_leaves_the_list(analysis, settle, messages):
    place = analysis()
    place.service.trouble = Trouble(TroubleCode.DISK_FULL)

    place.show_study("study-1")
    settle()

    assert current(place) is place._list
    assert messages.last is not None


def test_what_is_opened_last_is_shown_whatever_was_still_being_opened(analysis, settle):
    place = opened(analysis, settle)
    place.open_page("study-1", "themes")
    place.open_page("study-1", "read")
    settle()

    assert current(place) is place.read_page


# --- once, and for good ---


def test_create_pressed_twice_makes_one_study_and_says_that_it_is_being_made(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")

    place.set_up.form.save_button.click()
    said = place.set_up.form.news.text()
    place.set_up.form.save_button.click()
    place.set_up.form.save()
    settle()

    assert said == "Creating the study…"
    assert [one[0] for one in place.service.asked].count("create") == 1


def test_a_study_that_could_not_be_created_can_be_tried_again(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.service.trouble = Trouble(TroubleCode.DISK_FULL)
    place.set_up.form.save_button.click()
    settle()
    assert place.set_up.form.problem.text()
    place.service.trouble = None

    place.set_up.form.save_button.click()
    settle()

    assert place.service.study.name == "Being with distress"


def test_a_round_and_an_author_pressed_twice_are_one(analysis, settle):
    place = opened(analysis, settle, FakeAnalysis(rounds=()))
    place.study_page.round_button.click()
    settle()
    for _ in range(2):
        place.round_form.open_button.click()
    settle()
    place.study_page.set_up_button.click()
    place.set_up.authors.add_button.click()
    place.set_up.authors.label.setText("Coder 4")
    for _ in range(2):
        place.set_up.authors.save_button.click()
    settle()

    assert len(place.service.rounds) == 1
    assert [one.label for one in place.service.study.authors].count("Coder 4") == 1


def test_a_study_is_destroyed_once_that_is_confirmed(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.destroy_button.click()
    asked = place.set_up.confirm.words.text()
    assert place.service.study is not None

    place.set_up.confirm.do_button.click()
    settle()

    assert asked.startswith("Destroy “Being with distress” for good?")
    assert place.service.asked[-3] == ("destroy", "study-1")
    assert current(place) is place._list
    assert place.studies.none.isVisible()


def test_a_study_under_a_hold_stays_and_that_is_said(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.set_up_button.click()
    place.set_up.destroy_button.click()
    place.service.trouble = Trouble(TroubleCode.HELD)

    place.set_up.confirm.do_button.click()
    settle()

    assert "legal hold" in messages.last.text
    assert current(place) is place._set_up


def test_a_new_study_has_nothing_to_destroy(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()

    assert not place.set_up.destroy_button.isVisible()


def test_what_was_said_of_a_closed_round_is_not_said_of_the_next(analysis, settle):
    closed = replace(ROUND, closings=(RoundClosing(ME, WALL, "0" * 64),))
    place = opened(analysis, settle, FakeAnalysis(rounds=(closed,)))
    place.study_page.code_button.click()
    settle()
    place.code_page._may_change()
    said = place.code_page.news.text()
    place.code_page.back_button.click()
    settle()
    place.service.rounds = (closed, replace(ROUND, number=2))
    place.open_page("study-1", "code")
    settle()

    assert said.startswith("Your round is closed.")
    assert place.code_page.news.text() == ""


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docx", "“a.docx” is a Word file. Open the study"),
        ("a.QDPX", "“a.QDPX” is a project of other software. Open the study"),
        ("a.txt", "“a.txt” is not a coding file."),
    ],
)
def test_what_is_no_sealed_file_is_said_with_where_it_is_added(analysis, settle, messages, name, words):
    files = FakeFiles()
    place = analysis(files=lambda: files)
    place.files.ask_file = lambda *_: Path(name)

    place.studies.import_button.click()
    settle()

    assert messages.last.text.startswith(words)
    assert files.asked == []


# --- keys ---


def test_after_creating_and_saving_the_focus_is_on_what_is_next(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    place.set_up.form.name.setText("Being with distress")
    place.set_up.form.save_button.click()
    settle()
    created = place.study_page.round_button.hasFocus()
    place.study_page.set_up_button.click()
    place.set_up.form.save_button.click()
    settle()

    assert created
    assert place.study_page.round_button.hasFocus()


def test_tab_reaches_every_text_before_the_study_is_created(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    place.studies.new_button.click()
    settle()
    order, at = [], place.set_up.form.name
    while at is not place.set_up.form.save_button:
        at = at.nextInFocusChain()
        order.append(at)

    ticks = list(place.set_up.form.texts.values())
    assert [one for one in order if one in ticks] == ticks


def test_escape_in_a_new_study_keeps_what_is_typed_and_cancel_does_not(analysis, settle):
    place = analysis(FakeAnalysis(study=None), drafts=Drafts(DraftRows()))

    def typed_again():
        place.studies.new_button.click()
        settle()
        return place.set_up.form.name.text()

    typed_again()
    place.set_up.form.name.setText("Half a na")
    press_escape(place, place.set_up.form.name)
    settle()
    after_escape = typed_again()
    place.set_up.form.cancel_button.click()
    settle()

    assert (after_escape, typed_again()) == ("Half a na", "")


def test_escape_in_a_memo_keeps_what_is_written(analysis, settle):
    place = opened(analysis, settle, drafts=Drafts(DraftRows()))
    page = read(place, settle)
    page.whole_button.click()
    page.box.words.setPlainText("Half")

    press_escape(page, page.box.words)
    hidden = page.box.isHidden()
    page.whole_button.click()

    assert hidden
    assert page.box.words.toPlainText() == "Half"


def test_without_memos_their_heading_stays_at_the_top(analysis, settle):
    page = read(opened(analysis, settle), settle)
    page.side.show()
    process_events()

    title = page.findChild(QWidget, "read-memos-heading")
    assert title.geometry().top() == 0
    assert title.height() < 2 * title.sizeHint().height()


def test_a_round_opened_by_mistake_is_discarded_once_that_is_confirmed(analysis, settle, messages):
    place = opened(analysis, settle)
    place.study_page.discard_button.click()
    before = len(place.service.rounds)
    place.study_page.confirm.do_button.click()
    settle()

    assert (before, place.service.rounds) == (1, ())
    assert place.study_page.discard_button.isHidden()
    assert messages.last.text == "Round 1 is discarded."
