"""The log stores what was committed, opens with another library, and holds nothing it should not."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date

import apsw
import pytest
import sqlcipher3
from domain_values import with_participant

from balint_desktop.domain.clock import Instant, SystemClock
from balint_desktop.domain.group.group import Group, Reader, Weekday, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind
from balint_desktop.vault.log import migrate
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.audit_words import WORDS
from balint_desktop.vault.log.database import Database
from balint_desktop.vault.log.log import Log

GROUP = Group(
    id=GroupId("g-1"),
    name="Psychiatry rotation, block B",
    sessions=6,
    participants=new_participants(6),
    weekday=Weekday.THURSDAY,
    support="Student Health, ground floor",
    for_research=True,
    leader_assesses=False,
    readers=(Reader("Study team", "age1study"),),
)
AT = Instant(1_790_000_000.25, 77.5, "boot")


def setting(number=1, group=GROUP.id, kind=SessionKind.CASE):
    return SessionSetting(group, number, kind, "student-hour", "key = 'student-hour'")


def test_a_group_is_read_back_as_it_was_saved_and_can_be_changed(log):
    log.groups.save_group(GROUP)
    assert log.groups.groups() == (GROUP,)
    log.sessions.start(setting())
    changed = with_participant(GROUP, GROUP.participants[0].__class__(ParticipantCode("P1"), agreed_to_recording=True))
    log.groups.save_group(changed)
    assert log.groups.group(GROUP.id) == changed
    with pytest.raises(KeyError):
        log.groups.group(GroupId("nobody"))


def test_facts_are_read_back_in_the_order_they_happened(log):
    log.groups.save_group(GROUP)
    session = log.sessions.start(setting())
    said = (
        f.Began(at=AT, present=(ParticipantCode("P1"),)),
        f.StepTaken(at=AT, phase=1),
        f.PresenterChosen(at=AT, case=1, code=ParticipantCode("P1")),
        f.PresenterChosen(at=AT, case=1, code=None),
    )
    for fact in said:
        log.sessions.add_fact(session, fact)
    assert log.sessions.facts(session) == said


def test_a_groups_latest_evaluation_is_the_last_begun_and_no_other_kind_of_session(log):
    log.groups.save_group(GROUP)
    begun = []
    for kind in (SessionKind.CASE, SessionKind.EVALUATION, SessionKind.EVALUATION, SessionKind.CASE):
        begun.append(log.sessions.start(setting(len(begun) + 1, kind=kind)))
        log.sessions.add_fact(begun[-1], f.Began(at=AT))
    log.sessions.start(setting(5, kind=SessionKind.EVALUATION))

    assert log.sessions.latest_evaluation(GROUP.id) == begun[2]
    assert log.sessions.latest_evaluation(GroupId("another")) is None


def test_a_session_is_unfinished_until_its_debrief_is_done(log):
    log.groups.save_group(GROUP)
    assert log.sessions.unfinished() is None
    session = log.sessions.start(setting(number=log.dates.next_session(GROUP.id, date(2026, 3, 4))[0]))
    # Prepared, but never begun: there is nothing to resume, and its number is free.
    assert log.sessions.unfinished() is None
    assert log.dates.next_session(GROUP.id, date(2026, 3, 4))[0] == 1
    log.sessions.add_fact(session, f.Began(at=AT))
    assert log.sessions.unfinished().id == session
    assert log.dates.next_session(GROUP.id, date(2026, 3, 4))[0] == 2

    log.sessions.count_prompt(session)
    log.sessions.count_prompt(session)
    log.sessions.close(session, Debrief("slow start"))
    assert log.sessions.unfinished() is None
    kept = log.sessions.session(session)
    assert kept.prompts_shown == 2
    assert kept.debrief == Debrief("slow start")
    assert log.sessions.sessions(GROUP.id) == log.sessions.sessions() == (kept,)
    with pytest.raises(KeyError):
        log.sessions.session("none")


def test_settings_are_stored(log):
    assert log.setting("appearance", "light") == "light"
    log.set_setting("appearance", "dark")
    log.set_setting("appearance", "contrast")
    assert log.setting("appearance") == "contrast"


def test_another_library_opens_the_log(made):
    vault = made.open()
    vault.log.groups.save_group(GROUP)
    vault.close()
    stranger = sqlcipher3.connect(str(made.folder / "log.db"))
    stranger.execute(f"PRAGMA key = \"x'{made.secret.log_key}'\"")
    assert stranger.execute("SELECT name FROM groups").fetchall() == [(GROUP.name,)]
    stranger.close()


def test_nothing_is_unencrypted_on_disk(made):
    vault = made.open()
    vault.log.groups.save_group(GROUP)
    session = vault.log.sessions.start(setting())
    vault.log.sessions.close(session, Debrief("a line on process"))
    on_disk = b"".join(path.read_bytes() for path in made.folder.rglob("*") if path.is_file())
    vault.close()
    for secret in (
        GROUP.name,
        GROUP.support,
        "a line on process",
        made.passphrase,
        made.secret.log_key,
        "SQLite format",
    ):
        assert secret.encode() not in on_disk
    for key in (made.recovery_key, made.secret.identities[0].secret):
        assert key.encode() not in on_disk


WRITER = """
import os, sys
from pathlib import Path
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.clock import SystemClock
from balint_desktop.vault.log.log import Log
clock = SystemClock()
log = Log(Path(sys.argv[1]), sys.stdin.readline().strip(), clock)
for number in range(10_000):
    log.sessions.add_fact(sys.argv[2], f.PhaseAdjusted(at=clock.now(), seconds=number))
    os.write(1, b"%d\\n" % number)
"""


@pytest.mark.parametrize("count", [1, 7, 40])
def test_no_committed_fact_is_lost_when_the_app_is_killed(made, count):
    vault = made.open()
    vault.log.groups.save_group(GROUP)
    session = vault.log.sessions.start(setting())
    vault.close()
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(made.folder / "log.db"), session],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        child.stdin.write(made.secret.log_key.encode() + b"\n")
        child.stdin.flush()
        committed = [int(child.stdout.readline()) for _ in range(count)]
        child.send_signal(signal.SIGKILL)

    vault = made.open()
    kept = [fact.seconds for fact in vault.log.sessions.facts(session)]
    vault.close()
    assert kept[:count] == committed
    assert kept == list(range(len(kept)))


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def test_a_missing_a_damaged_and_a_newer_log_are_distinguished(made):
    path = made.folder / "log.db"
    database = Database(path, made.secret.log_key)
    database.run(f"PRAGMA user_version = {migrate.VERSION + 1}")
    database.close()
    assert code_of(made.open) is TroubleCode.VAULT_NEWER

    whole = path.read_bytes()
    path.write_bytes(bytes(len(whole)))
    assert code_of(made.open) is TroubleCode.LOG_DAMAGED
    path.unlink()
    assert code_of(made.open) is TroubleCode.LOG_MISSING
    assert not path.exists()


@pytest.mark.parametrize("left", [0, 100, 4096])
def test_a_truncated_log_is_never_taken_for_an_empty_one(made, left):
    path = made.folder / "log.db"
    path.write_bytes(path.read_bytes()[:left])
    for _ in range(2):
        assert code_of(made.open) is TroubleCode.LOG_DAMAGED


def test_damage_in_the_middle_is_reported_when_reached(made):
    path = made.folder / "log.db"
    vault = made.open()
    vault.log.groups.save_group(GROUP)
    session = vault.log.sessions.start(setting())
    for number in range(400):
        vault.log.sessions.add_fact(session, f.PhaseAdjusted(at=AT, seconds=number))
    vault.close()
    whole = bytearray(path.read_bytes())
    whole[-2000] ^= 1
    path.write_bytes(whole)

    vault = made.open()
    assert vault.log.groups.groups() == (GROUP,)
    assert code_of(lambda: vault.log.sessions.facts(session)) is TroubleCode.LOG_DAMAGED
    vault.close()


def test_the_log_is_opened_with_the_designed_settings(log):
    said = {
        name: log._database.run(f"PRAGMA {name}")[0][0]
        for name in ("cipher", "journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
    }
    assert said == {
        "cipher": "sqlcipher",
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
    }


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (apsw.FullError, TroubleCode.DISK_FULL),
        (apsw.ReadOnlyError, TroubleCode.DISK_READ_ONLY),
        (apsw.IOError, TroubleCode.FOLDER_UNWRITABLE),
        (apsw.BusyError, TroubleCode.VAULT_IN_USE),
        (apsw.CorruptError, TroubleCode.LOG_DAMAGED),
    ],
)
def test_file_errors_are_distinguished(made, error, code):
    database = Database(made.folder / "log.db", made.secret.log_key)

    def refuse():
        with database._translating_errors():
            raise error

    assert code_of(refuse) is code
    database.close()


def test_a_programming_error_is_not_reported_as_a_disk_error(log):
    with pytest.raises(apsw.SQLError):
        log._database.run("SELECT nothing FROM nowhere")


def test_a_full_disk_loses_no_committed_fact(log):
    log.groups.save_group(GROUP)
    session = log.sessions.start(setting())
    log.sessions.add_fact(session, f.Began(at=AT))
    ((pages,),) = log._database.run("PRAGMA page_count")
    log._database.run(f"PRAGMA max_page_count = {pages}")

    def fill():
        for _ in range(5000):
            log.sessions.add_fact(session, f.Marked(at=AT, mark="name-to-remove"))

    assert code_of(fill) is TroubleCode.DISK_FULL
    assert log.sessions.facts(session)[0] == f.Began(at=AT)
    log._database.run("PRAGMA max_page_count = 1000000")
    log.sessions.add_fact(session, f.Ended(at=AT))


def test_an_export_on_a_full_disk_is_recorded_once_there_is_room_and_another_error_is_reported(log, monkeypatch):
    def refuse(code):
        def add(*_arguments):
            raise Trouble(code)

        return add

    before = len(log.audit.rows())
    with monkeypatch.context() as patched:
        patched.setattr(log.audit, "add", refuse(TroubleCode.DISK_FULL))
        log.audit.add_export(AuditAct.RECORDING_EXPORTED, {"recording": "first"})
        patched.setattr(log.audit, "add", refuse(TroubleCode.FOLDER_UNWRITABLE))
        refused = code_of(lambda: log.audit.add_export(AuditAct.RECORDING_EXPORTED, {"recording": "second"}))
    assert refused is TroubleCode.FOLDER_UNWRITABLE
    assert len(log.audit.rows()) == before
    log.audit.add_waiting()

    assert [row.details for row in log.audit.rows()[before:]] == ['{"recording": "first"}']
    assert log.audit.broken_at() is None


def test_the_audit_chain_reveals_every_change(log):
    log.audit.add(AuditAct.RECORDING_MADE, {"recording": "r"})
    log.audit.add(AuditAct.PART_FINISHED, {"recording": "r", "part": 1})
    head = log.audit.head_words()
    assert log.audit.broken_at() is None
    assert [row.act for row in log.audit.rows()] == ["vault-made", "recording-made", "part-finished"]
    assert len(head) == 8
    log.audit.add(AuditAct.RECORDING_EXPORTED, {"recording": "r"})
    assert log.audit.head_words() != head

    log._database.run("UPDATE audit SET told = '{}' WHERE place = 2")
    assert log.audit.broken_at() == 2
    log._database.run("DELETE FROM audit WHERE place = 2")
    assert log.audit.broken_at() == 2


def test_every_byte_of_the_chain_has_its_own_word():
    assert len(set(WORDS)) == 256


def test_the_log_has_no_columns_for_what_must_not_be_stored(log):
    columns = {
        (table, row[1])
        for (table,) in log._database.run("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for row in log._database.run(f"PRAGMA table_info({table})")
    }
    text = " ".join(f"{table} {column}" for table, column in columns)
    for word in ("chip", "situation", "distress", "patient", "reason", "who_paused", "summary"):
        assert word not in text


def test_a_log_uses_the_clock_it_is_given(made):
    log = Log(made.folder / "log.db", made.secret.log_key, SystemClock())
    log.close()


def test_rows_removed_from_the_end_of_the_audit_trail_are_detected(log):
    for _ in range(3):
        log.audit.add(AuditAct.RECORDING_MADE, {"recording": "r"})
    last = log.audit.rows()[-1].place
    log._database.run("DELETE FROM audit WHERE place = ?", (last,))

    assert log.audit.broken_at() == last


def test_a_log_without_a_stored_chain_head_verifies(log):
    log.audit.add(AuditAct.RECORDING_MADE, {"recording": "r"})
    log._database.run("DELETE FROM settings")

    assert log.audit.broken_at() is None
