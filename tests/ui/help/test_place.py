"""Help: the list of pages, a search that highlights what it finds, and one page at a time."""

from __future__ import annotations

import pytest
from pages.reading import plain_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from window_fixtures import settle

from balint_desktop import i18n
from balint_desktop.library.help import CHAPTERS, help_page, help_pages
from balint_desktop.ui.help.place import HelpPlace


@pytest.fixture
def place(look_at):
    made = look_at(HelpPlace())
    made.enter_view()
    return made


def visible(place, kind, name):
    settle()
    return next((w for w in place.findChildren(kind, name) if w.isVisible()), None)


def press(place, name):
    visible(place, QPushButton, name).click()


def reads(place):
    settle()
    return " ".join(plain_text(label) for label in place.findChildren(QLabel) if label.isVisible())


def results(place):
    settle()
    names = [made.objectName() for made in place.findChildren(QPushButton) if made.isVisible()]
    return [name.removeprefix("help-open-") for name in names if name.startswith("help-open-")]


def test_every_page_is_listed_in_its_chapter(place):
    assert results(place) == [key for keys in CHAPTERS.values() for key in keys]


@pytest.mark.parametrize("key", [key for keys in CHAPTERS.values() for key in keys])
def test_a_page_is_opened_from_the_list_and_left_again(place, key):
    press(place, f"help-open-{key}")

    assert help_page(key).title in reads(place)
    press(place, "help-back")
    assert len(results(place)) == len(help_pages())


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("limits", "replaces neither training nor supervision"),
        ("limits", "have not been reviewed by an accredited leader"),
        ("limits", "Safeguarding"),
        ("limits", "Medical records"),
        ("recovery-key", "It is on your paper and nowhere else"),
        ("reports", "Not encrypted"),
        ("sealing", "raw image of the disk"),
        ("sealing", "destroy old backups"),
        ("keyboard", "F12 dims the window"),
    ],
)
def test_a_page_says_what_it_must(place, page, words):
    place.show_page(page)

    assert words in reads(place)


def test_typing_searches_and_the_hits_are_highlighted(place, qtbot):
    visible(place, QPushButton, "help-open-today").setFocus()
    qtbot.keyClicks(place.focusWidget(), "c")
    qtbot.keyClicks(place.field, "onsent")

    assert place.field.text() == "consent"
    assert results(place)[0] == "consent"
    excerpt = visible(place, QLabel, "help-excerpt-consent")
    assert "background-color" in excerpt.text()
    assert place.found.text() == f"{len(results(place))} pages found."


def test_ctrl_f_goes_to_the_search(place, qtbot):
    place.show_page("room")
    place.back_button.setFocus()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    qtbot.keyClick(place, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)

    assert place.field.hasFocus()


def test_enter_opens_the_best_page_with_the_words_highlighted(place, qtbot):
    qtbot.keyClicks(place.field, "recovery key")
    qtbot.keyClick(place.field, Qt.Key.Key_Return)

    assert "background-color" in visible(place, QLabel, "help-title").text()
    assert plain_text(visible(place, QLabel, "help-title")) == "The recovery key"
    assert place.back_button.text() == "Back to the results"


def test_the_way_back_leads_over_the_results_to_the_list(place, qtbot):
    qtbot.keyClicks(place.field, "stick")
    press(place, "help-open-backups")
    press(place, "help-back")
    assert results(place)[0] == "backups"
    assert len(results(place)) < len(help_pages())

    press(place, "help-back")

    assert place.field.text() == ""
    assert len(results(place)) == len(help_pages())


def test_a_search_that_finds_nothing_says_what_to_try(place, qtbot):
    qtbot.keyClicks(place.field, "zyx")
    assert results(place) == []
    assert place.found.text() == "No page has this word. Try another, or only its beginning."

    qtbot.keyClicks(place.field, " backup")

    assert results(place) == []
    assert "only their beginnings" in place.found.text()


def test_a_page_found_by_a_word_that_it_does_not_show_shows_how_it_begins(place, qtbot):
    qtbot.keyClicks(place.field, "zoom")

    assert results(place) == ["online"]
    assert "group that meets by video call" in reads(place)
    assert "zoom" not in reads(place).lower()


def test_the_way_back_leads_to_the_page_that_a_link_was_followed_from(place, qtbot):
    qtbot.keyClicks(place.field, "sleeve")
    press(place, "help-open-keyboard")
    press(place, "help-keyboard-to-room")
    press(place, "help-room-to-debrief")
    assert place.back_button.text() == "Back to “In the session”"

    press(place, "help-back")
    assert plain_text(visible(place, QLabel, "help-title")) == "In the session"
    press(place, "help-back")
    assert plain_text(visible(place, QLabel, "help-title")) == "Keyboard"
    assert place.back_button.text() == "Back to the results"

    press(place, "help-back")

    assert results(place) == ["keyboard"]


def test_a_page_opened_from_the_list_leads_back_to_the_list(place):
    press(place, "help-open-room")
    press(place, "help-room-to-debrief")
    place.show_list()
    press(place, "help-open-today")

    press(place, "help-back")

    assert len(results(place)) == len(help_pages())


def test_accents_do_not_matter_in_another_language(look_at, qtbot):
    i18n.use(("de",))
    try:
        place = look_at(HelpPlace())
        place.enter_view()
        qtbot.keyClicks(place.field, "SCHLUSSEL")
        assert results(place)[0] in {"recovery-key", "recordings", "groups", "sealing", "settings"}
        assert "Schlüssel" in reads(place)
    finally:
        i18n.use(("en",))


def test_a_link_opens_its_page_at_the_top(place):
    place.show_page("room")
    area = place.findChild(QScrollArea)
    area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
    press(place, "help-room-to-keyboard")

    assert plain_text(visible(place, QLabel, "help-title")) == "Keyboard"
    assert area.verticalScrollBar().value() == 0


def test_the_page_that_is_opened_is_announced(place, announced):
    press(place, "help-open-room")

    assert "In the session" in announced


def test_in_the_navigation_nothing_closes_it(place):
    assert visible(place, QPushButton, "help-close") is None


def test_over_another_page_it_opens_at_its_page_and_can_be_closed(look_at, qtbot):
    place = look_at(HelpPlace("log", closes=True))
    place.enter_view()
    assert plain_text(visible(place, QLabel, "help-title")) == "Log"

    with qtbot.waitSignal(place.close_asked):
        press(place, "help-close")


def test_the_list_is_reached_from_a_page_by_the_navigation_again(place):
    place.show_page("log")
    place.enter_view()

    assert plain_text(visible(place, QLabel, "help-title")) == "Log"
    place.show_list()
    assert len(results(place)) == len(help_pages())
