"""Messages: a banner in the page, with text from the catalogue."""

from __future__ import annotations

import pytest
from qt_events import process_events

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import trouble as words
from balint_desktop.ui.shell.banner import Banner


@pytest.fixture
def banner(messages, qtbot):
    made = Banner(messages)
    qtbot.addWidget(made)
    return made


def test_there_is_no_banner_without_a_message(banner):
    assert banner.isHidden()
    assert banner.words == ""


def test_a_trouble_is_reported_in_the_words_of_the_catalogue(messages, banner):
    trouble = Trouble(TroubleCode.VAULT_MISSING, folder="here")

    messages.trouble(trouble)

    assert banner.words == words.sentence(trouble)
    assert banner.property("kind") == "trouble"


def test_news_look_different_from_trouble(messages, banner):
    messages.inform("Saved.")

    assert banner.property("kind") == "banner"


def test_dismissing_it_removes_it(messages, banner):
    messages.inform("Saved.")
    banner._away.click()

    assert banner.isHidden()
    assert messages.last is None


def test_its_action_is_offered_and_performed(messages, banner):
    done = []
    messages.inform("A session is unfinished.", "Return to it", lambda: done.append(1))
    assert not banner._action.isHidden()

    banner._action.click()

    assert done == [1]


def test_without_an_action_no_button_is_offered(messages, banner):
    messages.inform("A session is unfinished.", "Return to it", lambda: None)
    messages.inform("Saved.")

    assert banner._action.isHidden()


# --- an attempt: a Trouble is reported, any other exception propagates ---


def refuse():
    raise Trouble(TroubleCode.LOG_DAMAGED)


def test_a_trouble_ends_the_attempt_and_is_reported(messages):
    went_on = []
    with messages.attempt() as attempt:
        refuse()
        went_on.append("past the refusal")

    assert not went_on
    assert attempt.trouble.code is TroubleCode.LOG_DAMAGED
    assert messages.last.text == words.sentence(attempt.trouble)


def test_a_successful_attempt_reports_nothing(messages):
    with messages.attempt() as attempt:
        pass

    assert attempt.trouble is None
    assert messages.last is None


def test_an_inner_error_is_no_trouble_and_propagates(messages):
    with pytest.raises(ZeroDivisionError), messages.attempt():
        1 / 0  # noqa: B018

    assert messages.last is None


@pytest.mark.parametrize(("act", "succeeded"), [(refuse, False), (lambda: None, True)])
def test_an_act_returns_whether_it_succeeded(messages, act, succeeded):
    assert messages.attempted(act) is succeeded
    assert (messages.last is None) is succeeded


def test_a_message_ends_as_a_person_begins_the_next_act(messages, banner):
    messages.trouble(Trouble(TroubleCode.DISK_FULL, folder="/x"))
    process_events()
    with messages.act():
        assert messages.last is None
    assert not banner.isVisible()

    with messages.act():
        refuse()
    assert messages.last is not None


def test_a_banner_is_read_out(messages, banner, announced):
    messages.inform("Saved.")

    assert announced == ["Saved."]


def test_a_message_ends_with_the_page_it_was_read_on(messages, banner):
    messages.inform("1 answer was recorded.")
    process_events()

    messages.leave_page()

    assert banner.isHidden()
    assert messages.last is None


def test_a_message_sent_on_the_way_to_a_page_is_read_there(messages, banner):
    messages.inform("For safety, names lock after a session.")
    messages.leave_page()
    assert banner.words == "For safety, names lock after a session."

    process_events()
    messages.leave_page()
    assert banner.isHidden()


def test_leaving_a_page_without_a_message_clears_nothing(messages, qtbot):
    with qtbot.assertNotEmitted(messages.cleared):
        messages.leave_page()
