"""The table of doors: each has a rule with a reason, and every kind of file has a door."""

from __future__ import annotations

from collections import Counter

import pytest

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.doors import (
    DOORS,
    FILES,
    FOR_NAMES,
    GATED,
    HERE,
    OURS_ALONE,
    SEALED,
    SOUND,
    USES,
    Agreed,
    Door,
    door_of_file,
)

FREE = {Door.ATTENDANCE, Door.CERTIFICATE, Door.CARD, Door.CALENDAR, Door.LEADER_RECORD}


def test_every_door_has_a_rule_and_a_reason():
    assert set(DOORS) == set(Door)
    assert all(rule.why for rule in DOORS.values())


def test_a_door_asks_for_a_purpose_exactly_if_it_asks_anyone():
    assert {door for door, rule in DOORS.items() if rule.purposes} == {
        door for door, rule in DOORS.items() if rule.agreed is not Agreed.NOT_ASKED
    }


def test_attendance_certificates_the_card_dates_and_accreditation_ask_for_nothing():
    assert {DOORS[door].agreed for door in FREE} == {Agreed.NOT_ASKED}


def test_every_door_stands_in_exactly_one_list_of_what_is_looked_for_at_it():
    lists = Counter(door for doors in (FOR_NAMES, SEALED, SOUND, HERE, OURS_ALONE, GATED) for door in doors)

    assert lists == Counter(Door)


def test_being_recorded_is_no_use_of_a_recording():
    assert Purpose.RECORDING not in USES
    leaving = [DOORS[door].purposes for door in (Door.SOUND_FILE, Door.SEALED_COPY, Door.SCORES, Door.METHODS)]
    assert not [purposes for purposes in leaving if Purpose.RECORDING in purposes]


def test_every_kind_of_file_has_a_door_that_exists():
    assert set(FILES.values()) <= set(Door)


def test_a_kind_of_file_without_a_door_leaves_by_none():
    with pytest.raises(ValueError, match="no door for files of the kind transcript"):
        door_of_file("transcript")
