"""The bar at the foot of the room: every place stays where it is in every state, and nothing of it is cut off."""

from __future__ import annotations

import re

import accessible
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from qt_events import process_events
from room_bench import LATECOMER, M, RoomBench, press

from balint_desktop.domain.recorder import RecorderEventKind, RecorderState
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.ui.room.number import cap_height_px
from balint_desktop.ui.room.panel import RoomPanel
from balint_desktop.ui.room.unlock_panel import UnlockPanel
from balint_desktop.ui.theme.colours import ALL
from balint_desktop.ui.theme.style_sheet import style_sheet
from balint_desktop.ui.theme.type_sizes import sizes_for
from balint_desktop.ui.widgets.slots import Slot

# 640 by 360 is what a screen of 1280 by 720 has at a scale factor of two.
SIZES = [(1280, 720, 1.0), (1280, 720, 1.5), (1280, 720, 2.0), (640, 360, 1.0), (1016, 690, 1.25)]
MM_AN_INCH = 25.4
DIAGONAL_INCH = 14.0


def made(theme, look_at, size, **more):
    width, height, scale = size
    theme.set_scale(scale)
    bench = RoomBench(theme, **more)
    look_at(bench.room, width, height)
    bench.room.enter_view()
    return bench


def places(bench):
    """Return where each place of the bar is, in the room."""
    for _ in range(4):
        process_events()
    bar = bench.room.findChild(QWidget, "room-bar")
    slots = [w for w in bar.findChildren(Slot) if w.isVisibleTo(bench.room)]
    found = {index: in_room(bench, slot) for index, slot in enumerate(slots)}
    for name in ("needs-care", "recording-light", "recording-words"):
        (widget,) = bar.findChildren(QWidget, name)
        found[name] = in_room(bench, widget)
    return found


def in_room(bench, widget):
    corner = widget.mapTo(bench.room, widget.rect().topLeft())
    return (corner.x(), corner.y(), widget.width(), widget.height())


def check(bench, expected, state):
    found = places(bench)
    assert found == expected, state
    inside = QRect(0, 0, bench.room.width(), bench.room.height())
    for place in found.values():
        assert inside.contains(QRect(*place)), state
    assert accessible.cut(bench.room) == [], state
    bar = bench.room.findChild(QWidget, "room-bar")
    for button in bar.findChildren(QAbstractButton):
        if button.isVisibleTo(bench.room):
            assert not button.visibleRegion().isEmpty(), (state, button.objectName())
            assert button.visibleRegion().boundingRect() == button.rect(), (state, button.objectName())
    assert bench.room.findChild(QAbstractButton, "needs-care").isVisibleTo(bench.room), state


def report_muted(bench):
    bench.recorders.last.reports(RecorderEventKind.MUTED, trouble=TroubleCode.MICROPHONE_MUTED)


def lose_microphone(bench):
    bench.recorders.last.ends(17 * M, trouble=TroubleCode.MICROPHONE_GONE)


def pause_while_locked(bench):
    bench.session.recording.is_locked = True
    bench.room.acts.pause(words_wanted=False)


def unlock(bench):
    bench.session.recording.is_locked = False
    bench.room.unlock()


def seal(bench):
    bench.session.recording.stop()
    bench.recorders.last.ends(60 * M, sha256="ab")


def presses(*names):
    def act(bench):
        for name in names:
            press(bench, name)

    return act


def step_at(minute):
    def act(bench):
        bench.to_minute(minute)
        bench.session.step()
        bench.recorders.last.hears(minute * M)

    return act


def ask_to_end(bench):
    bench.to_minute(60)
    for _press in range(2):
        press(bench, "step")


STATES = {
    "not begun": lambda _: None,
    "begun": presses("begin"),
    "recording": RoomBench.record,
    **{f"minute {minute}": step_at(minute) for minute in (3, 5, 12, 17)},
    "extended": lambda bench: bench.session.extend(300),
    "adjusted": lambda bench: bench.session.adjust_phase(60),
    "marking": presses("mark"),
    "marked": presses("mark-name-to-remove"),
    "redacted": presses("recording-strike"),
    "restored": presses("redaction-undo"),
    "paused, with the words": presses("recording-pause"),
    "off the record": lambda bench: bench.recorders.last.hears(18 * M, state=RecorderState.PAUSED),
    "on the record again": presses("recording-resume", "say-resume-act"),
    "muted": report_muted,
    "lost": lose_microphone,
    "recording again": lambda bench: bench.recorders.last.hears(0.1),
    "locked": lambda bench: bench.room.lock(RoomPanel("unlock-panel", "Unlock")),
    "locked and paused": pause_while_locked,
    "unlocked": unlock,
    "off for good": presses("open-who", f"here-{LATECOMER}"),
    "back": presses("who-back"),
    "clock alone": lambda bench: bench.room.toggle_clock_alone(),
    "everything again": lambda bench: bench.room.toggle_clock_alone(),
    "care": presses("needs-care"),
    "cared for": presses("care-back"),
    "near": lambda bench: bench.to_minute(44),
    "late": step_at(50),
    "ending": ask_to_end,
    "ended": presses("end-now"),
    "sealed": seal,
    "long after": lambda bench: bench.to_minute(80),
}


@pytest.mark.parametrize("size", SIZES)
def test_every_place_stays_where_it_is_and_whole_in_every_state(theme, look_at, size):
    bench = made(theme, look_at, size)
    expected = places(bench)
    for state, enter in STATES.items():
        enter(bench)
        check(bench, expected, state)


@pytest.mark.parametrize("size", SIZES)
def test_without_a_recording_the_places_stay_as_well(theme, look_at, size):
    bench = made(theme, look_at, size, recorded=False)
    expected = places(bench)
    for name in ("begin", "step", "open-time", "time-back", "needs-care"):
        press(bench, name)
        check(bench, expected, name)


def test_the_next_step_keeps_its_size_when_it_falls_due(theme, look_at):
    bench = made(theme, look_at, SIZES[0])
    press(bench, "begin")
    step = bench.room.page.step_box.step
    process_events()
    before = (in_room(bench, step), step.fontMetrics().height())
    bench.to_minute(2.5)
    process_events()
    assert step.property("kind") == "primary"
    assert (in_room(bench, step), step.fontMetrics().height()) == before


@pytest.mark.parametrize("size", SIZES)
def test_a_notice_covers_no_button_and_moves_nothing(theme, look_at, size):
    bench = made(theme, look_at, size)
    bench.to_reflection()
    before = {w: in_room(bench, w) for w in visible(bench)}
    bench.recorders.last.reports(RecorderEventKind.MUTED, trouble=TroubleCode.MICROPHONE_MUTED)
    process_events()
    after = {w: in_room(bench, w) for w in visible(bench)}
    notice = bench.room.page.notices
    assert notice.isVisibleTo(bench.room)
    assert {w: place for w, place in after.items() if w in before} == before
    card = QRect(*in_room(bench, notice.findChildren(QLabel)[0].parentWidget()))
    for button, place in after.items():
        if isinstance(button, QAbstractButton) and not notice.isAncestorOf(button):
            assert not card.intersects(QRect(*place)), button.objectName()


@pytest.mark.parametrize("alone", [False, True], ids=["with prompts", "clock alone"])
@pytest.mark.parametrize("size", SIZES)
def test_a_notice_never_lies_over_the_number_and_halves_no_words(theme, look_at, size, alone):
    bench = made(theme, look_at, size)
    bench.to_reflection()
    page = bench.room.page
    page.set_alone(alone=alone)
    # The longest sentence of a recorder, with a button.
    bench.recorders.last.ends(31 * M, trouble=TroubleCode.MICROPHONE_GONE)
    for _ in range(4):
        process_events()
    (label,) = page.notices.findChildren(QLabel)
    card = QRect(*in_room(bench, next(one for one in parents(label) if one.property("kind") == "trouble")))
    for free in (page.number, page.afar):
        assert not (free.isVisibleTo(bench.room) and card.intersects(QRect(*in_room(bench, free)))), free
    for words in (page.number_words, page.phase_title, page.sentence):
        if words.isVisibleTo(bench.room):
            line = text_rect(bench, words)
            assert card.top() <= line.top() or card.top() > line.bottom(), words.text()


def parents(widget):
    while (widget := widget.parentWidget()) is not None:
        yield widget


def text_rect(bench, label):
    left, top, wide, tall = in_room(bench, label)
    if label.alignment() & Qt.AlignmentFlag.AlignTop:
        tall = label.fontMetrics().boundingRect(0, 0, wide, tall, Qt.TextFlag.TextWordWrap, label.text()).height()
    return QRect(left, top, wide, tall)


@pytest.mark.parametrize("size", SIZES)
def test_what_a_panel_asks_for_is_on_the_screen_when_it_opens(theme, look_at, size):
    bench = made(theme, look_at, size)
    for before, act in PANELS:
        before(bench)
        for _ in range(6):
            process_events()
        widget = bench.room.findChild(QWidget, act)
        assert widget.isVisibleTo(bench.room), act
        assert widget.visibleRegion().boundingRect() == widget.rect(), act


def ask_passphrase(bench):
    bench.session.recording.is_locked = True
    bench.room.lock(UnlockPanel(None, None))
    bench.room.page.unlock_asked.emit()


def close_and_end(bench):
    for _phase in bench.session.format.phases[1:]:
        bench.session.step()
    bench.room.refresh()
    press(bench, "step")


PANELS = [
    (presses("begin", "recording-start"), "say-start-act"),
    (presses("say-start-back", "open-time"), "extend-field"),
    (presses("time-back", "open-view"), "view-alone"),
    (lambda bench: (press(bench, "view-back"), close_and_end(bench)), "end-now"),
    (lambda bench: (press(bench, "end-back"), ask_passphrase(bench)), "unlock-secret"),
]


def test_the_recording_light_grows_with_the_text(theme, look_at):
    sides = [made(theme, look_at, (1280, 720, scale)).room.page.record_bar.light.width() for scale in (1.0, 2.0)]

    assert sides[1] >= 1.8 * sides[0]


def visible(bench):
    for _ in range(4):
        process_events()
    kinds = (*bench.room.findChildren(QAbstractButton), *bench.room.findChildren(QLabel))
    return [w for w in kinds if w.isVisibleTo(bench.room) and w.objectName()]


def test_chips_fold_where_there_is_little_room_and_answer_from_there(theme, look_at):
    bench = made(theme, look_at, (640, 360, 1.0))
    bench.to_reflection()
    assert not bench.room.findChild(QAbstractButton, "chip-solving").isVisibleTo(bench.room)
    press(bench, "chips-fold")
    press(bench, "chip-solving")
    assert bench.room.panels.table.situation == "solving"
    assert not bench.room.findChild(QAbstractButton, "chip-solving").isVisibleTo(bench.room)
    assert bench.room.panels.prompts.findChild(QLabel, "prompt-1-words").isVisibleTo(bench.room)


# --- the clock alone ---


def millimetres(pixels, width=1280, height=720):
    return pixels * DIAGONAL_INCH * MM_AN_INCH / (width**2 + height**2) ** 0.5


def test_letters_read_from_afar_are_twelve_millimetres_on_a_screen_of_fourteen_inches():
    assert millimetres(cap_height_px(720)) >= 12
    # A window that leaves room for its title and a task bar.
    assert millimetres(cap_height_px(670)) >= 12


@pytest.mark.parametrize("words", ["recording", "paused", "lost", "starting"])
def test_the_clock_alone_shows_the_state_of_the_recording_from_afar(theme, look_at, words):
    bench = made(theme, look_at, SIZES[0])
    bench.to_reflection()
    if words == "paused":
        bench.room.acts.pause(words_wanted=False)
    elif words == "lost":
        bench.recorders.last.reports(RecorderEventKind.DEVICE_LOST, trouble=TroubleCode.MICROPHONE_GONE)
    bench.room.toggle_clock_alone()
    process_events()
    afar = bench.room.page.afar
    assert afar.isVisibleTo(bench.room)
    assert afar.accessibleName() == bench.room.page.record_bar.words.text()
    assert millimetres(afar.letters_px) >= 12


@pytest.mark.parametrize("size", SIZES)
def test_no_letter_read_from_afar_is_cut(theme, look_at, size):
    bench = made(theme, look_at, size)
    bench.room.toggle_clock_alone()
    process_events()
    afar = bench.room.page.afar
    # With the tails and the accents that other languages put on a capital.
    afar.show_state("Ågg", live=True)
    image = afar.grab().toImage()
    edges = [image.pixelColor(x, y).name() for x in range(image.width()) for y in (0, image.height() - 1)]

    assert set(edges) == {image.pixelColor(image.width() - 1, image.height() // 2).name()}


@pytest.mark.parametrize("size", [*SIZES, (2560, 1440, 1.0)])
def test_alone_the_number_fills_what_the_bar_and_the_state_leave(theme, look_at, size):
    bench = made(theme, look_at, size)
    bench.to_reflection()
    own = QFontMetricsF(bench.room.page.number._font).capHeight()
    bench.room.toggle_clock_alone()
    process_events()
    number, page = bench.room.page.number, bench.room.page
    assert number.digits_px >= 0.85 * number.height()
    if size[1] > 360:
        assert number.digits_px > own
        assert page.afar.mapTo(page, page.afar.rect().topLeft()).y() >= number.geometry().bottom()
    bench.room.toggle_clock_alone()
    process_events()
    assert number.digits_px <= own + 1


# --- chips ---


def luminance(colour):
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", ALL, ids=[colours.name for colours in ALL])
def test_the_outline_of_a_chip_is_seen(colours):
    sheet = style_sheet(colours, sizes_for(10.0))
    outline = re.search(r'kind="chip"\] \{ border: 1px solid (#[0-9a-f]{6})', sheet)[1]
    bright, dark = sorted((luminance(outline), luminance(colours.paper)), reverse=True)

    assert (bright + 0.05) / (dark + 0.05) >= 3
