"""Sentences shown in place: hidden while empty, and announced by a screen reader when set."""

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


def test_it_is_hidden_and_silent_without_a_message(label, announced):
    assert label.isHidden()
    assert announced == []


def test_a_sentence_is_shown_and_announced(label, announced):
    label.announce("Give the group a name first.")

    assert not label.isHidden()
    assert label.text() == "Give the group a name first."
    assert announced == ["Give the group a name first."]


def test_the_same_problem_is_announced_each_time(label, announced):
    label.announce("Give the group a name first.")
    label.announce("Give the group a name first.")

    assert announced == ["Give the group a name first."] * 2


def test_an_empty_sentence_clears_it_silently(label, announced):
    label.announce("Give the group a name first.")
    label.announce("")

    assert label.isHidden()
    assert announced == ["Give the group a name first."]


def test_a_repeated_message_is_announced_when_it_changes(label, announced):
    for sentence in ("Say something.", "Say something.", "Playing it back.", "Playing it back.", "", ""):
        label.follow(sentence)

    assert label.isHidden()
    assert announced == ["Say something.", "Playing it back."]


def test_a_label_with_reserved_room_never_moves_what_is_below(look_at):
    page, label = QWidget(), LiveLabel("microphone-problem", "small", keeps_room=True)
    layouts.column(page).addWidget(label)
    look_at(page)
    label.announce("Say something.")
    label.announce("")

    assert not label.isHidden()


def test_typed_text_is_never_read_as_markup(label):
    assert label.textFormat() == label.textFormat().PlainText


@pytest.fixture
def problem(qtbot):
    made = ProblemLabel("group-problem")
    qtbot.addWidget(made)
    return made


def test_a_trouble_is_shown_and_announced_in_the_words_of_the_catalogue(problem, announced):
    with problem.attempt():
        raise Trouble(TroubleCode.NO_SUCH_DAY, name="31/02/2026")

    sentence = words.sentence(Trouble(TroubleCode.NO_SUCH_DAY, name="31/02/2026"))
    assert problem.text() == sentence
    assert not problem.isHidden()
    assert announced == [sentence]


def test_an_attempt_clears_the_previous_error(problem):
    problem.announce("Give the group a name first.")
    with problem.attempt():
        assert problem.isHidden()

    assert problem.isHidden()
