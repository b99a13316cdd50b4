"""Dates on a group's page: proposed, moved, skipped, cancelled, days off; by keyboard, and undone with one key."""

from __future__ import annotations

from datetime import date, timedelta

import accessible
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from qt_events import process_events

from balint_desktop.domain.group import dates as d
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.ui.group.dates.section import DatesSection
from balint_desktop.ui.group.dates.service import DatesService
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.widgets.dates import day_words

TODAY = date(2026, 3, 4)
GROUP = Group(GroupId("a"), "Psychiatry rotation, block B")
PLAN = d.new_plan(TODAY, 6, "14:00", last_evaluates=True)


class Dates:
    """Calendars in memory."""

    def __init__(self, plan=(), held=()):
        self.kept = {GROUP.id: plan}
        self.are_available = frozenset(held)
        self.others = ()
        self.days = {}
        self.trouble = None

    def plan(self, group):
        return self.kept[group]

    def save_plan(self, group, plan):
        if self.trouble is not None:
            raise Trouble(self.trouble)
        self.kept[group] = plan

    def held(self, group):
        return self.are_available

    def held_days(self, group):
        return self.days

    def on_days(self, first, last, but):
        return [(name, line) for name, line in self.others if first <= line.day <= last]


@pytest.fixture
def undoing(messages):
    return UndoStack(messages)


@pytest.fixture
def show(messages, undoing, look_at):
    def shown(plan=PLAN, held=(), today=TODAY, others=()):
        dates = Dates(plan, held)
        dates.others = others
        section = DatesSection(DatesService(dates, messages, undoing, lambda: today))
        look_at(section)
        section.show_subject(GROUP)
        section.dates = dates
        return section

    return shown


def cells(section):
    model = section.table.model()
    return [
        tuple(model.index(row, column).data() or "" for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def plan_of(section):
    return section.dates.kept[GROUP.id]


def days(section):
    return [(line.number, (line.day - TODAY).days // 7) for line in plan_of(section)]


def test_without_a_plan_dates_are_proposed(show):
    section = show(plan=())
    assert section.first_focus() is section.fields.first
    assert day_words(TODAY + timedelta(35)) in section.fields.words.text()
    section.fields.time.set_time("14:00")
    section.plan_button.click()

    assert plan_of(section) == PLAN
    assert section.first_focus() is section.ready_button


def test_a_group_already_under_way_is_planned_from_a_past_day(show):
    section = show(plan=())
    section.fields.first.set_day(TODAY - timedelta(7))
    section.plan_button.click()

    assert [line.day for line in plan_of(section)][:2] == [TODAY - timedelta(7), TODAY]


def test_an_error_in_a_plan_is_announced_and_its_field_gets_the_focus(show, announced):
    section = show(plan=())
    section.fields.time.setText("25:00")
    section.plan_button.click()

    assert announced == [section.problem.text()]
    assert "“25:00”" in section.problem.text()
    assert section.fields.time.hasFocus()
    assert plan_of(section) == ()


def test_an_unreadable_proposal_says_nothing_about_a_last_session(show):
    section = show(plan=())
    section.fields.first.setText("31/02/2026")
    section.fields.first.editingFinished.emit()

    assert section.fields.words.text() == ""


def test_the_last_day_off_follows_the_first(show):
    section = show()
    section.days_off_button.click()
    section.days_off_panel.first.set_day(TODAY + timedelta(40))

    assert section.days_off_panel.last.day() == TODAY + timedelta(40)


def test_the_thirty_first_of_february_gets_one_sentence_and_moves_nothing(show, qtbot):
    section = show()
    section.move_button.click()
    section.move_panel.day.selectAll()
    qtbot.keyClicks(section.move_panel.day, "2027-02-31")
    section.move_panel.act_button.click()

    assert "is not a date" in section.move_panel.problem.text()
    assert section.move_panel.isVisible()
    assert plan_of(section) == PLAN


def test_a_session_that_was_held_on_an_earlier_day_is_moved_there(show):
    section = show()
    section.move_button.click()
    section.move_panel.day.set_day(TODAY - timedelta(1))
    section.move_panel.act_button.click()

    assert plan_of(section)[0].day == TODAY - timedelta(1)


def test_a_past_date_without_a_record_can_be_entered_and_a_later_one_cannot(show, qtbot):
    section = show(held=(1,), today=TODAY + timedelta(15))
    entered = []
    section.enter_asked.connect(lambda group, number: entered.append((group, number)))
    for number in (1, 2, 3, 4):
        section.table.choose(str(number))
        if section.enter_button.isVisible():
            section.enter_button.click()

    assert entered == [(GROUP.id, 2), (GROUP.id, 3)]


def test_the_next_session_is_chosen_and_one_press_gets_ready_for_it(show, qtbot):
    section = show(held=(1,), today=TODAY + timedelta(3))
    assert section.table.chosen_key() == "2"
    with qtbot.waitSignal(section.get_ready_asked) as asked:
        section.ready_button.click()
    assert asked.args == [GROUP.id]

    section.table.choose("3")
    assert not section.ready_button.isVisible()


def test_a_session_is_moved_alone_and_the_move_is_undone(show, undoing):
    section = show()
    section.table.choose("2")
    section.move_button.click()
    section.move_panel.day.set_day(TODAY + timedelta(8))
    section.move_panel.act_button.click()
    assert plan_of(section)[1].day == TODAY + timedelta(8)
    assert plan_of(section)[2].day == PLAN[2].day

    undoing.undo()
    assert plan_of(section) == PLAN


def test_a_session_is_moved_with_all_that_follow(show):
    section = show()
    section.table.choose("2")
    section.move_button.click()
    section.move_panel.day.set_day(TODAY + timedelta(14))
    alone = section.move_panel.act_button.text()
    section.move_panel.following.setChecked(True)
    assert (alone, section.move_panel.act_button.text()) == ("Move 1 session", "Move 5 sessions")
    section.move_panel.act_button.click()

    assert days(section) == [(1, 0), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]


def test_a_date_is_skipped_with_one_press(show, undoing, messages):
    section = show()
    section.table.choose("3")
    assert section.skip_button.text() == "Skip this date: 4 sessions move"
    section.skip_button.click()
    assert days(section) == [(1, 0), (2, 1), (3, 3), (4, 4), (5, 5), (6, 6)]
    assert "was skipped" in messages.last.text

    undoing.undo()
    assert plan_of(section) == PLAN


@pytest.mark.parametrize(("press", "taking"), [("act_button", 6), ("less_button", 5)])
def test_a_session_is_cancelled_with_or_without_a_replacement(show, press, taking):
    section = show()
    section.table.choose("3")
    section.cancel_button.click()
    getattr(section.cancel_panel, press).click()

    assert len(d.not_cancelled(plan_of(section))) == taking
    assert any("cancelled" in row[3] for row in cells(section))


def test_a_cancelled_date_offers_nothing_more(show):
    section = show()
    section.table.choose("3")
    section.cancel_button.click()
    section.cancel_panel.less_button.click()
    section.table.choose((TODAY + timedelta(14)).isoformat())

    assert not section.move_button.isVisible()
    assert not section.ready_button.isVisible()


def test_days_off_move_the_sessions_in_them(show):
    section = show()
    section.table.choose("3")
    section.days_off_button.click()
    section.days_off_panel.last.set_day(TODAY + timedelta(21))
    assert section.days_off_panel.act_button.text() == "Move 4 sessions"
    section.days_off_panel.act_button.click()

    assert days(section) == [(1, 0), (2, 1), (3, 4), (4, 5), (5, 6), (6, 7)]


def test_days_off_without_sessions_move_nothing_and_say_so_beforehand(show):
    section = show()
    section.days_off_button.click()
    section.days_off_panel.first.set_day(TODAY + timedelta(1))
    section.days_off_panel.last.set_day(TODAY + timedelta(2))
    assert section.days_off_panel.act_button.text() == "Move 0 sessions"
    section.days_off_panel.act_button.click()

    assert plan_of(section) == PLAN


def test_a_session_and_another_evaluation_can_be_added(show):
    section = show()
    section.more_button.click()
    section.table.choose("6")
    section.kind_button.click()

    assert [line.kind for line in plan_of(section)][-2:] == [SessionKind.EVALUATION] * 2


def test_a_session_already_held_offers_no_move_and_says_so(show):
    section = show(held=(1,), today=TODAY + timedelta(1))
    section.table.choose("1")

    assert not section.move_button.isVisible()
    assert cells(section)[0][3] == "held"


def test_a_session_that_was_held_on_another_day_than_planned_has_the_day_of_its_own(show):
    section = show(held=(1,))
    section.dates.days = {1: TODAY - timedelta(3)}
    section.show_subject(GROUP)

    assert cells(section)[0][1] == day_words(TODAY - timedelta(3))
    assert cells(section)[1][1] == day_words(PLAN[1].day)


def test_a_row_describes_its_session(show):
    section = show(held=(2,), today=TODAY + timedelta(14))

    assert [row[3] for row in cells(section)] == ["no record", "held", "today", "", "", "evaluation"]


def test_two_groups_at_one_time_are_pointed_out_but_allowed(show):
    section = show(others=[("Paediatrics, block A", d.PlannedSession(1, TODAY + timedelta(7), "14:30"))])

    assert section.clashes.text().startswith("Session 2, ")
    assert "Paediatrics, block A meets at the same time." in section.clashes.text()
    section.table.choose("2")
    assert section.move_button.isVisible()


def test_an_unwritable_log_is_reported_and_the_form_stays(show, messages):
    section = show()
    section.table.choose("3")
    section.cancel_button.click()
    section.dates.trouble = TroubleCode.DISK_FULL
    section.cancel_panel.act_button.click()

    assert "disk is full" in messages.last.text
    assert section.cancel_panel.isVisible()


def test_leaving_closes_a_half_filled_form(show):
    section = show()
    section.move_button.click()
    section.leave_view()

    assert not section.move_panel.isVisible()


def test_a_session_is_moved_by_keyboard_alone(show, qtbot):
    section = show()
    section.table.setFocus()
    qtbot.keyClick(section.table, Qt.Key.Key_Down)
    qtbot.keyClick(section.table, Qt.Key.Key_Return)
    assert section.move_panel.day.hasFocus()
    section.move_panel.day.selectAll()
    day = TODAY + timedelta(9)
    qtbot.keyClicks(section.move_panel.day, day.isoformat())
    section.move_panel.act_button.setFocus()
    qtbot.keyClick(section.move_panel.act_button, Qt.Key.Key_Space)

    assert plan_of(section)[1].day == day


VIEWS = {
    "proposal": lambda show: show(plan=()),
    "calendar": lambda show: show(held=(1,), others=[("Paediatrics", d.PlannedSession(1, PLAN[2].day, "14:30"))]),
    "moving": lambda show: opened(show(), "move_button"),
    "cancelling": lambda show: opened(show(), "cancel_button"),
    "days off": lambda show: opened(show(), "days_off_button"),
}


def opened(section, press):
    getattr(section, press).click()
    return section


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_view_has_names_keys_and_enough_room(show, theme, view, scale):
    theme.choose(Appearance.CONTRAST if scale > 1 else Appearance.LIGHT)
    theme.set_scale(scale)
    section = VIEWS[view](show)
    section.resize(1000, 1400)
    for _ in range(4):
        QCoreApplication.sendPostedEvents()
        process_events()

    assert accessible.nameless(section) == []
    assert accessible.unreachable(section) == []
    assert accessible.out_of_reading_order(section) == []
    assert accessible.cut(section) == []
