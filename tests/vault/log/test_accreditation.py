"""Accreditation in the log: entries are read back, deleted with their session, and can be undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    EntryId,
    Leaders,
    Meeting,
    MeetingKind,
    OwnRole,
    SessionColleague,
    Supervision,
    SupervisionForm,
)
from balint_desktop.domain.group.group import Group
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import GroupId, SessionId, SessionKind

TODAY = date(2026, 3, 18)
GROUP, OTHER = Group(GroupId("g"), "Block B"), Group(GroupId("h"), "Block C")


@pytest.fixture
def start(log):
    for group in (GROUP, OTHER):
        log.groups.save_group(group)
    return lambda group=GROUP, number=1: log.sessions.start(
        SessionSetting(group.id, number, SessionKind.CASE, "student-hour", "key = 'student-hour'")
    )


def a_colleague(log, label="M. K.", *, accredited=None):
    return log.leaders.save_colleague(Colleague(ColleagueId(""), label, accredited))


def test_colleagues_are_read_back_by_label_and_can_be_changed(log):
    second, first = a_colleague(log, "b"), a_colleague(log, " A. ", accredited=True)
    assert first.label == "A."
    assert log.leaders.colleagues() == (first, second)
    changed = replace(second, accredited=False)
    assert log.leaders.save_colleague(changed) == changed
    assert log.leaders.colleagues() == (first, changed)


def test_two_colleagues_cannot_share_a_label(log):
    a_colleague(log)
    with pytest.raises(Trouble) as caught:
        a_colleague(log, "m. k.")
    assert caught.value.code is TroubleCode.LABEL_TAKEN
    assert len(log.leaders.colleagues()) == 1


def test_the_leaders_are_read_back_and_replaced_as_a_whole(log, start):
    session, colleague = start(), a_colleague(log)
    assert log.leaders.leaders(session) == Leaders()
    noted = Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.CO_LEAD),))
    log.leaders.save_leaders(session, noted)
    assert log.leaders.leaders(session) == noted
    assert log.leaders.own_roles() == {session: OwnRole.LEAD}
    log.leaders.save_leaders(session, Leaders())
    assert log.leaders.leaders(session) == Leaders()


def test_non_participants_are_read_by_session_and_by_group(log, start):
    first, second, elsewhere = start(), start(number=2), start(OTHER)
    one, two = a_colleague(log, "A."), a_colleague(log, "B.", accredited=True)
    log.leaders.save_leaders(first, Leaders(OwnRole.SOLO))
    log.leaders.save_leaders(
        second,
        Leaders(
            OwnRole.LEAD, (SessionColleague(two, ColleagueRole.CO_LEAD), SessionColleague(one, ColleagueRole.OBSERVER))
        ),
    )
    log.leaders.save_leaders(elsewhere, Leaders(None, (SessionColleague(one, ColleagueRole.LEAD),)))

    there = (SessionColleague(one, ColleagueRole.OBSERVER), SessionColleague(two, ColleagueRole.CO_LEAD))
    assert log.leaders.non_participants(second) == there
    assert log.leaders.non_participants_of_group(GROUP.id) == {second: there}


def test_the_next_session_starts_with_the_leaders_of_its_groups_last_or_of_any(log, start):
    assert log.leaders.last_leaders(GROUP.id) == Leaders()
    here, there = start(), start(OTHER)
    colleague = a_colleague(log)
    co_led = Leaders(OwnRole.CO_LEAD, (SessionColleague(colleague, ColleagueRole.LEAD),))
    log.leaders.save_leaders(there, co_led)
    assert log.leaders.last_leaders(GROUP.id) == co_led
    log.leaders.save_leaders(here, Leaders(OwnRole.SOLO))
    start(number=2)
    assert log.leaders.last_leaders(GROUP.id) == Leaders(OwnRole.SOLO)


def test_a_removed_colleague_is_in_no_session_and_can_be_restored(log, start):
    session, colleague = start(), a_colleague(log, accredited=True)
    noted = Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.CO_LEAD),))
    log.leaders.save_leaders(session, noted)
    assert log.leaders.count_sessions(colleague.id) == 1
    removed = log.leaders.remove_colleague(colleague.id)
    assert log.leaders.colleagues() == ()
    assert log.leaders.leaders(session) == Leaders(OwnRole.LEAD)
    log.leaders.restore_colleague(removed)
    assert log.leaders.leaders(session) == noted
    with pytest.raises(KeyError):
        log.leaders.remove_colleague(ColleagueId("nobody"))


SUPERVISION = Supervision(
    EntryId("v"), date(2026, 3, 17), 50, "A. B.", SupervisionForm.ONLINE, recordings_used=True, note="On endings."
)


def test_supervision_is_read_back_with_the_sessions_discussed(log, start):
    first, second = start(), start(number=2)
    kept = log.accreditation.save_supervision(replace(SUPERVISION, sessions=(second, first)), TODAY)
    earlier = log.accreditation.save_supervision(replace(SUPERVISION, id=EntryId("w"), day=date(2026, 2, 3)), TODAY)
    assert log.accreditation.supervisions() == (replace(kept, sessions=(first, second)), earlier)
    log.accreditation.save_supervision(replace(kept, sessions=(second,)), TODAY)
    assert log.accreditation.supervisions()[0].sessions == (second,)
    log.accreditation.remove_supervision(kept.id)
    assert log.accreditation.supervisions() == (earlier,)


def test_invalid_entries_are_not_stored_and_change_nothing(log):
    log.accreditation.save_supervision(SUPERVISION, TODAY)
    for entry in (replace(SUPERVISION, id=EntryId("x")), replace(SUPERVISION, day=date(2026, 4, 1))):
        with pytest.raises(Trouble):
            log.accreditation.save_supervision(entry, TODAY)
    assert log.accreditation.supervisions() == (SUPERVISION,)


def test_meetings_elsewhere_are_read_back(log):
    weekend = Meeting(
        EntryId("m"), date(2026, 3, 6), MeetingKind.WEEKEND, 900, "Oxford", last_day=date(2026, 3, 8), sessions=4
    )
    led = Meeting(EntryId("l"), date(2026, 1, 5), MeetingKind.LED, 90, cases=2, role=OwnRole.CO_LEAD, online=True)
    for entry in (led, weekend):
        assert log.accreditation.save_meeting(entry, TODAY) == entry
    assert log.accreditation.meetings() == (weekend, led)
    log.accreditation.remove_meeting(weekend.id)
    assert log.accreditation.meetings() == (led,)


def test_aims_are_stored_as_they_were_set(log):
    assert log.accreditation.aims() == Pathway()
    for aims in ((Aim(Measure.CASES, 30),), (Aim(Measure.SESSIONS, 20, desirable=True, note="n"),)):
        pathway = Pathway("Mine", aims=aims)
        log.accreditation.set_aims(pathway)
        assert log.accreditation.aims() == pathway


def test_a_review_is_stored_postponed_or_declined(log, start):
    first, second = start(), start(number=2)
    assert log.accreditation.review(first) is None
    written = Review(first, ReviewState.WRITTEN, {Heading.STYLE: "I spoke less."})
    log.accreditation.save_review(written)
    log.accreditation.save_review(Review(second, ReviewState.LATER))
    assert log.accreditation.review(first) == written
    assert log.accreditation.reviews() == (Review(second, ReviewState.LATER), written)
    log.accreditation.remove_review(first)
    assert log.accreditation.review(first) is None


def test_accreditation_data_of_a_session_is_deleted_with_it(log, start):
    session, colleague = start(), a_colleague(log)
    log.leaders.save_leaders(session, Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.OBSERVER),)))
    log.accreditation.save_review(Review(session, ReviewState.WRITTEN, {Heading.STYLE: "I spoke less."}))
    log.accreditation.save_supervision(replace(SUPERVISION, sessions=(session,)), TODAY)
    log._database.run("DELETE FROM sessions WHERE id = ?", (session,))

    assert log.leaders.leaders(session) == Leaders()
    assert log.accreditation.reviews() == ()
    # The meeting took place, whatever happened to the session.
    assert log.accreditation.supervisions() == (SUPERVISION,)
    assert log.leaders.colleagues() == (colleague,)


def test_the_audit_trail_holds_ids_and_never_a_label_or_text(log, start):
    session, colleague = start(), a_colleague(log, "Quentin")
    log.leaders.save_leaders(session, Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.OBSERVER),)))
    log.accreditation.save_supervision(replace(SUPERVISION, sessions=(session,)), TODAY)
    log.accreditation.save_review(Review(session, ReviewState.WRITTEN, {Heading.STYLE: "I spoke less."}))
    text = "\n".join(row.details for row in log.audit.rows())

    assert [row.act for row in log.audit.rows()][-4:] == [
        "colleague-noted",
        "leaders-noted",
        "supervision-noted",
        "review-kept",
    ]
    assert session in text
    for secret in ("Quentin", "A. B.", "On endings", "I spoke less"):
        assert secret not in text
    assert log.audit.broken_at() is None


def test_leaders_of_a_missing_session_are_refused(log):
    assert log.leaders.leaders(SessionId("none")) == Leaders()
