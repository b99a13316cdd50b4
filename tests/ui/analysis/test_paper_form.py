"""Typing from paper: codes with lines whose words are seen at once, a list that is kept, and taking it in."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    OUTSIDE,
    ROUND,
    SECOND,
    STUDY,
    TEXT,
    WALL,
    FakeAnalysis,
    FakeCopies,
    long_text,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from qt_events import process_events
from waiting import wait_until
from window_fakes import DraftRows

from balint_desktop.domain.analysis.line_numbers import line_numbered
from balint_desktop.domain.analysis.paper_coding import PaperCoding, TypedCoding
from balint_desktop.domain.analysis.study import RoundClosing, Workplace
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.copy_deps import TakenCopy
from balint_desktop.ui.analysis.paper_form import PaperForm, open_rounds
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.vault.coding_admission import Arrival

CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0" * 64),))
LINES = line_numbered(TEXT.text)


@pytest.fixture
def form(qtbot, work, theme, look_at):
    """Return a function that shows the form, with a coder and a text chosen."""
    rows = DraftRows()

    def shown(*taken, choose=True, service=None, rounds=(CLOSED,)):
        made = look_at(PaperForm(Drafts(rows), work), 1080, 720)
        made.service, made.said, made.rows = FakeCopies(None, *taken), [], rows
        made.taken.connect(made.said.append)
        made.study = (service or FakeAnalysis(rounds=rounds)).open("study-1")
        made.show_study(made.service, made.study)
        if choose:
            made.coder.choose(OTHER)
            made.of_text.choose(FIRST)
        return made

    yield shown
    work.shutdown()


def settle(work):
    wait_until(lambda: (process_events(), not work.busy)[1])


def type_in(form, code, lines, memo=""):
    for field, words in ((form.code, code), (form.lines, lines), (form.memo, memo)):
        field.setText(words)
    QTest.keyClick(form.memo, Qt.Key.Key_Return)


def listed(form):
    return [form.list.item(at).text() for at in range(form.list.count())]


def test_other_coders_of_the_round_are_offered_and_who_codes_on_paper_is_chosen(form):
    study = replace(STUDY, authors=(*STUDY.authors[:2], replace(STUDY.authors[2], workplace=Workplace.PAPER)))
    made = form(choose=False, service=FakeAnalysis(study, rounds=(CLOSED,)))

    assert [made.coder.itemText(at) for at in range(1, made.coder.count())] == ["Coder 2", "Independent"]
    assert made.coder.value() == OUTSIDE
    assert made.first_field() is made.of_text


def test_fields_come_once_coder_and_text_are_chosen_with_the_version_that_the_print_must_have(form):
    made = form(choose=False)
    assert not made.entry.isVisibleTo(made)

    made.coder.choose(OTHER)
    made.of_text.choose(FIRST)

    assert made.entry.isVisibleTo(made)
    assert made.print_line.text().startswith("The print must say Session 1, version 1")


def test_the_words_of_the_lines_are_shown_as_they_are_typed_with_the_numbers_of_the_print(form):
    made = form()
    made.lines.setText("1, 3")

    assert made.words.toPlainText() == f"1  {LINES[0].words}\n3  {LINES[2].words}"
    made.lines.setText("99")
    assert made.words.toPlainText() == f"“99” is not in this text. Its last line is {len(LINES)}."


def test_enter_adds_a_line_empties_the_fields_and_goes_back_to_the_code(form):
    made = form()
    type_in(made, "Anger; Guilt", "2–3", "whose?")

    (line,) = listed(made)
    assert line.startswith(f"Anger; Guilt · 2–3 · “{LINES[1].words[:20]}")
    assert line.endswith(" …” · whose?")
    assert (made.code.text(), made.lines.text(), made.memo.text()) == ("", "", "")
    assert made.take_button.text() == "Take in 1 entry"


@pytest.mark.parametrize(
    ("code", "lines", "says"),
    [
        ("", "1", "Enter the code."),
        (" ; ", "1", "Enter the code."),
        ("Anger", "", "Type line numbers: 12, or 12–15, or 12 to 15, 18."),
        ("Anger", "3-1", "“3-1” runs backwards. Type the smaller number first."),
    ],
)
def test_a_line_that_means_nothing_is_said_and_stays_in_its_fields(form, code, lines, says):
    made = form()
    type_in(made, code, lines)

    assert made.problem.text() == says
    assert (made.code.text(), made.lines.text(), listed(made)) == (code, lines, [])


def test_a_line_is_edited_in_its_place_or_removed(form):
    made = form()
    type_in(made, "Anger", "1")
    type_in(made, "Guilt", "2")
    made.list.setCurrentRow(0)
    made.edit_button.click()
    assert (made.code.text(), made.lines.text(), made.add_button.text()) == ("Anger", "1", "Save change")

    type_in(made, "Rage", "1")
    assert [one.code for one in made.paper().typed] == ["Rage", "Guilt"]
    assert made.add_button.text() == "Add"
    made.list.setCurrentRow(1)
    made.remove_button.click()
    assert [one.code for one in made.paper().typed] == ["Rage"]


def test_cancelling_an_edit_leaves_the_line_as_it_was(form):
    made = form()
    type_in(made, "Anger", "1")
    made.edit_button.click()
    made.code.setText("Rage")
    made.stop_button.click()

    assert (made.code.text(), [one.code for one in made.paper().typed]) == ("", ["Anger"])


def test_codes_that_were_typed_before_are_offered(form):
    made = form()
    type_in(made, "Anger; Guilt", "1")
    model = made.code.completer().model()

    assert [model.index(at, 0).data() for at in range(model.rowCount())] == ["Anger", "Guilt"]


def test_the_list_is_kept_by_coder_and_text_and_half_a_line_with_it(form):
    made = form()
    type_in(made, "Anger", "1")
    made.of_text.choose(SECOND)
    type_in(made, "Guilt", "2")
    made.code.setText("Half")
    made.leave()
    assert listed(made) == []

    made.show_study(made.service, made.study)

    assert (made.coder.value(), made.of_text.value(), made.code.text()) == (OTHER, SECOND, "Half")
    assert [one.code for one in made.paper().typed] == ["Guilt"]
    made.of_text.choose(FIRST)
    assert [one.code for one in made.paper().typed] == ["Anger"]


def test_no_word_of_the_session_is_stored_in_a_draft(form):
    made = form()
    type_in(made, "Anger", "1")
    made.lines.setText("1-4")
    made.leave()

    assert "look at me" not in json.dumps(made.rows)


def test_a_text_that_changed_since_it_was_typed_says_that_the_lines_may_be_others(form):
    made = form()
    type_in(made, "Anger", "1")
    made.leave()
    made.study.texts[FIRST] = replace(TEXT, version=2)
    made.show_study(made.service, made.study)

    assert made.print_line.text().startswith("The text has changed since you typed this.")


def test_a_list_that_cannot_be_stored_takes_no_line(form):
    made = form()

    def full(form, content):
        raise Trouble(TroubleCode.DISK_FULL)

    made.rows.save = full
    type_in(made, "Anger", "1")

    assert (made.code.text(), listed(made)) == ("Anger", [])
    assert made.problem.text()


def test_all_of_a_print_is_taken_in_and_the_form_is_ready_for_the_next(form, work):
    made = form(TakenCopy(3))
    type_in(made, "Anger", "1")
    type_in(made, "Guilt", "2", "whose?")
    made.take_button.click()
    settle(work)

    paper = PaperCoding(FIRST, 1, (TypedCoding("Anger", "1"), TypedCoding("Guilt", "2", "whose?")))
    assert made.service.asked == [("admit_typed", OTHER, 1, paper)]
    assert made.said == ["Taken in: 3 passages, 0 memos."]
    assert (listed(made), made.coder.value()) == ([], OTHER)
    assert made.focusWidget() is made.code
    made.leave()
    assert [key for key in made.rows if FIRST in key] == []


def test_half_a_line_is_not_lost_by_taking_in(form, work):
    made = form()
    type_in(made, "Anger", "1")
    made.code.setText("Guilt")
    made.admit()
    settle(work)

    assert made.problem.text().startswith("This entry is not in the list yet.")
    assert made.service.asked == []


def test_a_trouble_leaves_the_list(form, work):
    made = form()
    type_in(made, "Anger", "1")
    made.service.trouble = Trouble(TroubleCode.ROUND_STILL_OPEN, number=1)
    made.admit()
    settle(work)

    assert made.problem.text().startswith("Other people’s coding stays sealed until you close your own round.")
    assert len(listed(made)) == 1


def test_what_comes_late_is_asked_about_and_taken_in_only_then(form, work):
    made = form(TakenCopy(0, 0, Arrival.LATE, "file-7"), TakenCopy(1, 0, Arrival.TAKEN_LATE))
    type_in(made, "Anger", "1")
    made.admit()
    settle(work)
    assert (made.confirm.is_asking, made.said) == (True, [])

    made.confirm.do_button.click()
    settle(work)
    assert made.service.asked[-1] == ("admit_paper", "file-7", Arrival.TAKEN_LATE)
    assert made.said


def test_rounds_are_offered_up_to_the_first_that_one_has_not_closed_oneself(form):
    later = replace(CLOSED, number=2, closings=())
    study = FakeAnalysis(rounds=(CLOSED, later, replace(CLOSED, number=3))).open("study-1")

    assert [one.number for one in open_rounds(study)] == [1]


def test_a_whole_session_is_shown_without_delay(form):
    made = form(service=FakeAnalysis(texts={FIRST: long_text(), SECOND: TEXT}, rounds=(CLOSED,)))
    type_in(made, "Anger", "1-700")

    assert len(listed(made)) == 1
