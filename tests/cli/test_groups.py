"""Groups from the command line: created by the rules of the window's form, and listed."""

from __future__ import annotations

import pytest

FROM_WEDNESDAY = ("--from", "2026-03-04")


def test_a_group_is_created_with_its_members_by_code_and_its_weekly_dates_and_is_listed(empty):
    (made,) = empty.lines("groups", "create", " Block   B ", "--members", "3", "--sessions", "4", *FROM_WEDNESDAY)

    assert {name: made[name] for name in ("name", "members", "sessions", "first", "last", "format")} == {
        "name": "Block B",
        "members": ["P1", "P2", "P3"],
        "sessions": 4,
        "first": "2026-03-04",
        "last": "2026-03-25",
        "format": "student-hour",
    }
    assert empty.lines("groups", "list") == [made]
    assert f"{made['id']}  Block B  P1 P2 P3  4" in empty("groups", "list").stdout


def test_without_a_first_day_a_group_has_six_sessions_and_no_dates(empty):
    words = empty("groups", "create", "Block B", "--members", "6").stdout
    (listed,) = empty.lines("groups", "list")

    assert words == f"{listed['id']}: Block B was created.\n"
    assert (listed["sessions"], listed["first"], listed["last"]) == (6, None, None)


def test_a_vault_without_groups_says_so_and_a_script_gets_no_line(empty):
    assert empty("groups", "list").stdout == "No groups in this vault.\n"
    assert empty.lines("groups", "list") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("  ", "--members", "6"), "The new group needs a name. Nothing was created."),
        (("B", "--members", "6", "--from", "2026-02-30"), "“2026-02-30” is not a date."),
        (
            ("B", "--members", "6", "--from", "Wednesday"),
            "“Wednesday” is not a date.",
        ),
    ],
)
def test_an_impossible_group_is_one_sentence_and_is_not_created(empty, arguments, said):
    assert empty.wrong("groups", "create", *arguments).startswith(said)
    assert empty.lines("groups", "list") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("B",), "required: --members"),
        (("B", "--members", "0"), "0 is not between 1 and 30"),
        (("B", "--members", "some"), "invalid number value: 'some'"),
        (("B", "--members", "6", "--sessions", "61"), "61 is not between 1 and 60"),
    ],
)
def test_wrong_usage_is_reported_before_the_vault_is_opened(empty, arguments, said):
    done = empty.child("groups", "create", *arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
