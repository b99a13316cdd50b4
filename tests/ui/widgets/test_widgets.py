"""The small widgets: each is named, laid out and painted as expected."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from balint_desktop.domain.group.group import Weekday
from balint_desktop.ui.theme import colours as c
from balint_desktop.ui.widgets.buttons import ButtonKind, button, chip, set_kind
from balint_desktop.ui.widgets.fields import chosen
from balint_desktop.ui.widgets.flow import flow
from balint_desktop.ui.widgets.form import Form
from balint_desktop.ui.widgets.level import LevelMeter
from balint_desktop.ui.widgets.naming import named
from balint_desktop.ui.widgets.text import text


def spoken(widget, what=QAccessible.Text.Name):
    return QAccessible.queryAccessibleInterface(widget).text(what)


def test_a_name_serves_tests_and_screen_readers(qtbot):
    field = named(QLineEdit(), "group-name", "Name of the group", "As the students know it")
    qtbot.addWidget(field)

    assert field.objectName() == "group-name"
    assert spoken(field) == "Name of the group"
    assert spoken(field, QAccessible.Text.Description) == "As the students know it"


@pytest.mark.parametrize("widget", [QLabel, QPushButton])
def test_a_widget_with_text_gets_no_other_name(qtbot, widget):
    made = widget("Words")
    qtbot.addWidget(made)

    with pytest.raises(ValueError, match="read out by its text"):
        named(made, "it", "Other words")


def test_a_button_is_announced_by_its_current_text(qtbot):
    made = button("Begin", "step")
    qtbot.addWidget(made)
    made.setText("Invite the presenter back")

    assert spoken(made) == "Invite the presenter back"


def test_a_single_letter_is_not_a_shortcut(qtbot):
    with pytest.raises(ValueError, match="not a shortcut"):
        button("Begin", "begin", shortcut="B")


def test_pressing_a_button_calls_without_arguments(qtbot):
    pressed = []
    made = button("Begin", "begin", lambda: pressed.append(1))
    qtbot.addWidget(made)
    made.click()

    assert pressed == [1]


def test_a_chip_is_on_or_off(qtbot):
    received = []
    made = chip("Quiet", "chip-quiet", received.append)
    qtbot.addWidget(made)
    made.click()
    made.click()

    assert received == [True, False]


def test_a_button_filled_later_does_not_change_size(qtbot):
    made = button("Invite the presenter back", "step", kind=ButtonKind.PLAIN)
    qtbot.addWidget(made)
    made.ensurePolished()
    before = made.sizeHint()
    set_kind(made, ButtonKind.PRIMARY)

    assert made.sizeHint() == before


def test_a_form_row_labels_its_field(qtbot):
    form = Form()
    qtbot.addWidget(form)
    field = QLineEdit()
    label = form.row("&Support", field, "support", "Who can be turned to")

    assert label.buddy() is field
    assert spoken(field) == "Support"
    assert spoken(field, QAccessible.Text.Description) == "Who can be turned to"
    assert spoken(label) == "Support"


def test_chips_wrap_at_the_available_width(qtbot):
    chips = [chip(f"Chip {n}", f"chip-{n}") for n in range(6)]
    holder = flow(*chips)
    qtbot.addWidget(holder)
    holder.ensurePolished()
    one_line = sum(x.sizeHint().width() for x in chips) + 5 * 10

    assert holder.heightForWidth(one_line) == chips[0].sizeHint().height()
    assert holder.heightForWidth(one_line // 2 + 20) >= 2 * chips[0].sizeHint().height()


def test_a_flow_reserves_no_room_for_hidden_items(qtbot):
    one, two = chip("One", "one"), chip("Two", "two")
    holder = flow(one, two)
    qtbot.addWidget(holder)
    one.hide()
    holder.resize(300, 50)
    holder.show()

    assert two.x() == 0
    holder.close()


def test_the_meter_fills_with_the_level(qtbot, theme):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(120, 8)
    meter.set_level(-33)
    image = meter.grab().toImage()

    assert meter.share == pytest.approx(0.5)
    assert image.pixelColor(30, 4).name() == c.LIGHT.accent
    assert image.pixelColor(90, 4).name() == c.LIGHT.track_left


@pytest.mark.parametrize(("level_db", "share"), [(None, 0), (-120, 0), (0, 1)])
def test_the_meter_stays_within_its_bar(qtbot, level_db, share):
    meter = LevelMeter()
    qtbot.addWidget(meter)
    meter.resize(120, 8)
    meter.set_level(-20)
    meter.set_level(level_db)

    assert meter.share == share


def test_the_meter_has_a_name_and_announces_no_values(qtbot):
    meter = LevelMeter()
    qtbot.addWidget(meter)

    assert spoken(meter) == "Microphone level"
    assert QAccessible.queryAccessibleInterface(meter).valueInterface() is None


def test_typed_text_is_never_read_as_markup(qtbot):
    label = text("<b>P1</b>")
    qtbot.addWidget(label)

    assert label.textFormat() == label.textFormat().PlainText


def test_a_chosen_value_has_its_own_type_again(qtbot):
    days = QComboBox()
    qtbot.addWidget(days)
    days.addItem("No usual day", None)
    days.addItem("Thursday", Weekday.THURSDAY)

    assert chosen(days, Weekday) is None

    days.setCurrentIndex(1)
    assert chosen(days, Weekday) is Weekday.THURSDAY
