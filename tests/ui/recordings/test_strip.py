from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from recordings_shown import OPENED

from balint_desktop.recordings.summary import QuestionMark
from balint_desktop.sealed.part_levels import letter
from balint_desktop.ui.recordings.strip import Strip

LOUD, QUIET = letter(-20.0), letter(-62.0)
LEVELS = {1: LOUD * 1138, 2: QUIET * 1200 + LOUD * 600}
WIDTH = 901
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def strip(look_at, theme):
    def shown(levels):
        made = Strip()
        made.show_recording(replace(OPENED, levels=levels))
        look_at(made, WIDTH, made.sizeHint().height())
        made.resize(WIDTH, made.sizeHint().height())
        return made

    return shown


def x_of(at_s):
    return round((at_s - 60) / 3600 * (WIDTH - 1))


def painted(strip, theme, at_s):
    """Return the height in pixels of a bar's colour around a second of the session."""
    image = strip.grab().toImage()
    wanted = {QColor(theme.colours.accent).rgb(), QColor(theme.colours.track_done).rgb()}
    x = x_of(at_s)
    columns = range(max(0, x - 3), min(image.width(), x + 4))
    return max(sum(image.pixel(c, y) in wanted for y in range(image.height())) for c in columns)


def test_a_strip_with_levels_shows_loudness_and_is_blank_where_silenced(strip, theme):
    made = strip(LEVELS)

    loud, quiet = painted(made, theme, 300), painted(made, theme, 2000)
    assert loud > 20
    assert 0 < quiet <= 4
    for blank_s in (540, 1050, 1230):
        assert painted(made, theme, blank_s) == 0


def test_where_the_levels_end_early_a_line_indicates_sound(strip, theme):
    made = strip(LEVELS)
    image = made.grab().toImage()
    edge = QColor(theme.colours.edge).rgb()

    column = [image.pixel(x, y) for x in range(x_of(3500), x_of(3520)) for y in range(image.height())]
    assert edge in column
    assert painted(made, theme, 3510) == 0


def test_a_strip_without_levels_is_a_plain_band(strip, theme):
    made = strip({})

    assert made.sizeHint().height() < strip(LEVELS).sizeHint().height()
    assert painted(made, theme, 300) == painted(made, theme, 2000) > 5


def test_the_played_part_looks_different(strip, theme):
    made = strip(LEVELS)
    made.follow(400.0)
    image = made.grab().toImage()
    middle = image.height() // 2

    def colours(from_s, until_s):
        return {image.pixelColor(x, middle).name() for x in range(x_of(from_s), x_of(until_s))}

    assert theme.colours.accent in colours(100, 300)
    assert theme.colours.accent not in colours(650, 900)
    assert theme.colours.track_done in colours(650, 900)


def test_a_press_seeks_on_release(strip, qtbot):
    made = strip(LEVELS)
    sought = []
    made.seek_asked.connect(sought.append)

    qtbot.mousePress(made, LEFT, pos=QPoint(x_of(660), 10))
    assert sought == []
    qtbot.mouseRelease(made, LEFT, pos=QPoint(x_of(660), 10))

    assert sought == [pytest.approx(660, abs=4)]


def test_a_drag_seeks_to_its_end_and_stays_within_the_recording(strip, qtbot):
    made = strip(LEVELS)
    sought = []
    made.seek_asked.connect(sought.append)
    qtbot.mousePress(made, LEFT, pos=QPoint(x_of(660), 10))
    qtbot.mouseMove(made, QPoint(x_of(1800), 10))
    qtbot.mouseMove(made, QPoint(WIDTH + 500, 10))
    qtbot.mouseRelease(made, LEFT, pos=QPoint(WIDTH + 500, 10))

    assert sought == [3660.0]


def test_it_describes_what_is_under_the_mouse(strip):
    made = strip(LEVELS)

    assert made._tool_tip_at(x_of(420)).startswith("7:0")
    assert "Call" in made._tool_tip_at(x_of(420))
    assert "name to remove" in made._tool_tip_at(x_of(420))
    assert "off the record" in made._tool_tip_at(x_of(540))


def test_without_a_recording_nothing_is_sought_or_painted(look_at, qtbot):
    made = look_at(Strip(), 300, 60)
    made.show_recording(None)
    made.follow(10.0)
    with qtbot.assertNotEmitted(made.seek_asked):
        qtbot.mouseClick(made, LEFT, pos=QPoint(50, 10))

    assert made._tool_tip_at(5) == ""


@pytest.mark.parametrize("levels", [{}, LEVELS])
def test_a_core_question_is_marked_below_the_band_where_it_was_asked(strip, look_at, levels):
    plain = strip(levels).grab().toImage()
    made = Strip()
    made.show_recording(replace(OPENED, levels=levels, questions=(QuestionMark(3, "What does it cost you?", 2000.0),)))
    look_at(made, WIDTH, made.sizeHint().height())
    made.resize(WIDTH, made.sizeHint().height())
    image = made.grab().toImage()
    changed = {x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != plain.pixel(x, y)}
    assert changed
    assert all(abs(x - x_of(2000)) <= 6 for x in changed)
    assert "question 3" in made._tool_tip_at(x_of(2100))
    assert "question" not in made._tool_tip_at(x_of(1900))
