"""The roster: names in a separate file, opened by stock age, changed with the log or not at all."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date

import pytest
from killing import deaths_of
from vaults import make_vault

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode
from balint_desktop.sealed import disk, rewrite_file
from balint_desktop.sealed.keys import seal

GROUP, OTHER = GroupId("ours"), GroupId("theirs")
P1, P3 = ParticipantCode("P1"), ParticipantCode("P3")
FIRST = Roster((Person(P1, "Name Zq-first", "first@example.org", ("Zq-short",), ("Zq-heard",)),))
SECOND = Roster((*FIRST.people, Person(P3, "Name Zq-third")))
DAY = date(2026, 3, 4)
MARK = "Zq-"


def prepared(folder, *, with_roster=True):
    made = make_vault(folder)
    vault = made.open()
    for group in (GROUP, OTHER):
        vault.log.groups.save_group(Group(group, f"Block {group}", participants=new_participants(2)))
    if with_roster:
        vault.rosters.save({GROUP: FIRST})
    vault.close()
    return made


@pytest.fixture
def made(tmp_path):
    return prepared(tmp_path / "vault")


@pytest.fixture
def vault(made):
    opened = made.open()
    yield opened
    opened.close()


def code_of(call):
    with pytest.raises(Trouble) as caught:
        call()
    return caught.value.code


def beside(vault):
    return sorted(path.name for path in vault.places.rosters.iterdir())


def test_a_roster_is_read_back_and_a_group_without_one_has_an_empty_one(vault):
    assert vault.rosters.read(GROUP) == FIRST
    assert vault.rosters.read(OTHER) == Roster()
    assert (vault.rosters.has(GROUP), vault.rosters.has(OTHER)) == (True, False)


def test_stock_age_opens_it_with_the_vault_secret(made, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(made.secret.to_text())
    found = subprocess.run(
        ["age", "-d", "-i", str(secret), str(made.folder / "roster" / f"{GROUP}.age")], capture_output=True, check=True
    )

    assert json.loads(found.stdout)["people"] == [
        {
            "code": "P1",
            "name": "Name Zq-first",
            "contact": "first@example.org",
            "short_names": ["Zq-short"],
            "heard_as": ["Zq-heard"],
        }
    ]


@pytest.mark.parametrize("let_go", ["begin_session", "lock"])
def test_it_is_read_and_changed_only_while_the_vault_is_open(vault, let_go):
    getattr(vault, let_go)()

    assert code_of(lambda: vault.rosters.read(GROUP)) is TroubleCode.VAULT_LOCKED
    assert code_of(lambda: vault.rosters.save({GROUP: SECOND})) is TroubleCode.VAULT_LOCKED
    assert code_of(lambda: vault.rosters.destroy(GROUP)) is TroubleCode.VAULT_LOCKED
    assert vault.rosters.has(GROUP)


def test_no_name_is_in_any_file_of_the_vault(vault):
    vault.rosters.save({GROUP: SECOND})
    vault.members.join(GROUP, DAY, Person(P3, "Name Zq-fourth", "fourth@example.org"))

    held = b"".join(path.read_bytes() for path in vault.folder.rglob("*") if path.is_file())
    assert MARK.encode() not in held
    assert b"example.org" not in held


def test_the_log_even_unsealed_holds_no_name(vault):
    vault.members.join(GROUP, DAY, Person(P3, "Name Zq-fourth", "fourth@example.org"))
    tables = [name for (name,) in vault.log._database.run("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    text = repr([vault.log._database.run(f"SELECT * FROM {table}") for table in tables])

    assert "P3" in text
    assert MARK not in text
    assert "example.org" not in text


def test_the_old_file_is_overwritten_in_place_before_it_is_unlinked(vault, monkeypatch):
    path = vault.places.roster(GROUP)
    old = path.read_bytes()
    overwritten = []
    destroy = disk.destroy_file
    monkeypatch.setattr(disk, "destroy_file", lambda one: (overwritten.append(read_of(one)), destroy(one)))
    vault.rosters.save({GROUP: SECOND})

    assert old in overwritten
    assert beside(vault) == [path.name]


def read_of(path):
    return path.read_bytes() if path.exists() else None


def test_destroying_overwrites_is_chained_and_leaves_the_codes(vault, monkeypatch):
    before = vault.log.groups.group(GROUP)
    written = []
    path = vault.places.roster(GROUP)
    monkeypatch.setattr(disk, "remove_file", lambda one: (written.append(read_of(one)), one.unlink()))
    size = path.stat().st_size
    vault.rosters.destroy(GROUP)

    assert written == [bytes(size)]
    assert not path.exists()
    assert vault.log.groups.group(GROUP) == before
    assert [row.act for row in vault.log.audit.rows()][-2:] == ["roster-destroying-asked", "roster-destroyed"]
    (found,) = vault.log.rosters.destroyed()
    assert found.group == GROUP
    assert found.completed_wall is not None
    assert vault.rosters.read(GROUP) == Roster()


def test_a_legal_hold_preserves_every_name_and_allows_more_to_be_stored(vault):
    vault.log.holds.place(Hold(HoldId(""), GROUP, DAY, "a complaint", "the registrar"), DAY)

    assert code_of(lambda: vault.rosters.destroy(GROUP)) is TroubleCode.HELD
    assert code_of(lambda: vault.members.change(GROUP, P1, None, Person(P1, ""))) is TroubleCode.HELD
    assert code_of(lambda: vault.members.change(GROUP, P1, None, Person(P1, "Other"))) is TroubleCode.HELD
    without = replace(FIRST.people[0], short_names=())
    assert code_of(lambda: vault.members.change(GROUP, P1, None, without)) is TroubleCode.HELD
    vault.members.join(GROUP, DAY, Person(P3, "Name Zq-third"))
    assert vault.rosters.read(GROUP) == SECOND


def test_after_destroying_a_new_roster_can_be_created(vault):
    vault.rosters.destroy(GROUP)
    vault.rosters.save({GROUP: SECOND})

    assert vault.rosters.read(GROUP) == SECOND


def test_a_damaged_roster_is_reported_and_left_unchanged(vault):
    path = vault.places.roster(GROUP)
    data = path.read_bytes()
    path.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))

    assert code_of(lambda: vault.rosters.read(GROUP)) is TroubleCode.SEALED_DAMAGED
    assert code_of(lambda: vault.rosters.save({GROUP: SECOND})) is TroubleCode.SEALED_DAMAGED
    assert path.read_bytes() != data


def test_a_full_disk_changes_neither_roster_nor_log(vault, monkeypatch):
    def full(path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(disk, "open_new", full)
    rows = vault.log.audit.rows()
    assert code_of(lambda: vault.members.join(GROUP, DAY, Person(P3, "Name Zq-third"))) is TroubleCode.DISK_FULL
    monkeypatch.undo()

    assert vault.rosters.read(GROUP) == FIRST
    assert vault.log.audit.rows() == rows
    assert len(vault.log.groups.group(GROUP).participants) == 2
    assert beside(vault) == [f"{GROUP}.age"]


def test_a_failing_log_leaves_the_roster_unchanged(vault):
    def refused():
        raise Trouble(TroubleCode.LOG_DAMAGED)

    assert code_of(lambda: vault.rosters.save({GROUP: SECOND}, refused)) is TroubleCode.LOG_DAMAGED
    assert vault.rosters.read(GROUP) == FIRST
    assert beside(vault) == [f"{GROUP}.age"]


def dying_between(vault, monkeypatch):
    """Leave a change as a kill does between the log's transaction and the rename."""

    def refuse(_path):
        raise Trouble(TroubleCode.FOLDER_UNWRITABLE, folder="there")

    monkeypatch.setattr(rewrite_file, "swap_in", refuse)
    assert code_of(lambda: vault.members.join(GROUP, DAY, Person(P3, "Name Zq-third"))) is TroubleCode.FOLDER_UNWRITABLE
    monkeypatch.undo()


def test_the_version_counted_by_the_log_is_put_in_place_by_the_next_read(vault, monkeypatch):
    dying_between(vault, monkeypatch)

    assert vault.rosters.read(GROUP) == SECOND
    assert beside(vault) == [f"{GROUP}.age"]


def test_the_version_counted_by_the_log_is_put_in_place_by_the_next_opening(made, monkeypatch):
    vault = made.open()
    dying_between(vault, monkeypatch)
    vault.close()
    vault = made.open()

    assert beside(vault) == [f"{GROUP}.age"]
    assert vault.rosters.read(GROUP) == SECOND
    vault.close()


def test_killed_before_any_operation_roster_and_log_are_both_old_or_both_new(tmp_path):
    def act(made):
        vault = made.open()
        try:
            vault.members.join(GROUP, DAY, Person(P3, "Name Zq-third"))
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        codes = [member.code for member in vault.log.groups.group(GROUP).participants]
        assert (codes, vault.rosters.read(GROUP)) in ((["P1", "P2"], FIRST), (["P1", "P2", "P3"], SECOND))
        assert vault.log.rosters.changes() == {}
        assert beside(vault) == [f"{GROUP}.age"]
        assert vault.log.audit.broken_at() is None
        vault.close()

    assert deaths_of(lambda n: prepared(tmp_path / f"vault-{n}"), act, check) > 15


def test_killed_before_any_operation_the_first_roster_exists_or_not(tmp_path):
    def act(made):
        vault = made.open()
        try:
            vault.members.join(GROUP, DAY, Person(P3, "Name Zq-third"))
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        joined = len(vault.log.groups.group(GROUP).participants) == 3
        assert vault.rosters.has(GROUP) == joined
        assert bool(vault.rosters.read(GROUP).people) == joined
        vault.close()

    assert deaths_of(lambda n: prepared(tmp_path / f"vault-{n}", with_roster=False), act, check) > 10


def test_killed_before_any_operation_a_moving_member_is_in_one_group_only_with_the_name(tmp_path):
    def act(made):
        vault = made.open()
        try:
            vault.members.move(GROUP, P1, OTHER, DAY)
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        has_left = vault.log.groups.group(GROUP).participant(P1).left is not None
        codes = [member.code for member in vault.log.groups.group(OTHER).participants]
        there = vault.rosters.read(OTHER).name_of(P3)
        assert (has_left, P3 in codes, bool(there)) in ((False, False, False), (True, True, True))
        vault.close()

    deaths_of(lambda n: prepared(tmp_path / f"vault-{n}"), act, check)


def test_killed_before_any_operation_a_roster_is_destroyed_or_was_never_asked_to_be(tmp_path):
    def act(made):
        vault = made.open()
        try:
            vault.rosters.destroy(GROUP)
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        asked = vault.log.rosters.destroyed()
        assert vault.rosters.has(GROUP) == (not asked)
        assert vault.rosters.read(GROUP) == (Roster() if asked else FIRST)
        assert all(row.completed_wall is not None for row in asked)
        acts = [row.act for row in vault.log.audit.rows()]
        assert acts.count("roster-destroyed") == len(asked)
        vault.close()

    assert deaths_of(lambda n: prepared(tmp_path / f"vault-{n}"), act, check) > 8


def test_a_roster_that_is_saved_as_it_was_is_neither_written_nor_noted(vault):
    path = vault.places.roster(GROUP)
    data, rows = path.read_bytes(), vault.log.audit.count()
    vault.rosters.save({GROUP: FIRST})

    assert (path.read_bytes(), vault.log.audit.count()) == (data, rows)


def test_destroying_where_there_is_no_roster_leaves_no_row(vault):
    rows = vault.log.audit.count()
    vault.rosters.destroy(OTHER)

    assert (vault.log.audit.count(), vault.log.rosters.destroyed()) == (rows, ())


def test_an_export_of_the_names_is_noted_with_its_fingerprint_alone(vault):
    vault.rosters.note_export(GROUP, "ab" * 32)

    last = vault.log.audit.rows()[-1]
    assert (last.act, json.loads(last.details)) == ("roster-taken-out", {"group": GROUP, "sha256": "ab" * 32})


def test_a_sealed_file_that_is_no_roster_is_damage(vault):
    vault.places.roster(OTHER).write_bytes(seal(b"[]", [vault.rosters.identities()[0].recipient]))

    assert code_of(lambda: vault.rosters.read(OTHER)) is TroubleCode.SEALED_DAMAGED
