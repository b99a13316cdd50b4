"""Withdrawal from a study: which of its recordings still need action."""

from __future__ import annotations

from datetime import date

from balint_desktop.domain.study.terms import Asks
from balint_desktop.domain.study.withdrawal import AffectedRecording, Withdrawal
from balint_desktop.domain.values import RecordingId, SessionId, participant_code

P3 = participant_code(3)
DAY = date(2026, 3, 4)


def affected(number, asks=Asks.DESTROY, **more):
    return AffectedRecording(RecordingId(f"r{number}"), SessionId(f"s{number}"), number, 1.0, asks, **more)


def test_the_recordings_that_need_action_are_those_not_done_in_their_order():
    first, done, third = affected(1), affected(2, is_done=True), affected(3, Asks.REMOVE_WORDS)

    assert Withdrawal(1, P3, DAY, (first, done, third)).open == (first, third)


def test_a_recording_without_a_rule_needs_action_until_one_is_entered():
    assert Withdrawal(1, P3, DAY, (affected(1, asks=None),)).open == (affected(1, asks=None),)


def test_a_recording_is_not_done_until_it_is_marked_so():
    assert affected(1).is_done is False


def test_a_withdrawal_from_sessions_without_recordings_needs_no_action():
    assert Withdrawal(1, P3, DAY).open == ()
