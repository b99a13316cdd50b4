from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from domain_values import with_participant

from balint_desktop.domain.group.group import (
    Group,
    Participant,
    Reader,
    RecordingRule,
    new_participants,
    recording_available,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode

P1, P2, P3 = (ParticipantCode(code) for code in ("P1", "P2", "P3"))
GROUP = Group(
    GroupId("g"),
    "Block B",
    participants=(
        Participant(P1, agreed_to_recording=True),
        Participant(P2, agreed_to_recording=True),
        Participant(P3),
    ),
)


def test_new_members_have_agreed_to_nothing():
    assert [p.code for p in new_participants(3)] == [P1, P2, P3]
    assert not any(p.agreed_to_recording for p in new_participants(3))


AGREED = replace(GROUP, participants=GROUP.participants[:2])
IN_THE_ROOM = replace(GROUP, recording_rule=RecordingRule.THOSE_PRESENT)


@pytest.mark.parametrize(
    "present", [[P1, P2, P3], [P1, P2], [P1], [P3]], ids=["everyone", "without the third", "one", "the third alone"]
)
def test_while_one_member_has_not_agreed_recording_is_never_available_whoever_is_away(present):
    assert not recording_available(GROUP, present)


@pytest.mark.parametrize("present", [[P1, P2], [P1]], ids=["everyone", "one is away"])
def test_recording_that_every_member_agreed_to_is_available_whoever_is_away(present):
    assert recording_available(AGREED, present)


def test_a_member_who_joins_and_was_not_asked_closes_recording_for_everyone():
    joined = replace(AGREED, participants=(*AGREED.participants, Participant(P3, joined=date(2026, 3, 4))))

    assert recording_available(joined.on(date(2026, 3, 3)), [P1, P2])
    assert not recording_available(joined.on(date(2026, 3, 4)), [P1, P2])


def test_a_member_who_has_left_decides_no_more():
    left = with_participant(GROUP, Participant(P3, left=date(2026, 3, 4)))

    assert recording_available(left.on(date(2026, 3, 4)), [P1, P2])


def test_an_observer_who_has_not_agreed_counts_like_everyone_in_the_room():
    assert recording_available(AGREED, [P1, P2], others_agree=True)
    assert not recording_available(AGREED, [P1, P2], others_agree=False)


@pytest.mark.parametrize("group", [AGREED, IN_THE_ROOM], ids=["every member", "those present"])
def test_a_guest_of_another_group_closes_recording_by_either_rule(group):
    assert not recording_available(group, [P1, ParticipantCode("P9")])


def test_by_the_rule_of_those_present_the_room_alone_decides():
    assert recording_available(IN_THE_ROOM, [P1, P2])
    assert not recording_available(IN_THE_ROOM, [P1, P3])
    assert not recording_available(IN_THE_ROOM, [])


def test_recording_is_not_available_if_no_one_could_open_it():
    closed = replace(AGREED, this_vault_reads=False)

    assert not recording_available(closed, [P1])
    assert recording_available(replace(closed, readers=(Reader("study", "age1x"),)), [P1])


def test_while_an_assessor_awaits_grades_recordings_are_sealed_to_the_studys_key_alone():
    assessed = replace(AGREED, leader_assesses=True)
    with_key = replace(assessed, readers=(Reader("study", "age1x"),))

    assert not assessed.opens_here
    assert not recording_available(assessed, [P1, P2])
    assert recording_available(with_key, [P1, P2])
    assert not with_key.opens_here
    assert replace(with_key, grades_final=date(2026, 6, 30)).opens_here


@pytest.mark.parametrize("answer", [None, False], ids=["not asked", "no"])
def test_without_an_assessor_this_vault_opens_what_is_recorded(answer):
    assert replace(AGREED, leader_assesses=answer).opens_here


def test_a_groups_codes_pass_and_an_unknown_one_is_named():
    GROUP.require([P1, P3])
    with pytest.raises(Trouble) as refused:
        GROUP.require([P1, ParticipantCode("P9")])

    assert refused.value.code is TroubleCode.MEMBER_MISSING
    assert refused.value.details == {"name": "Block B", "member": "P9"}


def test_a_member_is_found_and_changed_by_code():
    changed = with_participant(GROUP, replace(GROUP.participant(P3), agreed_to_recording=True))

    assert recording_available(changed, [P1, P2, P3])
    assert [p.code for p in changed.participants] == [P1, P2, P3]
    with pytest.raises(KeyError):
        GROUP.participant(ParticipantCode("P9"))


def test_a_participant_has_not_agreed_to_anything_before_they_were_asked():
    assert not Participant(P1).agreed_to_recording


@pytest.mark.parametrize(("for_research", "assesses"), [(True, False), (False, None), (False, False)])
def test_a_study_is_recorded_once_it_is_said_whether_an_assessor_leads(for_research, assesses):
    unanswered = replace(AGREED, for_research=True, leader_assesses=None)
    answered = replace(AGREED, for_research=for_research, leader_assesses=assesses)

    assert not recording_available(unanswered, [P1, P2])
    assert unanswered.lacks_assessment_answer
    assert recording_available(answered, [P1, P2])
