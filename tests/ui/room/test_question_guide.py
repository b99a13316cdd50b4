"""The core questions in an evaluation: chosen, ticked, undone, and never required to continue."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from room_bench import RoomBench

from balint_desktop.domain.trouble import TroubleCode

TALK = 5


@pytest.fixture
def bench(theme, look_at):
    made = RoomBench(theme, "evaluation")
    look_at(made.room)
    made.room._on_begin()
    made.record()
    made.to_minute(TALK)
    made.session.step()
    return made


def shows(bench, name):
    return any(w.isVisibleTo(bench.room) for w in bench.room.findChildren(QWidget, name))


def press(bench, name):
    bench.room.findChild(QAbstractButton, name).click()


def reads(bench, name):
    return bench.room.findChild(QLabel, name).text()


def kinds(bench):
    return [fact.kind for fact in bench.log.facts]


def test_all_seven_questions_are_visible_without_a_competing_card(bench):
    assert [shows(bench, f"question-{n}") for n in range(1, 9)] == [True] * 7 + [False]
    assert not shows(bench, "prompt-1")
    assert not shows(bench, "another")
    assert bench.log.prompts == 0 or all(kind != "question-asked" for kind in kinds(bench))
    assert not shows(bench, "question-undo")


def test_choosing_a_question_stores_a_fact_shows_its_probes_and_ticks_it(bench):
    press(bench, "question-4")
    assert kinds(bench)[-1] == "question-asked"
    assert bench.recorders.last.said[-1] == "mark question 4"
    assert shows(bench, "question-4-probe-1")
    assert not shows(bench, "question-1-probe-1")
    assert reads(bench, "question-4-asked") == "✓"
    press(bench, "question-1")
    assert not shows(bench, "question-4-probe-1")
    assert reads(bench, "question-4-asked") == "✓"
    assert "Asked:" in bench.room.findChild(QAbstractButton, "question-4").accessibleDescription()


def test_probes_based_on_the_findings_are_off_for_research_unless_the_theme_prompts_are_on(theme, look_at):
    bench = RoomBench(theme, "evaluation", research=True)
    look_at(bench.room)
    bench.room._on_begin()
    bench.to_minute(TALK)
    bench.session.step()
    press(bench, "question-6")
    assert not shows(bench, "question-6-theme-probe-1")

    bench.room.findChild(QAbstractButton, "view-themes").toggle()
    assert shows(bench, "question-6-theme-probe-1")

    bench.room.findChild(QAbstractButton, "view-themes").toggle()
    assert not shows(bench, "question-6-theme-probe-1")


def test_a_teaching_group_has_the_probes_based_on_the_findings(bench):
    press(bench, "question-6")
    assert shows(bench, "question-6-theme-probe-1")


def test_it_is_undone_by_its_button_and_by_choosing_it_again(bench):
    press(bench, "question-2")
    press(bench, "question-3")
    press(bench, "question-undo")
    assert bench.session.state.question == 2
    assert reads(bench, "question-3-asked") == ""
    press(bench, "question-2")
    assert bench.session.state.asked == ()
    assert not shows(bench, "question-undo")


def test_alt_and_its_number_chooses_a_question(bench, qtbot):
    qtbot.keyClick(bench.room, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bench.session.state.question == 4)


def test_a_press_on_the_text_is_a_press_on_the_number(bench, qtbot):
    qtbot.mouseClick(bench.room.findChild(QLabel, "question-5-words"), Qt.MouseButton.LeftButton)
    assert bench.session.state.question == 5


def test_a_question_the_disk_refuses_is_not_ticked(bench):
    bench.log.broken = TroubleCode.DISK_FULL
    press(bench, "question-2")
    assert reads(bench, "question-2-asked") == ""
    assert not bench.room.findChild(QAbstractButton, "question-2").isChecked()


def test_the_session_runs_and_ends_without_any_question(bench):
    bench.session.step()
    assert not shows(bench, "questions")
    bench.session.end()
    assert bench.session.state.ended_s is not None


def test_a_situation_is_shown_over_the_questions_which_then_return(bench):
    press(bench, "chip-silence")
    assert shows(bench, "prompt-1")
    assert not shows(bench, "questions")
    press(bench, "chip-silence")
    assert shows(bench, "questions")


def test_a_case_session_has_neither_questions_nor_a_written_part(theme, look_at):
    made = RoomBench(theme)
    look_at(made.room)
    assert not shows(made, "questions")
    assert not shows(made, "open-written")


def test_a_handover_goes_off_the_record_first(bench, qtbot):
    press(bench, "open-written")
    with qtbot.waitSignal(bench.room.handover_asked):
        press(bench, "room-hand-round")
    assert kinds(bench)[-1] == "recording-paused"
    assert not shows(bench, "written-panel")


def test_the_shortcuts_of_an_evaluation_are_listed_and_those_of_the_written_part_work(bench, qtbot):
    found = [label.text() for label in bench.room.panels.view.findChildren(QLabel)]
    assert "Ctrl+W" in found
    assert "Alt and a number" in found
    qtbot.keyClick(bench.room, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shows(bench, "written-panel"))
