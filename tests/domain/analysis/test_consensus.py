"""Consensus codings: what all gave, and what was decided of themes, codes and passages over it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.coding import Coding, Codings
from balint_desktop.domain.analysis.consensus import consensus_work, standing
from balint_desktop.domain.analysis.framework import FixedFramework, Framework, SameCode
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.study import MatterDecision, MatterOutcome, StudyTheme
from balint_desktop.domain.values import RecordingId

TEXT = RecordingId("t")
FRAMEWORK = Framework(
    Codebook().with_code("F", "Anger"), (SameCode("A", "a", "F"), SameCode("B", "b", "F"), SameCode("C", "c", "F"))
)


def work(code, *spans, name="Anger", alone=()):
    book = Codebook().with_code(code, name)
    for guid in alone:
        book = book.with_code(guid, guid)
    made = [Coding(f"{code}{begin}", TEXT, begin, end, code, 1.0) for begin, end in spans]
    made += [Coding(guid, TEXT, 500, 510, guid, 1.0) for guid in alone]
    return CoderWork(book, Codings(tuple(made)))


WORKS = {"A": work("a", (0, 50)), "B": work("b", (0, 30)), "C": work("c", (0, 30))}


def decision(outcome, begin=None, end=None, *, code="F", number=1, row_id="d", **more):
    text = TEXT if begin is not None else None
    made = MatterDecision(row_id, number, "m", 9.0, outcome, "why", ("A",), code=code, text=text, begin=begin, end=end)
    return replace(made, **more)


def agreed(*decisions, works=WORKS, framework=FRAMEWORK, themes=(), number=1, texts=(TEXT,)):
    made = consensus_work(works, framework, decisions, themes, round_number=number, texts=texts)
    return [(one.code, one.begin, one.end) for one in made.codings.all]


def test_what_all_gave_stays_without_a_decision():
    assert agreed() == [("F", 0, 30)]


@pytest.mark.parametrize(
    ("outcome", "as_author", "expected"),
    [
        (MatterOutcome.KEEP, "", [("F", 0, 50)]),
        (MatterOutcome.BOTH_STAND, "", [("F", 0, 50)]),
        (MatterOutcome.WIDER, "", [("F", 0, 60)]),
        (MatterOutcome.NARROWER, "", [("F", 0, 30)]),
        (MatterOutcome.AS_CODER, "A", [("F", 0, 50)]),
        (MatterOutcome.AS_CODER, "B", [("F", 0, 30)]),
        (MatterOutcome.NONE, "", [("F", 0, 30)]),
        (MatterOutcome.LEFT_OPEN, "", [("F", 0, 30)]),
    ],
)
def test_a_decision_on_a_passage_counts_for_its_words(outcome, as_author, expected):
    assert agreed(decision(outcome, 30, 60, as_author=as_author)) == expected


def test_narrower_is_what_those_who_gave_it_share():
    works = {"A": work("a", (0, 50)), "B": work("b", (20, 70)), "C": work("c")}

    assert agreed(decision(MatterOutcome.NARROWER, 0, 70), works=works) == [("F", 20, 50)]


def test_neither_takes_the_words_out_even_where_all_gave_some():
    assert agreed(decision(MatterOutcome.NONE, 10, 50)) == [("F", 0, 10)]


def test_a_later_decision_counts_and_one_of_another_round_does_not():
    first = decision(MatterOutcome.KEEP, 30, 50)
    later = decision(MatterOutcome.NONE, 30, 50, row_id="e", supersedes="d")

    assert standing((first, later)) == (later,)
    assert agreed(first, later) == [("F", 0, 30)]
    assert agreed(first, number=2) == [("F", 0, 30)]


def test_a_code_of_one_coder_alone_counts_once_it_was_kept():
    works = {**WORKS, "A": work("a", (0, 30), alone=("own",))}

    assert agreed(works=works) == [("F", 0, 30)]
    assert agreed(decision(MatterOutcome.KEEP, code="own"), works=works) == [("F", 0, 30), ("own", 500, 510)]
    assert agreed(decision(MatterOutcome.NONE, code="own"), works=works) == [("F", 0, 30)]


def test_a_code_as_a_whole_is_as_good_and_a_passage_counts_over_it():
    whole = decision(MatterOutcome.KEEP)

    assert agreed(whole) == [("F", 0, 50)]
    assert agreed(whole, decision(MatterOutcome.NONE, 30, 40, row_id="e")) == [("F", 0, 30), ("F", 40, 50)]
    assert agreed(decision(MatterOutcome.NONE)) == []


def test_of_two_codes_that_one_coder_has_right_the_others_do_not_count():
    pair = decision(MatterOutcome.AS_CODER, code="a b", as_author="B")

    assert agreed(pair) == [("F", 0, 30)]
    assert agreed(replace(pair, as_author="A")) == [("F", 0, 50)]


def test_two_codes_that_both_stand_stay_two():
    pair = decision(MatterOutcome.BOTH_STAND, code="a b")

    assert agreed(pair, framework=Framework()) == [("a", 0, 50), ("b", 0, 30)]


def test_a_theme_that_was_kept_takes_its_codes_whole_unless_one_was_decided_otherwise():
    theme = StudyTheme("t", "Being small", codes=("a",))
    kept = decision(MatterOutcome.KEEP, code="", theme="t")

    assert agreed(kept, themes=(theme,)) == [("F", 0, 50)]
    assert agreed(kept, decision(MatterOutcome.NONE, row_id="e"), themes=(theme,)) == []


def test_a_round_with_the_framework_has_its_codes_in_common_without_a_word():
    book = Codebook().with_code("F", "Anger")
    framework = Framework(book, versions=(FixedFramework(1, 1.0, book),))
    works = {"A": work("F", (0, 50)), "B": work("F", (10, 40))}

    assert agreed(works=works, framework=framework, number=2) == [("F", 10, 40)]


def test_texts_that_do_not_count_make_none():
    assert agreed(texts=()) == []


def test_nobodys_own_coding_is_changed_and_the_same_decisions_make_the_same_codings():
    before = {author: replace(one) for author, one in WORKS.items()}
    decisions = (decision(MatterOutcome.KEEP, 30, 50),)

    made = [consensus_work(WORKS, FRAMEWORK, decisions, round_number=1, texts=(TEXT,)) for _ in range(2)]

    assert made[0] == made[1]
    assert before == WORKS
    assert [code.name for code in made[0].book.codes] == ["Anger"]


def test_thousands_of_codings_are_agreed_one_by_one():
    works = {who: work(who.lower(), *((at, at + 7) for at in range(0, 30_000, 12))) for who in "ABC"}

    assert len(agreed(works=works)) == 2_500
