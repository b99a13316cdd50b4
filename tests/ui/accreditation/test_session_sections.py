"""Accreditation on a session's page: the leaders, saved at each press; and the review, of which no line is lost."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from accessible import cut, nameless, out_of_reading_order, unreachable
from PySide6.QtCore import Qt
from qt_events import process_events

from balint_desktop.domain.accreditation.reviews import Heading, ReviewState
from balint_desktop.domain.accreditation.values import ColleagueRole, Leaders, OwnRole, SessionColleague
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.accreditation.session_sections import LeadersSection, ReviewSection, session_entries


@pytest.fixture
def session(path):
    return SimpleNamespace(id=path.hold())


@pytest.fixture
def leaders(path, session, look_at):
    path.service.add_colleague("M. K.", accredited=True)
    made = look_at(LeadersSection(path.deps))
    made.show_subject(session)
    process_events()
    path.undoing.undone.connect(lambda: made.show_subject(session))
    return made


@pytest.fixture
def review(path, session, look_at):
    made = look_at(ReviewSection(path.deps))
    made.show_subject(session)
    return made


def press(qtbot, pill):
    qtbot.keyClick(pill, Qt.Key.Key_Space)
    process_events()


def test_each_press_is_saved_at_once_and_one_key_undoes_the_last(path, session, leaders, qtbot):
    (colleague,) = path.service.colleagues()
    press(qtbot, leaders.box.own[OwnRole.CO_LEAD])
    press(qtbot, leaders.box.colleagues[colleague.id][1])
    role = leaders.box.colleagues[colleague.id][2]
    role.setFocus()
    qtbot.keyClicks(role, "Lea")

    noted = Leaders(OwnRole.CO_LEAD, (SessionColleague(colleague, ColleagueRole.LEAD),))
    assert path.service.leaders(session.id) == noted
    path.undo()
    path.undo()
    assert path.service.leaders(session.id) == Leaders(OwnRole.CO_LEAD)
    assert not leaders.box.colleagues[colleague.id][1].isChecked()


def test_a_role_is_removed_by_pressing_it_again(path, session, leaders, qtbot):
    for _ in range(2):
        press(qtbot, leaders.box.own[OwnRole.SOLO])

    assert path.service.leaders(session.id) == Leaders()


def test_leading_alone_with_a_co_leader_is_reported_and_an_observer_is_not(path, leaders, qtbot):
    (colleague,) = path.service.colleagues()
    press(qtbot, leaders.box.own[OwnRole.SOLO])
    press(qtbot, leaders.box.colleagues[colleague.id][1])
    assert leaders.box.hint.isVisible()
    role = leaders.box.colleagues[colleague.id][2]
    role.setCurrentIndex(role.findData(ColleagueRole.OBSERVER))

    assert not leaders.box.hint.isVisible()


def test_a_new_colleague_is_added_in_the_field_and_a_label_in_use_is_refused_there(path, session, leaders, qtbot):
    qtbot.keyClicks(leaders.box.label, "m. k.")
    qtbot.keyClick(leaders.box.label, Qt.Key.Key_Return)
    assert leaders.box.problem.text() == sentence(Trouble(TroubleCode.LABEL_TAKEN, name="m. k."))
    leaders.box.label.clear()
    qtbot.keyClicks(leaders.box.label, "T. R.")
    qtbot.keyClick(leaders.box.label, Qt.Key.Key_Return)

    assert not leaders.box.problem.isVisible()
    assert [one.colleague.label for one in path.service.leaders(session.id).colleagues] == ["T. R."]


def test_a_review_is_saved_and_undone(path, session, review, qtbot):
    qtbot.keyClicks(review.form.fields[Heading.CARRYING], "It went quiet, and I let it.")
    press(qtbot, review.form.save_button)
    assert path.service.review(session.id).state is ReviewState.WRITTEN
    path.undo()

    assert path.service.review(session.id) is None


def test_text_is_not_lost_by_leaving_the_page(path, session, review, qtbot):
    qtbot.keyClicks(review.form.fields[Heading.CARRYING], "It went quiet.")
    review.show_subject(session)
    assert review.form.fields[Heading.CARRYING].words() == "It went quiet."
    review.leave_view()

    assert path.service.review(session.id).written == {Heading.CARRYING: "It went quiet."}


def test_leaving_without_text_saves_nothing(path, session, review):
    review.leave_view()

    assert path.service.review(session.id) is None
    assert path.undoing.next_words == ""


def test_the_remaining_length_is_shown_only_when_it_is_short(review):
    field = review.form.fields[Heading.CARRYING]
    field.setPlainText("a" * 399)
    assert not field.left_words.isVisible()
    field.setPlainText("a" * 450)

    assert field.left_words.isVisible()
    assert field.left_words.text() == "50 characters left"


def test_text_beyond_the_limit_is_dropped_from_what_was_typed_last(review, qtbot):
    field = review.form.fields[Heading.CARRYING]
    field.setPlainText("a" * 499 + "z")
    cursor = field.textCursor()
    cursor.setPosition(3)
    field.setTextCursor(cursor)
    qtbot.keyClicks(field, "b")

    assert field.toPlainText() == "a" * 499 + "z"
    assert field.textCursor().position() == 3


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("key", ["leaders", "review"])
def test_everything_has_a_name_a_key_and_enough_room(path, look_at, theme, scale, key):
    session = SimpleNamespace(id=path.hold())
    path.service.add_colleague("M. K.")
    theme.set_scale(scale)
    section = look_at(next(entry for entry in session_entries(path.deps) if entry.key == key).build())
    section.show_subject(session)
    process_events()

    assert nameless(section) == []
    assert unreachable(section) == []
    assert out_of_reading_order(section) == []
    path.qtbot.waitUntil(lambda: cut(section) == [])
