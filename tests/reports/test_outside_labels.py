"""What stands for a person outside the vault: a number, drawn at the first need, or a code that leads to nobody."""

from __future__ import annotations

import json
import re

import pytest
from vaults import make_vault

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.reports.audit_trail import audit_json, audit_rows, audit_table
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.study_numbers import read_numbers

GROUP, OTHER = GroupId("ours"), GroupId("theirs")
P1, P2, P3 = (participant_code(number) for number in (1, 2, 3))


@pytest.fixture
def vault(tmp_path):
    vault = make_vault(tmp_path / "vault").open()
    for group in (GROUP, OTHER):
        vault.log.groups.save_group(Group(group, "Block B", participants=new_participants(3)))
    yield vault
    vault.close()


def test_a_number_is_drawn_when_the_first_file_needs_it_and_is_the_same_in_the_next(vault):
    labels = outside_labels(vault)
    assert read_numbers(vault, GROUP).numbers == {}
    label = labels.label(GROUP, P2)

    assert re.fullmatch("R[1-3]", label)
    assert {labels.label(GROUP, code) for code in (P1, P2, P3)} == {"R1", "R2", "R3"}
    assert outside_labels(vault).label(GROUP, P2) == labels.label(GROUP, P2) == label


def test_people_are_ordered_by_number_and_not_by_code(vault):
    for number in range(30):
        group = GroupId(f"group{number}")
        vault.log.groups.save_group(Group(group, "", participants=new_participants(12)))
        codes = [participant_code(one) for one in range(1, 13)]
        assert [label for label, _code in outside_labels(vault).ordered(group, codes)] == [
            f"R{one}" for one in range(1, 13)
        ]


def test_only_codes_that_the_group_has_are_replaced_in_typed_text(vault):
    labels = outside_labels(vault)
    number = labels.label(GROUP, P1)

    assert labels.in_text(GROUP, "P1, (P1’s) P12 P4 xP1 p1 P1") == f"{number}, ({number}’s) P12 P4 xP1 p1 {number}"
    assert labels.in_text(None, "P1") == "P1"


def test_a_table_that_was_destroyed_meanwhile_is_not_remembered(vault):
    labels = outside_labels(vault, GROUP)
    labels.label(GROUP, P1)
    assert (labels.marked, labels.column.name) == ("by-number", "study_number")
    vault.rosters.destroy(GROUP)

    assert labels.label(GROUP, P1) == "P1"
    assert (labels.marked, labels.column.name) == ("by-code", "code")


@pytest.mark.parametrize("let_go", ["begin_session", "lock"])
def test_a_number_that_was_read_before_is_not_given_once_the_key_is_out_of_memory(vault, let_go):
    labels = outside_labels(vault)
    labels.label(GROUP, P1)
    getattr(vault, let_go)()

    with pytest.raises(Trouble) as caught:
        labels.label(GROUP, P1)
    assert caught.value.code is TroubleCode.VAULT_LOCKED


def test_the_audit_trail_as_a_table_has_no_code_and_as_json_the_rows_as_they_were_chained(vault):
    vault.members.set_left(GROUP, P2, None)
    vault.log.audit.add(AuditAct.MEMBER_LEFT, {"group": "of another vault", "code": "P1"})
    vault.rosters.save({GROUP: Roster((Person(P1, "Somebody"),))})
    rows, head = vault.log.audit.rows(), audit_rows(vault.log.audit)
    table = audit_table(rows, head, outside_labels(vault))
    told = {row[2]: row[3] for row in table.rows}

    number = read_numbers(vault, GROUP).label(P2)
    assert json.loads(told["member-came-back"]) == {"group": GROUP, "code": number, "day": None}
    assert json.loads(told["member-left"])["code"] == "P1", "it leads to nobody here"
    assert [row["told"] for row in json.loads(audit_json(rows, head))["rows"]] == [row.details for row in rows]
