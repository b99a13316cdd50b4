"""What stands for people in the room: never two alike, and a code where there is nothing else."""

from __future__ import annotations

import pytest

from balint_desktop.domain.group.group import Participant, RoomLabels
from balint_desktop.domain.group.labels import initials, labels_in_room
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.values import participant_code

CODES = tuple(participant_code(number) for number in range(1, 5))
MEMBERS = tuple(Participant(code, seat=seat) for code, seat in zip(CODES, (2, 1, None, 2), strict=True))
NAMES = Roster(
    tuple(
        Person(code, name)
        for code, name in zip(CODES, ("Aroha Ngata", "Ben Okoro", "", "Anna-Maria von Nagel"), strict=True)
        if name
    )
)


def labels(kind, names=NAMES):
    return list(labels_in_room(MEMBERS, kind, lambda n: f"Seat {n}", names).values())


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Aroha Ngata", "AN"),
        ("Li", "L"),
        ("Anna-Maria von Nagel", "AMV"),
        ("  ", ""),
        ("élodie d’Arc", "ÉD"),
        ("3rd student", "S"),
    ],
)
def test_initials_are_the_first_letters_of_a_name_at_most_three(name, letters):
    assert initials(name) == letters


def test_without_a_choice_codes_stand_for_people():
    assert labels(RoomLabels.CODES) == ["P1", "P2", "P3", "P4"]


def test_two_in_the_same_seat_are_told_apart_and_one_without_a_seat_keeps_the_code():
    assert labels(RoomLabels.SEATS) == ["Seat 2 P1", "Seat 1", "P3", "Seat 2 P4"]


def test_somebody_without_a_name_keeps_the_code_among_initials():
    assert labels(RoomLabels.INITIALS) == ["AN", "BO", "P3", "AMV"]


def test_without_names_initials_are_codes():
    assert labels(RoomLabels.INITIALS, Roster()) == ["P1", "P2", "P3", "P4"]
