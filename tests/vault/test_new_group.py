"""A new group: complete or absent, and copying an approval's terms, never anyone's answer."""

from __future__ import annotations

from datetime import date

import pytest
from decrypted import pages, pages_ahead

from balint_desktop.domain.group.dates import new_plan
from balint_desktop.domain.group.group import Group, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.retention import Bound, RetainedKind, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, participant_code
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.new_group import NewGroup, add_group

EARLIER = Group(GroupId("last-year"), "Block A", participants=new_participants(3))
NEW = Group(GroupId("this-year"), "Block B", participants=new_participants(3))
PLAN = new_plan(date(2026, 3, 5), 6, "14:00", last_evaluates=True)
STUDY = Study(coordinator="research coordinator", approval_reference="023473")
PERIOD = RetentionPeriod(StartEvent.LAST_SESSION, 5, Unit.YEARS, Bound.DESTROY_WITHIN, "approval 023473, section 4")


@pytest.fixture
def log(vault):
    add_group(vault, NewGroup(EARLIER))
    vault.log.consents.save_study(EARLIER.id, STUDY)
    vault.log.retention.set_clock(EARLIER.id, RetainedKind.AUDIO, PERIOD)
    code = participant_code(1)
    vault.log.consents.enter(
        EARLIER.id, [(code, Purpose.ANALYSIS)], Answer.GIVEN, ConsentCollection(vault.log.consents.today())
    )
    return vault.log


def test_a_group_is_added_with_its_calendar(vault, log):
    add_group(vault, NewGroup(NEW, PLAN))

    assert log.groups.group(NEW.id).name == "Block B"
    assert log.dates.plan(NEW.id) == PLAN


def test_a_group_without_a_template_has_no_study(vault, log):
    add_group(vault, NewGroup(NEW))

    assert log.consents.study(NEW.id) is None
    assert not log.retention.clocks(NEW.id).clocks


def test_a_group_copied_from_an_earlier_one_has_its_study_and_periods_but_no_answers(vault, log):
    add_group(vault, NewGroup(NEW, PLAN, earlier=EARLIER.id))

    assert log.consents.study(NEW.id) == STUDY
    assert log.retention.clocks(NEW.id).clocks == {RetainedKind.AUDIO: PERIOD}
    assert log.consents.consents(EARLIER.id)
    assert not log.consents.consents(NEW.id)


def test_a_group_that_cannot_be_added_completely_is_not_added_at_all(vault, log, monkeypatch):
    def full(*_args):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(log.consents, "save_study", full)
    with pytest.raises(Trouble):
        add_group(vault, NewGroup(NEW, PLAN, earlier=EARLIER.id))

    assert [group.id for group in log.groups.groups()] == [EARLIER.id]
    assert log.dates.plan(NEW.id) == ()


def test_a_group_that_no_one_could_read_is_refused(vault):
    with pytest.raises(Trouble) as refused:
        add_group(vault, NewGroup(Group(NEW.id, "Block B", this_vault_reads=False)))

    assert refused.value.code is TroubleCode.LAST_READER


def test_a_group_without_a_name_is_refused(vault, log):
    with pytest.raises(Trouble) as refused:
        add_group(vault, NewGroup(Group(NEW.id, "  "), PLAN))

    assert refused.value.code is TroubleCode.GROUP_UNNAMED
    assert [group.id for group in log.groups.groups()] == [EARLIER.id]


def test_begun_from_an_earlier_group_without_a_study_it_has_its_periods_alone(vault, log):
    plain = Group(GroupId("plain"), "Block 0", participants=new_participants(3))
    add_group(vault, NewGroup(plain))
    log.retention.set_clock(plain.id, RetainedKind.AUDIO, PERIOD)
    add_group(vault, NewGroup(NEW, earlier=plain.id))

    assert log.consents.study(NEW.id) is None
    assert log.retention.clocks(NEW.id).clocks == {RetainedKind.AUDIO: PERIOD}


def test_pasted_names_are_in_the_sealed_roster_and_nowhere_in_the_log(vault, log, made):
    people = tuple(
        Person(participant_code(n), name) for n, name in enumerate(("Aroha Ngata", "Ben Okoro", "Li Wei"), 1)
    )
    add_group(vault, NewGroup(NEW, PLAN, people))

    assert vault.rosters.read(NEW.id) == Roster(people)
    log_file = pages(vault.folder / "log.db", made.secret.log_key) + pages_ahead(
        vault.folder / "log.db-wal", made.secret.log_key
    )
    assert b"Block B" in log_file
    assert not any(name in log_file for name in (b"Aroha", b"Okoro", b"Wei"))


def test_the_yes_of_the_whole_group_is_an_answer_of_each_of_its_members(vault, log):
    add_group(vault, NewGroup(NEW, PLAN, everyone_agreed=True))

    rows = log.consents.consents(NEW.id)
    assert [(row.code, row.purpose, row.answer) for row in rows] == [
        (code, Purpose.RECORDING, Answer.GIVEN) for code in ("P1", "P2", "P3")
    ]
    assert all(member.agreed_to_recording for member in log.groups.group(NEW.id).participants)


def test_names_of_a_group_that_cannot_be_added_are_not_kept(vault, log, monkeypatch):
    def full(*_args):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(log.dates, "save_plan", full)
    with pytest.raises(Trouble):
        add_group(vault, NewGroup(NEW, PLAN, (Person(participant_code(1), "Aroha Ngata"),)))

    assert not vault.rosters.has(NEW.id)
