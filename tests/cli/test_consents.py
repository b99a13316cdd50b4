"""Consents from the command line: the rules of the window's page, for some or all, and the listing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from vaults import PASSPHRASE

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.values import GroupId
from balint_desktop.vault.opening import secret_by_passphrase
from balint_desktop.vault.vault import OpenVault


@pytest.fixture
def group(empty):
    """A group of three."""
    return empty.lines("groups", "create", "Block B", "--members", "3")[0]["id"]


@pytest.fixture
def enter(empty, group):
    """Enter an answer; `code` is the expected exit code."""

    def entered(members, purpose, answer, on="2026-03-04", *more, code=0):
        arguments = ("--members", members, "--purpose", purpose, "--answer", answer, "--on", on)
        return empty("consents", "enter", "--group", group, *arguments, *more, code=code)

    return entered


def counts(empty):
    return {(row["member"], row["purpose"]): row["answer"] for row in empty.lines("consents", "list")}


def test_an_answer_for_everyone_and_every_purpose_is_eighteen_answers(empty, enter):
    assert enter("all", "all", "given").stdout == "18 answers were recorded.\n"
    assert len(counts(empty)) == 18


def test_an_answer_is_entered_with_its_day_form_and_taker_and_each_row_has_an_id(empty, group):
    rows = empty.lines(
        *("consents", "enter", "--group", group, "--members", "P1,P3", "--purpose", "quotations,analysis"),
        *("--answer", "declined", "--on", "2026-03-04", "--form", "v. 2", "--taken-by", "coordinator"),
    )

    assert [(row["member"], row["purpose"]) for row in rows] == [
        ("P1", "quotations"),
        ("P1", "analysis"),
        ("P3", "quotations"),
        ("P3", "analysis"),
    ]
    assert {row["id"] for row in rows} == {1, 2, 3, 4}
    assert {(row["group"], row["answer"], row["day"], row["form"], row["taken_by"]) for row in rows} == {
        (group, "declined", "2026-03-04", "v. 2", "coordinator")
    }


def test_an_answer_for_many_skips_those_who_declined_as_the_window_does_and_says_so(empty, enter):
    enter("P2", "recording", "declined")

    assert enter("all", "recording", "given").stdout == "2 answers were recorded. 1 answer was left unchanged.\n"
    assert counts(empty)["P2", "recording"] == "declined"


def test_valid_answers_are_listed_by_member_and_purpose(empty, enter):
    enter("P3,P1", "sharing,recording", "given")
    enter("P1", "sharing", "withdrawn")

    assert [line.split()[2:5] for line in empty("consents", "list").stdout.splitlines()[1:]] == [
        ["P1", "recording", "given"],
        ["P1", "sharing", "withdrawn"],
        ["P3", "recording", "given"],
        ["P3", "sharing", "given"],
    ]


def test_a_group_without_answers_lists_no_member(empty, group):
    assert empty("consents", "list", "--group", group).stdout == "No consents in this vault.\n"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("P1", "analysis", "given", "2026-02-29"), "“2026-02-29” is not a date"),
        (("P1", "analysis", "given", (datetime.now(UTC) + timedelta(days=3)).date().isoformat()), "is in the future"),
        (("P9", "analysis", "given"), "Block B has no member with the code P9."),
        (("all", "analysis", "withdrawn"), "None of these consents was given, so there is nothing to withdraw."),
    ],
)
def test_an_impossible_answer_is_one_sentence_and_enters_nothing(empty, enter, asked, said):
    assert said in enter(*asked, code=1).stderr
    assert counts(empty) == {}


def test_an_agreement_dated_before_a_refusal_is_refused(empty, enter):
    enter("P1", "analysis", "declined", "2026-03-05")

    assert "declined or withdrew on 2026-03-05" in enter("P1", "analysis", "given", "2026-03-04", code=1).stderr
    assert counts(empty) == {("P1", "analysis"): "declined"}


@pytest.mark.parametrize(
    ("members", "purpose", "more", "said"),
    [
        ("Anna", "analysis", (), "“Anna” is not a list of codes. Write them as P1,P2.\n"),
        (",", "analysis", (), "Name the members, such as P1,P2, or use “all”.\n"),
        ("P1", "research", (), "There is no purpose “research”. Choose one of: recording, transcription, analysis,"),
        ("P1", "analysis", ("--form", "v" * 41), "A form’s version can have at most 40 characters.\n"),
    ],
)
def test_arguments_that_make_no_sense_are_wrong_usage(enter, members, purpose, more, said):
    assert enter(members, purpose, "given", "2026-03-04", *more, code=2).stderr.startswith(said)


def test_an_unknown_answer_is_wrong_usage(enter):
    assert "invalid choice: 'maybe'" in enter("P1", "analysis", "maybe", code=2).stderr


# --- a group whose coordinator keeps the answers ---


@pytest.fixture
def kept_by_coordinator(empty, group):
    """Name a coordinator in the group's study."""
    folder = empty.data / "vault"
    vault = OpenVault(folder, secret_by_passphrase(folder, PASSPHRASE), SystemClock())
    vault.log.consents.save_study(GroupId(group), Study(coordinator="the coordinator"))
    vault.close()


@pytest.mark.usefixtures("kept_by_coordinator")
def test_a_coordinators_answers_are_neither_listed_nor_entered_without_saying_so(empty, enter):
    refused = [empty("consents", "list", code=2), enter("P1", "recording", "given", code=2)]

    assert {"Add --as-keeper if that is you." in one.stderr for one in refused} == {True}
    assert enter("P1", "recording", "given", "2026-03-04", "--as-keeper").stdout == "1 answer was recorded.\n"
    (row,) = empty.lines("consents", "list", "--as-keeper")
    assert (row["member"], row["taken_by"]) == ("P1", "coordinator")
