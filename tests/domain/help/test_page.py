"""Pages of Help are read from a few kinds of lines."""

from __future__ import annotations

import pytest

from balint_desktop.domain.help.page import BlockKind, HelpBlock, HelpPage, names_in, parse_page, plain, runs_of

TEXT = """\
# Get ready
Before the *group*
comes.

## Steps
1. First
2. Second

![What it shows.](pictures/room.png)

3. Third
- An item
  that goes on
- Another

After the list.
- [The debrief](debrief.md)
"""


def test_a_page_is_its_title_and_its_blocks():
    expected = HelpPage(
        "get-ready",
        "Get ready",
        (
            HelpBlock(BlockKind.PARAGRAPH, "Before the *group* comes."),
            HelpBlock(BlockKind.HEADING, "Steps"),
            HelpBlock(BlockKind.STEP, "First", number=1),
            HelpBlock(BlockKind.STEP, "Second", number=2),
            HelpBlock(BlockKind.PICTURE, "What it shows.", "room"),
            HelpBlock(BlockKind.STEP, "Third", number=3),
            HelpBlock(BlockKind.ITEM, "An item that goes on"),
            HelpBlock(BlockKind.ITEM, "Another"),
            HelpBlock(BlockKind.PARAGRAPH, "After the list."),
            HelpBlock(BlockKind.LINK, "The debrief", "debrief"),
        ),
    )

    assert expected == parse_page("get-ready", TEXT)


def test_the_texts_to_translate_leave_out_the_titles_of_other_pages():
    texts = parse_page("get-ready", TEXT).texts()

    assert texts[0] == "Get ready"
    assert "What it shows." in texts
    assert "The debrief" not in texts


def test_links_and_pictures_are_listed():
    page = parse_page("get-ready", TEXT)

    assert (page.links(), page.pictures()) == (("debrief",), ("room",))


def test_a_page_without_a_title_is_refused():
    with pytest.raises(ValueError, match="title"):
        parse_page("lost", "No title.")


def test_names_of_buttons_are_told_from_the_text():
    text = "Press *Get ready*, then *Begin*."

    assert names_in(text) == ("Get ready", "Begin")
    assert plain(text) == "Press Get ready, then Begin."
    assert runs_of(text) == (("Press ", False), ("Get ready", True), (", then ", False), ("Begin", True), (".", False))
