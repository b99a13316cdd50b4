"""A group's one answer to being recorded: for everyone, and over nobody's own refusal."""

from __future__ import annotations

import pytest

from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.group_agreement import GroupAgreement
from balint_desktop.vault.log.consents import ConsentCollection

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(3))
P2 = participant_code(2)


@pytest.fixture
def agreement(log):
    log.groups.save_group(GROUP)
    return GroupAgreement(log)


def agreed(log):
    return [member.code for member in log.groups.group(GROUP.id).participants if member.agreed_to_recording]


def enter(log, answer):
    log.consents.enter(GROUP.id, [(P2, Purpose.RECORDING)], answer, ConsentCollection(log.consents.today()))


def test_a_yes_for_everyone_is_one_for_each_member(log, agreement):
    assert not agreement.everyone_agrees(GROUP.id)
    agreement.enter_for_everyone(GROUP.id, agreed=True)

    assert agreed(log) == ["P1", "P2", "P3"]
    assert agreement.everyone_agrees(GROUP.id)


@pytest.mark.parametrize("refusal", [Answer.DECLINED, Answer.WITHDRAWN])
def test_a_yes_for_everyone_overrides_no_refusal_of_one_person(log, agreement, refusal):
    if refusal is Answer.WITHDRAWN:
        enter(log, Answer.GIVEN)
    enter(log, refusal)
    agreement.enter_for_everyone(GROUP.id, agreed=True)

    assert agreed(log) == ["P1", "P3"]
    assert not agreement.everyone_agrees(GROUP.id)


def test_a_group_that_ended_recording_as_one_can_begin_it_again_as_one(log, agreement):
    agreement.enter_for_everyone(GROUP.id, agreed=True)
    agreement.enter_for_everyone(GROUP.id, agreed=False)
    assert agreed(log) == []

    agreement.enter_for_everyone(GROUP.id, agreed=True)
    assert agreement.everyone_agrees(GROUP.id)


def test_an_entry_is_undone_as_one(log, agreement):
    agreement.undo(GROUP.id, agreement.enter_for_everyone(GROUP.id, agreed=True))

    assert agreed(log) == []


def test_an_answer_that_changes_nothing_enters_nothing(log, agreement):
    agreement.enter_for_everyone(GROUP.id, agreed=True)
    agreement.enter_for_everyone(GROUP.id, agreed=False)
    rows = log.consents.consents(GROUP.id)

    assert agreement.enter_for_everyone(GROUP.id, agreed=False) == ()
    assert log.consents.consents(GROUP.id) == rows


def test_an_answer_that_the_disk_does_not_take_is_reported_and_is_no_answer(log, agreement, monkeypatch):
    def full(*_arguments):
        raise Trouble(TroubleCode.DISK_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(log.consents, "enter", full)
        with pytest.raises(Trouble) as raised:
            agreement.enter_for_everyone(GROUP.id, agreed=True)

    assert raised.value.code is TroubleCode.DISK_FULL
    assert agreed(log) == []


def test_a_group_without_members_has_not_agreed(log):
    log.groups.save_group(Group(GroupId("empty"), "Block C"))

    assert not GroupAgreement(log).everyone_agrees(GroupId("empty"))


def test_somebody_who_joins_is_asked_too_before_the_group_agrees(log, agreement):
    agreement.enter_for_everyone(GROUP.id, agreed=True)
    log.groups.add_member(GROUP.id, new_participants(4)[3])

    assert not agreement.everyone_agrees(GROUP.id)
