"""Private reminders: on Today until done, then erased; and what becomes of an earlier log's answers."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from decrypted import pages

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.log import Log

KEY = "4b" * 32
LOGS = Path(__file__).parents[2] / "vectors" / "logs"
# From version 15 on a log has no such answers.
LANDED = [path for number in range(1, 15) if (path := LOGS / f"v{number}.db").exists()]
GROUP = GroupId("wednesday")
TODAY = date(2026, 3, 4)
WHY = "quittenmarmelade"
CORRECTED = [vector for vector in LANDED if int(vector.stem[1:]) >= 8]


@pytest.fixture
def rows(vault):
    vault.log.groups.save_group(Group(GROUP, "Wednesday group"))
    return vault.log.reminders


def kinds(rows):
    return sorted((one.kind, one.group) for one in rows.reminders())


def test_a_reminder_is_open_until_it_is_done_and_can_be_restored(rows):
    rows.add(GROUP, (ReminderKind.FOLLOW_UP, ReminderKind.SUPPORT))
    matters = rows.open_matters(TODAY)
    assert sorted(matter.kind for matter in matters) == [OpenKind.FOLLOW_UP, OpenKind.SUPPORT]

    done = rows.finish(next(matter.reminder for matter in matters if matter.kind is OpenKind.SUPPORT))
    assert kinds(rows) == [(ReminderKind.FOLLOW_UP, GROUP)]
    rows.restore(done)

    assert kinds(rows) == [(ReminderKind.FOLLOW_UP, GROUP), (ReminderKind.SUPPORT, GROUP)]


def test_a_reminder_names_no_session_no_person_and_no_day(rows):
    rows.add(GROUP, (ReminderKind.FOLLOW_UP,))
    (matter,) = rows.open_matters(TODAY)

    assert (matter.session, matter.number, matter.day, matter.recording) == (None, None, None, None)


def test_a_reminder_marked_as_done_twice_is_done_once(rows):
    rows.add(None, (ReminderKind.FOLLOW_UP,))
    (reminder,) = rows.reminders()
    rows.finish(reminder.id)

    assert rows.finish(reminder.id) is None


def test_the_audit_trail_knows_of_no_reminder(vault, rows):
    before = vault.log.audit.rows()
    rows.add(GROUP, (ReminderKind.SUPPORT,))
    rows.finish(rows.reminders()[0].id)

    assert vault.log.audit.rows() == before


def test_a_reminder_that_is_done_is_in_no_page_of_the_file(made):
    vault = made.open()
    vault.log.reminders.add(None, (ReminderKind.SUPPORT,))
    (reminder,) = vault.log.reminders.reminders()
    vault.log.reminders.finish(reminder.id)
    vault.close()

    assert reminder.id.encode() not in pages(made.folder / "log.db", made.secret.log_key)


# --- a log with answers ---


def with_answers(vector, folder, *, follow_up, support, corrected=True):
    """Return a log of an earlier version with these answers, and with a correction of one."""
    path = folder / "log.db"
    shutil.copy(vector, path)
    database = Database(path, KEY)
    database.run("UPDATE sessions SET follow_up_needed = ?, support_offered = ?", (follow_up, support))
    if corrected and int(vector.stem[1:]) >= 8:
        database.run(
            "INSERT INTO superseded SELECT 'one', id, 99, 'corrected', 'follow-up', 'true', 'salt', 'sha', 'M', ?, 1.0,"
            " NULL FROM sessions LIMIT 1",
            (WHY,),
        )
    database.close()
    return path


@pytest.mark.parametrize("vector", LANDED, ids=lambda path: path.stem)
def test_a_follow_up_that_was_needed_becomes_one_reminder_of_its_group(vector, tmp_path):
    path = with_answers(vector, tmp_path, follow_up=1, support=1)

    log = Log(path, KEY, SystemClock())
    try:
        expected = [(ReminderKind.ANSWERS_ERASED, None), (ReminderKind.FOLLOW_UP, GROUP)]
        assert kinds(log.reminders) == sorted(expected, key=lambda one: one[0])
        assert log._database.run("SELECT DISTINCT follow_up_needed, support_offered FROM sessions") == [(None, None)]
        assert log.audit.broken_at() is None
    finally:
        log.close()


@pytest.mark.parametrize(("follow_up", "support"), [(0, 0), (0, 1), (None, 1), (0, None)])
def test_an_answer_that_leaves_nothing_open_is_erased_and_that_is_told(follow_up, support, tmp_path):
    log = Log(with_answers(LANDED[-1], tmp_path, follow_up=follow_up, support=support), KEY, SystemClock())
    try:
        assert kinds(log.reminders) == [(ReminderKind.ANSWERS_ERASED, None)]
    finally:
        log.close()


def test_where_nothing_was_answered_nothing_is_told_and_the_copy_stays(tmp_path):
    path = with_answers(LANDED[-1], tmp_path, follow_up=None, support=None, corrected=False)
    log = Log(path, KEY, SystemClock())
    try:
        assert log.reminders.reminders() == ()
        assert len(earlier_copies.copies(path)) == 1
    finally:
        log.close()


@pytest.mark.parametrize("vector", CORRECTED, ids=lambda path: path.stem)
def test_no_page_and_no_copy_holds_an_answer_or_its_correction(vector, tmp_path):
    path = with_answers(vector, tmp_path, follow_up=1, support=0)
    assert WHY.encode() in pages(path, KEY)

    Log(path, KEY, SystemClock()).close()

    assert WHY.encode() not in pages(path, KEY)
    assert earlier_copies.copies(path) == ()


def test_a_corrected_answer_leaves_the_list_of_changes(tmp_path):
    log = Log(with_answers(LANDED[-1], tmp_path, follow_up=1, support=1), KEY, SystemClock())
    try:
        changes = [change for row in log.sessions.sessions() for change in log.corrections.of_session(row.id)]
        assert "one" not in [change.id for change in changes]
        assert WHY not in json.dumps([change.why for change in changes])
    finally:
        log.close()
