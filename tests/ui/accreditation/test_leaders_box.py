"""Who leads: what each role means, and why a co-leader is not asked about being recorded."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox

from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    Leaders,
    OwnRole,
    SessionColleague,
)
from balint_desktop.ui.accreditation.leaders_box import LeadersBox, LeadersDeps

KL = Colleague(ColleagueId("kl"), "KL")


@pytest.fixture
def box(look_at):
    leaders = Leaders(colleagues=(SessionColleague(KL, ColleagueRole.CO_LEAD),))
    return look_at(LeadersBox(LeadersDeps(leaders, (KL,), lambda _label: KL)))


def test_each_own_role_says_what_separates_it_from_the_others(box):
    meanings = {role: pill.toolTip() for role, pill in box.own.items()}

    assert all(meanings.values())
    assert len(set(meanings.values())) == len(OwnRole)
    assert "without a co-leader" in meanings[OwnRole.SOLO]


def test_that_a_co_leader_is_not_asked_has_its_reason_and_an_observer_is_asked(box):
    assert box.co_leaders.isVisible()
    assert not box.observers_agree.isVisible()
    role = box.findChild(QComboBox, "beside-kl-role")
    role.setCurrentIndex(role.findData(ColleagueRole.OBSERVER))

    assert not box.co_leaders.isVisible()
    assert box.observers_agree.isVisible()
