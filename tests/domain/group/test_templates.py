"""A new group by a template: frames of the literature, or the frame of an earlier group without its people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.group.dates import MAX_SESSIONS, new_plan
from balint_desktop.domain.group.group import MAX_MEMBERS, Group, Participant, Reader, Weekday, new_participants
from balint_desktop.domain.group.templates import TEMPLATES, from_template, template_from_group, with_dates
from balint_desktop.domain.values import GroupId, participant_code

WEDNESDAY = date(2026, 3, 4)
NEW = GroupId("new")
EARLIER = Group(
    GroupId("earlier"),
    "Block A",
    4,
    (
        Participant(participant_code(1), agreed_to_recording=True, seat=3),
        Participant(participant_code(2), left=WEDNESDAY),
        Participant(participant_code(7), joined=WEDNESDAY, answered=True),
    ),
    Weekday.FRIDAY,
    "two-cases",
    "Student support, level 2",
    for_research=True,
    this_vault_reads=False,
    readers=(Reader("Study office", "age1office"),),
)


def test_the_templates_are_the_frames_of_their_sources():
    assert {one.key: (one.sessions, one.every, one.people, one.format_key, one.source) for one in TEMPLATES} == {
        "six": (6, 7, 6, "student-hour", "Ng, Seu & Cullum 2022"),
        "six-online": (6, 7, 6, "online", "Ng, Seu & Cullum 2022"),
        "four": (4, 7, 7, "student-hour", "Ros et al., BJPsych Open 2022"),
        "twelve": (12, 7, 8, "student-hour", "St George's student scheme"),
        "fortnightly": (12, 14, 12, "student-hour", "King's student scheme"),
    }
    assert len(TEMPLATES) == 5


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_a_template_fits_within_what_a_group_can_be(template):
    assert 1 <= template.sessions <= MAX_SESSIONS
    assert 1 <= template.people <= MAX_MEMBERS


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.key)
def test_a_group_by_a_template_has_its_frame_and_nothing_else(template):
    assert from_template(template, NEW, "Block B") == Group(
        NEW,
        "Block B",
        sessions=template.sessions,
        participants=new_participants(template.people),
        format_key=template.format_key,
    )


def test_the_weekday_of_a_group_is_that_of_its_first_date():
    plan = new_plan(WEDNESDAY, 5, last_evaluates=True)

    assert with_dates(EARLIER, 5, plan) == replace(EARLIER, sessions=5, weekday=Weekday.WEDNESDAY)


@pytest.mark.parametrize(("day", "weekday"), [(2, Weekday.MONDAY), (8, Weekday.SUNDAY)])
def test_a_week_is_counted_from_monday(day, weekday):
    plan = new_plan(date(2026, 3, day), 2, every=1, last_evaluates=False)

    assert with_dates(EARLIER, 2, plan).weekday is weekday


def test_a_group_without_dates_has_no_weekday():
    assert with_dates(EARLIER, 3, ()) == replace(EARLIER, sessions=3, weekday=None)


def test_the_frame_of_an_earlier_group_is_copied_with_as_many_new_members_as_are_still_in_it():
    assert template_from_group(EARLIER, NEW, "Block B") == replace(
        EARLIER, id=NEW, name="Block B", participants=new_participants(2)
    )


def test_no_answer_and_no_seat_is_copied_from_an_earlier_group():
    assert [
        (member.agreed_to_recording, member.answered, member.seat, member.joined)
        for member in template_from_group(EARLIER, NEW, "Block B").participants
    ] == [(False, False, None, None)] * 2


def test_a_group_that_everyone_has_left_becomes_a_group_of_one():
    left = replace(EARLIER, participants=EARLIER.participants[1:2])

    assert template_from_group(left, NEW, "Block B").participants == new_participants(1)
