"""The roster's text, and group membership by day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from domain_values import with_participant
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.group.group import Group, Participant, new_participants
from balint_desktop.domain.group.roster import (
    CONTACT_LIMIT,
    MOST_SHORT_NAMES,
    NAME_LIMIT,
    SHORT_NAME_LIMIT,
    Person,
    Roster,
    same_name,
    several,
    tidy,
)
from balint_desktop.domain.values import GroupId, participant_code

DAY = date(2026, 3, 4)
CODES = st.integers(1, 99).map(participant_code)
SEVERAL = st.lists(st.text(max_size=80), max_size=25).map(tuple)
PEOPLE = st.lists(st.builds(Person, CODES, st.text(max_size=200), st.text(max_size=300), SEVERAL, SEVERAL), max_size=12)


def roster_of(people):
    return Roster().with_people(people)


@given(PEOPLE)
def test_any_roster_is_read_back_from_its_text(people):
    roster = roster_of(people)

    assert Roster.from_json(roster.to_json()) == roster


@given(PEOPLE)
def test_the_length_of_the_text_reveals_little(people):
    assert len(roster_of(people).to_json()) % 1024 == 0


@given(PEOPLE, PEOPLE)
def test_a_code_belongs_to_one_person_and_the_later_entry_counts(first, second):
    roster = roster_of(first).with_people(second)
    codes = [person.code for person in roster.people]

    assert len(codes) == len(set(codes))
    for person in {one.code: one for one in second}.values():
        assert roster.name_of(person.code) == tidy(person.name)[:NAME_LIMIT]


@given(st.text(), st.text())
def test_a_stored_name_is_a_single_short_line(name, contact):
    for person in roster_of([Person(participant_code(1), name, contact)]).people:
        assert 0 < len(person.name) <= NAME_LIMIT
        assert len(person.contact) <= CONTACT_LIMIT
        assert (person.name + person.contact).isprintable()


@given(st.binary(max_size=200))
def test_text_that_is_no_roster_is_refused_with_a_value_error(data):
    with pytest.raises(ValueError):
        Roster.from_json(data)


@pytest.mark.parametrize(
    "text",
    [
        b"[]",
        b"null",
        b'{"balint_desktop_roster": 3, "people": []}',
        b'{"balint_desktop_roster": 2, "people": [{"code": "P1", "name": "A", "contact": ""}]}',
        b'{"balint_desktop_roster": 2, "people": [{"code": "P1", "name": "A", "contact": "", "short_names": "A"}]}',
        b'{"balint_desktop_roster": 1}',
        b'{"balint_desktop_roster": 1, "people": [{"code": "X", "name": "", "contact": ""}]}',
        b"[" * 100_000,
    ],
)
def test_text_resembling_a_roster_is_refused_too(text):
    with pytest.raises(ValueError):
        Roster.from_json(text)


def test_a_roster_of_version_1_opens_without_short_names():
    data = b'{"balint_desktop_roster": 1, "people": [{"code": "P1", "name": "Ada Mori", "contact": "a@example.org"}]}'

    assert Roster.from_json(data) == Roster((Person(participant_code(1), "Ada Mori", "a@example.org"),))


def test_an_app_that_knows_version_1_alone_refuses_a_roster_rather_than_drop_its_short_names():
    roster = roster_of([Person(participant_code(1), "Siobhán Walsh", "", ("Shiv",), ("Shivon",))])

    assert json.loads(roster.to_json())["balint_desktop_roster"] == 2


def test_short_names_are_parted_by_semicolons_commas_and_lines_and_each_is_there_once():
    assert several(" Shiv; shiv,  S.\u00a0W. ;;\nVon\u202e ") == ("Shiv", "S. W.", "Von")


@given(SEVERAL)
def test_a_stored_short_name_is_a_single_short_line_and_there_are_not_too_many(names):
    (person,) = roster_of([Person(participant_code(1), "A", "", names, names)]).people

    assert person.short_names == person.heard_as
    assert len(person.short_names) <= MOST_SHORT_NAMES
    for name in person.short_names:
        assert 0 < len(name) <= SHORT_NAME_LIMIT
        assert name.isprintable()


def test_an_empty_name_removes_a_person():
    roster = roster_of([Person(participant_code(1), "Somebody")])

    assert roster.with_people([Person(participant_code(1), "  ")]) == Roster()


def test_a_person_is_found_by_code_and_an_unknown_code_has_neither_person_nor_name():
    one, other = Person(participant_code(1), "A. Person"), Person(participant_code(2), "B. Person", "b@example")
    roster = roster_of([other, one])

    assert roster.person(participant_code(2)) == other
    assert roster.person(participant_code(3)) is None
    assert (roster.name_of(participant_code(1)), roster.name_of(participant_code(3))) == ("A. Person", "")


def test_people_are_in_the_order_of_their_codes_numbers():
    codes = [participant_code(number) for number in (10, 2, 1)]

    assert [one.code for one in roster_of([Person(code, "Person") for code in codes]).people] == ["P1", "P2", "P10"]


def test_codes_can_be_taken_out_and_the_others_stay():
    people = [Person(participant_code(number), f"Person {number}") for number in (1, 2, 3)]

    assert roster_of(people).without(participant_code(1), participant_code(3)) == Roster((people[1],))


def test_names_compare_equal_whatever_their_case_and_accent_encoding():
    assert same_name("  ZOË  Example", "Zoe\u0308 example")
    assert not same_name("Zoe Example", "Zoë Example")


MEMBERS = st.builds(
    lambda joined, stayed: (joined, joined + timedelta(days=stayed) if stayed is not None else None),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.integers(0, 400),
)


@given(MEMBERS, st.dates(date(2019, 1, 1), date(2032, 1, 1)))
def test_a_member_belongs_from_the_day_of_joining_until_before_the_day_of_leaving(days, day):
    joined, left = days
    member = Participant(participant_code(1), joined=joined, left=left)

    assert member.belongs_on(day) == (joined <= day and (left is None or day < left))
    assert bool(Group(GroupId("g"), "", participants=(member,)).on(day).participants) == member.belongs_on(day)


@given(st.lists(st.booleans(), max_size=30))
def test_a_code_is_never_reused_after_a_member_leaves(joins):
    group = Group(GroupId("g"), "Block B", participants=new_participants(2))
    given_codes = [p.code for p in group.participants]
    for joins_now in joins:
        if joins_now:
            code = group.next_code()
            assert code not in given_codes
            given_codes.append(code)
            group = replace(group, participants=(*group.participants, Participant(code, joined=DAY)))
        else:
            group = with_participant(group, replace(group.participants[-1], left=DAY))
    assert len(group.participants) == len(given_codes)


def test_after_p99_there_are_no_more_codes():
    group = Group(GroupId("g"), "", participants=(Participant(participant_code(99)),))

    with pytest.raises(ValueError, match="99"):
        group.next_code()
