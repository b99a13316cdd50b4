"""Sentences shown in place: hidden while empty, and announced by a screen reader when set."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget
from qt_events import process_events

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import trouble as words
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.in_view import is_in_view
from balint_desktop.ui.widgets.live_label import LiveLabel, ProblemLabel
from balint_desktop.ui.widgets.page_area import PageArea


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


class LongForm:
    """A page that scrolls: a field at its top, its problem at its foot, and a button below."""

    def __init__(self, look_at, *, lines, field=None):
        inner = QWidget()
        form = Form()
        self.field = field or QLineEdit()
        form.row("Date", self.field, "day")
        self.problem = ProblemLabel("form-problem")
        self.save = QPushButton("Save")
        column = layouts.column(inner, 10)
        column.addWidget(form)
        for number in range(lines):
            column.addWidget(QLabel(f"Line {number}"))
        column.addWidget(self.problem)
        column.addWidget(self.save)
        self.area = PageArea(inner, "form-scroll", "Form")
        self.page = QWidget()
        layouts.column(self.page).addWidget(self.area)
        look_at(self.page)
        self.page.resize(500, 300)
        self.page.activateWindow()
        process_events()
        self.area.verticalScrollBar().setValue(self.area.verticalScrollBar().maximum())

    def refuse(self, words="“31/02/2026” is not a date.", *, focus=True):
        self.problem.announce(words)
        (self.field if focus else self.save).setFocus()
        # The reason is placed, its row laid out, and its page made higher, each in a turn of its own.
        for _ in range(4):
            process_events()
        return self

    @property
    def note(self):
        return self.page.findChild(QLabel, "form-problem-at-field")


@pytest.fixture
def long_form(look_at):
    return LongForm(look_at, lines=40)


def test_in_a_long_form_the_refused_field_and_the_reason_are_both_in_view(long_form):
    long_form.refuse()

    assert is_in_view(long_form.field)
    assert is_in_view(long_form.note)
    assert long_form.note.text() == long_form.problem.text()
    assert 0 <= long_form.note.y() - long_form.field.geometry().bottom() < 20


def test_the_reason_at_the_field_ends_with_the_next_attempt(long_form):
    long_form.refuse().refuse("The date is missing.")
    assert [label.text() for label in long_form.page.findChildren(QLabel, "form-problem-at-field")] == [
        "The date is missing."
    ]
    long_form.problem.announce("")
    process_events()

    assert long_form.note is None


def test_a_reason_that_is_about_no_field_is_scrolled_to(long_form):
    long_form.area.verticalScrollBar().setValue(0)
    long_form.refuse(focus=False)

    assert is_in_view(long_form.problem)
    assert long_form.note is None


def test_in_a_short_form_the_reason_is_said_once(look_at):
    form = LongForm(look_at, lines=2).refuse()

    assert is_in_view(form.field)
    assert is_in_view(form.problem)
    assert form.note is None


def test_a_day_that_is_refused_is_found_and_focused_by_its_reason(look_at):
    form = LongForm(look_at, lines=40, field=DateField(date(2026, 3, 4)))
    form.field.setText("31/02/2026")
    form.save.setFocus()
    with form.problem.attempt():
        form.field.day()
    for _ in range(4):
        process_events()

    assert form.field.hasFocus()
    assert is_in_view(form.field)
    assert is_in_view(form.note)
    assert form.note.text() == form.problem.text()
