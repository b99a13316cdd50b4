"""Sessions from the command line: entered afterwards with the calendar's values for the day, and listed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def group(empty):
    """A group of three whose sessions are planned on four Wednesdays from 4 March 2026, the last the evaluation."""
    made = empty.lines("groups", "create", "Block B", "--members", "3", "--sessions", "4", "--from", "2026-03-04")
    return made[0]["id"]


def began(session):
    return datetime.fromisoformat(session["began"]).replace(tzinfo=None).isoformat(timespec="minutes")


def test_a_session_is_entered_with_its_number_from_the_calendar_and_is_listed(empty, group):
    (made,) = empty.lines(
        *("sessions", "enter", "--group", group[:8], "--on", "2026-03-11"),
        *("--present", "P1,p3", "--presenter", "P3"),
    )

    assert {name: made[name] for name in ("group", "number", "kind", "day", "seconds", "present", "closed")} == {
        "group": group,
        "number": 2,
        "kind": "case",
        "day": "2026-03-11",
        "seconds": 3600.0,
        "present": ["P1", "P3"],
        "closed": True,
    }
    assert began(made) == "2026-03-11T12:00"
    assert (made["entered_afterwards"], made["recorded"], made["takes_recording"]) == (True, "no", False)
    assert empty.lines("sessions", "list") == [made]
    assert empty.lines("sessions", "list", "--group", group) == [made]


def test_the_presenter_is_stored_but_appears_in_no_list(empty, group):
    words = empty("sessions", "enter", "--group", group, "--on", "2026-03-04", "--presenter", "P2").stdout
    (listed,) = empty.lines("sessions", "list")

    assert words == f"{listed['id']}: session 1 of Block B on 2026-03-04 was entered.\n"
    assert "present" in listed
    assert "presenter" not in " ".join(listed)
    # Who presented was there.
    assert listed["present"] == ["P2"]


def test_the_last_of_the_calendar_is_the_evaluation(empty, group):
    (made,) = empty.lines("sessions", "enter", "--group", group, "--on", "2026-03-25")

    assert (made["number"], made["kind"]) == (4, "evaluation")


def test_a_time_and_a_length_may_be_given(empty, group):
    (made,) = empty.lines(
        *("sessions", "enter", "--group", group, "--on", "2026-03-04", "--at", "9:30", "--minutes", "75")
    )

    assert (began(made), made["seconds"]) == ("2026-03-04T09:30", 4500.0)


def test_a_session_that_everyone_there_agreed_to_have_recorded_can_take_a_recording(empty, group):
    empty("sessions", "enter", "--group", group, "--on", "2026-03-04", "--present", "all")
    before = empty("sessions", "list").stdout
    empty(*("consents", "enter", "--group", group, "--members", "all", "--purpose", "recording"), *GIVEN)

    assert "can be imported" not in before
    assert "can be imported" in empty("sessions", "list").stdout
    assert empty.lines("sessions", "list")[0]["takes_recording"] is True


GIVEN = ("--answer", "given", "--on", "2026-03-03")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--on", "2026-02-31"), "“2026-02-31” is not a date"),
        (("--on", "4 March"), "“4 March” is not a date."),
        (("--on", (datetime.now(UTC) + timedelta(days=3)).date().isoformat()), "That date is in the future."),
        (("--on", "2026-03-04", "--present", "P1,P9"), "Block B has no member with the code P9. Nothing was saved."),
        (("--on", "2026-03-04", "--presenter", "P9"), "Block B has no member with the code P9. Nothing was saved."),
    ],
)
def test_an_impossible_session_is_one_sentence_and_enters_nothing(empty, group, arguments, said):
    assert empty.wrong("sessions", "enter", "--group", group, *arguments).startswith(said)
    assert empty.lines("sessions", "list") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--present", "Anna"), "“Anna” is not a list of codes. Write them as P1,P2."),
        (("--at", "noon"), "“noon” is not a time. Write it as 14:00."),
        (("--minutes", "0"), "A session lasts from 1 to 720 minutes."),
    ],
)
def test_arguments_that_make_no_sense_are_wrong_usage(empty, group, arguments, said):
    assert empty.wrong("sessions", "enter", "--group", group, "--on", "2026-03-04", *arguments, code=2) == said


def test_a_missing_group_is_reported(empty):
    assert empty.wrong("sessions", "enter", "--group", "x", "--on", "2026-03-04") == (
        "There is no group x in this vault. Nothing was changed. Run “balint-desktop groups list” to see them."
    )


def test_a_session_led_in_the_app_is_listed_with_its_recording(program):
    (listed,) = program.lines("sessions", "list")

    assert (listed["number"], listed["group_name"], listed["recorded"]) == (3, "Wednesday group", "yes")
    assert listed["entered_afterwards"] is False
