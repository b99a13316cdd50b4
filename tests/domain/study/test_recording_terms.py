"""The terms of a recording: taken from group, study and approval, and never made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from balint_desktop.domain.group.group import Group, Reader, RecordingRule
from balint_desktop.domain.study.recording_terms import recording_terms
from balint_desktop.domain.study.retention import Bound, RetentionPeriod, StartEvent, Unit
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.values import GroupId
from balint_desktop.text.recording_terms import patients_words, until_words

GROUP = Group(GroupId("g"), "Block B", for_research=True, readers=(Reader("Study", "age1x"), Reader("Study", "age1y")))
KEPT = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, "approval 023473")


def test_without_a_study_every_text_is_empty_and_nothing_is_promised():
    terms = recording_terms(GROUP, None, None)

    assert (terms.recorded_for, terms.heard_by, terms.heard_as, terms.governance) == ("", "", "", "")
    assert (terms.rule, terms.leader_assesses, terms.depends_on_nothing) == (RecordingRule.ALL_MEMBERS, None, False)
    assert until_words(terms) == ""


def test_the_studys_own_words_and_the_approvals_period_are_handed_on():
    study = Study(recorded_for="our study", heard_by="a transcriber", patients="No case is kept.", governance="a panel")
    terms = recording_terms(GROUP, study, KEPT)

    assert (terms.recorded_for, terms.heard_by, terms.governance) == ("our study", "a transcriber", "a panel")
    assert (terms.readers, terms.opens_here) == (("Study",), True)
    assert until_words(terms) == "30 days after the verified transcript"
    assert patients_words(terms) == "No case is kept."


@pytest.mark.parametrize(
    ("for_research", "has_transcripts", "writes", "destroys"),
    [(False, False, False, False), (False, True, True, False), (True, False, True, True)],
)
def test_the_draft_says_of_patients_only_what_is_so_with_transcripts_and_without(
    for_research, has_transcripts, writes, destroys
):
    group = replace(GROUP, for_research=for_research)
    words = patients_words(recording_terms(group, None, None, has_transcripts=has_transcripts))

    assert ("A transcript holds what was said about a case." in words) is writes
    assert ("Nothing about a case is written down." in words) is not writes
    assert ("destroyed as approved" in words) is destroys


def test_a_period_to_keep_at_least_is_no_promise_to_destroy():
    terms = recording_terms(GROUP, None, replace(KEPT, bound=Bound.KEEP_AT_LEAST))

    assert not terms.is_destroyed
    assert until_words(terms) == ""


@pytest.mark.parametrize(
    ("assesses", "grades", "opens", "nothing"),
    [
        (None, None, True, False),
        (False, None, True, True),
        (True, None, False, False),
        (True, date(2026, 6, 30), True, False),
    ],
)
def test_what_an_assessor_may_open_follows_the_grades(assesses, grades, opens, nothing):
    terms = recording_terms(replace(GROUP, leader_assesses=assesses, grades_final=grades), None, None)

    assert (terms.opens_here, terms.depends_on_nothing) == (opens, nothing)
