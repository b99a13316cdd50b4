"""Groups: created in under a minute, and changed later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import window_fakes as fakes
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.group import dates as d
from balint_desktop.domain.group.group import Group, Weekday
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.sealed.keys import new_identity
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.sections import Section, SectionEntry


@pytest.fixture
def book():
    return fakes.Book(fakes.some_groups())


@pytest.fixture
def undoing(messages):
    return UndoStack(messages)


@pytest.fixture
def place(book, messages, look_at, undoing):
    made = GroupsPlace(book, lambda: fakes.CHOICES, messages, undoing=undoing)
    look_at(made)
    made.enter_view()
    return made


def shown(place, name):
    return place.findChild(QLabel, name)


def opened(place, group):
    """Open a group's page, and return its first section."""
    place.list.table.choose(group)
    place.list.open_button.click()
    return place.page.sections.section("about")


def test_only_the_name_is_required(place, book):
    place.new_button.click()
    place.editor.name.setText("  Surgery,   block C ")
    place.editor.save_button.click()

    made = book.kept[-1]
    assert (made.name, made.sessions, len(made.participants)) == ("Surgery, block C", 6, 6)
    assert (made.format_key, made.weekday, made.this_vault_reads) == ("student-hour", None, True)
    assert not any(p.agreed_to_recording for p in made.participants)


def test_a_group_without_a_name_is_not_saved(place, book):
    place.new_button.click()
    place.editor.save_button.click()

    assert len(book.kept) == 2
    assert shown(place, "group-problem").text() == "Give the group a name first."


def test_changed_fields_are_saved_and_nothing_else(place, book):
    before = book.kept[0]
    about = opened(place, "a")
    about.editor.support.setText("Student Health, second floor")
    about.editor.save_button.click()

    after = next(g for g in book.kept if g.id == "a")
    assert after.support == "Student Health, second floor"
    # The log stores a day of the week, and no text that merely equals one.
    assert isinstance(after.weekday, Weekday)
    assert (after.name, after.participants, after.readers, after.weekday) == (
        before.name,
        before.participants,
        before.readers,
        Weekday.THURSDAY,
    )


def test_cancelling_a_change_restores_the_previous_values(place, book):
    before = list(book.kept)
    about = opened(place, "a")
    about.editor.name.setText("Other")
    about.editor.cancel_button.click()

    assert book.kept == before
    assert about.editor.name.text() == before[0].name


def test_cancelling_a_new_group_saves_nothing(place, book):
    before = list(book.kept)
    place.new_button.click()
    place.editor.name.setText("Other")
    place.editor.cancel_button.click()

    assert book.kept == before
    assert place.editor is None


def test_a_change_is_undone_with_one_key(place, book, undoing):
    about = opened(place, "a")
    before = next(g for g in book.kept if g.id == "a")
    about.editor.name.setText("Other")
    about.editor.save_button.click()
    assert shown(place, "group-page-heading").text() == "Other"
    undoing.undo()
    place.enter_view()

    assert next(g for g in book.kept if g.id == "a") == before
    assert shown(place, "group-page-heading").text() == before.name


def test_a_section_sees_the_current_group(book, messages, look_at):
    seen = []

    class Seeing(Section):
        def show_subject(self, thing):
            seen.append(thing.name)

    made = look_at(GroupsPlace(book, lambda: fakes.CHOICES, messages, sections=[SectionEntry("see", "See", Seeing)]))
    made.enter_view()
    about = opened(made, "a")
    about.editor.name.setText("Other")
    about.editor.save_button.click()
    made.page.sections.show_section("see")

    assert seen == ["Other"]


def test_reducing_and_restoring_the_participants_preserves_every_tick(place):
    place.new()
    editor = place.editor
    editor.members._rows[0][1].setChecked(True)
    editor.count.setValue(3)
    editor.members._rows[2][1].setChecked(True)
    editor.count.setValue(1)
    editor.count.setValue(8)

    assert [p.code for p in editor.group().participants if p.agreed_to_recording] == ["P1", "P3"]


def test_the_form_of_an_existing_group_shows_no_members_and_changes_none(place, book):
    before = book.kept[0].participants
    editor = opened(place, "a").editor
    editor.name.setText("Other")
    editor.save_button.click()

    assert not editor.count.isVisible()
    assert not editor.members.isVisible()
    assert next(g for g in book.kept if g.id == "a").participants == before


def test_a_reader_is_added_by_label_and_key(place, book):
    key = new_identity().recipient
    place.new()
    place.editor.name.setText("Surgery")
    place.editor.readers.label_field.setText("Study team")
    place.editor.readers.key_field.setText(key)
    place.editor.save_button.click()

    assert [(r.label, r.recipient) for r in book.kept[-1].readers] == [("Study team", key)]


@pytest.mark.parametrize(
    ("label", "key", "words"),
    [
        ("", "", ""),
        ("", fakes.READER, "Enter a label"),
        ("Study team", "age1oops", "not an age public key"),
    ],
)
def test_an_invalid_reader_is_refused_with_its_reason(place, label, key, words):
    place.new()
    place.editor.readers.label_field.setText(label)
    place.editor.readers.key_field.setText(key)
    place.editor.readers.add_typed()

    assert words in shown(place, "reader-problem").text()
    assert place.editor.readers.readers() == ()


def test_a_half_typed_reader_is_not_lost_silently(place, book):
    place.new()
    place.editor.name.setText("Surgery")
    place.editor.readers.label_field.setText("Study team")
    place.editor.save_button.click()

    assert len(book.kept) == 2
    assert "Finish the reader" in shown(place, "group-problem").text()


def test_excluding_this_vault_shows_a_warning(place):
    place.new()
    place.editor.readers.this_vault.setChecked(False)

    assert "No one could open a recording" in shown(place, "readers-warning").text()


def test_an_unwritable_log_is_reported_and_the_form_stays(place, book, messages):
    place.new()
    place.editor.name.setText("Surgery")
    book.trouble = TroubleCode.DISK_FULL
    place.editor.save_button.click()

    assert "disk is full" in messages.last.text
    assert place.editor.name.text() == "Surgery"


# --- begun from a template or from last year's, with dates ---

LAST_YEAR = d.new_plan(date(2025, 3, 5), 6, "13:30", every=14, last_evaluates=True)


@pytest.fixture
def dates(book):
    return fakes.Dates(book, {GroupId("a"): LAST_YEAR})


@pytest.fixture
def planning(book, dates, messages, look_at, undoing):
    made = GroupsPlace(book, lambda: fakes.CHOICES, messages, undoing=undoing, deps=dates.deps())
    look_at(made)
    made.enter_view()
    return made


def named_anew(planning, **chosen):
    planning.new_button.click()
    editor = planning.editor
    if "begin" in chosen:
        editor.begin.setCurrentIndex(editor.begin.findText(chosen["begin"]))
    editor.name.setText("Block C")
    return editor


def test_with_a_name_alone_a_group_has_six_weekly_dates_from_today(planning, book, dates):
    named_anew(planning).save_button.click()
    made = book.kept[-1]

    assert (made.name, made.sessions, len(made.participants), made.weekday) == ("Block C", 6, 6, Weekday.THURSDAY)
    assert dates.plan(made.id) == d.new_plan(fakes.THURSDAY, 6, last_evaluates=True)
    assert shown(planning, "group-page-heading").text() == "Block C"


def test_a_template_sets_the_frame_and_leaves_the_name(planning, book, dates):
    editor = named_anew(planning)
    editor.begin.setCurrentIndex(editor.begin.findText("Twelve sessions, every two weeks"))
    editor.save_button.click()
    made = book.kept[-1]

    assert (made.name, made.sessions, len(made.participants)) == ("Block C", 12, 12)
    assert d.every_days(dates.plan(made.id)) == 14


def test_a_copy_of_last_years_group_takes_its_frame_rhythm_and_study_but_never_its_people(planning, book, dates):
    before = book.kept[0]
    named_anew(planning, begin="As Psychiatry rotation, block B was").save_button.click()
    made = book.kept[-1]

    assert (made.support, made.for_research, made.readers) == (before.support, before.for_research, before.readers)
    assert [p.code for p in made.participants] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert not any(p.agreed_to_recording or p.seat for p in made.participants)
    assert d.every_days(dates.plan(made.id)) == 14
    assert {line.time for line in dates.plan(made.id)} == {"13:30"}
    assert dates.copied == [(before.id, made.id)]


def test_dates_can_be_left_for_later(planning, book, dates):
    editor = named_anew(planning)
    editor.plans.setChecked(False)
    editor.dates.count.setValue(8)
    editor.save_button.click()

    assert (book.kept[-1].sessions, book.kept[-1].weekday) == (8, None)
    assert dates.plan(book.kept[-1].id) == ()


@pytest.mark.parametrize(("days", "typed", "words"), [(-1, "", "in the past"), (0, "31", "in the calendar")])
def test_an_impossible_first_day_is_refused_and_the_form_stays(planning, book, days, typed, words):
    editor = named_anew(planning)
    editor.dates.first.set_day(fakes.THURSDAY + timedelta(days))
    if typed:
        editor.dates.first.setText(typed)
    editor.save_button.click()

    assert words in shown(planning, "group-problem").text()
    assert len(book.kept) == 2
    assert editor.name.text() == "Block C"


def test_the_number_of_sessions_of_a_planned_group_is_its_calendars(planning):
    about = opened(planning, "a")
    assert not about.editor.sessions.isVisible()
    planning.page.back.emit()

    assert opened(planning, "b").editor.sessions.isVisible()


# --- many groups, and archived ones ---


def rows(planning):
    table = planning.list.table.model()
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def test_running_groups_come_first_then_this_years_then_earlier_ones(planning, book, dates):
    ends = {"ended in winter": (2026, 1), "ended in autumn": (2025, 11), "runs": (2026, 3), "not planned": None}
    for number, (name, began) in enumerate(ends.items()):
        group = Group(GroupId(str(number)), name)
        book.save_group(group)
        if began is not None:
            dates.plans[group.id] = d.new_plan(date(*began, 1), 2 if began != (2026, 3) else 6, last_evaluates=False)
    planning.enter_view()

    assert rows(planning) == [
        *("not planned", "Paediatrics, block A", "runs"),
        *("ended in winter", "ended in autumn", "Psychiatry rotation, block B"),
    ]


def test_a_group_is_archived_shown_on_demand_and_restored(planning, dates, undoing):
    planning.list.table.choose("b")
    planning.list.archive_button.click()
    assert rows(planning) == ["Psychiatry rotation, block B"]
    assert planning.list.shown_button.text() == "Show 1 that is put away"

    planning.list.shown_button.click()
    assert rows(planning) == ["Psychiatry rotation, block B", "Paediatrics, block A"]
    planning.list.table.choose("b")
    assert planning.list.archive_button.text() == "Bring it back"
    undoing.undo()
    planning.enter_view()
    assert dates.away == set()


def test_forty_groups_are_found_by_typing(planning, book, qtbot):
    assert not planning.list.bar.isVisible()
    for number in range(40):
        book.save_group(Group(GroupId(f"g{number}"), f"Surgery {number}"))
    planning.enter_view()
    planning.list.bar.field.setFocus()
    qtbot.keyClicks(planning.list.bar.field, "surgery 37")
    qtbot.waitUntil(lambda: rows(planning) == ["Surgery 37"])

    qtbot.keyClick(planning.list.table, Qt.Key.Key_Return)
    assert shown(planning, "group-page-heading").text() == "Surgery 37"
