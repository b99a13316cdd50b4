"""The colours: text has a contrast of 7:1, and controls 3:1."""

from __future__ import annotations

import re

import pytest

from balint_desktop.ui.theme.colours import ALL, names
from balint_desktop.ui.theme.style_sheet import style_sheet
from balint_desktop.ui.theme.type_sizes import TypeSizes

TEXT = [
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "field"),
    ("ink", "accent_soft"),
    ("ink", "trouble_paper"),
    ("quiet_ink", "paper"),
    ("quiet_ink", "card"),
    ("on_accent", "accent"),
    ("on_accent", "accent_pressed"),
]
SHAPES = [
    ("edge", "paper"),
    ("edge", "card"),
    ("edge", "field"),
    ("accent", "paper"),
    ("accent", "card"),
    ("recording", "paper"),
    ("trouble_edge", "trouble_paper"),
]


def luminance(colour):
    """Return the relative luminance of "#rrggbb", 0 for black to 1 for white (WCAG 2.2, relative luminance)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", ALL, ids=lambda c: c.name)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_has_a_contrast_of_seven_to_one(colours, ink, ground):
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 7


@pytest.mark.parametrize("colours", ALL, ids=lambda c: c.name)
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_controls_have_a_contrast_of_three_to_one(colours, shape, ground):
    assert contrast(getattr(colours, shape), getattr(colours, ground)) >= 3


@pytest.mark.parametrize("colours", ALL, ids=lambda c: c.name)
def test_the_border_of_every_field_chip_and_button_has_a_contrast_of_three_to_one(colours):
    """Read from the style sheet itself: whatever colour it takes for them."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style_sheet(colours, TypeSizes(11.0)))
    kinds = r"QLineEdit|QPlainTextEdit|QComboBox|QSpinBox|QPushButton|::indicator"
    borders = {
        (selector.strip(), colour)
        for selector, body in rules
        if re.search(kinds, selector) and not re.search("disabled|primary|calendar", selector)
        for colour in re.findall(r"border(?:-color)?:[^;]*(#[0-9a-f]{6})", body)
    }
    faint = [
        (selector, colour, name)
        for selector, colour in borders
        for name in ("paper", "card", "field")
        if contrast(colour, getattr(colours, name)) < 3
    ]

    assert len(borders) > 8
    assert faint == []


def test_contrast_is_computed_as_in_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colours", ALL, ids=lambda c: c.name)
def test_every_colour_is_written_as_six_digits(colours):
    assert all(re.fullmatch(r"#[0-9a-f]{6}", getattr(colours, name)) for name in names())


def test_each_colour_set_is_identified_by_its_background():
    assert len({colours.paper for colours in ALL}) == len(ALL)
