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
from balint_desktop.ui.group.form.about_section import AboutSection
from balint_desktop.ui.group.list.place import GroupsPlace
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.sections import Section, SectionEntry


@pytest.fixture
def book():
    return fakes.Book(fakes.some_groups())


@pytest.fixture
def undoing(messages):
    return UndoStack(messages)


@pytest.fixture
def place(book, messages, look_at, undoing):
    made = GroupsPlace(book, lambda: fakes.CHOICES, messages, undoing=undoing, deps=fakes.Dates(book).deps())
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
    assert (made.format_key, made.weekday, made.this_vault_reads) == ("student-hour", Weekday.THURSDAY, True)
    assert not any(p.agreed_to_recording for p in made.participants)


def test_a_group_without_a_name_is_not_saved(place, book):
    place.new_button.click()
    place.editor.save_button.click()

    assert len(book.kept) == 2
    assert shown(place, "group-problem").text() == "Enter a name for the group."


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

    entries = [SectionEntry("see", "See", Seeing)]
    deps = fakes.Dates(book).deps()
    made = look_at(GroupsPlace(book, lambda: fakes.CHOICES, messages, sections=entries, deps=deps))
    made.enter_view()
    about = opened(made, "a")
    about.editor.name.setText("Other")
    about.editor.save_button.click()
    made.page.sections.show_section("see")

    assert seen == ["Other"]


def test_the_form_of_an_existing_group_changes_no_member(place, book):
    before = book.kept[0].participants
    editor = opened(place, "a").editor
    editor.name.setText("Other")
    editor.save_button.click()

    assert next(g for g in book.kept if g.id == "a").participants == before


def test_what_a_first_evening_does_not_need_is_behind_more_options(place):
    place.new()
    assert not place.editor.format.isVisible()
    assert not place.editor.readers.isVisible()
    place.editor.more_button.click()

    assert place.editor.format.isVisible()
    assert place.editor.readers.isVisible()


def test_a_half_typed_group_is_there_again_after_another_page(place):
    place.new()
    place.editor.name.setText("Block")
    place.leave_view()
    place.show_group_of(GroupId("a"))
    place.new()

    assert place.editor.name.text() == "Block"
    assert place.editor.isVisible()


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
    assert "Finish adding the reader" in shown(place, "group-problem").text()


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


# --- the frame, half changed ---


def about_with(rows, group):
    made = AboutSection(lambda: fakes.CHOICES, drafts=Drafts(rows))
    made.show_subject(group)
    return made


def test_a_half_changed_frame_is_there_again_until_it_is_cancelled(book, look_at):
    rows, group = fakes.DraftRows(), book.kept[1]
    about = look_at(about_with(rows, group))
    about.editor.name.setText("Block D")
    about.leave_view()
    again = look_at(about_with(rows, group))
    assert again.editor.name.text() == "Block D"

    again.editor.cancel_button.click()
    assert again.editor.name.text() == group.name
    assert rows == {}


def test_a_saved_frame_leaves_no_draft(book, look_at):
    rows, group = fakes.DraftRows(), book.kept[1]
    about = look_at(about_with(rows, group))
    about.saved.connect(lambda _before, after: about.show_subject(after))
    about.editor.name.setText("Block D")
    about.editor.save_button.click()
    about.leave_view()

    assert about.editor.name.text() == "Block D"
    assert rows == {}


def test_a_frame_that_could_not_be_saved_is_still_a_draft(book, look_at):
    rows, group = fakes.DraftRows(), book.kept[1]
    about = look_at(about_with(rows, group))
    about.editor.name.setText("Block D")
    about.editor.save_button.click()
    about.leave_view()

    assert look_at(about_with(rows, group)).editor.name.text() == "Block D"


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


def test_another_template_leaves_what_was_changed_by_hand(planning, book):
    editor = named_anew(planning)
    editor.support.setText("Student Health")
    editor.people.count.setValue(8)
    for template in ("Twelve sessions, every two weeks", editor.begin.itemText(0)):
        editor.begin.setCurrentIndex(editor.begin.findText(template))
    editor.save_button.click()
    made = book.kept[-1]

    assert (made.support, len(made.participants)) == ("Student Health", 8)
    assert made.sessions == 6, "what a template had set follows the next one"


def test_a_copy_of_last_years_group_takes_its_frame_rhythm_and_study_but_never_its_people(planning, book, dates):
    before = book.kept[0]
    named_anew(planning, begin="Same as Psychiatry rotation, block B").save_button.click()
    made = book.kept[-1]

    assert (made.support, made.for_research, made.readers) == (before.support, before.for_research, before.readers)
    assert [p.code for p in made.participants] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    assert not any(p.agreed_to_recording or p.seat for p in made.participants)
    assert d.every_days(dates.plan(made.id)) == 14
    assert {line.time for line in dates.plan(made.id)} == {"13:30"}
    assert dates.copied == [(before.id, made.id)]


def test_a_pasted_list_of_names_makes_the_members(planning, dates):
    editor = named_anew(planning)
    editor.people.by_names.click()
    editor.people.names.setPlainText("Aroha Ngata\nBen Okoro\n\n  Li   Wei \nben okoro\n")
    assert shown(planning, "group-names-words").text().startswith("3 people.")
    editor.save_button.click()

    (new,) = dates.added
    assert [(person.code, person.name) for person in new.people] == [
        ("P1", "Aroha Ngata"),
        ("P2", "Ben Okoro"),
        ("P3", "Li Wei"),
    ]
    assert [member.code for member in new.group.participants] == ["P1", "P2", "P3"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", "Paste at least one name"),
        (" \n\n", "Paste at least one name"),
        ("\n".join(f"Person {chr(65 + n % 26)}{n}" for n in range(31)), "31 names"),
    ],
    ids=["nothing", "empty lines", "too many"],
)
def test_a_list_that_is_none_is_refused_with_its_reason(planning, dates, names, words):
    editor = named_anew(planning)
    editor.people.by_names.click()
    editor.people.names.setPlainText(names)
    editor.save_button.click()

    assert words in shown(planning, "group-problem").text()
    assert dates.added == []


@pytest.mark.parametrize(("press", "agreed"), [("yes", True), ("no", False), (None, False)])
def test_the_groups_answer_to_being_recorded_is_entered_with_it(planning, dates, press, agreed):
    editor = named_anew(planning)
    if press:
        getattr(editor.everyone_agreed, press).click()
    editor.save_button.click()

    assert dates.added[0].everyone_agreed is agreed


def test_a_research_group_is_asked_person_by_person_and_not_in_the_form(planning, dates):
    editor = named_anew(planning)
    editor.everyone_agreed.yes.click()
    editor.research.click()
    assert not editor.everyone_agreed.yes.isVisible()
    assert "entered under Consents" in shown(planning, "everyone-agreed-words").text()
    editor.save_button.click()

    assert not dates.added[0].everyone_agreed


def test_dates_can_be_left_for_later(planning, book, dates):
    editor = named_anew(planning)
    editor.plans.setChecked(False)
    editor.dates.count.setValue(8)
    editor.save_button.click()

    assert (book.kept[-1].sessions, book.kept[-1].weekday) == (8, None)
    assert dates.plan(book.kept[-1].id) == ()


def test_a_group_already_under_way_is_planned_from_its_first_day(planning, book, dates):
    editor = named_anew(planning)
    editor.dates.first.set_day(fakes.THURSDAY - timedelta(14))
    editor.save_button.click()

    plan = dates.plan(book.kept[-1].id)
    assert [(line.day - fakes.THURSDAY).days for line in plan] == [-14, -7, 0, 7, 14, 21]


def test_an_impossible_first_day_is_refused_and_the_form_stays(planning, book):
    editor = named_anew(planning)
    editor.dates.first.setText("31")
    editor.save_button.click()

    assert "is not a date" in shown(planning, "group-problem").text()
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
    assert planning.list.shown_button.text() == "Show 1 archived group"

    planning.list.shown_button.click()
    assert rows(planning) == ["Psychiatry rotation, block B", "Paediatrics, block A"]
    planning.list.table.choose("b")
    assert planning.list.archive_button.text() == "Restore"
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
