import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout

from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections


class RecordingSection(Section):
    def __init__(self, name, events):
        super().__init__()
        self.name, self.received = name, events
        QVBoxLayout(self).addWidget(QLabel(name))

    def show_subject(self, thing):
        self.received.append((self.name, thing))

    def leave_view(self):
        self.received.append((self.name, "left"))


@pytest.fixture
def events():
    return []


@pytest.fixture
def sections(qtbot, events):
    entries = [
        SectionEntry(key, key.title(), lambda key=key: RecordingSection(key, events)) for key in ("members", "dates")
    ]
    made = Sections("group", entries)
    qtbot.addWidget(made)
    return made


def test_a_section_is_built_when_first_shown_and_given_its_pages_subject(sections, events):
    sections.show_subject("a group")
    assert events == [("members", "a group")]
    assert sections.section("dates") is None


def test_showing_another_section_leaves_the_previous_one(sections, events):
    sections.show_subject("a group")
    sections.chips["dates"].click()
    assert events[1:] == [("members", "left"), ("dates", "a group")]
    assert [chip.isChecked() for chip in sections.chips.values()] == [False, True]


def test_a_page_shown_again_stays_in_its_section(sections, events):
    sections.show_subject("a group", "dates")
    sections.show_subject("another")
    assert events[-1] == ("dates", "another")
