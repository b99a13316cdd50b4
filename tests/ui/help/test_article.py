"""A page of Help is laid out from its blocks; its text is never markup."""

from __future__ import annotations

import pytest
from accessible import nameless
from pages.reading import plain_text
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from balint_desktop.domain.help.page import parse_page
from balint_desktop.library.help import help_page, help_pages
from balint_desktop.library.help import picture as picture_file
from balint_desktop.ui.help.article import Article, Picture
from balint_desktop.ui.theme.theme import Appearance


def labels(article):
    return [plain_text(label) for label in article.findChildren(QLabel)]


@pytest.mark.parametrize("page", help_pages(), ids=lambda page: page.key)
def test_everything_on_a_page_has_a_name(look_at, page):
    article = look_at(Article(page, open_page=lambda _: None))

    assert nameless(article) == []


def test_what_looks_like_markup_is_shown_as_it_is(look_at):
    article = look_at(Article(parse_page("x", "# X\n\nIf a < b & *<i>b</i>*, then <b>c</b>."), ["b"]))

    assert labels(article) == ["If a < b & <i>b</i>, then <b>c</b>."]


def test_names_of_buttons_are_bold(look_at):
    article = look_at(Article(parse_page("x", "# X\n\nPress *Begin*.")))

    assert article.findChild(QLabel, "help-x-1").text() == "Press <b>Begin</b>."


def test_steps_are_numbered_and_items_have_a_dot(look_at):
    article = look_at(Article(parse_page("x", "# X\n\n1. One\n2. Two\n- Three")))

    assert labels(article) == ["1.", "One", "2.", "Two", "•", "Three"]


def test_links_open_their_page(look_at):
    opened = []
    article = look_at(Article(parse_page("x", "# X\n\n- [Log](log.md)"), open_page=opened.append))
    article.findChild(QPushButton, "help-x-to-log").click()

    assert opened == ["log"]


def test_a_page_that_leads_nowhere_has_no_links(look_at):
    article = look_at(Article(parse_page("x", "# X\n\n- [Log](log.md)")))

    assert article.findChildren(QPushButton) == []


@pytest.mark.parametrize("width", [400, 860, 2000])
def test_a_picture_keeps_its_shape_and_is_never_enlarged(look_at, width):
    article = look_at(Article(parse_page("x", "# X\n\n![The room.](pictures/room.png)")), width, 900)
    picture = article.findChild(Picture)

    taken = QImage(str(picture_file("room")))
    shown = min(article.width(), taken.width())
    assert picture.heightForWidth(article.width()) == pytest.approx(shown * taken.height() / taken.width(), abs=1)
    assert picture.accessibleName() == "The room."


def test_the_picture_has_the_look_of_the_window(look_at, theme):
    for appearance in (Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST):
        theme.choose(appearance)
        shown = look_at(Picture("room")).grab().toImage()

        assert shown.pixelColor(2, 2).name() == theme.colours.paper


def test_titles_of_other_pages_are_told_apart_in_large_text(look_at, theme):
    theme.set_scale(2.0)
    article = look_at(Article(help_page("room"), open_page=lambda _: None), 1280, 900)
    first, second = (article.findChild(QPushButton, f"help-room-to-{key}") for key in ("debrief", "trouble"))

    assert first.y() == second.y()
    assert second.x() - first.geometry().right() >= 2 * first.fontMetrics().horizontalAdvance(" ")
