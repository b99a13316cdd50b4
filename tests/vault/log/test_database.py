"""The encrypted database: one transaction or none, damage distinguished from refusal, a copy under another key."""

from __future__ import annotations

import sys

import apsw
import pytest
from clocks import WoundClock
from small_disk import small_disk

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.database import Database, Verbatim, create_database, rekey
from balint_desktop.vault.log.log import Log
from balint_desktop.vault.log.migrate import migrate

__all__ = ["small_disk"]

KEY, OTHER_KEY = "ab" * 32, "cd" * 32


@pytest.fixture
def database(tmp_path):
    made = create_database(tmp_path / "log.db", KEY)
    made.run("CREATE TABLE lines (words TEXT)")
    yield made
    made.close()


def code_of(call, *arguments):
    with pytest.raises(Trouble) as caught:
        call(*arguments)
    return caught.value.code


def lines(database):
    return [words for (words,) in database.run("SELECT words FROM lines")]


def test_a_block_that_fails_leaves_no_row_of_it(database):
    database.run("INSERT INTO lines VALUES ('before')")

    def fail():
        with database.together():
            database.run("INSERT INTO lines VALUES ('in it')")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert lines(database) == ["before"]


def test_a_disk_that_fills_up_within_a_block_is_a_full_disk_and_leaves_no_row_of_it(database):
    database.run("INSERT INTO lines VALUES ('before')")
    ((pages,),) = database.run("PRAGMA page_count")
    database.run(f"PRAGMA max_page_count = {pages + 5}")

    def fill():
        with database.together():
            for _ in range(200):
                database.run("INSERT INTO lines VALUES (?)", ("x" * 1000,))

    assert code_of(fill) is TroubleCode.DISK_FULL
    database.run("PRAGMA max_page_count = 100000")
    assert lines(database) == ["before"]


def test_text_that_is_no_utf_8_comes_from_a_damaged_page(database):
    database.run("INSERT INTO lines VALUES (CAST(x'ff' AS TEXT))")

    assert code_of(lines, database) is TroubleCode.LOG_DAMAGED


def test_the_count_of_changes_grows_with_each_row_and_not_with_reading(database):
    before = database.changes
    lines(database)
    assert database.changes == before
    database.run("INSERT INTO lines VALUES ('one'), ('two')")
    assert database.changes == before + 2


@pytest.mark.parametrize(("platform", "fullfsync"), [("linux", 0), ("darwin", 1)])
def test_on_a_mac_a_commit_reaches_past_the_disks_own_cache(database, monkeypatch, platform, fullfsync):
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", platform)
        other = Database(database.path, KEY)
    assert other.run("PRAGMA fullfsync") == [(fullfsync,)]
    other.close()


def test_under_another_key_a_file_has_the_same_rows_and_the_old_key_opens_it_no_more(database):
    database.run("INSERT INTO lines VALUES ('kept')")
    database.close()
    rekey(database.path, KEY, OTHER_KEY)

    assert code_of(Database, database.path, KEY) is TroubleCode.LOG_DAMAGED
    again = Database(database.path, OTHER_KEY)
    assert lines(again) == ["kept"]
    again.close()


def test_a_damaged_file_is_not_taken_for_one_under_another_key(database):
    for number in range(200):
        database.run("INSERT INTO lines VALUES (?)", (f"{number}" * 200,))
    database.close()
    data = bytearray(database.path.read_bytes())
    data[-2000] ^= 1
    database.path.write_bytes(data)

    assert code_of(rekey, database.path, KEY, OTHER_KEY) is TroubleCode.LOG_DAMAGED


def test_a_file_without_tables_is_a_damaged_log(database):
    assert code_of(migrate, database, database.path, 0.0) is TroubleCode.LOG_DAMAGED


def test_a_fault_of_ours_within_a_block_is_no_trouble_and_leaves_no_row_of_it(database):
    def fail():
        with database.together():
            database.run("INSERT INTO lines VALUES ('in it')")
            database.run("SELECT nothing FROM nowhere")

    with pytest.raises(apsw.SQLError):
        fail()
    assert lines(database) == []


def test_a_structure_that_does_not_fit_is_damage_although_each_page_is_whole(database):
    database.run("INSERT INTO lines VALUES ('one')")
    database.run("CREATE INDEX by_words ON lines (words)")
    database.check()
    # The index is made to point at the table's own page.
    database.run("PRAGMA writable_schema = ON")
    database.run("UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'lines')")
    database.run("PRAGMA writable_schema = RESET")

    assert code_of(database.check) is TroubleCode.LOG_DAMAGED


# --- the log's copy ---


def test_a_copy_with_another_trail_than_the_log_is_refused(made, tmp_path, monkeypatch):
    copy_to = Database.copy_to

    def altered(self, path):
        copy = copy_to(self, path)
        copy.run("UPDATE audit SET told = '{}'")
        return copy

    log = Log(made.folder / "log.db", made.secret.log_key, WoundClock())
    log.audit.add(AuditAct.RECORDING_MADE, {"recording": "r"})
    try:
        log.copy_to(tmp_path / "sound.db")
        monkeypatch.setattr(Database, "copy_to", altered)
        assert code_of(log.copy_to, tmp_path / "altered.db") is TroubleCode.LOG_DAMAGED
    finally:
        log.close()


def test_the_row_of_words_written_down_earlier_is_found_however_they_were_typed(log):
    log.audit.add(AuditAct.RECORDING_MADE, {"recording": "r"})
    words = log.audit.head_words()
    log.audit.add(AuditAct.PART_FINISHED, {"recording": "r", "part": 1})

    assert log.audit.find_row(" ".join(words)) == 2
    assert log.audit.find_row(",\n".join(words).upper()) == 2
    assert log.audit.find_row(" ".join(words[:-1])) is None
    assert log.audit.count() == 3


def test_text_is_stored_without_hidden_signs_and_a_path_sign_by_sign(database):
    database.run("CREATE TABLE texts (text)")
    database.run("INSERT INTO texts VALUES (?)", ("Wednes\u202eyad\r\n\x1btwo",))
    database.run("INSERT INTO texts VALUES (?)", (Verbatim("a\u202eb"),))

    assert database.run("SELECT text FROM texts") == [("Wednesyad\ntwo",), ("a\u202eb",)]


def test_a_log_read_into_memory_has_every_row_and_takes_none(database):
    database.run("CREATE TABLE texts (text)")
    database.run("INSERT INTO texts VALUES ('written last')")
    copy = Database(database.path, KEY, in_memory=True)
    copy.refuse_writes()

    assert copy.run("SELECT text FROM texts") == [("written last",)]
    assert copy.read_only is TroubleCode.DISK_FULL
    with pytest.raises(Trouble) as caught:
        copy.run("INSERT INTO texts VALUES ('lost')")
    assert caught.value.code is TroubleCode.DISK_FULL
    copy.close()


def test_a_log_read_into_memory_is_copied_from_its_sealed_file_with_what_was_written_ahead(database):
    database.run("CREATE TABLE texts (text)")
    database.run("INSERT INTO texts VALUES ('written last')")
    in_memory = Database(database.path, KEY, in_memory=True)
    copied = in_memory.copy_to(database.path.with_name("copy.db"))

    assert copied.run("SELECT text FROM texts") == [("written last",)]
    assert b"SQLite format" not in copied.path.read_bytes()
    for one in (copied, in_memory):
        one.close()


@pytest.mark.parametrize("leaving", [0, 8192])
def test_a_full_disk_refuses_a_new_log_by_its_name(small_disk, leaving):
    small_disk.fill(leaving=leaving)

    with pytest.raises(Trouble) as refused:
        create_database(small_disk.folder / "log.db", KEY).run("CREATE TABLE one (text TEXT)")

    assert refused.value.code is TroubleCode.DISK_FULL


def test_a_copy_that_is_not_whole_under_its_new_key_is_refused(database, monkeypatch):
    database.close()
    run = Database.run

    def checked(one, sql, values=()):
        return [("row 1 missing from index",)] if sql == "PRAGMA quick_check" else run(one, sql, values)

    monkeypatch.setattr(Database, "run", checked)

    assert code_of(rekey, database.path, KEY, OTHER_KEY) is TroubleCode.LOG_DAMAGED
