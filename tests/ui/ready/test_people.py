"""Names and labels at Get ready: names on request and for a minute, and what stands for people in the room."""

from __future__ import annotations

import gc
from dataclasses import replace

import pytest
from ready_bench import MEMBERS, FakeNames

from balint_desktop.domain.group.group import RoomLabels
from balint_desktop.domain.group.roster import Person, Roster

NAMES = ("Aroha Ngata", "Ben Okoro", "Li & Wei", "Mia Berg", "Tom Hart", "Eve Lund", "Sam Roy")
ROSTER = Roster(tuple(Person(member.code, name) for member, name in zip(MEMBERS, NAMES, strict=True)))
SEATED = tuple(replace(member, seat=7 - number) for number, member in enumerate(MEMBERS))


def chips(seen):
    return [seen.find(f"present-{member.code}").text() for member in MEMBERS]


def room_labels(seen):
    seen.press("open-room")
    return seen.bench.received[-1]


def test_without_names_there_is_nothing_to_show(open_page):
    seen = open_page(names=FakeNames(None))

    assert not seen.shows("show-names")
    assert not seen.shows("room-labels-codes")


def test_names_stand_beside_the_codes_on_request(open_page):
    seen = open_page(names=FakeNames(ROSTER))
    assert chips(seen)[0] == "P1"
    seen.press("show-names")

    assert chips(seen)[:3] == ["P1  Aroha Ngata", "P2  Ben Okoro", "P3  Li && Wei"]
    assert seen.find("show-names").text() == "Hide names"
    seen.press("show-names")
    assert chips(seen) == [member.code for member in MEMBERS]


@pytest.mark.parametrize("end", ["leaving", "a minute"])
def test_names_go_when_the_page_is_left_and_after_a_minute(open_page, end):
    seen = open_page(names=FakeNames(ROSTER))
    seen.press("show-names")
    page = seen.bench.page
    assert page.names._minute.isActive()
    (page.leave_view if end == "leaving" else page.names._minute.timeout.emit)()

    assert chips(seen) == [member.code for member in MEMBERS]
    assert not page.names._minute.isActive()


def test_while_names_are_hidden_the_page_holds_none(open_page):
    names = FakeNames(ROSTER)
    seen = open_page(names=names)
    seen.press("show-names")
    seen.press("show-names")
    names.roster = Roster()
    page = seen.bench.page
    gc.collect()

    assert not [one for one in gc.get_referents(page.names, vars(page.names)) if isinstance(one, Roster)]
    assert not any("Aroha" in chip.text() + chip.accessibleName() for chip in page.here.values())


def test_while_the_keys_are_locked_names_wait_for_the_passphrase(open_page):
    names = FakeNames(ROSTER, locked=True)
    seen = open_page(names=names)
    seen.press("show-names")
    assert chips(seen)[0] == "P1"
    names.asked.pop()(ROSTER)

    assert chips(seen)[0] == "P1  Aroha Ngata"


def test_codes_stand_for_people_unless_something_else_is_chosen(open_page):
    ready = room_labels(open_page(members=SEATED, names=FakeNames(ROSTER)))

    assert (ready.room_labels, dict(ready.labels)) == (RoomLabels.CODES, {})


def test_seats_are_chosen_for_the_room_and_shown_on_the_chips(open_page):
    seen = open_page(members=SEATED)
    assert not seen.shows("room-labels-initials")
    seen.press("room-labels-seats")
    assert chips(seen)[:2] == ["Seat 7", "Seat 6"]

    ready = room_labels(seen)
    assert (ready.room_labels, ready.labels["P1"]) == (RoomLabels.SEATS, "Seat 7")


def test_initials_are_made_from_the_names_and_nothing_else_of_them_is_passed_on(open_page):
    seen = open_page(names=FakeNames(ROSTER))
    seen.press("room-labels-initials")
    ready = room_labels(seen)

    assert list(ready.labels.values()) == ["AN", "BO", "LW", "MB", "TH", "EL", "SR"]
    assert "Aroha" not in repr(ready)


def test_what_the_group_chose_before_is_chosen_again(open_page):
    seen = open_page(names=FakeNames(ROSTER), room_labels=RoomLabels.INITIALS)

    assert chips(seen)[0] == "AN"
    assert room_labels(seen).room_labels is RoomLabels.INITIALS


def test_initials_chosen_before_wait_while_the_names_are_locked(open_page):
    names = FakeNames(ROSTER, locked=True)
    seen = open_page(names=names, room_labels=RoomLabels.INITIALS)

    assert names.asked == []
    assert chips(seen)[0] == "P1"
