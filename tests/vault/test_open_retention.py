"""Retention on Today: what to transcribe, what to destroy, what is overdue; nothing under hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from kept_sessions import GROUP, P1, at
from kept_vaults import kept, vault

from balint_desktop.domain.group.dates import PlannedSession, day_of
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.open_matters import OpenKind
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedKind,
    RetentionPeriod,
    RetentionStatus,
    StartEvent,
    Unit,
)
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.consent_gate import undo_withdrawal, withdraw
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.deletions import DestructionNote
from balint_desktop.vault.open_retention import RetentionMatters
from balint_desktop.vault.retention import GroupRetention

__all__ = ["kept", "vault"]
SOURCE = "approval 023473, section 4"
RECORDED = day_of(at(0).wall)
THIRTY_DAYS = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, SOURCE)
SIX_YEARS = RetentionPeriod(StartEvent.STUDY_ENDED, 6, Unit.YEARS, Bound.KEEP_AT_LEAST, SOURCE)


@pytest.fixture
def log(vault):
    return vault.log


def matters(vault, today):
    return RetentionMatters(vault.log, vault.rosters.has).open_matters(today)


def things(vault, kind, today=None):
    found = GroupRetention(vault.log, GROUP, today or vault.log.retention.today(), vault.rosters.has).items()
    return [one for one in found if one.retained.kind is kind]


def verified(log, kept, day):
    log.retention.note_event(GROUP, StartEvent.TRANSCRIPT_VERIFIED, day, "coordinator", recording=kept.recording)


def test_without_a_clock_nothing_is_open(vault):
    assert matters(vault, date(2050, 1, 1)) == []


def test_a_recording_awaits_transcription_then_destruction_then_nothing(kept, vault, log):
    log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    (waits,) = matters(vault, RECORDED)
    assert (waits.kind, waits.number, waits.day) == (OpenKind.RECORDING_TO_TRANSCRIBE, 3, RECORDED)

    verified(log, kept, RECORDED)
    due = RECORDED + timedelta(days=30)
    assert matters(vault, due - timedelta(days=1)) == []
    (over,) = matters(vault, due)
    assert (over.kind, over.recording, over.day) == (OpenKind.RECORDING_TO_DESTROY, kept.recording, due)

    vault.destroy(kept.recording, "its time is over")
    assert matters(vault, due) == []


def test_a_recording_under_hold_is_not_reported_as_due(kept, vault, log):
    log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    verified(log, kept, RECORDED)
    today = log.retention.today()
    log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "research office"), today)

    assert matters(vault, RECORDED + timedelta(days=300)) == []


def test_an_archived_group_still_has_its_clocks(kept, vault, log):
    log.retention.set_clock(GROUP, RetainedKind.CONSENT_FORMS, SIX_YEARS)
    log.retention.note_event(GROUP, StartEvent.STUDY_ENDED, date(2020, 2, 29), "coordinator")
    log.dates.archive(GROUP)

    assert matters(vault, date(2026, 2, 27)) == []
    (over,) = matters(vault, date(2026, 2, 28))
    assert (over.kind, over.day) == (OpenKind.PERIOD_OVER, date(2026, 2, 28))


def test_a_code_key_that_does_not_exist_is_not_reported(vault, log):
    log.retention.set_clock(GROUP, RetainedKind.CODE_KEY, replace(SIX_YEARS, count=1, bound=Bound.DESTROY_WITHIN))
    log.retention.note_event(GROUP, StartEvent.STUDY_ENDED, date(2020, 1, 1), "coordinator")
    assert matters(vault, date(2026, 1, 1)) == []

    vault.rosters.save({GROUP: Roster((Person(P1, "A. B."),))})
    (over,) = matters(vault, date(2026, 1, 1))
    assert over.kind is OpenKind.PERIOD_OVER


# --- the events that other parts know of ---


def test_the_approvals_own_day_starts_a_clock(vault, log):
    log.retention.set_clock(GROUP, RetainedKind.CONSENT_FORMS, replace(SIX_YEARS, starts=StartEvent.APPROVAL_DAY))
    assert things(vault, RetainedKind.CONSENT_FORMS)[0].status is RetentionStatus.WAITING

    log.consents.save_study(GROUP, Study(approval_reference="023473", approval_day=date(2024, 2, 29)))

    assert things(vault, RetainedKind.CONSENT_FORMS)[0].due == date(2030, 2, 28)


def test_the_last_session_is_the_calendars_last_day_and_moves_with_it(vault, log):
    log.retention.set_clock(GROUP, RetainedKind.CODE_KEY, replace(SIX_YEARS, starts=StartEvent.LAST_SESSION))
    last = log.retention.today() - timedelta(days=3)
    log.dates.save_plan(GROUP, (PlannedSession(4, last),))
    assert things(vault, RetainedKind.CODE_KEY)[0].started == last

    log.dates.save_plan(GROUP, (PlannedSession(4, last + timedelta(days=30)),))
    assert things(vault, RetainedKind.CODE_KEY)[0].status is RetentionStatus.WAITING


def test_a_withdrawal_starts_the_clock_of_its_recordings_and_undoing_it_stops_it(kept, vault, log):
    log.consents.save_study(GROUP, Study(approval_reference="023473", withdrawal_asks=Asks.DESTROY))
    for kind in (RetainedKind.AUDIO, RetainedKind.CONSENT_FORMS):
        log.retention.set_clock(GROUP, kind, replace(THIRTY_DAYS, starts=StartEvent.CONSENT_WITHDRAWN))
    assert things(vault, RetainedKind.AUDIO)[0].status is RetentionStatus.WAITING
    assert things(vault, RetainedKind.CONSENT_FORMS) == []
    today = log.retention.today()
    log.consents.enter(GROUP, [(P1, Purpose.RECORDING)], Answer.GIVEN, ConsentCollection(today))

    place, answers = withdraw(log, GROUP, P1, ConsentCollection(today))

    assert things(vault, RetainedKind.AUDIO)[0].due == today + timedelta(days=30)
    (form,) = things(vault, RetainedKind.CONSENT_FORMS)
    assert (form.retained.code, form.due) == (P1, today + timedelta(days=30))
    undo_withdrawal(log, GROUP, place, answers)
    assert things(vault, RetainedKind.AUDIO)[0].status is RetentionStatus.WAITING


def test_a_withdrawal_destroys_nothing_under_hold(kept, vault, log):
    log.consents.save_study(GROUP, Study(approval_reference="023473", withdrawal_asks=Asks.DESTROY))
    today = log.retention.today()
    withdraw(log, GROUP, P1, ConsentCollection(today))
    log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "research office"), today)

    with pytest.raises(Trouble) as caught:
        vault.destroy(kept.recording, "withdrawn")

    assert caught.value.code is TroubleCode.HELD
    assert (kept.folder / "key.age").exists()


def test_a_group_with_a_place_and_no_period_has_nothing_open(vault, log):
    log.retention.set_place(GROUP, RetainedKind.CODE_KEY, "locked cabinet, room 3")
    log.retention.note_event(GROUP, StartEvent.STUDY_ENDED, date(2020, 1, 1), "coordinator")

    assert matters(vault, date(2050, 1, 1)) == []


def test_a_destroyed_recording_has_a_transcript_to_keep_only_if_one_was_verified(kept, vault, log):
    assert [one.retained.recording for one in things(vault, RetainedKind.TRANSCRIPT)] == [kept.recording]
    vault.destroy(kept.recording, "asked for")
    assert things(vault, RetainedKind.TRANSCRIPT) == []

    verified(log, kept, RECORDED)
    assert [one.retained.recording for one in things(vault, RetainedKind.TRANSCRIPT)] == [kept.recording]


def test_a_code_key_that_was_destroyed_elsewhere_is_destroyed_on_that_day(vault, log):
    day = log.retention.today() - timedelta(days=3)
    log.retention.set_clock(GROUP, RetainedKind.CODE_KEY, SIX_YEARS)
    (key,) = things(vault, RetainedKind.CODE_KEY)
    assert key.retained.destroyed_on is None

    log.deletions.note_elsewhere(GROUP, key, DestructionNote(day, "coordinator", "shredded"))
    (key,) = things(vault, RetainedKind.CODE_KEY)
    assert key.retained.destroyed_on == day
