"""What people typed into a vault, each with its place, so that a refusal can say where a name is."""

from __future__ import annotations

from datetime import date

import pytest
from kept_sessions import GROUP, P1, P2, TEXT, at
from kept_vaults import kept, vault

from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import EntryId, Meeting, MeetingKind, Supervision
from balint_desktop.domain.deidentify.typed_text import TypedPlace, TypedText
from balint_desktop.domain.group.group import Group, Participant, Reader
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief, SessionSetting
from balint_desktop.domain.study.access import AccessRequest, RequestId
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.values import GroupId, SessionKind
from balint_desktop.sealed.keys import new_identity
from balint_desktop.vault.typed_texts import typed_texts

__all__ = ["kept", "vault"]

OTHER = GroupId("another-group")
DAY = date(2026, 3, 4)


@pytest.fixture
def session(vault):
    return vault.log.sessions.sessions(GROUP)[0].id


def texts(vault, *groups):
    """Return the texts that say something, with their place and group."""
    return [(one.place, one.text, one.group) for one in typed_texts(vault.log, groups) if one.text]


def of(vault, place, *groups):
    return [text for found, text, _ in texts(vault, *groups) if found is place]


def test_of_a_group_it_is_the_name_the_support_and_the_readers(vault):
    group = Group(
        GROUP,
        "Wednesday group",
        participants=(Participant(P1), Participant(P2)),
        support="Student support",
        readers=(Reader("Transcriber", new_identity().recipient),),
    )
    vault.log.groups.save_group(group)

    assert texts(vault, GROUP)[:3] == [
        (TypedPlace.GROUP_TITLE, "Wednesday group", GROUP),
        (TypedPlace.GROUP_SUPPORT, "Student support", GROUP),
        (TypedPlace.READER, "Transcriber", GROUP),
    ]


def test_of_a_session_it_is_the_note_on_process_and_the_review_with_its_number(vault, session):
    texts = dict(zip(Heading, ("first", "second"), strict=False))
    vault.log.accreditation.save_review(Review(session, ReviewState.WRITTEN, texts))
    found = [one for one in typed_texts(vault.log, [GROUP]) if one.session]

    assert TypedText(TypedPlace.PROCESS_NOTE, "We sat with it.", GROUP, session, 3) in found
    (review,) = [one for one in found if one.place is TypedPlace.REVIEW]
    assert (review.group, review.number) == (GROUP, 3)
    assert review.text.splitlines()[-2:] == ["first", "second"]


def test_a_group_that_is_not_asked_about_gives_nothing_and_a_session_of_no_group_does(vault):
    vault.log.groups.save_group(Group(OTHER, "Thursday group"))
    for group, note in ((OTHER, "of the other"), (None, "of no group")):
        started = vault.log.sessions.start(SessionSetting(group, 1, SessionKind.CASE, "student-hour", TEXT))
        vault.log.sessions.add_fact(started, f.Began(at=at(0)))
        vault.log.sessions.close(started, Debrief(note))

    assert of(vault, TypedPlace.GROUP_TITLE, GROUP) == ["Wednesday group"]
    assert sorted(of(vault, TypedPlace.PROCESS_NOTE, GROUP)) == ["We sat with it.", "of no group"]
    assert "of the other" in of(vault, TypedPlace.PROCESS_NOTE, GROUP, OTHER)


def test_of_a_study_it_is_what_was_typed_and_nothing_that_was_chosen(vault):
    assert of(vault, TypedPlace.STUDY, GROUP) == []
    study = Study(
        coordinator="Office",
        invited=12,
        sheet_sent=DAY,
        withdrawal_asks=Asks.DESTROY,
        form_purposes={Purpose.ANALYSIS: "We look for themes."},
    )
    vault.log.consents.save_study(GROUP, study)

    assert of(vault, TypedPlace.STUDY, GROUP) == ["Office", "We look for themes."]


def test_of_a_request_for_access_it_is_who_asked_what_and_the_answer(vault):
    request = AccessRequest(RequestId(""), GROUP, "a member", "my own words", DAY, "sent", DAY)
    vault.log.access.save(request, DAY)

    assert of(vault, TypedPlace.ACCESS_REQUEST, GROUP)[-3:] == ["a member", "my own words", "sent"]
    assert of(vault, TypedPlace.ACCESS_REQUEST, OTHER) == []


def test_what_belongs_to_no_group_is_there_whichever_is_asked_about(vault):
    record = vault.log.accreditation
    record.save_supervision(Supervision(EntryId("v"), DAY, 50, "A supervisor", note="went well"), DAY)
    record.save_meeting(Meeting(EntryId("m"), DAY, MeetingKind.LED, 90, "Registrars"), DAY)
    record.set_aims(Pathway("Mine", aims=(Aim(Measure.CASES, 30, note="agreed"),)))
    vault.log.set_setting("facilitator", "The leader")
    vault.log.set_setting("institution", "The school")

    assert {"A supervisor", "went well", "Registrars", "Mine", "agreed"} <= set(of(vault, TypedPlace.ACCREDITATION))
    assert of(vault, TypedPlace.SETTING) == ["The leader", "The school"]
