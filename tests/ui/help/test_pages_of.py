"""Each page of the window has its page of Help; tests/pages walks through all of them."""

from __future__ import annotations

from balint_desktop.library.help import CHAPTERS
from balint_desktop.ui.help import pages_of

KEYS = {key for keys in CHAPTERS.values() for key in keys}


def test_every_page_named_is_a_page_of_help():
    sections = [page for pages in pages_of._SECTIONS.values() for page in pages.values()]

    assert {*pages_of._PLACES.values(), *sections, *pages_of._PARTS.values()} - KEYS == set()


def test_nothing_shown_is_the_list():
    assert pages_of.page_of(None) == ""
