"""The core questions of an evaluation: in any order, repeated, undone, and never required to continue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sessions import Led, M, shipped

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.state import NotNow, QuestionTurn


@pytest.fixture
def led():
    return Led(shipped("evaluation")).begin()


def test_questions_can_be_asked_in_any_order_and_repeated(led):
    for minute, question in ((6, 3), (12, 1), (20, 3)):
        led.at(minute * M).happens(f.QuestionAsked, question=question)
    assert led.state.asked == (QuestionTurn(3, 6 * M), QuestionTurn(1, 12 * M), QuestionTurn(3, 20 * M))
    assert led.state.question == 3
    assert led.crash().state.asked[-1] == QuestionTurn(3, 20 * M)


def test_the_same_question_is_not_marked_twice_in_a_row(led):
    led.happens(f.QuestionAsked, question=2)
    with pytest.raises(NotNow):
        led.happens(f.QuestionAsked, question=2)
    assert led.state.asked == (QuestionTurn(2, 0.0),)


@pytest.mark.parametrize("question", [0, 8, -1])
def test_only_the_formats_own_questions_exist(led, question):
    with pytest.raises(NotNow):
        led.happens(f.QuestionAsked, question=question)


def test_a_case_session_has_no_questions(hour):
    with pytest.raises(NotNow):
        Led(hour).begin().happens(f.QuestionAsked, question=1)


def test_undoing_a_question_returns_to_the_previous_one(led):
    led.at(6 * M).happens(f.QuestionAsked, question=4)
    led.at(9 * M).happens(f.QuestionAsked, question=5)
    led.at(10 * M).happens(f.QuestionTakenBack)
    assert led.state.asked == (QuestionTurn(4, 6 * M),)
    led.happens(f.QuestionTakenBack)
    assert led.state.question is None
    with pytest.raises(NotNow):
        led.happens(f.QuestionTakenBack)


def test_no_question_is_asked_after_the_end(led):
    led.to("written").happens(f.Ended)
    with pytest.raises(NotNow):
        led.happens(f.QuestionAsked, question=1)


def test_correcting_the_start_moves_the_questions_with_it(led):
    led.at(6 * M).happens(f.QuestionAsked, question=1)
    led.happens(f.BeganEarlier, seconds=4 * M)
    assert led.state.asked == (QuestionTurn(1, 10 * M),)


@given(st.lists(st.integers(0, 7), max_size=20))
def test_asking_and_undoing_questions_leaves_phases_and_marks_unchanged(acts):
    """0 undoes; the others ask. The session's steps never depend on it."""
    led = Led(shipped("evaluation")).begin()
    marks = led.marks
    for number, act in enumerate(acts):
        led.at(led.elapsed_s + number)
        try:
            if act:
                led.happens(f.QuestionAsked, question=act)
            else:
                led.happens(f.QuestionTakenBack)
        except NotNow:
            continue
    assert led.marks == marks
    assert led.state.phase == 0
    assert [asked.at_s for asked in led.state.asked] == sorted(asked.at_s for asked in led.state.asked)
    assert all(
        before.question != after.question for before, after in zip(led.state.asked, led.state.asked[1:], strict=False)
    )
    assert led.to("written").state.phase == 2
