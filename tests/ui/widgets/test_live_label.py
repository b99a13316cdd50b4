"""Sentences shown in place: hidden while there is none, and said by a screen reader when one comes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import trouble as words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel


@pytest.fixture(params=[LiveLabel, ProblemLabel])
def label(request, look_at):
    page, made = QWidget(), request.param("group-problem")
    layouts.column(page).addWidget(made)
    made.page = look_at(page)
    return made


def test_it_is_hidden_and_silent_before_there_is_something_to_say(label, announced):
    assert label.isHidden()
    assert announced == []


def test_a_sentence_is_shown_and_said(label, announced):
    label.announce("Give the group a name first.")

    assert not label.isHidden()
    assert label.text() == "Give the group a name first."
    assert announced == ["Give the group a name first."]


def test_the_same_problem_is_said_each_time_it_is_met(label, announced):
    label.announce("Give the group a name first.")
    label.announce("Give the group a name first.")

    assert announced == ["Give the group a name first."] * 2


def test_an_empty_sentence_goes_without_a_word(label, announced):
    label.announce("Give the group a name first.")
    label.announce("")

    assert label.isHidden()
    assert announced == ["Give the group a name first."]


def test_what_is_told_many_times_over_is_said_when_it_changes(label, announced):
    for sentence in ("Say something.", "Say something.", "Playing it back.", "Playing it back.", "", ""):
        label.follow(sentence)

    assert label.isHidden()
    assert announced == ["Say something.", "Playing it back."]


def test_one_that_keeps_its_room_never_moves_what_is_below(look_at):
    page, label = QWidget(), LiveLabel("microphone-problem", "small", keeps_room=True)
    layouts.column(page).addWidget(label)
    look_at(page)
    label.announce("Say something.")
    label.announce("")

    assert not label.isHidden()


def test_what_a_user_typed_is_never_read_as_markup(label):
    assert label.textFormat() == label.textFormat().PlainText


@pytest.fixture
def problem(qtbot):
    made = ProblemLabel("group-problem")
    qtbot.addWidget(made)
    return made


def test_a_trouble_is_shown_and_said_in_the_words_of_the_catalogue(problem, announced):
    with problem.attempt():
        raise Trouble(TroubleCode.NO_SUCH_DAY, name="31/02/2026")

    sentence = words.sentence(Trouble(TroubleCode.NO_SUCH_DAY, name="31/02/2026"))
    assert problem.text() == sentence
    assert not problem.isHidden()
    assert announced == [sentence]


def test_an_attempt_takes_back_what_was_wrong_before(problem):
    problem.announce("Give the group a name first.")
    with problem.attempt():
        assert problem.isHidden()

    assert problem.isHidden()
