"""The dates of a group as iCalendar: lines as RFC 5545 has them, moments right over a clock change, no person."""

from __future__ import annotations

import dataclasses
import re
import time
from datetime import UTC, date, datetime

import pytest
from accounts import CODES, six_weeks_group
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.group.dates import Instead, PlannedSession
from balint_desktop.domain.values import SessionKind
from balint_desktop.reports.calendar_file import escaped, folded, to_ics

NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC).timestamp()
GROUP = dataclasses.replace(six_weeks_group(), name="Wednesday; group, “Ōtara”")
PLAN = (
    PlannedSession(1, date(2026, 3, 25), "16:00"),
    PlannedSession(None, date(2026, 4, 1), "16:00", cancelled=Instead.LATER),
    PlannedSession(2, date(2026, 4, 8), "16:00"),
    PlannedSession(3, date(2026, 4, 15), "", SessionKind.EVALUATION),
)


def an_hour(_kind):
    return 3600.0


@pytest.fixture
def in_auckland(monkeypatch):
    """Run in a zone whose clock goes back between the first date and the third, on 5 April 2026."""
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def read(data):
    """Return the events of a file, read strictly: line ends, folding, and escapes."""
    text = data.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Balint Desktop//Dates of a group//EN"]
    assert lines[-1] == "END:VCALENDAR"
    events, current = [], None
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            current = {}
        elif line == "END:VEVENT":
            events.append(current)
        elif current is not None:
            assert name not in current
            current[name] = unescaped(value)
    return events


def unescaped(value):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def test_each_date_is_at_its_local_time_also_after_the_clock_went_back(in_auckland):
    starts = [event.get("DTSTART") for event in read(to_ics(GROUP, PLAN, an_hour, NOW))]

    assert starts == ["20260325T030000Z", "20260401T030000Z", "20260408T040000Z", None]


def test_a_session_ends_after_its_formats_length_and_a_day_without_a_time_takes_the_day(in_auckland):
    first, *_between, last = read(to_ics(GROUP, PLAN, an_hour, NOW))

    assert first["DTEND"] == "20260325T040000Z"
    assert (last["DTSTART;VALUE=DATE"], last["DTEND;VALUE=DATE"]) == ("20260415", "20260416")


def test_an_unknown_length_gives_no_end():
    assert "DTEND" not in read(to_ics(GROUP, PLAN, lambda _kind: 0.0, NOW))[0]


def test_text_with_commas_semicolons_and_other_letters_is_read_back_as_it_was():
    summaries = [event["SUMMARY"] for event in read(to_ics(GROUP, PLAN, an_hour, NOW))]

    assert summaries == [
        "Wednesday; group, “Ōtara”, session 1",
        "Cancelled: Wednesday; group, “Ōtara”",
        "Wednesday; group, “Ōtara”, session 2",
        "Wednesday; group, “Ōtara”, session 3 (evaluation)",
    ]


def test_a_moved_date_keeps_its_id_and_a_cancelled_one_is_cancelled_under_it():
    before = read(to_ics(GROUP, PLAN, an_hour, NOW))
    moved = tuple(dataclasses.replace(line, time="17:30") for line in PLAN)
    after = read(to_ics(GROUP, moved, an_hour, NOW + 60))

    assert [event["UID"] for event in before] == [event["UID"] for event in after]
    assert len({event["UID"] for event in before}) == 4
    assert [event["STATUS"] for event in after] == ["CONFIRMED", "CANCELLED", "CONFIRMED", "CONFIRMED"]
    assert int(after[0]["SEQUENCE"]) > int(before[0]["SEQUENCE"])


def test_another_group_has_other_ids_and_no_id_tells_the_groups_own():
    other = dataclasses.replace(GROUP, id="another")
    uids = [{event["UID"] for event in read(to_ics(group, PLAN, an_hour, NOW))} for group in (GROUP, other)]

    assert not uids[0] & uids[1]
    assert not any(GROUP.id in uid for uid in uids[0])


def test_signs_that_turn_text_round_are_left_out_and_those_a_script_is_spelt_with_stay():
    group = dataclasses.replace(GROUP, name="\u202eبالینت \u200cها")
    (event, *_rest) = read(to_ics(group, PLAN, an_hour, NOW))

    assert event["SUMMARY"] == "بالینت \u200cها, session 1"


def test_nobody_is_in_the_file():
    text = to_ics(GROUP, PLAN, an_hour, NOW).decode()

    assert not any(re.search(rf"\b{code}\b", text) for code in CODES)
    assert GROUP.support not in text


@given(text=st.text(max_size=200))
def test_any_text_is_folded_within_75_octets_and_unfolds_to_itself(text):
    line = "SUMMARY:" + escaped(text)
    parts = list(folded(line))

    assert all(len(part.encode()) <= 75 for part in parts)
    assert "".join([parts[0], *(part.removeprefix(" ") for part in parts[1:])]) == line
    assert "\n" not in line
    assert "\r" not in line
