"""Help: plain topics, each short, and what must be said somewhere is said here."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from balint_desktop.ui.help.place import HelpPlace
from balint_desktop.ui.help.topics import topics


@pytest.fixture
def place(look_at):
    made = look_at(HelpPlace())
    made.enter_view()
    return made


def reads(place, topic):
    """Press a topic's tab, and return what is then to be read."""
    place.findChild(QPushButton, f"help-topics-{topic}").click()
    labels = [one for one in place.findChildren(QLabel) if one.isVisible()]
    return " ".join(label.text() for label in labels)


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("about", "replaces neither training nor supervision"),
        ("about", "have not been reviewed by an accredited leader"),
        ("stored", "The recovery key exists only on paper"),
        ("stored", "Not encrypted"),
        ("destroyed", "raw image of the disk"),
        ("destroyed", "destroy old backups"),
        ("keyboard", "F12 dims the screen"),
    ],
)
def test_a_topic_says_what_it_must(place, topic, words):
    assert words in reads(place, topic)


@pytest.mark.parametrize("topic", [one.key for one in topics()])
def test_a_topic_is_read_in_a_minute(place, topic):
    assert 20 <= len(reads(place, topic).split()) <= 120


def test_the_first_topic_is_shown_at_once(place):
    assert place.topics.current == topics()[0].key
