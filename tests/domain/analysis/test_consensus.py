"""What decisions make of a round's codings: agreed, as one coder, wider, narrower, both, none, open."""

from __future__ import annotations

import pytest

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.consensus import consensus_spans, consensus_work
from balint_desktop.domain.analysis.framework import Framework, SameCode
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome
from balint_desktop.domain.values import RecordingId

BOOK = Codebook().with_code("anger", "Anger")
FRAMEWORK = Framework(BOOK, (SameCode("a", "rage", "anger"), SameCode("b", "cross", "anger")))
TEXT = RecordingId("t")
# Both coded 10 to 20; a from 0, b up to 30.
CODED = (CodedSpan("t", 0, 20, "rage", "a"), CodedSpan("t", 10, 30, "cross", "b"))


def decision(outcome, *, place="x", supersedes=None, as_author="", code="anger", passage=None):
    begin, end = passage or (None, None)
    return MatterDecision(
        *(place, 1, "m", 1.0, outcome, "why", ("a", "b")),
        code=code,
        text=TEXT if passage else None,
        begin=begin,
        end=end,
        as_author=as_author,
        supersedes=supersedes,
    )


def agreed(*decisions, coded=CODED):
    return [(one.begin, one.end) for one in consensus_spans(coded, ("a", "b"), FRAMEWORK, decisions)]


def test_without_a_decision_what_every_coder_coded_stands():
    assert agreed() == [(10, 20)]


@pytest.mark.parametrize(
    ("outcome", "found"),
    [
        (MatterOutcome.KEEP, [(0, 30)]),
        (MatterOutcome.AS_CODER, [(10, 30)]),
        (MatterOutcome.WIDER, [(0, 30)]),
        (MatterOutcome.NARROWER, [(10, 20)]),
        (MatterOutcome.BOTH_STAND, [(0, 30)]),
        (MatterOutcome.NONE, []),
        (MatterOutcome.LEFT_OPEN, []),
    ],
)
@pytest.mark.parametrize("passage", [None, (0, 30)])
def test_a_decision_counts_for_a_code_as_a_whole_or_for_its_passage(outcome, found, passage):
    assert agreed(decision(outcome, as_author="b", passage=passage)) == found


def test_a_passage_made_wider_is_all_of_it():
    assert agreed(decision(MatterOutcome.WIDER, passage=(0, 40))) == [(0, 40)]


def test_outside_a_decided_passage_what_every_coder_coded_stands():
    assert agreed(decision(MatterOutcome.NONE, passage=(0, 15))) == [(15, 20)]


def test_a_passage_that_was_decided_counts_before_its_code():
    whole = decision(MatterOutcome.KEEP)

    assert agreed(whole, decision(MatterOutcome.NONE, place="y", passage=(0, 12))) == [(12, 30)]


def test_only_the_last_decision_counts():
    before = decision(MatterOutcome.KEEP)

    assert agreed(before, decision(MatterOutcome.NONE, place="y", supersedes="x")) == []


def test_a_pair_of_codes_is_decided_by_the_coders_own_names():
    assert agreed(decision(MatterOutcome.KEEP, code="rage cross")) == [(0, 30)]


def test_what_one_coder_alone_coded_is_no_consensus():
    assert agreed(coded=CODED[:1]) == []


def test_consensus_is_work_of_its_own_and_changes_nobodys():
    own = CoderWork(Codebook().with_code("alone", "Alone"), Codings((Coding("g", "t", 40, 50, "alone", 1.0),)))
    works = {"a": own, "b": CoderWork()}
    made = consensus_work(works, FRAMEWORK, (decision(MatterOutcome.KEEP, code="alone"),), 9.0)

    assert [(one.begin, one.end, one.code, one.wall) for one in made.codings.all] == [(40, 50, "alone", 9.0)]
    assert [code.name for code in made.book.codes] == ["Anger", "Alone"]
    assert works["a"] is own
