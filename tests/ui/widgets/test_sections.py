import pytest
from PySide6.QtWidgets import QLabel, QVBoxLayout

from balint_desktop.ui.widgets.sections import Section, SectionEntry, Sections


class Told(Section):
    def __init__(self, name, told):
        super().__init__()
        self.name, self.told = name, told
        QVBoxLayout(self).addWidget(QLabel(name))

    def show_subject(self, thing):
        self.told.append((self.name, thing))

    def left(self):
        self.told.append((self.name, "left"))


@pytest.fixture
def told():
    return []


@pytest.fixture
def sections(qtbot, told):
    entries = [SectionEntry(key, key.title(), lambda key=key: Told(key, told)) for key in ("members", "dates")]
    made = Sections("group", entries)
    qtbot.addWidget(made)
    return made


def test_a_section_is_built_when_first_seen_and_told_what_its_page_is_about(sections, told):
    sections.show_subject("a group")
    assert told == [("members", "a group")]
    assert sections.section("dates") is None


def test_going_to_another_section_leaves_the_one_before(sections, told):
    sections.show_subject("a group")
    sections.chips["dates"].click()
    assert told[1:] == [("members", "left"), ("dates", "a group")]
    assert [chip.isChecked() for chip in sections.chips.values()] == [False, True]


def test_a_page_that_is_shown_again_stays_in_its_section(sections, told):
    sections.show_subject("a group", "dates")
    sections.show_subject("another")
    assert told[-1] == ("dates", "another")
