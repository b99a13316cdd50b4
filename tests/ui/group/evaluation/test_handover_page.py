"""Six people answer on the laptop in turn: nothing of the previous one is visible, and nothing else is reachable."""

from __future__ import annotations

from datetime import date

import pytest
from desktop_bench import GROUP, DesktopBench
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from qt_events import process_events

from balint_desktop import resources
from balint_desktop.domain.evaluation.written_part import FLOOR, shown_counts
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.state import VaultState

TEXT = resources.text("questionnaires/written-part.toml")
# The answers of six people to six statements; 0 is left blank.
ANSWERS = ("554315", "453245", "544352", "435125", "524404", "345350")
LINES = ("", "more time for the ending", "", "keep it weekly", "", "")


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    yield made
    made.close()


def hand_round(bench, *, from_paper=False):
    """Open the vault, begin a written part, and start the handover; return the part's id."""
    bench.open()
    part = bench.vault.log.evaluation.open_part(GROUP.id, date(2026, 3, 4), TEXT, FLOOR)
    back = lambda: bench.shell.show_place(PlaceKey.GROUPS)  # noqa: E731
    bench.desktop.handover.start(part, back, from_paper=from_paper)
    bench.shell.resize(1280, 720)
    bench.shell.show()
    settle()
    return part


def settle():
    for _ in range(6):
        QApplication.sendPostedEvents()
        process_events()


def look(bench):
    """Return every pixel of the window."""
    settle()
    # A blinking caret would be in some pictures by chance.
    QApplication.setCursorFlashTime(0)
    return bench.shell.grab().toImage()


def answer(bench, answers, line=""):
    """Answer as a person does: a digit for each statement, then perhaps a line."""
    for digit in answers:
        QApplication.focusWidget()
        focus = bench.shell.focusWidget()
        bench.qtbot.keyClick(focus, Qt.Key(Qt.Key.Key_0 + int(digit)))
    if line:
        field = bench.find("free-line-1", QLineEdit)
        field.setFocus()
        bench.qtbot.keyClicks(field, line)


def test_six_people_in_turn_each_find_the_page_as_the_first_one_did(bench):
    part = hand_round(bench)
    blank = look(bench)
    for answers, line in zip(ANSWERS, LINES, strict=True):
        answer(bench, answers, line)
        assert look(bench) != blank
        bench.press("hand-on")
        assert look(bench) == blank
    kept = bench.vault.log.evaluation
    assert kept.part(part).counts.sheets == 6
    assert kept.part(part).counts.answers[0] == (0, 0, 1, 2, 3)
    assert set(kept.lines(part, 1)) == {"more time for the ending", "keep it weekly"}
    kept.close_part(part)
    after = kept.part(part)
    assert shown_counts(after.counts, closed=True, least=after.least)[0] == (0, 0, 1, 2, 3)


def test_no_key_reveals_the_last_answers(bench):
    hand_round(bench)
    blank = look(bench)
    answer(bench, "511111", "a secret of mine")
    bench.find("free-line-1", QLineEdit).selectAll()
    bench.find("free-line-1", QLineEdit).copy()
    bench.press("hand-on")
    field = bench.find("free-line-1", QLineEdit)
    field.setFocus()
    for key, modifier in (
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier),
    ):
        bench.qtbot.keyClick(field, key, modifier)
    assert field.text() == ""
    assert "secret" not in QGuiApplication.clipboard().text()
    bench.desktop.handover.page.form.focus_first()
    assert look(bench) == blank


def test_tab_takes_the_same_path_for_everyone(bench):
    """A focused chip would stay focused for the next person, and so reveal an answer."""
    hand_round(bench)

    def way():
        bench.desktop.handover.page.form.focus_first()
        names = []
        for _ in range(12):
            names.append(bench.shell.focusWidget().objectName())
            bench.qtbot.keyClick(bench.shell.focusWidget(), Qt.Key.Key_Tab)
        return names

    first = way()
    bench.desktop.handover.page.reset()
    answer(bench, "333333")
    bench.press("hand-on")
    assert way() == first


def test_nothing_else_in_the_app_is_reachable_without_the_passphrase(bench):
    hand_round(bench)
    page = bench.desktop.handover.page
    assert bench.vault.state is VaultState.LOCKED
    with pytest.raises(Trouble):
        bench.vault.secrets()
    for key in PlaceKey:
        bench.shell.show_place(key)
        assert bench.shell.gate is page
    for number in range(1, 7):
        bench.qtbot.keyClick(bench.shell, Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.ControlModifier)
        assert bench.shell.gate is page
    for key in (Qt.Key.Key_L, Qt.Key.Key_Z, Qt.Key.Key_N, Qt.Key.Key_S):
        bench.qtbot.keyClick(bench.shell, key, Qt.KeyboardModifier.ControlModifier)
        assert bench.shell.gate is page
    bench.qtbot.keyClick(bench.shell, Qt.Key.Key_Escape)
    assert bench.shell.gate is page
    names = {w.objectName() for w in bench.shell.findChildren(QWidget) if w.isVisibleTo(bench.shell)}
    assert not {name for name in names if name.startswith(("place-", "group", "today", "log-", "navigation"))}


def test_the_page_stays_when_the_machine_locks_or_the_idle_minutes_pass(bench):
    part = hand_round(bench)
    answer(bench, "55")
    bench.pass_time(120)
    bench.desktop.locking.lock()
    assert bench.shell.gate is bench.desktop.handover.page
    answer(bench, "5555")
    bench.press("hand-on")
    assert bench.vault.log.evaluation.part(part).counts.sheets == 1


def test_the_passphrase_ends_the_handover_and_an_unfinished_sheet_is_not_counted(bench):
    part = hand_round(bench)
    answer(bench, "55")
    bench.press("handed-facilitator")
    assert not bench.shows("sheet")
    bench.unlock("not the passphrase")
    assert bench.desktop.handover.is_under_way
    bench.unlock()
    assert not bench.desktop.handover.is_under_way
    assert bench.vault.state is VaultState.OPEN
    assert bench.shell.current is PlaceKey.GROUPS
    assert bench.vault.log.evaluation.part(part).counts.sheets == 0


def test_returning_to_the_sheet_preserves_the_answers_but_not_a_typed_passphrase(bench):
    hand_round(bench)
    answer(bench, "45")
    bench.press("handed-facilitator")
    bench.form.secret.setText("seven")
    bench.press("handed-back")
    assert [row.answer for row in bench.desktop.handover.page.form.rows[:2]] == [4, 5]
    assert bench.desktop.handover.page.unlock.secret.text() == ""


def test_a_disk_error_counts_nothing_and_leaves_the_answers_on_the_page(bench, monkeypatch):
    part = hand_round(bench)
    answer(bench, "555555")

    def full(*_):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(bench.vault.log.evaluation, "add_sheet", full)
    bench.press("hand-on")
    assert "disk is full" in bench.reads("handed-problem")
    assert bench.desktop.handover.page.form.rows[0].answer == 5
    monkeypatch.undo()
    bench.press("hand-on")
    assert bench.vault.log.evaluation.part(part).counts.sheets == 1


def test_a_blank_sheet_passed_on_is_not_counted(bench):
    part = hand_round(bench)
    bench.press("hand-on")
    assert bench.vault.log.evaluation.part(part).counts.sheets == 0


def test_an_answer_can_be_changed_or_left_blank_until_it_is_passed_on(bench):
    hand_round(bench)
    row = bench.desktop.handover.page.form.rows[0]
    row.chips[4].click()
    row.chips[1].click()
    assert row.answer == 2
    row.chips[1].click()
    assert row.answer is None
    assert not any(made.isChecked() for made in row.chips)


def test_a_paper_sheet_can_be_undone_until_the_next_one_is_begun(bench):
    part = hand_round(bench, from_paper=True)
    rows = bench.vault.log.evaluation
    answer(bench, "555555")
    bench.press("hand-on")
    assert rows.part(part).counts.sheets == 1
    bench.desktop.context.undo.undo()
    assert rows.part(part).counts.sheets == 0
    answer(bench, "444444")
    bench.press("hand-on")
    answer(bench, "3")
    bench.desktop.context.undo.undo()
    assert rows.part(part).counts.sheets == 1
    assert bench.desktop.handover._last is None


def test_during_a_session_the_room_waits_behind_it_and_the_clock_runs_on(bench):
    bench.open()
    everyone = tuple(member.code for member in GROUP.participants)
    bench.desktop.session.start(
        lambda flow: flow._open(GROUP, 6, Ready("evaluation", everyone, "Built-in", record=False))
    )
    bench.press("begin")
    bench.desktop.session.flow.page.handover_asked.emit()
    settle()
    assert bench.desktop.handover.is_under_way
    page = bench.desktop.handover.page
    bench.shell.show_place(PlaceKey.SESSION)
    assert bench.shell.gate is page
    answer(bench, "555555")
    bench.press("hand-on")
    bench.clock.advance(300)
    bench.press("handed-facilitator")
    bench.unlock()
    assert bench.shell.current is PlaceKey.SESSION
    assert bench.vault.state is VaultState.IN_SESSION
    assert bench.desktop.session.flow.session.elapsed_s() == pytest.approx(300, abs=1)
    (part,) = bench.vault.log.evaluation.parts(GROUP.id)
    assert part.counts.sheets == 1
    assert part.session is not None


def test_closing_the_window_asks_a_second_time(bench):
    hand_round(bench)
    assert not bench.shell.close()
    assert bench.desktop.context.messages.last is not None
