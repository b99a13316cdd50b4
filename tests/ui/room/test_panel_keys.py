"""Reading a panel beside the clock by keyboard: keys scroll it, stay in it, and never lead the session."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QPushButton
from qt_events import process_events
from room_bench import RoomBench

Key = Qt.Key
PANELS = ("help", "care", "who", "time", "view", "mark", "end")


@pytest.fixture
def bench(theme, look_at, qtbot):
    """Return a room that has begun, in a window as low as one at 200 % of text is."""
    made = RoomBench(theme)
    look_at(made.room)
    made.room.resize(900, 420)
    made.room.enter_view()
    made.room._on_begin()
    made.room.window().activateWindow()
    qtbot.waitUntil(made.room.window().isActiveWindow)
    yield made
    made.room.leave_view()


def opened(bench, name):
    panels = bench.room.panels
    panel = panels.help() if name == "help" else getattr(panels, name)
    bench.room._open(panel)
    process_events()
    return panel


def press(bench, *keys):
    for key in keys:
        QTest.keyClick(bench.room.window().focusWidget(), key)
        process_events()


def test_the_pages_keys_scroll_help(bench):
    bar = opened(bench, "help").area.verticalScrollBar()
    assert bar.maximum() > 0
    at = []
    for key in (Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Space, Key.Key_End, Key.Key_Home):
        press(bench, key)
        at.append(bar.value())
    down, up, page_down, page_up, space, end, home = at

    assert 0 < down < page_down == space < end == bar.maximum()
    assert up == page_up == home == 0


@pytest.mark.parametrize("panel", PANELS)
def test_from_its_buttons_too_the_arrows_stay_in_the_panel_and_lead_nothing(bench, panel):
    shown = opened(bench, panel)
    shown.back.setFocus()
    phase = bench.session.state.phase
    press(bench, Key.Key_Down, Key.Key_Down, Key.Key_PageDown, Key.Key_End, Key.Key_Up, Key.Key_Home)

    assert shown.isAncestorOf(QApplication.focusWidget())
    assert (bench.session.state.phase, bench.session.state.ended_s) == (phase, None)
    assert not shown.isHidden()


@pytest.mark.parametrize("panel", ["help", "care"])
def test_space_in_a_panel_that_is_read_turns_its_page_and_presses_nothing(bench, panel):
    shown = opened(bench, panel)
    phase = bench.session.state.phase
    press(bench, Key.Key_Down, *[Key.Key_Space] * 12)

    assert not shown.isHidden()
    assert shown.area.verticalScrollBar().value() == shown.area.verticalScrollBar().maximum()
    assert bench.session.state.phase == phase


def test_a_tick_in_a_panel_leaves_the_arrows_to_scrolling(bench):
    shown = opened(bench, "view")
    tick = shown.findChild(QCheckBox, "view-themes")
    tick.setFocus()
    press(bench, Key.Key_Down, Key.Key_Down)

    assert tick.hasFocus()
    assert shown.area.verticalScrollBar().value() > 0


def test_a_field_of_a_panel_keeps_its_arrows(bench):
    shown = opened(bench, "time")
    shown.minutes_more.setFocus()
    before = shown.minutes_more.value()
    press(bench, Key.Key_Up)

    assert shown.minutes_more.value() == before + shown.minutes_more.singleStep()


def test_in_the_prompts_the_arrows_lead_to_no_step(bench):
    shown = bench.room.panels.prompts
    chip = next(one for one in shown.findChildren(QPushButton) if one.isVisible() and one.isEnabled())
    chip.setFocus()
    press(bench, *[Key.Key_Down] * 6)

    assert chip.hasFocus()
    assert bench.session.state.phase == 0
