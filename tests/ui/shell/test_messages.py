"""Messages: a banner in the page, in the words of the one catalogue."""

from __future__ import annotations

import pytest

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.text import trouble as words
from balint_desktop.ui.widgets.banner import Banner


@pytest.fixture
def banner(messages, qtbot):
    made = Banner(messages)
    qtbot.addWidget(made)
    return made


def test_there_is_no_banner_before_there_is_something_to_say(banner):
    assert banner.isHidden()
    assert banner.words == ""


def test_a_trouble_is_told_in_the_words_of_the_catalogue(messages, banner):
    trouble = Trouble(TroubleCode.VAULT_MISSING, folder="here")

    messages.trouble(trouble)

    assert banner.words == words.sentence(trouble)
    assert banner.property("kind") == "trouble"


def test_news_look_different_from_trouble(messages, banner):
    messages.say("Saved.")

    assert banner.property("kind") == "banner"


def test_putting_it_away_takes_it_away(messages, banner):
    messages.say("Saved.")
    banner._away.click()

    assert banner.isHidden()
    assert messages.last is None


def test_the_one_thing_to_do_is_offered_and_done(messages, banner):
    done = []
    messages.say("A session is unfinished.", "Return to it", lambda: done.append(1))
    assert not banner._action.isHidden()

    banner._action.click()

    assert done == [1]


def test_without_something_to_do_no_button_is_offered(messages, banner):
    messages.say("A session is unfinished.", "Return to it", lambda: None)
    messages.say("Saved.")

    assert banner._action.isHidden()
