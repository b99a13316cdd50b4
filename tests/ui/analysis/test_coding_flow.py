"""Reading with memos, coding, and what is next once one's round is closed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import (
    FIRST,
    ME,
    ROUND,
    STUDY,
    TEXT,
    WALL,
    FakeAnalysis,
    close_round,
    current,
    opened,
)
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from qt_events import process_events
from window_fakes import DraftRows

from balint_desktop.domain.analysis.study import (
    Approach,
    Memo,
    RoundClosing,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_escape


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
    place.code_page.text.select((4, 10))
    place.code_page._give(code)
    place.leave_view()
    assert place.code_page.text.toPlainText() == ""

    place.enter_view()
    settle()

    assert current(place) is place.code_page
    assert [one.code for one in place.code_page.sitting.work.codings.all] == [code]


def read(place, settle):
    place.study_page.read_asked.emit(FIRST)
    settle()
    return place.read_page


def test_m_on_who_speaks_begins_a_memo_on_what_they_say(analysis, settle):
    page = read(opened(analysis, settle), settle)
    turn = TEXT.turns[0]
    page.text.move_cursor(turn.begin)

    QTest.keyClicks(page.text, "m")

    assert page._asked == ((turn.words_begin, turn.end), None)


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
