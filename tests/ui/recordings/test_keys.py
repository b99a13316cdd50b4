"""The shortcuts of a recording's page: of a keyboard, its media keys, and foot pedals."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel

from balint_desktop.ui.recordings import keys
from balint_desktop.ui.recordings.keys import KEYS, PlaybackAction

# QTest has no text for media keys, and warns; real keyboards send none either.
pytestmark = pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def press(opened, qtbot):
    """Press a key on the page of an open recording."""
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)

    def pressed(key, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(opened.page.play_button, key, modifier)

    return pressed


@pytest.mark.parametrize("key", [Key.Key_F4, Key.Key_F9, Key.Key_MediaTogglePlayPause, Key.Key_MediaPlay])
def test_one_key_or_pedal_plays_and_pauses(press, playback, key):
    press(key)
    assert playback.playing

    press(key)

    assert not playback.playing


@pytest.mark.parametrize("key", [Key.Key_MediaStop, Key.Key_MediaPause])
def test_a_pause_key_never_starts_playback(press, playback, key):
    press(key)
    assert not playback.playing
    playback.play()
    press(key)

    assert not playback.playing


@pytest.mark.parametrize(
    ("back", "on"),
    [(Key.Key_F3, Key.Key_F5), (Key.Key_F7, Key.Key_F8), (Key.Key_AudioRewind, Key.Key_AudioForward)],
)
def test_a_pedal_seeks_five_seconds_back_and_forward(press, playback, back, on):
    playback.seek(100.0)
    press(on)
    assert playback.position_s == 105.0
    press(back)
    press(back)

    assert playback.position_s == 95.0


def test_keys_move_between_marks_and_between_phases(press, playback):
    reached = []
    for key, modifier in (
        (Key.Key_Right, CTRL),
        (Key.Key_MediaNext, Qt.KeyboardModifier.NoModifier),
        (Key.Key_MediaNext, Qt.KeyboardModifier.NoModifier),
        (Key.Key_MediaPrevious, Qt.KeyboardModifier.NoModifier),
        (Key.Key_Left, CTRL),
        (Key.Key_PageUp, CTRL),
        (Key.Key_PageDown, CTRL),
        (Key.Key_PageDown, CTRL),
    ):
        press(key, modifier)
        reached.append(playback.position_s)

    assert reached == [420.0, 1500.0, 1500.0, 420.0, 420.0, 180.0, 1020.0, 1020.0]


def test_slower_and_faster_stay_within_the_range_for_transcribing(press, playback, opened):
    for _ in range(6):
        press(Key.Key_Up, CTRL)
    assert playback.speed == 2.0
    assert "at 2× speed" in opened.findChild(QLabel, "recording-where").text()
    for _ in range(9):
        press(Key.Key_Down, CTRL)
    assert playback.speed == 0.75
    opened.page.player.findChild(type(opened.page.play_button), "recording-faster").click()

    assert playback.speed == 1.0
    assert "speed" not in opened.findChild(QLabel, "recording-where").text()


def test_rewinding_on_resume_is_optional(press, playback, deck, opened):
    opened.page.player.rewind.click()
    playback.seek(100.0)
    press(Key.Key_F4)
    deck.hears(10.0)
    press(Key.Key_F4)
    press(Key.Key_F4)
    assert playback.position_s == 108.0

    opened.page.player.rewind.click()
    press(Key.Key_F4)
    press(Key.Key_F4)

    assert playback.position_s == 108.0


def test_no_key_is_a_letter_a_digit_or_bare_punctuation():
    for bound in KEYS.values():
        for key in bound:
            sequence = QKeySequence(key)
            assert sequence.count() == 1
            alone = sequence[0].keyboardModifiers() == Qt.KeyboardModifier.NoModifier
            assert not (alone and sequence[0].key().value < Key.Key_Escape.value)


def test_no_key_triggers_two_acts(opened):
    bound = [QKeySequence(key) for some in KEYS.values() for key in some]

    assert len({sequence.toString() for sequence in bound}) == len(bound)
    assert len(opened.page.player.findChildren(QShortcut)) == len(bound)
    assert set(opened.page.player._actions()) == set(PlaybackAction)


def test_the_keys_are_shown_when_asked_for_and_hidden_again(opened):
    line, asked = opened.findChild(QLabel, "recording-keys"), opened.page.player.keys_button
    assert (line.isHidden(), asked.text()) == (True, "Show shortcut keys")

    asked.click()
    assert (line.isHidden(), asked.text()) == (False, "Hide shortcut keys")
    assert keys.keys_line() == line.text()
    assert "F4 or F9 or Ctrl+Space: play and pause" in line.text()

    asked.click()
    assert line.isHidden()


def test_keys_do_nothing_without_an_open_recording(opened, playback, qtbot):
    opened.show_list()
    qtbot.keyClick(opened.table, Key.Key_F4)

    assert not playback.playing


def test_a_drag_on_the_strip_shows_its_target_and_seeks_there(opened, playback, deck, qtbot):
    strip, where = opened.page.player.strip, opened.findChild(QLabel, "recording-where")
    playback.play()
    middle = QPoint(strip.width() // 2, 5)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=middle)
    deck.hears(1.0)
    assert where.text().startswith("31:0")
    assert "Group reflects" in where.text()
    assert playback.position_s == 61.0

    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=middle)

    assert playback.position_s == pytest.approx(1860, abs=5)
    assert where.text().startswith("31:0")
