"""A page of Help is laid out from its blocks; its text is never markup."""

from __future__ import annotations

import pytest
from accessible import nameless
from pages.reading import plain_text
from PySide6.QtWidgets import QLabel, QPushButton

from balint_desktop.domain.help.page import parse_page
from balint_desktop.library.help import help_pages
from balint_desktop.ui.help.article import Article, Picture


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

    shown = min(article.width(), 1280)
    assert picture.heightForWidth(article.width()) == pytest.approx(shown * 720 / 1280, abs=1)
    assert picture.accessibleName() == "The room."
