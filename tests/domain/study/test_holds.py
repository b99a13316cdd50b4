"""Legal holds and requests for access: what is valid, what a hold covers, and what is required."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.study.access import AccessRequest, RequestId, checked_request
from balint_desktop.domain.study.holds import Hold, HoldId, Lifted, checked_hold, checked_lifting, hold_covering
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId

TODAY = date(2026, 3, 4)
ONE, OTHER = RecordingId("one"), RecordingId("other")
HOLD = Hold(HoldId("h"), GroupId("g"), date(2026, 3, 2), "a complaint is being looked into", "research office")
LIFTED = Lifted(TODAY, "the complaint is closed", "research office")
REQUEST = AccessRequest(RequestId("q"), GroupId("g"), "a member of the group", "what is kept of session 2", TODAY)


def refused(code, check, *arguments):
    with pytest.raises(Trouble) as caught:
        check(*arguments)
    assert caught.value.code is code


def test_a_hold_on_a_group_covers_all_it_has_and_one_on_a_recording_only_that():
    alone = replace(HOLD, recording=ONE)

    assert HOLD.covers(ONE)
    assert HOLD.covers(None)
    assert alone.covers(ONE)
    assert not alone.covers(OTHER)
    assert not alone.covers(None)
    assert hold_covering([alone, replace(HOLD, since=TODAY)], ONE) == alone
    assert hold_covering([alone], OTHER) is None


def test_a_lifted_hold_covers_nothing():
    assert not replace(HOLD, lifted=LIFTED).covers(ONE)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"why": "  "}, TroubleCode.REASON_MISSING),
        ({"by": ""}, TroubleCode.LABEL_MISSING),
        ({"since": date(2026, 3, 5)}, TroubleCode.DAY_TO_COME),
    ],
)
def test_a_hold_records_since_when_why_and_by_whom(change, code):
    assert checked_hold(HOLD, TODAY) == HOLD
    refused(code, checked_hold, replace(HOLD, **change), TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"why": ""}, TroubleCode.REASON_MISSING),
        ({"by": " "}, TroubleCode.LABEL_MISSING),
        ({"day": date(2026, 3, 5)}, TroubleCode.DAY_TO_COME),
        ({"day": date(2026, 3, 1)}, TroubleCode.DAY_TOO_EARLY),
    ],
)
def test_a_hold_is_lifted_with_a_reason_and_not_before_its_start(change, code):
    assert checked_lifting(HOLD, LIFTED, TODAY) == LIFTED
    refused(code, checked_lifting, HOLD, replace(LIFTED, **change), TODAY)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"who": " "}, TroubleCode.LABEL_MISSING),
        ({"about": ""}, TroubleCode.REQUEST_INCOMPLETE),
        ({"answer": "sent"}, TroubleCode.REQUEST_INCOMPLETE),
        ({"answered": TODAY}, TroubleCode.REQUEST_INCOMPLETE),
        ({"day": date(2026, 3, 5)}, TroubleCode.DAY_TO_COME),
        ({"answer": "sent", "answered": date(2026, 3, 5)}, TroubleCode.DAY_TO_COME),
        ({"answer": "sent", "answered": date(2026, 3, 1)}, TroubleCode.DAY_TOO_EARLY),
    ],
)
def test_a_request_is_open_or_has_a_dated_answer(change, code):
    assert checked_request(REQUEST, TODAY) == REQUEST
    answered = replace(REQUEST, answer=" given  on paper ", answered=TODAY)
    assert checked_request(answered, TODAY).answer == "given on paper"
    refused(code, checked_request, replace(REQUEST, **change), TODAY)
