"""The message for an answer for many: its numbers, and neither a code nor an answer."""

from __future__ import annotations

import pytest

from balint_desktop.domain.study.consent import Answer, ConsentEntry, Purpose
from balint_desktop.domain.values import participant_code
from balint_desktop.text.consents import answer_word, entered_words, left_words, purpose_name

P1, P2, P3 = ((participant_code(number), Purpose.ANALYSIS) for number in (1, 2, 3))


@pytest.mark.parametrize(
    ("cells", "left", "words"),
    [
        ((P1,), (), "1 answer was recorded."),
        ((P1, P2), (P3,), "2 answers were recorded."),
        ((P1,), (P2, P3), "1 answer was recorded."),
    ],
)
def test_an_entry_is_confirmed_by_its_number_alone_not_by_that_of_refusals(cells, left, words):
    assert entered_words(ConsentEntry(Answer.DECLINED, cells, left)) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [((), ""), ((P3,), " 1 answer was left unchanged."), ((P2, P3), " 2 answers were left unchanged.")],
)
def test_before_an_entry_the_question_says_how_many_answers_stay(left, words):
    assert left_words(ConsentEntry(Answer.DECLINED, (P1,), left)) == words


def test_each_purpose_and_each_answer_has_its_own_words():
    assert len({purpose_name(purpose) for purpose in Purpose}) == len(Purpose)
    assert len({answer_word(answer) for answer in Answer}) == len(Answer)
