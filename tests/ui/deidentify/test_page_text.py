"""A text that is read: it can be scrolled to its end, however it came by its size."""

import pytest
from qt_events import process_events

from balint_desktop.ui.deidentify.page_text import ReadText, plain

# Turns of many lines each: one that Qt has not shown yet would count as a line.
LONG = "\n\n".join("P1: " + "It was a long clinic, and we kept coming back to it. " * 30 for _ in range(8))


@pytest.fixture
def reading(qtbot, theme):
    """Return a text in a window as low as at 200 per cent."""
    made = ReadText("text", "Text")
    qtbot.addWidget(made)
    made.resize(430, 100)
    made.show()
    return made


def to_the_bottom(of):
    """Scroll to where the bar ends, as it is at first; return whether it was the end of the text."""
    process_events()
    bar = of.verticalScrollBar()
    at_first = bar.maximum()
    bar.setValue(at_first)
    process_events()
    return of.is_end_in_view and bar.maximum() == at_first


def test_the_bar_reaches_the_end_of_a_text_at_once(reading):
    reading.show_page(plain(LONG))

    assert to_the_bottom(reading)


@pytest.mark.parametrize("size", [(300, 100), (430, 70), (900, 60)])
def test_the_bar_reaches_the_end_after_the_window_was_resized(reading, size):
    reading.show_page(plain(LONG))
    reading.resize(*size)

    assert to_the_bottom(reading)


def test_the_bar_reaches_the_end_after_the_text_was_enlarged(reading, theme):
    reading.show_page(plain(LONG))
    theme.set_scale(1.5)
    reading.resize(430, 140)

    assert to_the_bottom(reading)


def test_the_end_is_not_in_view_at_the_beginning(reading):
    reading.show_page(plain(LONG))
    process_events()

    assert not reading.is_end_in_view
