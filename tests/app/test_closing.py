"""Closing the window: at once where nothing is under way, at the second asking where something is."""

from __future__ import annotations

import pytest
from app_fakes import Calls

from balint_desktop.app.closing import Closing


@pytest.fixture
def handover():
    return Calls(is_under_way=False)


@pytest.fixture
def closing(app, messages, session, handover):
    made = Closing(app.shell, messages, session, handover)
    yield made
    made.stop()


def test_with_nothing_under_way_it_closes_without_a_word(app, closing):
    assert closing.may_close()
    assert app.said == ""


def test_a_running_session_is_left_at_the_second_asking(app, closing, session):
    session.open_room()

    assert not closing.may_close()
    assert "still running" in app.said
    assert closing.may_close()


@pytest.mark.parametrize("in_session", [True, False])
def test_a_laptop_that_is_passed_round_is_left_at_the_second_asking(app, closing, session, handover, in_session):
    session.is_running = in_session
    handover.is_under_way = True

    assert not closing.may_close()
    assert "passed round" in app.said
    assert closing.may_close()


def test_a_room_before_its_beginning_does_not_hold_the_window(closing, session):
    session.is_room_open = True

    assert closing.may_close()


def test_a_second_asking_much_later_is_a_first_one(closing, session):
    session.open_room()
    closing.may_close()
    closing.stop()

    assert not closing.may_close()
