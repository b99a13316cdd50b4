"""The answer that counts is the last one entered and not undone, in any order of answers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.group.group import Group, Participant, recording_available
from balint_desktop.domain.study.consent import (
    Answer,
    Consent,
    Purpose,
    agreed,
    agreed_by_all,
    count_answers,
    current_answers,
    not_asked,
    plan_entry,
    refusal_undone,
    still_permitted,
)
from balint_desktop.domain.values import GroupId, ParticipantCode

P1, P2, P3 = CODES = tuple(ParticipantCode(code) for code in ("P1", "P2", "P3"))
MARCH = date(2026, 3, 4)
RECORDING, ANALYSIS, SUPERVISION = Purpose.RECORDING, Purpose.ANALYSIS, Purpose.SUPERVISION
SAID = st.sampled_from((Answer.GIVEN, Answer.DECLINED, Answer.WITHDRAWN))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@st.composite
def histories(draw):
    """Possible rows: answers of any day in any order, any of them undone afterwards."""
    rows = []
    for place in range(1, draw(st.integers(0, 14)) + 1):
        said = [row for row in rows if row.answer is not Answer.TAKEN_BACK]
        if said and draw(st.booleans()):
            of = draw(st.sampled_from(said))
            rows.append(Consent(place, of.code, of.purpose, Answer.TAKEN_BACK, MARCH, voids=of.place))
        else:
            cell = (draw(st.sampled_from(CODES)), draw(st.sampled_from((RECORDING, ANALYSIS))))
            rows.append(Consent(place, *cell, draw(SAID), draw(DAYS)))
    return rows


def row(place, code, answer, day=MARCH, *, purpose=RECORDING, voids=None):
    return Consent(place, code, purpose, answer, day, voids=voids)


@given(histories())
def test_the_last_answer_entered_and_not_undone_counts(rows):
    void = {one.voids for one in rows}
    for code in CODES:
        mine = [
            one
            for one in rows
            if (one.code, one.purpose) == (code, RECORDING)
            and one.answer is not Answer.TAKEN_BACK
            and one.place not in void
        ]
        assert current_answers(rows).get((code, RECORDING)) == (mine[-1] if mine else None)


@given(histories(), st.randoms())
def test_the_order_in_which_rows_are_read_changes_nothing(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert current_answers(shuffled) == current_answers(rows)


@given(histories(), st.sampled_from(CODES), DAYS, st.sampled_from((Answer.DECLINED, Answer.WITHDRAWN)))
def test_a_refusal_takes_effect_when_entered_whatever_its_day(rows, code, day, refusal):
    rows = [*rows, row(99, code, refusal, day)]
    members = tuple(Participant(one, agreed_to_recording=one in agreed(rows, RECORDING)) for one in CODES)
    assert code not in agreed(rows, RECORDING)
    assert not recording_available(Group(GroupId("g"), "Block B", participants=members), [code])


@given(histories(), st.sampled_from(CODES), SAID, DAYS)
def test_undoing_the_last_answer_restores_the_previous_state(rows, code, answer, day):
    after = [*rows, row(98, code, answer, day), row(99, code, Answer.TAKEN_BACK, voids=98)]
    assert current_answers(after) == current_answers(rows)


@given(histories())
def test_an_agreement_for_many_never_includes_anyone_who_declined_or_withdrew(rows):
    entry = plan_entry(rows, CODES, (RECORDING, ANALYSIS), Answer.GIVEN)
    known = current_answers(rows)
    refused = {cell for cell, one in known.items() if one.answer is not Answer.GIVEN}
    assert set(entry.left) == refused
    assert set(entry.cells) | set(entry.left) == {
        (code, purpose) for code in CODES for purpose in (RECORDING, ANALYSIS)
    }


@given(histories(), st.sets(st.sampled_from(CODES)))
def test_a_purpose_is_agreed_to_only_if_each_member_agrees_to_it_by_name(rows, present):
    for purpose in Purpose:
        everyone = bool(present) and present <= agreed(rows, purpose)
        assert (purpose in agreed_by_all(rows, present)) == everyone


@given(histories(), histories(), st.sets(st.sampled_from(CODES), min_size=1))
def test_a_recording_serves_no_purpose_beyond_those_agreed_at_recording_and_still_agreed(before, after, attended):
    noted = agreed_by_all(before, attended)
    permitted = still_permitted(noted, after, attended)
    assert permitted <= noted
    assert permitted <= agreed_by_all(after, attended)


def test_supervision_can_be_agreed_to_without_research_and_vice_versa():
    rows = [
        row(1, P1, Answer.GIVEN),
        row(2, P1, Answer.GIVEN, purpose=SUPERVISION),
        row(3, P2, Answer.GIVEN),
        row(4, P2, Answer.GIVEN, purpose=ANALYSIS),
    ]
    assert agreed_by_all(rows, [P1]) == {RECORDING, SUPERVISION}
    assert agreed_by_all(rows, [P2]) == {RECORDING, ANALYSIS}
    assert agreed_by_all(rows, [P1, P2]) == {RECORDING}
    # Made with P1 alone, for supervision: what P2 agrees to later does not make it research.
    assert still_permitted({RECORDING, SUPERVISION}, rows, [P1]) == {RECORDING, SUPERVISION}
    # Stored before purposes were: only today's answers count.
    assert still_permitted(None, rows, [P2]) == {RECORDING, ANALYSIS}


def test_an_answer_for_one_may_follow_a_refusal_and_only_a_given_one_can_be_withdrawn():
    rows = [row(1, P1, Answer.DECLINED)]
    assert plan_entry(rows, [P1], [RECORDING], Answer.GIVEN).cells == ((P1, RECORDING),)
    assert plan_entry(rows, [P1, P2], [RECORDING], Answer.WITHDRAWN).cells == ()


def test_an_entry_counts_the_people_and_purposes_it_changes_and_not_those_it_leaves():
    rows = [row(1, P1, Answer.DECLINED)]
    entry = plan_entry(rows, [P1, P2], [RECORDING], Answer.GIVEN)

    assert (entry.people, entry.purposes, entry.left) == (1, 1, ((P1, RECORDING),))


def test_an_answer_counts_as_for_many_if_more_than_one_was_asked_for():
    assert [
        plan_entry([row(1, P1, Answer.DECLINED)], codes, purposes, Answer.GIVEN).is_for_many
        for codes, purposes in (
            ([P1], [RECORDING]),
            ([P2], [RECORDING, ANALYSIS]),
            # One of two is skipped: the answer was meant for many all the same.
            ([P1, P2], [RECORDING]),
        )
    ] == [False, True, True]


@pytest.mark.parametrize(
    ("day", "refused"), [(date(2026, 3, 3), MARCH), (MARCH, None), (date(2026, 3, 5), None)], ids=str
)
def test_an_agreement_dated_earlier_does_not_undo_a_refusal(day, refused):
    rows = [row(1, P1, Answer.WITHDRAWN, MARCH)]
    assert refusal_undone(rows, (P1, RECORDING), Answer.GIVEN, day) == refused
    assert refusal_undone(rows, (P1, RECORDING), Answer.DECLINED, day) is None


def test_not_asked_is_distinguished_from_declined():
    rows = [row(1, P1, Answer.DECLINED), row(2, P2, Answer.GIVEN), row(3, P2, Answer.TAKEN_BACK, voids=2)]
    assert not_asked(rows, CODES) == (P2, P3)


@given(histories())
def test_counts_include_everyone_once_for_each_purpose(rows):
    result = count_answers(rows, CODES)
    for purpose in Purpose:
        assert sum(sum(of.values()) for (which, _), of in result.items() if which is purpose) == len(CODES)
