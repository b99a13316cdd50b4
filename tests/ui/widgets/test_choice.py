"""A choice with nothing chosen at first, and the one question before an act on many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm


@pytest.fixture
def choice(qtbot):
    made = Choice("Choose a purpose")
    qtbot.addWidget(made)
    return made


def test_nothing_is_chosen_at_first_and_the_first_row_asks(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)])

    assert choice.value() is None
    assert choice.currentText() == "Choose a purpose"


def test_the_first_press_of_the_down_key_chooses_the_first_row_and_its_value_stays_what_it_was(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)])
    QTest.keyClick(choice, Qt.Key.Key_Down)

    assert choice.value() is Purpose.ANALYSIS


def test_what_is_the_only_one_is_chosen(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS)])

    assert choice.value() is Purpose.ANALYSIS


def test_a_choice_is_forgotten_when_others_are_offered_unless_it_is_named(choice):
    options = [("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)]
    choice.set_options(options, chosen=Purpose.QUOTATIONS)
    named = choice.value()
    choice.set_options(options)

    assert (named, choice.value()) == (Purpose.QUOTATIONS, None)


def test_offering_tells_once_of_a_change(choice, qtbot):
    with qtbot.waitSignal(choice.currentIndexChanged) as emitted:
        choice.set_options([("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)])

    assert emitted.args == [0]


@pytest.fixture
def confirm(look_at):
    page = QWidget()
    page.back, page.confirm, page.done, page.closed = QPushButton("Act"), Confirm("act"), [], []
    column = QVBoxLayout(page)
    column.addWidget(page.back)
    column.addWidget(page.confirm)
    page.confirm.closed.connect(lambda: page.closed.append(True))
    look_at(page).activateWindow()
    page.confirm.ask("Three answers?", "Record 3", lambda: page.done.append(True), page.back)
    return page


def test_a_question_says_what_it_will_do_and_does_it_once_it_is_confirmed(confirm):
    assert (confirm.confirm.words.text(), confirm.confirm.do_button.text()) == ("Three answers?", "Record 3")
    QTest.mouseClick(confirm.confirm.do_button, Qt.MouseButton.LeftButton)

    assert (confirm.done, confirm.confirm.is_asking) == ([True], False)


def test_cancelling_does_nothing_and_gives_the_focus_back(confirm, qtbot):
    qtbot.waitUntil(confirm.confirm.cancel_button.hasFocus)
    QTest.keyClick(confirm.confirm.cancel_button, Qt.Key.Key_Space)

    assert (confirm.done, confirm.closed) == ([], [True])
    assert confirm.back.hasFocus()


def test_a_question_that_is_not_asked_closes_without_a_word(confirm):
    confirm.confirm.dismiss()
    confirm.confirm.dismiss()

    assert confirm.closed == [True]
