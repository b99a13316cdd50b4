"""The card of the hour from Get ready: that of the chosen format, and only if it can be printed."""

from dataclasses import replace


def test_the_card_of_the_chosen_format_is_printed(open_page):
    seen = open_page()
    asked = []
    seen.page._deps = replace(seen.page._deps, print_card=lambda _parent, key: asked.append(key))
    seen.page.card_button.show()

    seen.press("ready-card")

    assert asked == [seen.page.format.currentData()]


def test_without_a_printer_nothing_is_offered(open_page):
    assert not open_page().shows("ready-card")
