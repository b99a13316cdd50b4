"""A whole evaluation in the real window: questions, six people at the laptop, the passphrase, and the counts."""

from __future__ import annotations

import pytest
from desktop_bench import GROUP, DesktopBench
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from qt_events import process_events

from balint_desktop.ui.ready.deps import Ready
from balint_desktop.ui.shell.shell import PlaceKey

ANSWERS = ("554315", "453245", "544352", "435125", "524404", "345350")
LINES = ("more time for the ending", "", "keep it weekly", "", "", "")


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    flashes = QApplication.cursorFlashTime()
    # A blinking caret would be in one picture and not in the next.
    QApplication.setCursorFlashTime(0)
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch)
    yield made
    made.close()
    QApplication.setCursorFlashTime(flashes)


def picture(bench):
    for _ in range(6):
        QApplication.sendPostedEvents()
        process_events()
    return bench.shell.grab().toImage()


def answer(bench, answers, line):
    for digit in answers:
        bench.qtbot.keyClick(bench.shell.focusWidget(), Qt.Key(Qt.Key.Key_0 + int(digit)))
    if line:
        field = bench.find("free-line-1", QLineEdit)
        field.setFocus()
        bench.qtbot.keyClicks(field, line)


def test_the_evaluation_from_its_first_question_to_its_counts(bench):
    bench.open()
    everyone = tuple(member.code for member in GROUP.participants)
    bench.desktop.session.start(
        lambda flow: flow._open(GROUP, 6, Ready("evaluation", everyone, "Built-in", record=False))
    )
    bench.press("begin")
    bench.clock.advance(5 * 60)
    bench.press("step")
    for question in (3, 1, 6):
        bench.press(f"question-{question}")
        bench.clock.advance(9 * 60)
    bench.press("step", "open-written", "room-hand-round")

    blank = picture(bench)
    for answers, line in zip(ANSWERS, LINES, strict=True):
        answer(bench, answers, line)
        assert picture(bench) != blank
        bench.press("hand-on")
        assert picture(bench) == blank, "the next person sees what the first one saw, to the pixel"

    bench.press("handed-facilitator")
    bench.unlock()
    assert bench.shell.current is PlaceKey.SESSION
    bench.press("step", "end-now")
    (row,) = bench.vault.log.sessions.sessions(GROUP.id)
    assert row.setting.kind == "evaluation"
    asked = [fact.question for fact in bench.vault.log.sessions.facts(row.id) if fact.kind == "question-asked"]
    assert asked == [3, 1, 6]
    bench.press("to-debrief", "closing-done")

    bench.shell.show_place(PlaceKey.GROUPS)
    bench.shell.place(PlaceKey.GROUPS).show_group_of(GROUP.id, "evaluation")
    bench.press("written-ask-closing", "written-close-for-good")
    assert (
        bench.reads("written-1-1-counts") == "1 person answered 3; 2 people answered 4; 3 people answered 5 (very much)"
    )
    shown = "\n".join(label.text() for label in bench.shell.findChildren(QLabel) if label.isVisibleTo(bench.shell))
    assert "keep it weekly" in shown
    assert not [code for code in everyone if code in shown]
    assert not bench.shell.findChildren(QWidget, "sheet")
