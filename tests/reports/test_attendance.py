"""The grid of attendance: a row per person, a column per session, names only where given."""

from __future__ import annotations

import dataclasses
from datetime import date

from accounts import CODES, six_weeks_account

from balint_desktop.domain.group.group import Participant
from balint_desktop.reports.attendance import ABSENT, NOT_A_MEMBER, PRESENT, attendance_grid, grid_table
from balint_desktop.reports.tables import ColumnKind


def test_each_person_has_a_mark_for_each_session():
    grid = attendance_grid(six_weeks_account())

    assert [one.number for one in grid.sessions] == [1, 2, 3, 4, 5, 6]
    assert {row.code: "".join(row.marks) for row in grid.rows} == {
        "P1": PRESENT * 3 + ABSENT + PRESENT * 2,
        "P2": PRESENT * 3 + ABSENT + PRESENT * 2,
        **dict.fromkeys(("P3", "P4", "P5"), PRESENT * 6),
        "P6": PRESENT + ABSENT + PRESENT * 4,
    }
    assert (grid.rows[0].attended, grid.rows[0].possible) == (5, 6)


def test_who_was_not_a_member_yet_is_neither_present_nor_absent():
    account = six_weeks_account()
    late = Participant("P7", joined=date(2026, 4, 1))
    group = dataclasses.replace(account.group, participants=(*account.group.participants, late))
    (row,) = [one for one in attendance_grid(dataclasses.replace(account, group=group)).rows if one.code == "P7"]

    assert row.marks == (*[NOT_A_MEMBER] * 4, ABSENT, ABSENT)
    assert (row.attended, row.possible) == (0, 2)


def test_names_are_a_column_only_where_they_are_given():
    plain = grid_table(attendance_grid(six_weeks_account()), date.isoformat)
    named = grid_table(attendance_grid(six_weeks_account(), {CODES[0]: "Somebody"}), date.isoformat)

    assert [column.name for column in plain.columns][:2] == ["code", "1\n2026-03-04"]
    assert [column.name for column in named.columns][:2] == ["code", "name"]
    assert [row[1] for row in named.rows] == ["Somebody", "", "", "", "", ""]
    assert all(column.kind is ColumnKind.MARK for column in plain.columns[1:-2])
    assert all(len(row) == len(named.columns) for row in named.rows)
