"""Today: upcoming sessions in their order."""

from __future__ import annotations

from datetime import date, timedelta

import accessible
import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from qt_events import process_events

from balint_desktop.domain.group import dates as d
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.today.cards import next_sessions, when
from balint_desktop.ui.today.open_matters import open_lines
from balint_desktop.ui.today.place import Presented, TodayPlace, TodayView, presented_words
from balint_desktop.ui.widgets.dates import day_words, time_words
from balint_desktop.vault.log.dates import GroupProgress

THURSDAY = date(2026, 3, 5)
AT_TWO = d.new_plan(THURSDAY, 6, "14:00", last_evaluates=True)


def standing(name, day=None, sessions=6, highest=0, plan=None):
    planned = () if plan is None else tuple(line for line in plan if line.number > highest)
    return GroupProgress(GroupId(name), name, sessions, day, highest, plan is not None, planned)


def on(days, **given):
    """Return a calendar that starts that many days from Thursday."""
    return d.new_plan(THURSDAY + timedelta(days), 6, last_evaluates=True, **given)


def test_todays_groups_come_first_then_the_days_to_come():
    standings = [
        standing("mon", "monday"),
        standing("none"),
        standing("thu", "thursday"),
        standing("friday in two weeks", plan=on(15)),
        standing("friday", plan=on(1)),
    ]
    lines = next_sessions(standings, THURSDAY)

    assert [line.name for line in lines] == ["thu", "friday", "mon", "friday in two weeks", "none"]


def test_two_groups_on_one_day_are_in_the_order_of_their_times():
    standings = [standing("late", plan=on(0, time="16:00")), standing("early", plan=on(0, time="09:00"))]

    assert [line.name for line in next_sessions(standings, THURSDAY)] == ["early", "late"]


def test_a_group_whose_day_has_passed_comes_after_todays_and_before_the_next_days():
    standings = [standing("over", plan=on(-1)), standing("tomorrow", plan=on(1)), standing("today", plan=on(0))]

    assert [line.name for line in next_sessions(standings, THURSDAY)] == ["today", "over", "tomorrow"]


def test_without_a_plan_the_next_number_follows_the_highest_held():
    (line,) = next_sessions([standing("a", highest=2)], THURSDAY)

    assert line.number == 3


def test_a_finished_group_comes_last():
    lines = next_sessions([standing("done", "monday", 2, 2), standing("planned", plan=AT_TWO, highest=6)], THURSDAY)

    assert [when(line) for line in lines] == [
        "All 2 sessions have been held.",
        "All 6 sessions have been held.",
    ]
    assert next_sessions([standing("done", "monday", 2, 2), standing("open")], THURSDAY)[0].name == "open"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "Session 1 of 6"),
        ("thursday", "Session 1 of 6, today"),
        ("friday", "Session 1 of 6, usually on Friday"),
    ],
)
def test_a_card_without_a_calendar_shows_which_session_and_the_usual_day(day, words):
    (line,) = next_sessions([standing("a", day)], THURSDAY)

    assert when(line) == words


@pytest.mark.parametrize(
    ("highest", "after_days", "words"),
    [
        (0, 0, "Session 1 of 6, today at 14:00"),
        (0, -1, "Session 1 of 6, tomorrow at 14:00"),
        (1, 1, "Session 2 of 6, {12} at 14:00"),
        (5, 34, "Session 6 of 6, the evaluation, tomorrow at 14:00"),
        (0, 1, "Session 1 of 6, planned for yesterday at 14:00, has no record yet"),
    ],
)
def test_a_card_with_a_calendar_shows_when_in_everyday_words(highest, after_days, words):
    (line,) = next_sessions([standing("a", plan=AT_TWO, highest=highest)], THURSDAY + timedelta(after_days))

    expected = words.replace("{12}", day_words(date(2026, 3, 12))).replace("14:00", time_words("14:00"))
    assert when(line) == expected


def test_open_matters_are_listed_by_kind_and_group_without_identifying_anyone():
    a, b = GroupId("a"), GroupId("b")
    matters = [
        OpenMatter(OpenKind.CONSENTS_TO_ENTER, a, count=3),
        OpenMatter(OpenKind.SESSION_WITHOUT_RECORD, a, 2, THURSDAY - timedelta(1)),
        OpenMatter(OpenKind.DEBRIEF_UNWRITTEN, b, 4),
        OpenMatter(OpenKind.RECORDING_TO_DESTROY, b),
        OpenMatter(OpenKind.RECORDING_TO_DESTROY, b),
        OpenMatter(OpenKind.DEBRIEF_UNWRITTEN, None, None),
    ]
    result = open_lines(matters, {a: "Psychiatry", b: "Surgery"}, THURSDAY)

    assert [(line.words, line.button) for line in result] == [
        ("Psychiatry · 3 people’s consents to enter", "Enter consents"),
        ("Psychiatry · Session 2, planned for yesterday, has no record", "Enter its record…"),
        ("Surgery · The debrief of session 4 is not written", "Open the session"),
        ("Surgery · 2 recordings to destroy now", "Open the recording"),
        ("1 debrief is not written", "Open the session"),
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (None, "No backup yet"),
        (0, "Last backup: today"),
        (1, "Last backup: 1 day ago"),
        (12, "Last backup: 12 days ago"),
    ],
)
def test_the_age_of_the_last_backup_is_said_in_days(days, words):
    day = THURSDAY - timedelta(days) if days is not None else None
    (line,) = open_lines([OpenMatter(OpenKind.BACKUP_DUE, day=day)], {}, THURSDAY)

    assert (line.words, line.button) == (words, "Back up…")


def test_of_several_sessions_without_a_record_the_first_is_entered_first():
    matters = [
        OpenMatter(OpenKind.SESSION_WITHOUT_RECORD, GroupId("a"), n, THURSDAY - timedelta(7 - n)) for n in (1, 2, 3)
    ]
    (line,) = open_lines(matters, {}, THURSDAY)

    assert (line.words, line.button, line.matter) == ("3 sessions have no record", "Enter session 1", matters[0])


def test_a_backup_that_is_not_due_is_named_below(messages, look_at):
    place = look_at(TodayPlace(lambda: TodayView(lines(), backup="Last backup: today"), messages))
    place.enter_view()

    assert place.findChild(QLabel, "today-backup").text() == "Last backup: today"


@pytest.mark.parametrize("look", [(Appearance.LIGHT, 1.0), (Appearance.DARK, 2.0), (Appearance.CONTRAST, 2.0)])
def test_the_line_on_a_transcription_is_named_and_in_order_and_leads_there(messages, look_at, theme, qtbot, look):
    appearance, scale = look
    theme.choose(appearance)
    theme.set_scale(scale)
    words = "Block B, session 2: transcription waits until the battery is at 30% or the charger is connected"
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages, transcribing=lambda: words), 1060, 720)
    place.enter_view()
    process_events()
    line = place.transcribing_line

    assert line.words.text() == line.open_button.accessibleDescription() == words
    assert accessible.cut(place) == []
    assert accessible.nameless(place) == []
    assert accessible.out_of_reading_order(place) == []
    assert accessible.unreachable(place) == []
    with qtbot.waitSignal(place.transcripts_asked):
        line.open_button.click()


def test_without_a_transcription_there_is_no_line(messages, look_at):
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages))
    place.enter_view()

    assert place.transcribing_line.isHidden()


@pytest.mark.parametrize(
    ("runs", "title"), [(True, "Your session is still running"), (False, "Your session is not finished")]
)
def test_a_session_to_return_to_is_running_or_waits_for_its_debrief(messages, look_at, runs, title):
    view = TodayView(unfinished="It began today.", still_runs=runs)
    place = look_at(TodayPlace(lambda: view, messages))
    place.enter_view()

    assert title in [label.text() for label in place.findChildren(QLabel)]


def lines():
    return tuple(next_sessions([standing("a", "thursday", highest=2), standing("b", "monday")], THURSDAY))


def button(place, name):
    return place.findChild(QPushButton, name)


def test_get_ready_passes_on_which_group(messages, look_at, qtbot):
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages))
    place.enter_view()
    with qtbot.waitSignal(place.get_ready_asked) as emitted:
        button(place, "get-ready-b").click()

    assert emitted.args == ["b"]


def test_an_unfinished_session_comes_first_and_gets_the_focus(messages, look_at, qtbot):
    place = look_at(TodayPlace(lambda: TodayView(lines(), "It began at 14:00."), messages))
    place.enter_view()

    assert place.first_focus() is button(place, "return-to-session")
    assert place.findChild(QLabel, "unfinished-words").text() == "It began at 14:00."
    with qtbot.waitSignal(place.return_asked):
        place.first_focus().click()


def test_without_groups_the_page_offers_to_create_one(messages, look_at):
    place = look_at(TodayPlace(TodayView, messages))
    place.enter_view()

    assert place.first_focus() is button(place, "name-group")
    assert place.first_focus().property("kind") == "primary"


def test_without_a_vault_it_offers_the_clock_and_a_way_to_create_one(messages, look_at, qtbot):
    view = TodayView(has_vault=False, vault_offer="Set up a vault")
    place = look_at(TodayPlace(lambda: view, messages))
    place.enter_view()

    assert button(place, "name-group") is None
    assert place.first_focus() is button(place, "without-group")
    with qtbot.waitSignal(place.vault_asked):
        button(place, "way-to-vault").click()


def test_an_unreadable_log_is_reported(messages, look_at):
    def look():
        raise Trouble(TroubleCode.LOG_DAMAGED)

    place = look_at(TodayPlace(look, messages))
    place.enter_view()

    assert "log is damaged" in messages.last.text


def test_entering_again_refreshes_the_page(messages, look_at):
    views = [TodayView(), TodayView(lines())]
    place = look_at(TodayPlace(lambda: views.pop(0), messages))
    place.enter_view()
    place.enter_view()

    assert button(place, "get-ready-a") is not None


def presented_line(place):
    return place.findChild(QLabel, "group-card-a-presented")


def test_presenters_are_shown_on_demand_and_hidden_on_leaving(messages, look_at):
    presented = Presented(("P2", "P5"), ("P1", "P3"))
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages, lambda _: presented))
    place.enter_view()
    assert not presented_line(place).isVisible()

    button(place, "group-card-a-who").click()
    assert presented_line(place).text() == "Presented: P2, P5. Not yet: P1, P3."
    place.leave_view()

    assert not presented_line(place).isVisible()
    assert presented_line(place).text() == ""


def test_presenters_are_not_shown_while_a_session_has_a_room(messages, look_at):
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages, lambda _: None))
    place.enter_view()
    button(place, "group-card-a-who").click()

    assert not presented_line(place).isVisible()


def test_before_the_second_session_there_are_no_presenters_to_show(messages, look_at):
    place = look_at(TodayPlace(lambda: TodayView(lines()), messages, lambda _: Presented()))
    place.enter_view()

    assert button(place, "group-card-b-who") is None


@pytest.mark.parametrize(
    ("presented", "words"),
    [
        (Presented((), ("P1",)), "No one has presented yet."),
        (Presented(("P1",), ()), "Everyone has presented."),
    ],
)
def test_no_one_and_everyone_are_stated_as_such(presented, words):
    assert presented_words(presented) == words


def test_of_many_groups_only_the_next_ones_are_shown_at_first(messages, look_at):
    many = tuple(next_sessions([standing(f"g{n}", plan=on(n)) for n in range(40)], THURSDAY))
    place = look_at(TodayPlace(lambda: TodayView(many), messages))
    place.enter_view()
    assert button(place, "get-ready-g2") is not None
    assert button(place, "get-ready-g3") is None
    assert button(place, "today-more").text() == "37 more groups"

    button(place, "today-more").click()
    assert button(place, "get-ready-g39") is not None


def test_open_matters_lead_to_where_they_are_handled(messages, look_at, qtbot):
    matters = [OpenMatter(OpenKind.DEBRIEF_UNWRITTEN, GroupId(str(n)), n) for n in range(6)]
    view = TodayView(lines(), open_lines=open_lines(matters, {}, THURSDAY))
    place = look_at(TodayPlace(lambda: view, messages))
    place.enter_view()
    with qtbot.waitSignal(place.open_asked) as asked:
        button(place, "today-open-2").click()
    assert asked.args == [matters[1]]
    assert button(place, "today-open-6") is None

    button(place, "today-open-more").click()
    assert button(place, "today-open-6") is not None
