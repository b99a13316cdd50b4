"""A choice with nothing preselected, and the question before an act on many."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.confirm import Confirm
from balint_desktop.ui.widgets.page_area import PageArea


@pytest.fixture
def choice(qtbot):
    made = Choice("Choose a purpose")
    qtbot.addWidget(made)
    return made


def test_nothing_is_preselected_and_the_first_row_asks(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)])

    assert choice.value() is None
    assert choice.currentText() == "Choose a purpose"


def test_the_first_down_key_selects_the_first_row_and_the_value_is_unchanged(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)])
    QTest.keyClick(choice, Qt.Key.Key_Down)

    assert choice.value() is Purpose.ANALYSIS


def test_a_single_option_is_preselected(choice):
    choice.set_options([("Analysis", Purpose.ANALYSIS)])

    assert choice.value() is Purpose.ANALYSIS


def test_a_choice_is_cleared_when_others_are_offered_unless_it_is_named(choice):
    options = [("Analysis", Purpose.ANALYSIS), ("Quotations", Purpose.QUOTATIONS)]
    choice.set_options(options, chosen=Purpose.QUOTATIONS)
    named = choice.value()
    choice.set_options(options)

    assert (named, choice.value()) == (Purpose.QUOTATIONS, None)


def test_offering_reports_a_change_once(choice, qtbot):
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


def test_a_question_states_its_effect_and_acts_on_confirmation(confirm):
    assert (confirm.confirm.words.text(), confirm.confirm.do_button.text()) == ("Three answers?", "Record 3")
    QTest.mouseClick(confirm.confirm.do_button, Qt.MouseButton.LeftButton)

    assert (confirm.done, confirm.confirm.is_asking) == ([True], False)


def test_cancelling_does_nothing_and_restores_the_focus(confirm, qtbot):
    qtbot.waitUntil(confirm.confirm.cancel_button.hasFocus)
    QTest.keyClick(confirm.confirm.cancel_button, Qt.Key.Key_Space)

    assert (confirm.done, confirm.closed) == ([], [True])
    assert confirm.back.hasFocus()


def test_a_question_below_the_end_of_the_screen_is_scrolled_to(look_at, qtbot):
    page = QWidget()
    column, tall, asked = QVBoxLayout(page), QLabel("long"), Confirm("act")
    tall.setMinimumHeight(2000)
    column.addWidget(tall)
    column.addWidget(asked)
    area = look_at(PageArea(page, "page", "Page"))
    asked.ask("Three answers?", "Record 3", lambda: None, tall)

    def shown():
        top = asked.cancel_button.mapTo(area.viewport(), asked.cancel_button.rect().topLeft()).y()
        return top >= 0 and top + asked.cancel_button.height() <= area.viewport().height()

    assert not shown()
    qtbot.waitUntil(shown)


def test_a_question_that_was_not_asked_closes_silently(confirm):
    confirm.confirm.dismiss()
    confirm.confirm.dismiss()

    assert confirm.closed == [True]
