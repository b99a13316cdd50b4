"""The licences can be read in Settings, each in full."""

from __future__ import annotations

import pytest

from balint_desktop.library.notices import read_notices
from balint_desktop.ui.settings.licences import LicencesSection


@pytest.fixture
def about(qtbot):
    section = LicencesSection()
    qtbot.addWidget(section)
    section.show()
    return section


def test_the_licences_are_hidden_until_asked_for_and_can_be_hidden_again(about):
    assert about.text.isHidden()
    about.show_button.click()
    assert not about.text.isHidden()
    about.show_button.click()

    assert about.text.isHidden()


def test_each_component_can_be_chosen_and_its_licence_read_in_full(about):
    about.show_button.click()
    notices = read_notices()
    assert about.choice.count() == len(notices)
    for place, notice in enumerate(notices):
        about.choice.setCurrentIndex(place)
        assert (
            about.text.toPlainText() == notice.text.replace("\x0c", "\n")
            or notice.text[:200] in about.text.toPlainText()
        )


def test_the_text_is_read_only_and_does_not_keep_the_focus(about):
    assert about.text.isReadOnly()
    assert about.text.tabChangesFocus()
