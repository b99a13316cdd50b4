"""The strip: each moment is heard, not yet, nobody's, or not available, and no kind looks like another."""

import pytest
from correcting_bench import OPENED, TRANSCRIPT
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from balint_desktop.domain.transcript.listened import Listened
from balint_desktop.ui.theme.colours import CONTRAST, DARK, LIGHT
from balint_desktop.ui.transcripts.heard_strip import Heard, HeardStrip, heard_share, paint_kind


@pytest.fixture
def strip(look_at, theme):
    made = look_at(HeardStrip(), 400, 30)
    made.show_recording(OPENED.audible, OPENED.phases)
    made.show_text(TRANSCRIPT)
    made.show_listened(Listened(((0, 61_000),)))
    return made


@pytest.mark.parametrize(
    ("at_s", "expected"),
    [
        (30, Heard.HEARD),
        (62, Heard.NOT_YET),
        (67, Heard.NOBODY),
        (205, Heard.NOT_AVAILABLE),
        (999, Heard.NOT_AVAILABLE),
    ],
)
def test_each_moment_is_of_one_kind(strip, at_s, expected):
    assert strip.kind_at(at_s * 1000) is expected


def test_what_was_heard_is_read_out(strip):
    assert strip.accessibleDescription() == "Heard 15%"


@pytest.mark.parametrize(
    ("spans", "expected"), [((), 0), (((0, 389_999),), 97), (((0, 400_000),), 100), (((0, 399_999),), 99)]
)
def test_all_of_it_is_a_hundred_and_nothing_less_is(spans, expected):
    assert heard_share(Listened(spans), OPENED.audible) == expected


def test_without_sound_nothing_was_heard():
    assert heard_share(Listened(((0, 1000),)), ()) == 0


def test_a_click_seeks(strip, qtbot):
    with qtbot.waitSignal(strip.seek_asked) as asked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(200, 10))

    assert asked.args[0] == pytest.approx(200, abs=2)


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST])
def test_no_two_kinds_have_the_same_pattern_in_black_and_white(qapp, colours):
    seen = set()
    for kind in Heard:
        image = QImage(40, 16, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        paint_kind(painter, QRectF(0, 0, 40, 16), kind, colours)
        painter.end()
        # As a screen without colours shows it: light or dark, beside the paper.
        paper = QColor(colours.card).lightness()
        seen.add(tuple(abs(image.pixelColor(x, y).lightness() - paper) > 40 for x in range(40) for y in range(16)))

    assert len(seen) == len(Heard)


@pytest.mark.parametrize("tall", [10.0, 11.7, 23.4])
def test_where_nobody_speaks_a_line_runs_through_the_middle_however_low_it_is(qapp, tall):
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    painter = QPainter(image)
    paint_kind(painter, QRectF(0, 3.6, 40, tall), Heard.NOBODY, LIGHT)
    painter.end()

    middle = round(3.6 + tall / 2)
    rows = [all(image.pixelColor(x, y) != QColor(LIGHT.card) for x in range(5, 35)) for y in range(40)]
    assert any(rows[middle - 1 : middle + 2])
    assert not any(rows[: round(3.6 + tall / 4)] + rows[round(3.6 + tall * 3 / 4) :])
