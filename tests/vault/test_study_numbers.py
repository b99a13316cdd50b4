"""Study numbers: drawn once, sealed beside the roster, carried by a backup, gone with the names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from clocks import WoundClock
from killing import deaths_of
from vaults import make_vault

from balint_desktop.domain.deidentify.study_numbers import StudyNumbers
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault import backup, roster_files
from balint_desktop.vault.study_numbers import draw_numbers, has_numbers, read_numbers

GROUP, OTHER = GroupId("ours"), GroupId("theirs")
CODES = tuple(participant_code(number) for number in range(1, 7))
DAY = date(2026, 3, 4)


def prepared(folder):
    made = make_vault(folder)
    vault = made.open()
    for group in (GROUP, OTHER):
        vault.log.groups.save_group(Group(group, str(group), participants=new_participants(6)))
    vault.rosters.save({GROUP: Roster((Person(CODES[0], "Ada Mori"),))})
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


def test_before_the_first_need_no_number_is_drawn(vault):
    assert read_numbers(vault, GROUP) == StudyNumbers()
    assert not vault.places.study_numbers(GROUP).exists()


def test_everyone_who_was_ever_in_the_group_is_drawn_together_at_the_first_need(vault):
    vault.members.set_left(GROUP, CODES[2], DAY)
    numbers = draw_numbers(vault, GROUP, [CODES[0]])

    assert set(numbers.numbers) == set(CODES)
    assert sorted(numbers.numbers.values()) == [1, 2, 3, 4, 5, 6]
    assert read_numbers(vault, GROUP) == numbers


def test_numbers_once_drawn_stay_and_who_comes_later_is_drawn_above_them(vault):
    first = draw_numbers(vault, GROUP)
    code = vault.members.join(GROUP, DAY)
    second = draw_numbers(vault, GROUP)

    assert second == replace(first, numbers={**first.numbers, code: 7}, above=7)
    assert draw_numbers(vault, GROUP) == second


def test_no_number_follows_from_its_code(vault):
    """Of a hundred groups of six, one in 720 is drawn in the order of its codes; all of them never are."""
    orders = set()
    for number in range(100):
        group = GroupId(f"group{number}")
        vault.log.groups.save_group(Group(group, str(group), participants=new_participants(6)))
        orders.add(tuple(draw_numbers(vault, group).numbers[code] for code in CODES))

    assert len(orders) > 50


def test_the_audit_trail_has_how_many_were_drawn_and_no_code(vault):
    draw_numbers(vault, GROUP)
    row = vault.log.audit.rows()[-1]

    assert (row.act, row.details) == ("study-numbers-drawn", '{"above": 6, "count": 6, "group": "ours"}')


@pytest.mark.parametrize("let_go", ["begin_session", "lock"])
def test_without_the_key_they_are_neither_read_nor_drawn(vault, let_go):
    getattr(vault, let_go)()

    assert code_of(lambda: read_numbers(vault, GROUP)) is TroubleCode.VAULT_LOCKED
    assert code_of(lambda: draw_numbers(vault, GROUP)) is TroubleCode.VAULT_LOCKED
    assert not vault.places.study_numbers(GROUP).exists()


def test_a_damaged_table_is_reported_and_never_drawn_anew(vault):
    draw_numbers(vault, GROUP)
    path = vault.places.study_numbers(GROUP)
    path.write_bytes(path.read_bytes()[:-20] + bytes(20))

    assert code_of(lambda: draw_numbers(vault, GROUP)) is TroubleCode.SEALED_DAMAGED


def test_the_table_is_sealed_and_its_length_says_little(vault):
    numbers = draw_numbers(vault, GROUP)

    assert b"P1" not in vault.places.study_numbers(GROUP).read_bytes()
    assert len(numbers.to_json()) == len(StudyNumbers().to_json()) == 1024


def test_the_numbers_are_destroyed_with_the_names_and_never_given_again(vault):
    draw_numbers(vault, GROUP)
    vault.rosters.destroy(GROUP)

    assert roster_files.all_files(vault.places) == ()
    assert read_numbers(vault, GROUP) == StudyNumbers()
    assert sorted(draw_numbers(vault, GROUP).numbers.values()) == [7, 8, 9, 10, 11, 12]


def test_numbers_of_a_group_without_names_are_destroyed_too_and_those_of_others_stay(vault):
    draw_numbers(vault, OTHER)
    kept = draw_numbers(vault, GROUP)
    vault.rosters.destroy(OTHER)

    assert read_numbers(vault, OTHER) == StudyNumbers()
    assert read_numbers(vault, GROUP) == kept


def test_what_leaves_has_numbers_until_the_names_are_destroyed_and_again_once_there_are_new_ones(vault):
    assert has_numbers(vault, GROUP)
    assert has_numbers(vault, OTHER)
    vault.rosters.destroy(GROUP)
    assert not has_numbers(vault, GROUP)
    vault.rosters.save({GROUP: Roster((Person(CODES[0], "Ada Mori"),))})

    assert has_numbers(vault, GROUP)


def test_a_backup_carries_them(vault, tmp_path):
    draw_numbers(vault, GROUP)
    (tmp_path / "stick").mkdir()
    plan, _row = backup.back_up(vault, tmp_path / "stick", WoundClock())

    copy = plan.folder / "roster" / "ours-numbers.age"
    assert copy.read_bytes() == vault.places.study_numbers(GROUP).read_bytes()


def test_killed_before_any_operation_of_drawing_no_number_changes(tmp_path):
    drawn = {}

    def make(number):
        made = prepared(tmp_path / f"vault-{number}")
        vault = made.open()
        drawn[made.folder] = draw_numbers(vault, GROUP)
        vault.members.join(GROUP, DAY)
        vault.close()
        return made

    def act(made):
        vault = made.open()
        try:
            draw_numbers(vault, GROUP)
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        before, now = drawn[made.folder], read_numbers(vault, GROUP)
        assert now in (before, StudyNumbers({**before.numbers, participant_code(7): 7}, 7))
        assert sorted(path.name for path in vault.places.rosters.iterdir()) == ["ours-numbers.age", "ours.age"]
        vault.close()

    assert deaths_of(make, act, check) > 5


def test_killed_before_any_operation_of_destroying_numbers_and_names_go_together(tmp_path):
    def make(number):
        made = prepared(tmp_path / f"vault-{number}")
        vault = made.open()
        draw_numbers(vault, GROUP)
        vault.close()
        return made

    def act(made):
        vault = made.open()
        try:
            vault.rosters.destroy(GROUP)
        finally:
            vault.close()

    def check(made):
        vault = made.open()
        asked = bool(vault.log.rosters.destroyed())
        assert [bool(path.exists()) for path in (vault.places.roster(GROUP), vault.places.study_numbers(GROUP))] == (
            [not asked] * 2
        )
        vault.close()

    assert deaths_of(make, act, check) > 5
