"""Retention in a vault: clocks and events stored, nothing destroyed under hold, and a witnessed record of the rest."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from kept_sessions import GROUP
from kept_vaults import kept, vault

from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.study.holds import Hold, HoldId, Lifted
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedKind,
    RetentionPeriod,
    RetentionStatus,
    StartEvent,
    Unit,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind, participant_code
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.deletions import DestructionNote
from balint_desktop.vault.retention import GroupRetention

__all__ = ["kept", "vault"]
SOURCE = "approval 023473, section 4"
ROSTER = Roster((Person(participant_code(1), "A. B."),))
WHY = "transcribed, and the transcript was checked"
THIRTY_DAYS = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, SOURCE)


def refused(code, act, *arguments, **named):
    with pytest.raises(Trouble) as caught:
        act(*arguments, **named)
    assert caught.value.code is code


def today(vault):
    return vault.log.retention.today()


def a_hold(vault, **change):
    hold = Hold(HoldId(""), GROUP, today(vault), "a complaint is being looked into", "research office")
    return vault.log.holds.place(replace(hold, **change), today(vault))


def lifted(vault, hold):
    return vault.log.holds.lift(hold, Lifted(today(vault), "the complaint is closed", "research office"), today(vault))


def of_group(vault):
    return GroupRetention(vault.log, GROUP, today(vault), vault.rosters.has)


def acts(vault):
    return [row.act for row in vault.log.audit.rows()]


def verified(vault, kept, day=None):
    return vault.log.retention.note_event(
        GROUP, StartEvent.TRANSCRIPT_VERIFIED, day or today(vault), "coordinator", recording=kept.recording
    )


# --- clocks and events ---


def test_a_clock_is_stored_in_the_log_and_undone_to_its_previous_value(kept, vault):
    before = vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    vault.log.retention.set_place(GROUP, RetainedKind.CONSENT_FORMS, "locked cabinet, room 3")
    vault.close()
    again = kept.made.open()
    try:
        clocks = again.log.retention.clocks(GROUP)
        again.log.retention.set_clock(GROUP, RetainedKind.AUDIO, before.clocks.get(RetainedKind.AUDIO))
        after = again.log.retention.clocks(GROUP)
        found = [row.details for row in again.log.audit.rows() if row.act.startswith(("clock", "keeping"))]
    finally:
        again.close()

    assert clocks.clocks == {RetainedKind.AUDIO: THIRTY_DAYS}
    assert clocks.places == after.places == {RetainedKind.CONSENT_FORMS: "locked cabinet, room 3"}
    assert after.clocks == {}
    assert json.loads(found[0]) == {
        "group": GROUP,
        "clock": "audio",
        "starts": "transcript-verified",
        "count": 30,
        "unit": "days",
        "bound": "destroy-within",
    }
    # The approval's source and the papers' location are text written by a person.
    assert not any("023473" in one or "cabinet" in one for one in found)


def test_invalid_input_changes_nothing(vault):
    refused(
        TroubleCode.PERIOD_EMPTY,
        vault.log.retention.set_clock,
        GROUP,
        RetainedKind.AUDIO,
        replace(THIRTY_DAYS, count=0),
    )
    refused(
        TroubleCode.APPROVAL_WITHOUT_NUMBER,
        vault.log.retention.set_clock,
        *(GROUP, RetainedKind.AUDIO, replace(THIRTY_DAYS, source="the letter")),
    )

    assert vault.log.retention.clocks(GROUP).clocks == {}
    assert AuditAct.CLOCK_SET not in acts(vault)


def test_verifying_a_transcript_starts_the_audio_clock_and_undoing_it_stops_it(kept, vault):
    vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    assert of_group(vault).of_recording(kept.recording).status is RetentionStatus.WAITING

    place = verified(vault, kept)

    running = of_group(vault).of_recording(kept.recording)
    assert (running.status, running.due) == (RetentionStatus.RUNNING, today(vault) + timedelta(days=30))
    vault.log.retention.undo_event(GROUP, place)
    assert of_group(vault).of_recording(kept.recording).status is RetentionStatus.WAITING
    assert acts(vault)[-2:] == [AuditAct.EVENT_NOTED, AuditAct.EVENT_TAKEN_BACK]


def test_an_event_in_the_future_before_its_recording_or_without_a_person_is_refused(kept, vault):
    note, tomorrow = vault.log.retention.note_event, today(vault) + timedelta(days=1)
    refused(TroubleCode.DAY_TO_COME, note, GROUP, StartEvent.STUDY_ENDED, tomorrow, "me")
    refused(TroubleCode.LABEL_MISSING, note, GROUP, StartEvent.STUDY_ENDED, today(vault), " ")
    refused(
        TroubleCode.DAY_TOO_EARLY,
        note,
        *(GROUP, StartEvent.TRANSCRIPT_VERIFIED, date(2020, 1, 1), "me"),
        recording=kept.recording,
        not_before=date(2020, 1, 2),
    )

    assert vault.log.retention.events(GROUP) == ()


def test_the_later_of_two_equal_events_counts(kept, vault):
    vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    verified(vault, kept, date(2026, 1, 5))
    second = verified(vault, kept, date(2026, 1, 7))

    assert of_group(vault).of_recording(kept.recording).started == date(2026, 1, 7)
    vault.log.retention.undo_event(GROUP, second)
    assert of_group(vault).of_recording(kept.recording).started == date(2026, 1, 5)


# --- destroying, in front of a witness ---


def test_a_destroyed_recording_has_a_record_with_its_clock_and_its_witness(kept, vault):
    vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    verified(vault, kept, date(2026, 1, 5))
    vault.destroy(kept.recording, WHY, witness=" study  coordinator ")

    record = vault.log.deletions.records()[kept.recording]
    assert record.witness == "study coordinator"
    clock = json.loads(record.clock)
    assert (clock["kind"], clock["starts"], clock["source"]) == ("audio", "transcript-verified", SOURCE)
    assert (clock["started"], clock["due"]) == ("2026-01-05", "2026-02-04")
    assert acts(vault)[-3:] == [AuditAct.DELETION_WITNESSED, AuditAct.DESTROYING_ASKED, AuditAct.RECORDING_DESTROYED]
    (one,) = [json.loads(row.details) for row in vault.log.audit.rows() if row.act == AuditAct.DELETION_WITNESSED]
    assert set(one) == {"recording", "due", "sha256"}
    assert of_group(vault).of_recording(kept.recording).status is RetentionStatus.GONE


def test_without_a_clock_or_a_witness_a_recording_is_still_destroyed(kept, vault):
    vault.destroy(kept.recording, WHY)

    record = vault.log.deletions.records()[kept.recording]
    assert (record.witness, record.clock) == ("", "")


def test_nothing_is_destroyed_automatically_however_long_it_is_due(kept, vault):
    vault.log.retention.set_clock(GROUP, RetainedKind.AUDIO, replace(THIRTY_DAYS, count=1))
    verified(vault, kept, date(2026, 1, 5))
    assert of_group(vault).of_recording(kept.recording).status is RetentionStatus.DUE
    vault.close()
    again = kept.made.open()
    try:
        assert (kept.folder / "key.age").exists()
        assert again.log.keys.destroyed() == {}
    finally:
        again.close()


# --- legal holds ---


@pytest.mark.parametrize("whole_group", [True, False])
def test_a_recording_under_hold_is_not_destroyed_until_the_hold_is_lifted(kept, vault, whole_group):
    hold = a_hold(vault, recording=None if whole_group else kept.recording)
    before = acts(vault)

    refused(TroubleCode.HELD, vault.destroy, kept.recording, WHY, witness="coordinator")

    assert (kept.folder / "key.age").exists()
    assert vault.log.keys.destroyed() == {}
    assert vault.log.deletions.records() == {}
    assert acts(vault) == before
    assert of_group(vault).of_recording(kept.recording).status is RetentionStatus.HELD
    lifted(vault, hold)
    vault.destroy(kept.recording, WHY)
    assert not kept.folder.exists() or not (kept.folder / "key.age").exists()


def test_a_hold_on_another_recording_or_group_has_no_effect_here(kept, vault):
    vault.log.groups.save_group(replace(vault.log.groups.group(GROUP), id=GroupId("other")))
    a_hold(vault, group=GroupId("other"))
    session = vault.log.sessions.start(SessionSetting(GROUP, 4, SessionKind.CASE, "student-hour", ""))
    other = vault.new_recording(vault.log.groups.group(GROUP), session)
    a_hold(vault, recording=other)

    assert vault.log.holds.on(kept.recording) is None
    vault.destroy(kept.recording, WHY)


def test_lifting_a_hold_can_be_undone_and_both_are_in_the_audit_trail(kept, vault):
    hold = lifted(vault, a_hold(vault))
    vault.log.holds.reinstate(hold)

    refused(TroubleCode.HELD, vault.destroy, kept.recording, WHY)
    assert acts(vault)[-3:] == [AuditAct.HOLD_PLACED, AuditAct.HOLD_LIFTED, AuditAct.HOLD_STANDS_AGAIN]
    assert vault.log.holds.holds(GROUP)[0].lifted is None
    assert not any("complaint" in row.details or "office" in row.details for row in vault.log.audit.rows())


def test_the_names_of_a_group_under_hold_are_not_destroyed(vault):
    vault.rosters.save({GROUP: ROSTER})
    hold = a_hold(vault)

    refused(TroubleCode.HELD, vault.rosters.destroy, GROUP)

    lifted(vault, hold)
    vault.rosters.destroy(GROUP)


def test_a_hold_cannot_cover_what_is_already_being_destroyed(kept, vault):
    vault.destroy(kept.recording, WHY)

    refused(TroubleCode.RECORDING_MISSING, a_hold, vault, recording=kept.recording)
    assert vault.log.holds.holds(GROUP) == ()


# --- data outside the vault ---


def test_destroying_paper_forms_is_recorded_with_who_and_how_and_ends_the_clock(vault):
    vault.log.retention.set_clock(
        GROUP,
        RetainedKind.CONSENT_FORMS,
        RetentionPeriod(StartEvent.STUDY_ENDED, 6, Unit.YEARS, Bound.KEEP_AT_LEAST, SOURCE),
    )
    vault.log.retention.note_event(GROUP, StartEvent.STUDY_ENDED, date(2019, 2, 28), "coordinator")
    (forms,) = [one for one in of_group(vault).items() if one.retained.kind is RetainedKind.CONSENT_FORMS]
    assert (forms.status, forms.due) == (RetentionStatus.DUE, date(2025, 2, 28))

    result = DestructionNote(today(vault), "coordinator", "shredded")
    refused(TroubleCode.REASON_MISSING, vault.log.deletions.note_elsewhere, GROUP, forms, replace(result, how=" "))
    place = vault.log.deletions.note_elsewhere(GROUP, forms, result)

    (row,) = vault.log.deletions.elsewhere(GROUP)
    assert (row.by, row.how, row.day) == ("coordinator", "shredded", today(vault))
    assert json.loads(row.clock)["due"] == "2025-02-28"
    assert [one.status for one in of_group(vault).items() if one.retained.kind is RetainedKind.CONSENT_FORMS] == [
        RetentionStatus.GONE
    ]
    vault.log.deletions.note_mistaken(GROUP, place, "that was another group's folder")
    assert [one.status for one in of_group(vault).items() if one.retained.kind is RetainedKind.CONSENT_FORMS] == [
        RetentionStatus.DUE
    ]
    assert vault.log.deletions.elsewhere(GROUP)[0].mistaken


def test_an_item_under_hold_is_not_recorded_as_destroyed_on_a_day_of_the_hold(vault):
    (forms,) = [one for one in of_group(vault).items() if one.retained.kind is RetainedKind.CONSENT_FORMS]
    a_hold(vault)
    refused(
        TroubleCode.HELD,
        vault.log.deletions.note_elsewhere,
        GROUP,
        forms,
        DestructionNote(today(vault), "somebody", "shredded"),
    )

    yesterday = today(vault) - timedelta(days=1)
    vault.log.deletions.note_elsewhere(GROUP, forms, DestructionNote(yesterday, "somebody", "shredded"))
    assert len(vault.log.deletions.elsewhere(GROUP)) == 1


def test_the_code_key_is_destroyed_with_its_roster_and_exists_again_with_a_new_one(vault):
    def key():
        return next(one for one in of_group(vault).items() if one.retained.kind is RetainedKind.CODE_KEY)

    vault.rosters.save({GROUP: ROSTER})
    assert key().status is RetentionStatus.NO_PERIOD
    vault.rosters.destroy(GROUP)
    assert key().status is RetentionStatus.GONE
    vault.rosters.save({GROUP: ROSTER})
    assert key().status is RetentionStatus.NO_PERIOD


# --- requests for access ---


def test_requests_are_stored_changed_removed_and_read_by_group(vault):
    asked = AccessRequest(RequestId(""), GROUP, "a member of the group", "what is kept of session 2", today(vault))
    first = vault.log.access.save(asked, today(vault))
    answered = vault.log.access.save(replace(first, answer="a copy of the log", answered=today(vault)), today(vault))

    assert vault.log.access.requests(GROUP) == vault.log.access.requests() == (answered,)
    assert vault.log.access.requests(GroupId("other")) == ()
    refused(TroubleCode.LABEL_MISSING, vault.log.access.save, replace(first, who=""), today(vault))
    vault.log.access.remove(first)
    assert vault.log.access.requests() == ()
    assert not any("member" in row.details or "session 2" in row.details for row in vault.log.audit.rows())


def test_a_recording_unknown_to_the_log_cannot_be_held(vault):
    assert vault.log.holds.on(RecordingId("unknown")) is None
    assert vault.log.audit.broken_at() is None


@pytest.mark.parametrize("whole_group", [True, False])
def test_the_note_of_a_session_under_hold_is_not_erased(kept, vault, whole_group):
    session = vault.log.recordings.recording(kept.recording).session
    hold = a_hold(vault, recording=None if whole_group else kept.recording)
    revision = vault.log.corrections.revision(session)
    said = Attribution("facilitator", "names a patient")

    refused(TroubleCode.HELD, vault.log.corrections.erase, session, Field.PROCESS_NOTE, said, revision=revision)
    assert vault.log.sessions.session(session).debrief.process_note == "We sat with it."
    lifted(vault, hold)
    vault.log.corrections.erase(session, Field.PROCESS_NOTE, said, revision=revision)
    assert vault.log.sessions.session(session).debrief.process_note == ""
