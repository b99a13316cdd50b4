"""Members: joining late, leaving, returning, changing group, and undoing each of these."""

from __future__ import annotations

from datetime import date

import pytest
from domain_values import with_participant

from balint_desktop.domain.clock import SystemClock
from balint_desktop.domain.group.group import Group, Participant, new_participants
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, ParticipantCode, SessionKind, participant_code

GROUP, OTHER = GroupId("ours"), GroupId("theirs")
P1, P2, P3 = (participant_code(number) for number in (1, 2, 3))
DAY, LATER = date(2026, 3, 4), date(2026, 3, 18)


@pytest.fixture
def members(vault):
    vault.log.groups.save_group(Group(GROUP, "Block B", participants=new_participants(2)))
    vault.log.groups.save_group(Group(OTHER, "Block C", participants=new_participants(5)))
    return vault.members


def acts(vault):
    return [(row.act, row.details) for row in vault.log.audit.rows() if row.act.startswith("member")]


def hold_session(vault, *present):
    setting = SessionSetting(GROUP, 1, SessionKind.CASE, "student-hour", "key = 'student-hour'")
    session = vault.log.sessions.start(setting)
    vault.log.sessions.add_fact(session, f.Began(at=SystemClock().now(), present=present))


def test_a_late_joiner_gets_the_next_code_and_a_day_and_has_agreed_to_nothing(vault, members):
    assert members.join(GROUP, DAY, Person(P3, "Name Zq", "zq@example.org")) == P3

    assert members.group(GROUP).participants[-1] == Participant(P3, joined=DAY)
    assert vault.rosters.read(GROUP) == Roster((Person(P3, "Name Zq", "zq@example.org"),))
    assert acts(vault)[-1] == ("member-joined", '{"code": "P3", "day": "2026-03-04", "group": "ours"}')


def test_a_member_without_a_name_can_join_during_a_session_too(vault, members):
    vault.begin_session()

    assert members.join(GROUP, DAY) == P3
    assert not vault.rosters.has(GROUP)


def test_a_member_who_left_is_not_offered_afterwards_and_the_code_is_not_reused(members):
    members.set_left(GROUP, P2, DAY)

    assert [p.code for p in members.group(GROUP).on(LATER).participants] == [P1]
    assert members.group(GROUP).participant(P2).left == DAY
    assert members.join(GROUP, LATER) == P3


def test_leaving_is_undone_by_returning(vault, members):
    before = members.group(GROUP)
    members.set_left(GROUP, P2, DAY)
    members.set_left(GROUP, P2, None)

    assert members.group(GROUP) == before
    assert [what for what, _ in acts(vault)] == ["member-left", "member-came-back"]


def test_joining_is_undone_together_with_the_name(vault, members):
    before = members.group(GROUP)
    code = members.join(GROUP, DAY, Person(P3, "Name Zq"))
    members.undo_adding(GROUP, [code])

    assert members.group(GROUP) == before
    assert vault.rosters.read(GROUP) == Roster()
    assert members.join(GROUP, DAY) == code


def test_joining_cannot_be_undone_once_a_session_refers_to_the_code(vault, members):
    code = members.join(GROUP, DAY, Person(P3, "Name Zq"))
    hold_session(vault, P1, code)

    with pytest.raises(Trouble) as caught:
        members.undo_adding(GROUP, [code])
    assert caught.value.code is TroubleCode.MEMBER_IN_USE
    assert members.group(GROUP).participant(code).left is None
    assert vault.rosters.read(GROUP).name_of(code) == "Name Zq"


def test_a_code_that_is_a_prefix_of_another_is_distinguished(vault, members):
    hold_session(vault, ParticipantCode("P30"))
    members.join(GROUP, DAY)

    assert not vault.log.groups.is_referred_to(GROUP, P3)
    assert vault.log.groups.is_referred_to(GROUP, ParticipantCode("P30"))
    assert not vault.log.groups.is_referred_to(OTHER, ParticipantCode("P30"))


def test_any_table_with_a_code_counts_as_a_reference_to_the_member(vault, members):
    """Including tables not yet known: consents and scores come with later migrations of the log."""
    vault.log._database.run("CREATE TABLE later (group_id TEXT, code TEXT) STRICT")
    vault.log._database.run("INSERT INTO later VALUES (?, ?)", (GROUP, P2))

    assert vault.log.groups.is_referred_to(GROUP, P2)
    assert not vault.log.groups.is_referred_to(GROUP, P1)


def test_changing_group_ends_the_old_code_gives_a_new_one_and_moves_the_name(vault, members):
    members.change(GROUP, P1, None, Person(P1, "Name Zq", "zq@example.org", ("Zq",), ("Zed",)))
    fresh = members.move(GROUP, P1, OTHER, DAY)

    assert fresh == "P6"
    assert members.group(GROUP).participant(P1).left == DAY
    assert members.group(OTHER).participants[-1] == Participant(fresh, joined=DAY)
    assert vault.rosters.read(OTHER) == Roster((Person(fresh, "Name Zq", "zq@example.org", ("Zq",), ("Zed",)),))
    assert vault.rosters.read(GROUP).name_of(P1) == "Name Zq"


def test_no_consent_moves_along_and_no_row_of_the_log_links_the_two_codes(vault, members):
    group = members.group(GROUP)
    vault.log.groups.save_group(with_participant(group, Participant(P1, agreed_to_recording=True)))
    fresh = members.move(GROUP, P1, OTHER, DAY)

    assert not members.group(OTHER).participant(fresh).agreed_to_recording
    assert not any(GROUP in one and OTHER in one for _, one in acts(vault))


def test_changing_group_is_undone(vault, members):
    members.change(GROUP, P1, None, Person(P1, "Name Zq"))
    before = members.groups()
    member = members.group(GROUP).participant(P1)
    fresh = members.move(GROUP, P1, OTHER, DAY)
    members.undo_move(GROUP, member, OTHER, fresh)

    assert members.groups() == before
    assert vault.rosters.read(OTHER) == Roster()


def test_changing_group_needs_no_key_without_a_roster(vault, members):
    vault.begin_session()

    assert members.move(GROUP, P1, OTHER, DAY) == "P6"


def test_several_members_join_together_or_not_at_all(vault, members):
    joining = [Participant(participant_code(number), joined=DAY) for number in (3, 4, 3)]
    rows = vault.log.audit.rows()

    with pytest.raises(Exception, match="UNIQUE"):
        members.import_members(GROUP, joining, [Person(P3, "Name Zq")])
    assert len(members.group(GROUP).participants) == 2
    assert vault.rosters.read(GROUP) == Roster()
    assert vault.log.audit.rows() == rows


def test_a_group_without_free_codes_is_reported(members):
    members.import_members(GROUP, [Participant(participant_code(99))], [])

    with pytest.raises(Trouble) as caught:
        members.join(GROUP, DAY)
    assert caught.value.code is TroubleCode.GROUP_FULL


def test_a_seat_is_stored_and_changes_nothing_else(members):
    members.set_left(GROUP, P2, DAY)
    assert members.change(GROUP, P2, 4, None) is None

    assert members.group(GROUP).participant(P2) == Participant(P2, seat=4, left=DAY)


def test_an_outdated_copy_of_the_group_removes_no_member_and_no_day(vault, members):
    older = members.group(GROUP)
    members.set_left(GROUP, P2, DAY)
    code = members.join(GROUP, DAY)
    vault.log.groups.save_group(older)

    now = members.group(GROUP)
    assert now.participant(P2).left == DAY
    assert now.participant(code).joined == DAY


def test_changing_a_name_returns_the_previous_one_for_undo(vault, members):
    assert members.change(GROUP, P1, 3, Person(P1, "Name Zq")) == Person(P1, "")
    assert members.change(GROUP, P1, 3, Person(P1, "Name Zq-two", "two@example.org")) == Person(P1, "Name Zq")
    assert vault.rosters.read(GROUP) == Roster((Person(P1, "Name Zq-two", "two@example.org"),))
    members.change(GROUP, P1, None, Person(P1, ""))

    assert vault.rosters.read(GROUP) == Roster()
    assert members.group(GROUP).participant(P1).seat is None


def test_an_import_is_undone_with_all_its_codes_and_names(vault, members):
    members.change(GROUP, P1, None, Person(P1, "Known Zq"))
    before = members.group(GROUP), vault.rosters.read(GROUP)
    members.import_members(GROUP, [Participant(P3, joined=DAY)], [Person(P2, "Name Zq"), Person(P3, "Name Zq-two")])
    members.undo_adding(GROUP, [P3], [P2])

    assert (members.group(GROUP), vault.rosters.read(GROUP)) == before


def test_members_are_in_the_order_of_their_codes_whenever_they_were_stored(members):
    members.undo_adding(GROUP, [P1])
    members.import_members(GROUP, [Participant(P1)], [])

    assert [p.code for p in members.group(GROUP).participants] == [P1, P2]


def test_a_group_is_held_once_a_session_of_it_began(vault, members):
    assert (members.is_held(GROUP), members.is_referred_to(GROUP, P1)) == (False, False)
    hold_session(vault, P1)

    assert (members.is_held(GROUP), members.is_held(OTHER)) == (True, False)
    assert (members.is_referred_to(GROUP, P1), members.is_referred_to(GROUP, P2)) == (True, False)


def test_changing_group_is_taken_back_without_a_key_where_there_is_no_roster(vault, members):
    before = members.groups()
    vault.begin_session()
    fresh = members.move(GROUP, P1, OTHER, DAY)
    members.undo_move(GROUP, before[0].participant(P1), OTHER, fresh)

    assert members.groups() == before
    assert [what for what, _ in acts(vault)][-2:] == ["member-taken-back", "member-came-back"]


def test_changing_group_is_not_taken_back_once_a_session_has_the_new_code(vault, members):
    member = members.group(OTHER).participant(P1)
    fresh = members.move(OTHER, P1, GROUP, DAY)
    hold_session(vault, fresh)

    with pytest.raises(Trouble) as caught:
        members.undo_move(OTHER, member, GROUP, fresh)
    assert (caught.value.code, caught.value.details) == (TroubleCode.MEMBER_IN_USE, {"member": fresh})
    assert members.group(OTHER).participant(P1).left == DAY


def test_a_person_without_a_name_changes_group_where_others_have_one(vault, members):
    members.change(GROUP, P2, None, Person(P2, "Name Zq"))
    fresh = members.move(GROUP, P1, OTHER, DAY)

    assert members.group(OTHER).participants[-1] == Participant(fresh, joined=DAY)
    assert not vault.rosters.has(OTHER)
