"""Closing the window: at once if nothing is running, otherwise at the second request."""

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


def test_the_window_closes_without_asking_when_nothing_is_running(app, closing):
    assert closing.may_close()
    assert app.said == ""


def test_a_running_session_is_closed_only_at_the_second_request(app, closing, session):
    session.open_room()

    assert not closing.may_close()
    assert "still running" in app.said
    assert closing.may_close()


@pytest.mark.parametrize("in_session", [True, False])
def test_during_a_handover_the_window_closes_only_at_the_second_request(app, closing, session, handover, in_session):
    session.is_running = in_session
    handover.is_under_way = True

    assert not closing.may_close()
    assert "passed round" in app.said
    assert closing.may_close()


def test_a_room_before_its_start_does_not_block_closing(closing, session):
    session.is_room_open = True

    assert closing.may_close()


def test_a_second_request_much_later_counts_as_the_first(closing, session):
    session.open_room()
    closing.may_close()
    closing.stop()

    assert not closing.may_close()


@pytest.mark.parametrize(
    ("state", "has", "has_not"),
    [
        ((True, True), ("The recording so far is sealed", "return to the session"), ("Nothing was recorded",)),
        ((True, False), ("Nothing was recorded", "return to the session"), ("sealed",)),
        ((False, False), ("nothing of it is stored",), ("sealed", "return to")),
    ],
)
def test_what_closing_would_do_is_said_truly(request, app, state, has, has_not):
    closing, session = request.getfixturevalue("closing"), request.getfixturevalue("session")
    session.open_room()
    session.is_stored, session.is_recorded = state
    closing.may_close()

    assert [words for words in has if words not in app.said] == []
    assert [words for words in has_not if words in app.said] == []
