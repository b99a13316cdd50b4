"""Open matters of the log: requests that wait for an answer, and how old the last backup is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from kept_sessions import TEXT, at

from balint_desktop.domain.group.dates import wall_of
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.open_matters import OpenKind, OpenMatter
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.vault.log.transfers import TransferKind, TransferRow

TODAY = date(2026, 3, 20)
A, B = GroupId("a"), GroupId("b")


def request(group, day, **answer):
    return AccessRequest(RequestId(""), group, "student 3", "what is held about me", day, **answer)


@pytest.fixture
def groups(log):
    for group in (A, B):
        log.groups.save_group(Group(group, group.upper()))
    return log


def test_unanswered_requests_are_one_matter_for_each_group_since_the_oldest(groups):
    log = groups
    for days, group in ((9, A), (4, A), (6, B)):
        log.access.save(request(group, TODAY - timedelta(days)), TODAY)

    assert log.request_matters.open_matters(TODAY) == [
        OpenMatter(OpenKind.REQUEST_TO_ANSWER, A, day=TODAY - timedelta(9), count=2),
        OpenMatter(OpenKind.REQUEST_TO_ANSWER, B, day=TODAY - timedelta(6)),
    ]


def test_an_answered_request_is_no_matter_any_more(groups):
    log = groups
    asked = log.access.save(request(A, TODAY - timedelta(9)), TODAY)
    log.access.save(replace(asked, answer="a copy was handed over", answered=TODAY), TODAY)

    assert log.request_matters.open_matters(TODAY) == []


def test_a_request_in_an_archived_group_is_owed_an_answer_too(groups):
    log = groups
    log.access.save(request(A, TODAY), TODAY)
    log.dates.archive(A)

    assert [matter.group for matter in log.request_matters.open_matters(TODAY)] == [A]


def backed_up(log, days_ago, *, finished=True):
    wall = wall_of(TODAY - timedelta(days_ago), "18:00")
    log.transfers.begin(TransferRow(f"parcel-{days_ago}", TransferKind.BACKUP, wall, "/media/stick"))
    if finished:
        log.transfers.finish(f"parcel-{days_ago}", "ab" * 32, {})


@pytest.fixture
def held(groups):
    """A log in which a session was held."""
    session = groups.sessions.start(SessionSetting(A, 1, SessionKind.CASE, "student-hour", TEXT))
    groups.sessions.add_fact(session, f.Began(at=at(0), present=()))
    return groups


def due(log):
    return [(matter.kind, matter.day) for matter in log.backup_matters.open_matters(TODAY)]


def test_before_the_first_session_no_backup_is_due(groups):
    assert due(groups) == []


def test_without_a_backup_one_is_due_once_a_session_was_held(held):
    assert due(held) == [(OpenKind.BACKUP_DUE, None)]


@pytest.mark.parametrize(("days", "is_due"), [(0, False), (6, False), (7, True), (400, True)])
def test_a_backup_is_due_a_week_after_the_last(held, days, is_due):
    backed_up(held, days)

    assert due(held) == ([(OpenKind.BACKUP_DUE, TODAY - timedelta(days))] if is_due else [])


def test_a_backup_that_was_cut_short_is_none(held):
    backed_up(held, 1, finished=False)

    assert due(held) == [(OpenKind.BACKUP_DUE, None)]
