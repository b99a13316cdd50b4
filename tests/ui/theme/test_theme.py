"""The theme: the chosen one is painted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from balint_desktop import resources
from balint_desktop.ui.theme import colours as c
from balint_desktop.ui.theme.theme import Appearance, Theme, colours_now
from balint_desktop.ui.theme.type_sizes import sizes_for
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.text import number


@pytest.mark.parametrize(
    ("appearance", "expected"),
    [(Appearance.LIGHT, c.LIGHT), (Appearance.DARK, c.DARK), (Appearance.CONTRAST, c.CONTRAST)],
)
def test_the_chosen_theme_is_painted(theme, qapp, qtbot, appearance, expected):
    theme.choose(appearance)
    label = QLabel("14")
    qtbot.addWidget(label)
    label.ensurePolished()

    assert theme.colours is expected
    assert colours_now() is expected
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == expected.ink


def test_following_the_system_is_light_or_dark(theme):
    theme.choose(Appearance.SYSTEM)

    assert theme.colours in (c.LIGHT, c.DARK, c.CONTRAST)


def test_dimming_and_back_changes_nothing_else(theme):
    theme.choose(Appearance.DARK)
    theme.set_dimmed(True)
    assert theme.colours is c.DIM

    theme.set_dimmed(False)

    assert theme.colours is c.DARK


def test_a_change_is_reported(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.choose(Appearance.DARK)


def test_a_second_window_in_one_process_has_the_same_sizes(theme, qapp):
    theme.set_scale(2.0)
    second = Theme(qapp, Appearance.LIGHT, scale=2.0)

    assert second.sizes == theme.sizes

    second.deleteLater()


def test_sizes_follow_the_system_and_the_user():
    assert sizes_for(20).body_pt > sizes_for(10).body_pt
    assert sizes_for(10, scale=2).body_pt == pytest.approx(2 * sizes_for(10).body_pt)


def test_text_is_never_too_small_to_read_from_beside_the_chair():
    assert sizes_for(6).body_pt == 11


def test_the_number_is_twelve_millimetres_high_or_more(theme, qtbot):
    label = number("14")
    qtbot.addWidget(label)
    label.ensurePolished()
    # a 14-inch screen of 1280 pixels across is 310 mm wide
    assert label.fontMetrics().tightBoundingRect("14").height() / 1280 * 310 >= 12


def test_the_number_does_not_grow_with_the_users_text_size():
    assert sizes_for(10, scale=2).number_pt == pytest.approx(sizes_for(10).number_pt, rel=0.01)


def test_the_primary_button_is_filled_with_the_accent(theme, qtbot):
    made = button("Begin", "begin", kind=ButtonKind.PRIMARY)
    qtbot.addWidget(made)
    made.resize(made.sizeHint())
    middle_left = made.grab().toImage().pixelColor(6, made.height() // 2)

    assert middle_left.name() == c.LIGHT.accent


def test_each_image_of_the_style_sheet_exists_for_each_colour_set(theme, qapp):
    for colours in c.ALL:
        for picture in ("tick", "dot", "arrow-up", "arrow-down"):
            assert (resources.folder("theme") / f"{picture}-{colours.name}.svg").is_file()


def test_no_colour_is_defined_outside_the_colours():
    ui = Path(c.__file__).parent
    named = [p for p in ui.rglob("*.py") if p.name != "colours.py" and re.search(r"#[0-9a-fA-F]{6}\b", p.read_text())]
    assert named == []


def test_a_plain_button_has_an_outline(theme, qtbot):
    made = QPushButton("Another")
    qtbot.addWidget(made)
    made.resize(made.sizeHint())

    assert made.grab().toImage().pixelColor(0, made.height() // 2).name() == c.LIGHT.ink


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_the_line_under_a_quiet_button_leaves_its_letters_whole(theme, qtbot, scale):
    theme.choose(Appearance.LIGHT)
    theme.set_scale(scale)
    page = QWidget()
    qtbot.addWidget(page)
    made = button("nnnnnn", "quiet", kind=ButtonKind.QUIET)
    made.setParent(page)
    made.adjustSize()
    page.resize(made.size())
    picture = page.grab().toImage()

    rows = [_inked(picture, y) for y in range(picture.height())]
    line = rows.index(1)
    baseline = max(y for y, share in enumerate(rows[:line]) if share)
    assert line - baseline > made.fontMetrics().tightBoundingRect("gjpq").bottom()


def _inked(picture, y):
    """Return the share of a line that is not paper."""
    paper = picture.pixelColor(0, 0).lightness()
    dark = [picture.pixelColor(x, y).lightness() < paper - 40 for x in range(picture.width())]
    return sum(dark) / len(dark)
