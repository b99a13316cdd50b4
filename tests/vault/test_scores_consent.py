"""A score is stored only for a member whose latest answer agrees to analysis."""

from __future__ import annotations

import pytest

from balint_desktop.domain.evaluation.scores import BareScore, Occasion
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.log.consents import ConsentCollection

GROUP = Group(GroupId("g"), "Block B", participants=new_participants(6))
P1 = participant_code(1)
SCORE = BareScore(P1, "A scale", Occasion.BEFORE, 40.0)


def answers(log, answer):
    log.consents.enter(GROUP.id, [(P1, Purpose.ANALYSIS)], answer, ConsentCollection(log.consents.today()))


def refused(log):
    with pytest.raises(Trouble) as raised:
        log.evaluation.save_score(GROUP.id, SCORE)
    return raised.value.code


def test_only_members_who_currently_agree_have_a_score(log):
    log.groups.save_group(GROUP)
    assert refused(log) is TroubleCode.ANALYSIS_NOT_AGREED
    answers(log, Answer.GIVEN)
    log.evaluation.save_score(GROUP.id, SCORE)
    assert log.evaluation.scores(GROUP.id) == (SCORE,)
    for answer in (Answer.WITHDRAWN, Answer.DECLINED):
        answers(log, answer)
        assert refused(log) is TroubleCode.ANALYSIS_NOT_AGREED


def test_agreeing_to_be_recorded_is_not_agreeing_to_analysis(log):
    log.groups.save_group(GROUP)
    log.consents.enter(GROUP.id, [(P1, Purpose.RECORDING)], Answer.GIVEN, ConsentCollection(log.consents.today()))
    assert refused(log) is TroubleCode.ANALYSIS_NOT_AGREED
