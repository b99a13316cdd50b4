"""A session without a recording: whether its text may be imported, and what stands for its recording."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1, P2, TEXT
from kept_vaults import enter_session, kept

from balint_desktop.domain.group.group import Reader, RecordingRule
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.sealed.keys import new_identity
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.text_only import add_text_recording, sessions_closed_to_text, sessions_for_text

__all__ = ["kept"]


@pytest.fixture
def session(vault):
    return enter_session(vault)


def code_of(vault, recording):
    with pytest.raises(Trouble) as raised:
        add_text_recording(vault, recording)
    return raised.value.code


def answer(vault, code, given):
    taking = ConsentCollection(vault.log.consents.today())
    vault.log.consents.enter(GROUP, [(code, Purpose.TRANSCRIPTION)], given, taking)


def is_nowhere(vault, recording):
    """Return whether nothing stands for a recording: no row, no key, no row of the trail."""
    acts = [row.act for row in vault.log.audit.rows()]
    is_kept = vault.places.recording(recording).exists() or AuditAct.TEXT_WITHOUT_RECORDING in acts
    return vault.log.recordings.recordings() == () and not is_kept


def test_it_is_added_once_with_a_key_and_no_sound(vault, session):
    assert sessions_for_text(vault.log) == (session,)
    for _ in range(2):
        add_text_recording(vault, session)

    (row,) = vault.log.recordings.recordings()
    assert (row.id, row.has_sound, row.recipient) == (session, False, vault.recording_key(session).recipient)
    assert [row.act for row in vault.log.audit.rows()].count(AuditAct.TEXT_WITHOUT_RECORDING) == 1
    assert sessions_for_text(vault.log) == ()


def test_for_a_session_that_is_not_there_or_not_over_or_has_a_recording_nothing_is_added(vault, session):
    setting = SessionSetting(GROUP, 4, SessionKind.CASE, "student-hour", TEXT)
    running = RecordingId(vault.log.sessions.start(setting))

    for recording in (RecordingId("unknown"), running):
        assert code_of(vault, recording) is TroubleCode.RECORDING_UNKNOWN
        assert is_nowhere(vault, recording)


def test_a_session_that_was_recorded_has_no_text_of_its_own(kept):
    vault = kept.made.open()
    recorded = vault.log.recordings.recording(kept.recording).session
    assert code_of(vault, RecordingId(recorded)) is TroubleCode.RECORDING_UNKNOWN
    vault.close()


def test_where_not_everyone_agrees_nothing_is_left_and_once_withdrawn_it_is_said_to_be_closed(vault):
    session = enter_session(vault, purposes=())
    answer(vault, P1, Answer.GIVEN)
    assert (sessions_for_text(vault.log), sessions_closed_to_text(vault.log)) == ((), ())
    assert code_of(vault, session) is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert is_nowhere(vault, session)

    answer(vault, P2, Answer.GIVEN)
    assert sessions_for_text(vault.log) == (session,)
    answer(vault, P2, Answer.WITHDRAWN)
    assert (sessions_for_text(vault.log), sessions_closed_to_text(vault.log)) == ((), (session,))
    assert code_of(vault, session) is TroubleCode.TRANSCRIPTION_NOT_AGREED
    assert is_nowhere(vault, session)


def test_an_assessor_imports_no_text_before_the_grades_and_nothing_is_left_of_the_try(vault, session):
    rule, groups = RecordingRule.ALL_MEMBERS, vault.log.groups
    groups.save_group(replace(groups.group(GROUP), readers=(Reader("Study", new_identity().recipient),)))
    vault.log.groups.save_recording_decision(GROUP, rule, leader_assesses=True, grades_final=None)

    assert code_of(vault, session) is TroubleCode.GRADES_NOT_FINAL
    assert is_nowhere(vault, session)
