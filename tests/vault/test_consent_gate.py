"""The consent gate: who was in the room by the facts, and what a recording may be used for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1, P2, P10, TEXT, at

from balint_desktop.domain.group.group import Group, Participant, RecordingRule
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.doors import Door
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId, SessionKind
from balint_desktop.vault.consent_gate import (
    agreed_in_session,
    enter_answers,
    has_withdrawn_in_session,
    note_purposes,
    pass_people,
    pass_recording,
    permitted,
    withdrawals,
)
from balint_desktop.vault.log.consents import ConsentCollection, agreed_to_recording

MEMBERS = Group(
    GROUP,
    "Wednesday group",
    participants=tuple(Participant(code) for code in (P1, P2, P10)),
    recording_rule=RecordingRule.THOSE_PRESENT,
)


@pytest.fixture
def log(vault):
    vault.log.groups.save_group(MEMBERS)
    return vault.log


def give(log, codes, purpose):
    taking = ConsentCollection(log.consents.today())
    return enter_answers(log, GROUP, codes, [purpose], answer=Answer.GIVEN, taking=taking)


def recorded(vault, *facts, group=GROUP):
    session = vault.log.sessions.start(SessionSetting(group, 1, SessionKind.CASE, "student-hour", TEXT))
    for fact in (f.Began(at=at(0), present=(P1,)), *facts):
        vault.log.sessions.add_fact(session, fact)
    return session, vault.new_recording(MEMBERS, session)


@pytest.mark.parametrize(
    ("facts", "purposes"),
    [
        ((), {Purpose.ANALYSIS}),
        ((f.Arrived(at=at(1), code=P2),), set()),
        # P2 is not in the room when it begins, and was heard in no second of it.
        ((f.Arrived(at=at(1), code=P2), f.Left(at=at(2), code=P2)), {Purpose.ANALYSIS}),
    ],
    ids=["alone", "with one who has not agreed", "after they have left"],
)
def test_a_recording_is_made_for_what_all_in_the_room_agree_to_at_its_beginning(vault, log, facts, purposes):
    give(log, [P1], Purpose.ANALYSIS)
    _, recording = recorded(vault, *facts)

    assert log.consents.purposes_at_recording(recording) == purposes


def test_by_the_block_rule_the_uses_of_a_recording_do_not_show_who_was_away(vault, log):
    log.groups.save_recording_decision(GROUP, RecordingRule.ALL_MEMBERS, leader_assesses=None, grades_final=None)
    give(log, [P1, P2, P10], Purpose.ANALYSIS)
    give(log, [P1], Purpose.SUPERVISION)

    _, recording = recorded(vault)

    assert log.consents.purposes_at_recording(recording) == {Purpose.ANALYSIS}


def test_a_recording_that_is_imported_counts_everyone_who_attended(vault, log):
    give(log, [P1], Purpose.ANALYSIS)
    session, recording = recorded(vault, f.Arrived(at=at(1), code=P2), f.Left(at=at(2), code=P2))
    note_purposes(log, recording, session, attended=True)

    assert log.consents.purposes_at_recording(recording) == frozenset()


def test_a_recording_is_used_for_what_all_who_attended_agree_to_today(vault, log):
    give(log, [P1], Purpose.ANALYSIS)
    _, recording = recorded(vault, f.Arrived(at=at(1), code=P2), f.Left(at=at(2), code=P2))
    with pytest.raises(Trouble) as refused:
        pass_recording(log, Door.SOUND_FILE, recording, Purpose.ANALYSIS)
    assert (refused.value.code, refused.value.details) == (TroubleCode.PURPOSE_NOT_AGREED, {})

    give(log, [P2], Purpose.ANALYSIS)
    pass_recording(log, Door.SOUND_FILE, recording, Purpose.ANALYSIS)
    assert permitted(log, recording) == {Purpose.ANALYSIS}


def test_a_recording_without_a_group_is_used_for_nothing(vault, log):
    give(log, [P1], Purpose.ANALYSIS)
    session, recording = recorded(vault)
    log._database.run("UPDATE sessions SET group_id = NULL")
    note_purposes(log, recording, session)

    assert permitted(log, recording) == frozenset()
    assert log.consents.purposes_at_recording(recording) == {Purpose.ANALYSIS}


def test_of_a_session_without_a_group_nobody_has_withdrawn_and_nothing_is_agreed_to(vault, log):
    session, _ = recorded(vault)
    log._database.run("UPDATE sessions SET group_id = NULL")

    assert agreed_in_session(log, session, attended=True) is None
    assert not has_withdrawn_in_session(log, session)


@pytest.mark.parametrize(
    ("answer", "code"), [(True, TroubleCode.GRADES_NOT_FINAL), (None, TroubleCode.ASSESSMENT_UNANSWERED)]
)
def test_while_an_assessor_waits_for_grades_or_may_no_sound_no_file_and_nobody_s_answers_leave(
    vault, log, answer, code
):
    give(log, [P1], Purpose.ANALYSIS)
    _, recording = recorded(vault)
    log.groups.save_group(replace(MEMBERS, for_research=True))
    rule = RecordingRule.THOSE_PRESENT
    log.groups.save_recording_decision(GROUP, rule, leader_assesses=answer, grades_final=None)

    for act in (
        lambda: pass_recording(log, Door.PLAY, recording),
        lambda: pass_recording(log, Door.SOUND_FILE, recording, Purpose.ANALYSIS),
        lambda: pass_people(log, Door.SCORES, GROUP),
    ):
        with pytest.raises(Trouble) as refused:
            act()
        assert refused.value.code is code
    log.groups.save_recording_decision(GROUP, rule, leader_assesses=False, grades_final=None)
    assert pass_recording(log, Door.SOUND_FILE, recording, Purpose.ANALYSIS).recording == recording


def test_a_recording_that_the_log_does_not_know_is_used_for_nothing(log):
    with pytest.raises(Trouble) as refused:
        pass_recording(log, Door.SOUND_FILE, RecordingId("unknown"), Purpose.RECORDING)

    assert refused.value.code is TroubleCode.RECORDING_UNKNOWN


def test_answers_that_change_nothing_are_refused_and_say_which_way(log):
    with pytest.raises(Trouble) as refused:
        enter_answers(
            log,
            GROUP,
            [P1],
            [Purpose.ANALYSIS],
            answer=Answer.WITHDRAWN,
            taking=ConsentCollection(log.consents.today()),
        )
    assert refused.value.code is TroubleCode.CONSENT_NOT_GIVEN

    enter_answers(
        log, GROUP, [P1], [Purpose.ANALYSIS], answer=Answer.DECLINED, taking=ConsentCollection(log.consents.today())
    )
    with pytest.raises(Trouble) as refused:
        enter_answers(log, GROUP, [P1, P2], [], answer=Answer.GIVEN, taking=ConsentCollection(log.consents.today()))
    assert refused.value.code is TroubleCode.CONSENT_REFUSED


def test_a_group_from_which_no_one_withdrew_has_no_withdrawals(vault, log):
    recorded(vault)

    assert withdrawals(log, GROUP) == ()


def test_an_answer_is_taken_back_by_its_place_and_never_entered_as_one(log):
    with pytest.raises(ValueError, match="by its place"):
        log.consents.enter(GROUP, [(P1, Purpose.RECORDING)], Answer.TAKEN_BACK, ConsentCollection(log.consents.today()))
    assert log.consents.consents(GROUP) == ()


def test_an_agreement_to_analysis_alone_is_none_to_recording(log):
    give(log, [P1], Purpose.ANALYSIS)
    give(log, [P2], Purpose.RECORDING)

    found = {one.code: (one.agreed_to_recording, one.answered) for one in log.groups.group(GROUP).participants}
    assert (found[P1], found[P2]) == ((False, False), (True, True))


def test_who_agrees_to_recording_is_known_from_the_answers_about_it_alone(log):
    give(log, [P1, P2], Purpose.ANALYSIS)
    give(log, [P2], Purpose.RECORDING)

    assert agreed_to_recording(log.consents.consents(GROUP)) == {P2: True}
