"""Validation of accreditation entries: each invalid one has its own trouble, valid ones are normalised."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.accreditation.entries import checked_colleague, checked_meeting, checked_supervision
from balint_desktop.domain.accreditation.reviews import (
    REVIEW_LIMIT,
    Heading,
    Review,
    ReviewedSession,
    ReviewState,
    in_period,
)
from balint_desktop.domain.accreditation.values import (
    PATH_NOTE_LIMIT,
    Colleague,
    ColleagueId,
    ColleagueRole,
    EntryId,
    Leaders,
    Meeting,
    MeetingKind,
    OwnRole,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionId

TODAY = date(2026, 3, 18)
SUPERVISION = Supervision(EntryId("v"), TODAY, 50, "A. B.")
MEETING = Meeting(EntryId("m"), date(2026, 3, 6), MeetingKind.WEEKEND, 900, "Oxford", last_day=date(2026, 3, 8))
COLLEAGUE = Colleague(ColleagueId("c"), "M. K.")


def refused(code, check, *arguments):
    with pytest.raises(Trouble) as caught:
        check(*arguments)
    assert caught.value.code is code


def test_supervision_in_the_future_is_refused_and_today_is_not():
    refused(TroubleCode.DAY_TO_COME, checked_supervision, replace(SUPERVISION, day=date(2026, 3, 19)), (), TODAY)
    assert checked_supervision(SUPERVISION, (), TODAY) == SUPERVISION


def test_supervision_without_a_supervisor_is_refused():
    refused(TroubleCode.LABEL_MISSING, checked_supervision, replace(SUPERVISION, supervisor="  "), (), TODAY)


def test_the_same_supervision_twice_is_refused_however_the_label_is_written():
    again = replace(SUPERVISION, id=EntryId("other"), supervisor=" a.  b. ")
    refused(TroubleCode.NOTED_ALREADY, checked_supervision, again, (SUPERVISION,), TODAY)


def test_a_changed_supervision_is_no_duplicate_of_itself_and_two_of_one_day_may_differ():
    others = (SUPERVISION,)
    assert checked_supervision(replace(SUPERVISION, note=" more "), others, TODAY).note == "more"
    assert checked_supervision(replace(SUPERVISION, id=EntryId("w"), minutes=30), others, TODAY)


def test_a_meeting_that_ends_before_it_begins_is_refused():
    refused(TroubleCode.ENDS_BEFORE_IT_BEGINS, checked_meeting, replace(MEETING, last_day=date(2026, 3, 5)), (), TODAY)


def test_a_meeting_that_is_not_over_is_refused():
    refused(TroubleCode.DAY_TO_COME, checked_meeting, replace(MEETING, last_day=date(2026, 3, 19)), (), TODAY)


def test_a_meeting_of_one_day_needs_no_last_day():
    assert checked_meeting(replace(MEETING, last_day=MEETING.day), (), TODAY).last_day is None


def test_the_same_meeting_twice_is_refused():
    refused(TroubleCode.NOTED_ALREADY, checked_meeting, replace(MEETING, id=EntryId("n")), (MEETING,), TODAY)


def test_a_label_is_needed_and_belongs_to_one_colleague():
    other = Colleague(ColleagueId("d"), "m. k.")
    refused(TroubleCode.LABEL_MISSING, checked_colleague, replace(COLLEAGUE, label=" "), ())
    refused(TroubleCode.LABEL_TAKEN, checked_colleague, other, (COLLEAGUE,))
    assert checked_colleague(replace(COLLEAGUE, label=" M.  K. "), (COLLEAGUE,)) == COLLEAGUE


@pytest.mark.parametrize(
    ("own", "role", "expected"),
    [
        (OwnRole.SOLO, ColleagueRole.CO_LEAD, True),
        (OwnRole.SOLO, ColleagueRole.LEAD, True),
        (OwnRole.SOLO, ColleagueRole.OBSERVER, False),
        (OwnRole.LEAD, ColleagueRole.CO_LEAD, False),
        (None, ColleagueRole.CO_LEAD, False),
    ],
)
def test_leading_alone_contradicts_naming_a_co_leader(own, role, expected):
    assert Leaders(own, (SessionColleague(COLLEAGUE, role),)).is_contradictory is expected


def test_a_note_on_supervision_is_as_short_as_a_process_note():
    with pytest.raises(ValueError):
        replace(SUPERVISION, note="a" * (PATH_NOTE_LIMIT + 1))
    with pytest.raises(ValueError):
        Review(SessionId("s"), ReviewState.WRITTEN, {Heading.STYLE: "a" * (REVIEW_LIMIT + 1)})


def test_reviews_of_a_period_are_gathered_oldest_first_with_both_its_days():
    def reviewed(day, **details):
        return ReviewedSession(Review(SessionId(f"{day}"), ReviewState.WRITTEN, details.get("texts", {})), day, "g")

    written = {Heading.STYLE: "I spoke less."}
    days = [date(2026, 3, d) for d in (25, 18, 11, 4)]
    found = in_period((*(reviewed(day, texts=written) for day in days), reviewed(date(2026, 3, 12))), days[2], days[1])

    assert [one.day for one in found] == [days[2], days[1]]


def test_texts_follow_the_order_of_the_headings():
    review = Review(
        SessionId("s"), ReviewState.WRITTEN, {Heading.STYLE: "c", Heading.SAFETY: " ", Heading.BOUNDARIES: "a"}
    )
    assert review.written == {Heading.BOUNDARIES: "a", Heading.STYLE: "c"}
    assert list(review.written) == [Heading.BOUNDARIES, Heading.STYLE]


def test_an_activity_elsewhere_is_one_session_without_a_case_on_one_day_unless_more_is_entered():
    meeting = Meeting(EntryId("m"), TODAY, MeetingKind.MEMBER, 90)

    assert (meeting.sessions, meeting.cases, meeting.until, meeting.online) == (1, 0, TODAY, False)
    assert MEETING.until == date(2026, 3, 8)


def test_a_note_on_supervision_may_be_as_long_as_its_limit():
    assert replace(SUPERVISION, note="a" * PATH_NOTE_LIMIT).note == "a" * 500
