"""Today: what comes next, in the order in which it comes."""

from __future__ import annotations

import pytest
import window_fakes as fakes
from PySide6.QtWidgets import QLabel, QPushButton

from balint_desktop.domain.clock import Instant
from balint_desktop.domain.people import Group, Weekday
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.today import TodayPlace, TodayView
from balint_desktop.ui.today_cards import next_sessions, when
from balint_desktop.ui.today_look import weekday_of


def group(name, day=None, sessions=6):
    return Group(GroupId(name), name, sessions=sessions, weekday=day)


def test_todays_groups_come_first_then_the_days_to_come():
    groups = [group("mon", Weekday.MONDAY), group("none"), group("thu", Weekday.THURSDAY), group("fri", Weekday.FRIDAY)]
    lines = next_sessions(groups, {}, Weekday.THURSDAY)

    assert [line.group.name for line in lines] == ["thu", "fri", "mon", "none"]


def test_the_next_number_follows_the_highest_held():
    (line,) = next_sessions([group("a")], {GroupId("a"): 2}, Weekday.MONDAY)

    assert line.number == 3


def test_a_group_that_is_done_comes_last():
    groups = [group("done", Weekday.MONDAY, sessions=2), group("open")]
    lines = next_sessions(groups, {GroupId("done"): 2}, Weekday.MONDAY)

    assert [line.group.name for line in lines] == ["open", "done"]
    assert when(lines[1]) == "All 2 sessions have been held."


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "Session 1 of 6"),
        (Weekday.MONDAY, "Session 1 of 6, today"),
        (Weekday.FRIDAY, "Session 1 of 6, usually on Friday"),
    ],
)
def test_a_card_says_which_session_and_when(day, words):
    (line,) = next_sessions([group("a", day)], {}, Weekday.MONDAY)

    assert when(line) == words


def test_the_weekday_is_the_local_one(monkeypatch):
    # 23 November 2026, 13:00 UTC, is a Monday everywhere from -12 to +10.
    assert weekday_of(Instant(1795438800.0, 0.0, "boot")) is Weekday.MONDAY


def lines():
    return tuple(next_sessions(fakes.some_groups(), {}, Weekday.THURSDAY))


def button(place, name):
    return place.findChild(QPushButton, name)


def test_get_ready_tells_which_group(messages, look_at, qtbot):
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages))
    place.entered()
    with qtbot.waitSignal(place.get_ready_asked, timeout=1000) as told:
        button(place, "get-ready-b").click()

    assert told.args == ["b"]


def test_an_unfinished_session_stands_first_and_takes_the_keys(messages, look_at, qtbot):
    place = look_at(TodayPlace(lambda: TodayView(lines(), "It began at 14:00."), messages))
    place.entered()

    assert place.first_focus() is button(place, "return-to-session")
    assert place.findChild(QLabel, "unfinished-words").text() == "It began at 14:00."
    with qtbot.waitSignal(place.return_asked, timeout=1000):
        place.first_focus().click()


def test_without_groups_naming_one_is_the_thing_to_do(messages, look_at):
    place = look_at(TodayPlace(TodayView, messages))
    place.entered()

    assert place.first_focus() is button(place, "name-group")
    assert place.first_focus().property("kind") == "primary"


def test_without_a_vault_there_is_the_clock_and_the_way_to_a_vault(messages, look_at, qtbot):
    view = TodayView(has_vault=False, way_to_vault="Set up a vault")
    place = look_at(TodayPlace(lambda: view, messages))
    place.entered()

    assert button(place, "name-group") is None
    assert place.first_focus() is button(place, "without-group")
    with qtbot.waitSignal(place.vault_asked, timeout=1000):
        button(place, "way-to-vault").click()


def test_a_log_that_cannot_be_read_is_told(messages, look_at):
    def look():
        raise Trouble(TroubleCode.LOG_DAMAGED)

    place = look_at(TodayPlace(look, messages))
    place.entered()

    assert "log is damaged" in messages.last.text


def test_entering_again_shows_what_is_there_now(messages, look_at):
    views = [TodayView(), TodayView(lines())]
    place = look_at(TodayPlace(lambda: views.pop(0), messages))
    place.entered()
    place.entered()

    assert button(place, "get-ready-a") is not None
