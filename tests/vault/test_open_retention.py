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
    due_day,
)
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.transcript.open_places import Need
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, Turn, Word
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.vault.consent_gate import undo_withdrawal, withdraw
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.deletions import DestructionNote
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.open_retention import RetentionMatters
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.transcripts import TranscriptVault

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


# --- a transcript in the vault ---

TEN_YEARS = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 10, Unit.YEARS, Bound.KEEP_AT_LEAST, "approval 023473")


def write(vault, recording, open_places=None):
    transcripts = TranscriptVault(vault)
    text = Transcript((Turn(1, Speaker(P1), 60_000, 61_000, (Word("word", 60_000, 61_000),)),))
    transcripts.begin(recording, TranscriptSource.HAND).write_transcript(text)
    state = SignOffState(1000, 1000, open_places or {})
    transcripts.note_text(recording, state)
    return lambda: transcripts.sign_off(recording, text, state, "facilitator", "no one speaks it")


def where(found):
    return [(one.retained.is_in_vault, one.status) for one in found]


def test_a_transcript_in_the_vault_has_its_own_row_from_its_sign_off_to_its_deletion(kept, vault, log):
    log.retention.set_clock(GROUP, RetainedKind.TRANSCRIPT, TEN_YEARS)
    assert where(things(vault, RetainedKind.TRANSCRIPT)) == [(False, RetentionStatus.WAITING)]
    sign_off = write(vault, kept.recording)
    assert where(things(vault, RetainedKind.TRANSCRIPT)) == [(True, RetentionStatus.WAITING)]
    sign_off()
    (here,) = things(vault, RetainedKind.TRANSCRIPT)
    assert (here.started, here.due) == (log.retention.today(), due_day(log.retention.today(), 10, Unit.YEARS))

    TranscriptVault(vault).delete(kept.recording)
    (gone,) = things(vault, RetainedKind.TRANSCRIPT)
    assert (gone.status, gone.retained.destroyed_on) == (RetentionStatus.GONE, log.retention.today())


def test_one_destroyed_with_its_recording_is_no_transcript_to_keep_elsewhere(kept, vault, log):
    write(vault, kept.recording)()
    vault.destroy(kept.recording, "done")

    assert where(things(vault, RetainedKind.TRANSCRIPT)) == [(True, RetentionStatus.GONE)]


def test_where_a_place_is_entered_the_one_elsewhere_keeps_a_row_of_its_own(kept, vault, log):
    write(vault, kept.recording)
    log.retention.set_place(GROUP, RetainedKind.TRANSCRIPT, "the transcriber’s cabinet")
    here, elsewhere = things(vault, RetainedKind.TRANSCRIPT)
    log.deletions.note_elsewhere(GROUP, elsewhere, DestructionNote(log.retention.today(), "transcriber", "shredded"))

    assert (here.retained.lies_elsewhere, elsewhere.retained.lies_elsewhere) == (False, True)
    assert where(things(vault, RetainedKind.TRANSCRIPT)) == [
        (True, RetentionStatus.NO_PERIOD),
        (False, RetentionStatus.GONE),
    ]
    with pytest.raises(ValueError, match="in the vault"):
        log.deletions.note_elsewhere(GROUP, here, DestructionNote(log.retention.today(), "me", "deleted"))


def test_a_legal_hold_covers_it(kept, vault, log):
    write(vault, kept.recording)
    today = log.retention.today()
    log.holds.place(Hold(HoldId(""), GROUP, today, "a complaint", "research office"), today)

    assert where(things(vault, RetainedKind.TRANSCRIPT)) == [(True, RetentionStatus.HELD)]


def test_a_recording_is_not_offered_for_destruction_while_a_stretch_waits_for_a_speaker_of_another_language(
    kept, vault, log
):
    recorded = replace(THIRTY_DAYS, starts=StartEvent.RECORDED, count=1)
    log.retention.set_clock(GROUP, RetainedKind.AUDIO, recorded)
    sign_off = write(vault, kept.recording, {Need.OTHER_LANGUAGE: 1})
    (audio,) = things(vault, RetainedKind.AUDIO)
    assert (audio.is_over, audio.is_offered) == (True, False)
    assert [one.kind for one in matters(vault, log.retention.today())] == [OpenKind.PERIOD_OVER]

    # It is said that nobody listened.
    sign_off()
    (audio,) = things(vault, RetainedKind.AUDIO)
    assert audio.is_offered
    assert [one.kind for one in matters(vault, log.retention.today())] == [OpenKind.RECORDING_TO_DESTROY]


def test_a_code_key_that_was_destroyed_elsewhere_is_destroyed_on_that_day(vault, log):
    day = log.retention.today() - timedelta(days=3)
    log.retention.set_clock(GROUP, RetainedKind.CODE_KEY, SIX_YEARS)
    (key,) = things(vault, RetainedKind.CODE_KEY)
    assert key.retained.destroyed_on is None

    log.deletions.note_elsewhere(GROUP, key, DestructionNote(day, "coordinator", "shredded"))
    (key,) = things(vault, RetainedKind.CODE_KEY)
    assert key.retained.destroyed_on == day
