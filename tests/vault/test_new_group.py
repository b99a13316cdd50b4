"""A new group: complete or absent, and copying an approval's terms, never anyone's answer."""

from __future__ import annotations

from datetime import date

import pytest

from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.new_group import add_group

EARLIER = Group(GroupId("last-year"), "Block A", participants=new_participants(3))
NEW = Group(GroupId("this-year"), "Block B", participants=new_participants(3))
PLAN = new_plan(date(2026, 3, 5), 6, "14:00", last_evaluates=True)
STUDY = Study(coordinator="research coordinator", approval_reference="023473")
PERIOD = RetentionPeriod(StartEvent.LAST_SESSION, 5, Unit.YEARS, Bound.DESTROY_WITHIN, "approval 023473, section 4")


@pytest.fixture
def log(vault):
    add_group(vault, EARLIER)
    vault.log.consents.save_study(EARLIER.id, STUDY)
    vault.log.retention.set_clock(EARLIER.id, RetainedKind.AUDIO, PERIOD)
    code = participant_code(1)
    vault.log.consents.enter(
        EARLIER.id, [(code, Purpose.ANALYSIS)], Answer.GIVEN, ConsentCollection(vault.log.consents.today())
    )
    return vault.log


def test_a_group_is_added_with_its_calendar(vault, log):
    add_group(vault, NEW, PLAN)

    assert log.groups.group(NEW.id).name == "Block B"
    assert log.dates.plan(NEW.id) == PLAN


def test_a_group_without_a_template_has_no_study(vault, log):
    add_group(vault, NEW)

    assert log.consents.study(NEW.id) is None
    assert not log.retention.clocks(NEW.id).clocks


def test_a_group_copied_from_an_earlier_one_has_its_study_and_periods_but_no_answers(vault, log):
    add_group(vault, NEW, PLAN, EARLIER.id)

    assert log.consents.study(NEW.id) == STUDY
    assert log.retention.clocks(NEW.id).clocks == {RetainedKind.AUDIO: PERIOD}
    assert log.consents.consents(EARLIER.id)
    assert not log.consents.consents(NEW.id)


def test_a_group_that_cannot_be_added_completely_is_not_added_at_all(vault, log, monkeypatch):
    def full(*_args):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(log.consents, "save_study", full)
    with pytest.raises(Trouble):
        add_group(vault, NEW, PLAN, EARLIER.id)

    assert [group.id for group in log.groups.groups()] == [EARLIER.id]
    assert log.dates.plan(NEW.id) == ()


def test_a_group_that_no_one_could_read_is_refused(vault):
    with pytest.raises(Trouble) as refused:
        add_group(vault, Group(NEW.id, "Block B", this_vault_reads=False))

    assert refused.value.code is TroubleCode.LAST_READER


def test_a_group_without_a_name_is_refused(vault, log):
    with pytest.raises(Trouble) as refused:
        add_group(vault, Group(NEW.id, "  "), PLAN)

    assert refused.value.code is TroubleCode.GROUP_UNNAMED
    assert [group.id for group in log.groups.groups()] == [EARLIER.id]


def test_begun_from_an_earlier_group_without_a_study_it_has_its_periods_alone(vault, log):
    plain = Group(GroupId("plain"), "Block 0", participants=new_participants(3))
    add_group(vault, plain)
    log.retention.set_clock(plain.id, RetainedKind.AUDIO, PERIOD)
    add_group(vault, NEW, earlier=plain.id)

    assert log.consents.study(NEW.id) is None
    assert log.retention.clocks(NEW.id).clocks == {RetainedKind.AUDIO: PERIOD}
