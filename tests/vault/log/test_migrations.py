"""Migrations of logs of every released version; killed midway there is the old log or the new, and a copy."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from killed_migration import Migrations
from killing import deaths_of

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import RecordingRule, Weekday, recording_available
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.log import database as databases
from balint_desktop.vault.log import earlier_copies
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.migrate import VERSION

LOGS = Path(__file__).parents[2] / "vectors" / "logs"
KEY = "4b" * 32
LANDED = sorted(LOGS.glob("v*.db"), key=lambda path: int(path.stem[1:]))
OLDER = [path for path in LANDED if int(path.stem[1:]) < VERSION]


def laid(vector, folder):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "log.db"
    shutil.copy(vector, path)
    return path


def laid_without_answers(vector, folder):
    """Return an earlier log without an answer that would be erased: its copy would be deleted with them."""
    path = laid(vector, folder)
    database = Database(path, KEY)
    database.run("UPDATE sessions SET follow_up_needed = NULL, support_offered = NULL")
    database.close()
    return path


def version_of(path):
    database = Database(path, KEY)
    ((version,),) = database.run("PRAGMA user_version")
    database.close()
    return version


def expect_all_there(path):
    log = Log(path, KEY, SystemClock())
    try:
        group = log.groups.group(GroupId("wednesday"))
        assert (group.name, group.sessions, group.weekday) == ("Wednesday group", 6, Weekday.WEDNESDAY)
        assert [(p.code, p.agreed_to_recording, p.seat) for p in group.participants] == [
            ("P1", True, 2),
            ("P2", True, None),
            ("P3", False, None),
        ]
        assert [reader.label for reader in group.readers] == ["Transcriber"]
        # Nobody chose the old rule, under which attendance showed who had not agreed.
        assert (group.recording_rule, group.leader_assesses) == (RecordingRule.ALL_MEMBERS, None)
        assert not recording_available(group, ["P1", "P2"])
        second, first = log.sessions.sessions()
        assert (first.closed, second.closed) == (True, False)
        assert first.debrief == Debrief("We sat with it.")
        assert [len(log.sessions.facts(row.id)) for row in (first, second)] == [8, 6]
        (recording,) = log.recordings.recordings()
        assert [(part.seconds, part.sha256) for part in recording.parts] == [(3600.0, "ab" * 32)]
        assert log.setting("lock-after-minutes") == "7"
        assert log.audit.broken_at() is None
        log.check()
    finally:
        log.close()


@pytest.mark.parametrize("vector", LANDED, ids=lambda path: path.stem)
def test_a_log_of_every_released_version_opens_with_all_its_data(vector, tmp_path):
    path = laid(vector, tmp_path)
    expect_all_there(path)
    assert version_of(path) == VERSION


@pytest.mark.parametrize("vector", OLDER, ids=lambda path: path.stem)
def test_a_copy_of_the_old_log_is_stored_sealed_and_opens_like_it(vector, tmp_path):
    path = laid_without_answers(vector, tmp_path)
    Log(path, KEY, SystemClock()).close()

    (copy,) = earlier_copies.copies(path)
    assert version_of(copy) == int(vector.stem[1:])
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert copy.stat().st_mode & 0o077 == 0
    shutil.copy(copy, path)
    expect_all_there(path)


def expect_old_or_new(path, before):
    found = version_of(path)
    assert found in {before, VERSION}
    if found == VERSION:
        assert [version_of(copy) for copy in earlier_copies.copies(path)] == [before]
    expect_all_there(path)
    assert [version_of(copy) for copy in earlier_copies.copies(path)] == [before]


def test_killed_before_any_statement_the_log_is_old_or_new_with_a_copy_of_the_old(tmp_path):
    with Migrations() as migrations:
        statements = migrations.killed_at(laid_without_answers(LANDED[0], tmp_path / "whole"), KEY, 0)
        assert statements > VERSION
        for number in range(1, statements + 1):
            path = laid_without_answers(LANDED[0], tmp_path / str(number))
            assert migrations.killed_at(path, KEY, number) is None
            expect_old_or_new(path, 1)


def test_killed_before_any_disk_operation_the_log_is_old_or_new_with_a_copy_of_the_old(tmp_path):
    def make(number):
        return laid_without_answers(OLDER[-1], tmp_path / str(number))

    tried = deaths_of(
        make, lambda path: Log(path, KEY, SystemClock()).close(), lambda path: expect_old_or_new(path, version(-1))
    )
    assert tried > 3


def version(number):
    return int(OLDER[number].stem[1:])


def test_on_a_disk_too_full_for_the_copy_the_log_is_read_and_its_file_unchanged(tmp_path, monkeypatch):
    path = laid(LANDED[0], tmp_path)
    before = path.read_bytes()

    def full(self, path):
        raise Trouble(TroubleCode.DISK_FULL, folder=str(path.parent))

    with monkeypatch.context() as disk:
        disk.setattr(databases.Database, "copy_to", full)
        log = Log(path, KEY, SystemClock())
        assert log.read_only is TroubleCode.DISK_FULL
        assert len(log.groups.groups()) == 1
        with pytest.raises(Trouble) as raised:
            log.set_setting("anything", "at all")
        log.close()
    assert raised.value.code is TroubleCode.DISK_FULL
    assert version_of(path) == 1
    assert len(path.read_bytes()) == len(before)
    expect_all_there(path)


def test_a_copy_is_deleted_after_its_period_and_not_before(tmp_path):
    path = laid_without_answers(LANDED[0], tmp_path)
    Log(path, KEY, SystemClock()).close()
    (copy,) = earlier_copies.copies(path)
    made = copy.stat().st_mtime

    earlier_copies.delete_old_copies(path, made + 29 * 86_400)
    assert earlier_copies.copies(path) == (copy,)
    earlier_copies.delete_old_copies(path, made + 31 * 86_400)
    assert earlier_copies.copies(path) == ()


def test_an_unfinished_copy_is_deleted_at_the_next_opening(tmp_path):
    path = laid_without_answers(LANDED[0], tmp_path)
    begun = earlier_copies.copy_path(path, 1).with_name("log-before-2.db.unfinished")
    begun.write_bytes(b"half")
    Log(path, KEY, SystemClock()).close()
    begun.write_bytes(b"half")
    Log(path, KEY, SystemClock()).close()

    assert [copy.name for copy in earlier_copies.copies(path)] == ["log-before-2.db"]
    assert time.time() - earlier_copies.copies(path)[0].stat().st_mtime < 3600
