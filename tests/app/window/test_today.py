"""Today in the real window: what it shows of a planned group, where its buttons lead, and what is hidden."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from desktop_bench import GROUP, DesktopBench
from PySide6.QtWidgets import QAbstractButton, QLabel

from balint_desktop.domain.group.dates import day_of, new_plan
from balint_desktop.domain.group.group import Group, RoomLabels, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.session.formats import parse_format
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.ui.shell.shell import PlaceKey


@pytest.fixture
def bench(qapp, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path, qtbot, monkeypatch).open()
    yield made
    made.close()


def plan_from(bench, days):
    today = day_of(bench.clock.now().wall)
    bench.vault.log.dates.save_plan(GROUP.id, new_plan(today + timedelta(days), 6, "14:00", last_evaluates=True))
    bench.shell.show_place(PlaceKey.TODAY)


def test_a_planned_group_shows_which_session_of_how_many_and_when(bench):
    plan_from(bench, 1)

    assert bench.reads("group-card-g-when").startswith("Session 1 of 6, tomorrow at ")


def test_one_press_opens_get_ready(bench):
    plan_from(bench, 0)
    bench.press("get-ready-g")

    assert bench.reads("ready-heading") == "Block B, session 1 of 6"


def test_after_a_session_presenters_are_shown_on_demand_and_hidden_on_leaving(bench):
    plan_from(bench, 0)
    bench.lead(record=False)
    led = bench.desktop.session.flow.session
    led.choose_presenter("P2", 1)
    bench.end()
    bench.press("to-debrief", "closing-done")
    bench.press("group-card-g-who")
    assert bench.reads("group-card-g-presented").startswith("Presented: P2. Not yet: P1, P3")

    bench.shell.show_place(PlaceKey.GROUPS)
    result = bench.desktop.shell.place(PlaceKey.TODAY).findChildren(QLabel, "group-card-g-presented")
    assert not [label.text() for label in result if label.text()]


def test_a_session_without_a_record_is_entered_with_day_time_and_members_from_the_plan(bench):
    plan_from(bench, -1)
    lines = {bench.reads(f"today-open-{n}-words"): n for n in range(1, 4) if bench.shows(f"today-open-{n}-words")}
    (number,) = [n for words, n in lines.items() if "planned for yesterday, has no record" in words]
    assert bench.find(f"today-open-{number}").text() == "Enter its record…"
    bench.press(f"today-open-{number}")

    assert bench.shell.current is PlaceKey.LOG
    fields = bench.shell.place(PlaceKey.LOG).enter_page.fields
    yesterday = day_of(bench.clock.now().wall) - timedelta(1)
    assert (fields.number.value(), fields.day.day(), fields.at.time_of_day()) == (1, yesterday, "14:00")
    assert [code for code, made in fields.present.items() if made.isChecked()] == ["P1", "P2", "P3", "P4", "P5", "P6"]
    bench.press("enter-save")

    (row,) = bench.vault.log.sessions.sessions(GROUP.id)
    assert (row.setting.number, row.entered_wall is not None) == (1, True)


WAYS_TO_SETTINGS = (
    ("backups", "backup-make", lambda bench: ask_on_today(bench, OpenKind.BACKUP_DUE)),
    ("vault", "renew", lambda bench: ask_on_today(bench, OpenKind.RECOVERY_KEY_UNPROVEN)),
    ("vault", "passphrase-change", lambda bench: ask_on_today(bench, OpenKind.PASSPHRASE_FILE_UNPROVEN)),
    ("transcription", "models-folder", lambda bench: add_a_model(bench)),  # noqa: PLW0108  defined below
)


@pytest.mark.parametrize(("part", "control", "lead"), WAYS_TO_SETTINGS)
def test_each_way_to_settings_shows_its_part_with_the_focus_on_what_is_to_be_done(bench, part, control, lead):
    lead(bench)

    assert bench.shell.current is PlaceKey.SETTINGS
    assert bench.shell.place(PlaceKey.SETTINGS).parts.current == part
    assert bench.shell.focusWidget().objectName() == control
    assert bench.shell.focusWidget().isVisible()


def add_a_model(bench):
    bench.vault.log.groups.save_group(replace(GROUP, for_research=True))
    bench.desktop.places.open()
    bench.shell.show_place(PlaceKey.TRANSCRIPTS)
    bench.shell.place(PlaceKey.TRANSCRIPTS).before.add_model_asked.emit()


def ask_on_today(bench, kind):
    bench.shell.place(PlaceKey.TODAY).open_asked.emit(OpenMatter(kind))


def test_where_recording_is_not_available_the_group_can_agree_and_the_page_says_so_at_once(bench):
    group = Group(GroupId("new"), "Block C", participants=new_participants(6))
    bench.vault.log.groups.save_group(group)
    bench.desktop.session.get_ready(group.id)
    bench.press("ready-consents")
    assert bench.shell.current is PlaceKey.GROUPS
    assert bench.shell.place(PlaceKey.GROUPS).page.sections.current == "recording"
    bench.press("agreement-yes")
    bench.press("place-session")

    assert bench.desktop.session.flow.page._group.participants[0].agreed_to_recording
    assert not bench.shows("ready-consents")


def test_what_was_chosen_for_the_room_is_remembered_for_the_group_and_the_opening_lasts_as_chosen(bench):
    plan_from(bench, 0)
    bench.press("get-ready-g")
    bench.find("ready-opening").setValue(9)
    bench.find("ready-support").setText("Student Health")
    bench.press("open-room", "begin")

    (row,) = bench.vault.log.sessions.sessions(GROUP.id)
    assert parse_format(row.setting.format_text).phases[0].planned_s == 9 * 60
    group = bench.vault.log.groups.group(GROUP.id)
    assert (group.opening_min, group.support, group.room_labels) == (9, "Student Health", RoomLabels.CODES)


@pytest.mark.parametrize(
    ("kind", "section"),
    [(OpenKind.CONSENTS_TO_ENTER, "consents"), (OpenKind.PERIOD_OVER, "retention")],
)
def test_every_other_open_matter_of_a_group_leads_to_an_existing_section(bench, kind, section):
    bench.shell.place(PlaceKey.TODAY).open_asked.emit(OpenMatter(kind, GROUP.id))

    assert bench.shell.place(PlaceKey.GROUPS).page.sections.current == section


def test_a_reminder_is_done_in_one_press_and_undone_in_one(bench):
    rows = bench.vault.log.reminders
    rows.add(GROUP.id, (ReminderKind.FOLLOW_UP,))
    bench.shell.show_place(PlaceKey.TODAY)
    assert bench.reads("today-open-1-words") == "Block B · 1 thing to follow up"
    assert bench.find("today-open-1", QAbstractButton).text() == "Done"
    bench.press("today-open-1")

    assert rows.reminders() == ()
    assert not bench.shows("today-open")
    bench.desktop.context.undo.undo()
    assert [one.kind for one in rows.reminders()] == [ReminderKind.FOLLOW_UP]


def test_names_locked_by_an_earlier_session_are_shown_at_get_ready_once_the_passphrase_is_typed(bench):
    person = Person(participant_code(1), "Aroha Ngata")
    bench.vault.rosters.save({GROUP.id: Roster((person,))})
    bench.vault.begin_session()
    bench.desktop.session.get_ready(GROUP.id)
    bench.press("show-names")
    assert bench.reads("unlock-heading") == "Show names"
    bench.unlock()

    assert bench.shell.current is PlaceKey.SESSION
    assert bench.find("present-P1").text() == "P1  Aroha Ngata"
    bench.press("place-today", "place-session")
    assert bench.find("present-P1").text() == "P1"


def test_going_back_from_the_passphrase_shows_the_page_without_names(bench):
    bench.vault.rosters.save({GROUP.id: Roster((Person(participant_code(1), "Aroha Ngata"),))})
    bench.vault.begin_session()
    bench.desktop.session.get_ready(GROUP.id)
    bench.press("show-names", "unlock-clock-alone")

    assert bench.shell.current is PlaceKey.SESSION
    assert bench.find("present-P1").text() == "P1"


def test_initials_chosen_for_the_room_are_in_no_row_of_the_log(bench):
    bench.vault.rosters.save({GROUP.id: Roster((Person(participant_code(1), "Zora Quist"),))})
    plan_from(bench, 0)
    bench.press("get-ready-g", "room-labels-initials", "open-room", "begin")

    assert bench.desktop.session.flow.labels["P1"] == "ZQ"
    assert bench.vault.log.groups.group(GROUP.id).room_labels is RoomLabels.INITIALS
    database = bench.vault.log._database
    tables = [name for (name,) in database.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    rows = [str(row) for name in tables for row in database.run(f'SELECT * FROM "{name}"')]
    assert not [row for row in rows if "ZQ" in row or "Quist" in row]


def test_a_half_typed_group_is_there_again_after_a_lock_but_for_the_names_in_it(bench):
    bench.shell.show_place(PlaceKey.GROUPS)
    bench.press("group-new")
    bench.find("group-name").setText("Block C")
    bench.press("people-by-names")
    bench.find("group-names").setPlainText("Zora Quist")
    bench.desktop.locking.lock()
    bench.unlock()
    bench.shell.show_place(PlaceKey.GROUPS)

    assert bench.find("group-name").text() == "Block C"
    assert bench.find("people-by-names").isChecked()
    assert bench.find("group-names").toPlainText() == ""
    bench.press("group-cancel")
    assert bench.vault.log.drafts.forms("group/") == ()


def test_locking_clears_the_undo_history(bench):
    bench.desktop.context.undo.push("Something was done.", lambda: None)
    bench.desktop.locking.lock()

    assert bench.desktop.context.undo.next_words == ""
