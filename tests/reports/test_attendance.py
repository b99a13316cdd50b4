"""The grid of attendance: a row per person, a column per session, names only where given."""

from __future__ import annotations

import dataclasses
from datetime import date

from accounts import CODES, six_weeks_account
from outside import DESTROYED, NUMBERED, number_of

from balint_desktop.domain.group.group import Participant
from balint_desktop.reports.attendance import ABSENT, NOT_A_MEMBER, PRESENT, attendance_grid, grid_table
from balint_desktop.reports.tables import ColumnKind


def test_each_person_has_a_mark_for_each_session():
    grid = attendance_grid(six_weeks_account(), NUMBERED)

    assert [one.number for one in grid.sessions] == [1, 2, 3, 4, 5, 6]
    assert {row.label: "".join(row.marks) for row in grid.rows} == {
        "R99": PRESENT * 3 + ABSENT + PRESENT * 2,
        "R98": PRESENT * 3 + ABSENT + PRESENT * 2,
        **dict.fromkeys(("R97", "R96", "R95"), PRESENT * 6),
        "R94": PRESENT + ABSENT + PRESENT * 4,
    }
    assert (grid.rows[-1].attended, grid.rows[-1].possible) == (5, 6)


def test_people_are_in_the_order_of_their_numbers_which_tells_no_code():
    rows = attendance_grid(six_weeks_account(), NUMBERED).rows

    assert [row.label for row in rows] == ["R94", "R95", "R96", "R97", "R98", "R99"]


def test_once_the_numbers_were_destroyed_the_codes_stand_in_their_place_and_the_file_says_why():
    table = grid_table(attendance_grid(six_weeks_account(), DESTROYED), date.isoformat)

    assert [row[0] for row in table.rows] == [*CODES]
    assert (table.columns[0].name, "destroyed" in table.columns[0].meaning) == ("code", True)


def test_who_was_not_a_member_yet_is_neither_present_nor_absent():
    account = six_weeks_account()
    late = Participant("P7", joined=date(2026, 4, 1))
    group = dataclasses.replace(account.group, participants=(*account.group.participants, late))
    grid = attendance_grid(dataclasses.replace(account, group=group), NUMBERED)
    (row,) = [one for one in grid.rows if one.label == number_of("P7")]

    assert row.marks == (*[NOT_A_MEMBER] * 4, ABSENT, ABSENT)
    assert (row.attended, row.possible) == (0, 2)


def test_names_are_a_column_only_where_they_are_given():
    plain = grid_table(attendance_grid(six_weeks_account(), NUMBERED), date.isoformat)
    named = grid_table(attendance_grid(six_weeks_account(), NUMBERED, {CODES[0]: "Somebody"}), date.isoformat)

    assert [column.name for column in plain.columns][:2] == ["study_number", "1\n2026-03-04"]
    assert [column.name for column in named.columns][:2] == ["code", "name"]
    assert [row[:2] for row in named.rows] == [(code, "Somebody" if code == CODES[0] else "") for code in CODES], (
        "a number beside a name would be the key to every other file"
    )
    assert all(column.kind is ColumnKind.MARK for column in plain.columns[1:-2])
    assert all(len(row) == len(named.columns) for row in named.rows)
