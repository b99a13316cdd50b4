"""What is drawn, to the pixel: one left edge, one height, whole frames, whole lists; at every size, in every look."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QHeaderView, QLabel, QLineEdit, QRadioButton, QTableView, QVBoxLayout, QWidget

from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.widgets import layouts
from balint_desktop.ui.widgets.buttons import ButtonKind, button
from balint_desktop.ui.widgets.calendar import CalendarPopup
from balint_desktop.ui.widgets.card import Card
from balint_desktop.ui.widgets.choice import Choice
from balint_desktop.ui.widgets.dates import DateField, TimeField
from balint_desktop.ui.widgets.fields import ChoiceField, HoursField, NumberField
from balint_desktop.ui.widgets.narrow import column_in
from balint_desktop.ui.widgets.page_area import PageArea
from balint_desktop.ui.widgets.pages import Pages
from balint_desktop.ui.widgets.table import ColumnSpec, Table
from balint_desktop.ui.widgets.table_rows import row
from balint_desktop.ui.widgets.text import heading, quiet, text

SIZES = [1.0, 1.25, 1.5, 2.0]
LOOKS = [Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST]
# The offscreen platform's warning about any popup.
offscreen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture(params=SIZES, ids=lambda size: f"{size:.0%}")
def size(theme, request):
    theme.set_scale(request.param)
    return request.param


@pytest.fixture(params=LOOKS)
def look(theme, request):
    theme.choose(request.param)
    return theme.colours


@pytest.fixture
def look_at(look_at):
    """Show a widget, and hold on to it until the test is over."""
    shown = []

    def show(widget, wide, tall):
        shown.append(widget)
        return look_at(widget, wide, tall)

    return show


def column(look_at, *widgets):
    """Show widgets below each other, without a margin."""
    page = QWidget()
    made = layouts.column(page)
    for widget in widgets:
        made.addWidget(widget)
    made.addStretch(1)
    return look_at(page, 700, 720)


def fields():
    """One field of each kind, each showing the same digits."""
    line, choice = QLineEdit("11"), ChoiceField()
    choice.addItem("11")
    optional = DateField(optional=True)
    optional.setText("11")
    return [line, choice, NumberField(1, 60, 11), HoursField(300, 11 * 60), TimeField("11:00"), optional]


def ink(widget, beyond=0, contrast=50):
    """Return the first column with a colour other than the widget's ground, from the one given on."""
    # With the page behind it, since most of these have no ground of their own.
    image = widget.window().grab(widget.geometry()).toImage()
    ground = image.pixelColor(image.width() - 8, image.height() // 2).lightness()
    for x in range(beyond, image.width()):
        for y in range(image.height() // 3, image.height() * 2 // 3):
            if abs(image.pixelColor(x, y).lightness() - ground) > contrast:
                return x
    raise AssertionError(f"nothing is drawn of {widget!r}")


def arrow(field):
    """Return the first and last column of ink in the right part of a field, from its right edge."""
    image = field.window().grab(field.geometry()).toImage()
    ground = image.pixelColor(image.width() // 2, image.height() // 2).lightness()
    lines = range(image.height() // 4, image.height() * 3 // 4)
    inked = [
        x
        for x in range(image.width() - image.height(), image.width() - 4)
        if any(abs(image.pixelColor(x, y).lightness() - ground) > 50 for y in lines)
    ]
    return image.width() - inked[0], image.width() - inked[-1]


# --- one height, one edge ---


def test_the_arrow_of_a_date_is_below_that_of_a_list(size, look, look_at):
    choice, field = ChoiceField(), DateField(date(2026, 3, 4))
    choice.addItem("P1")
    column(look_at, choice, field)

    assert arrow(field) == pytest.approx(arrow(choice), abs=1)


def test_a_column_is_as_wide_in_letters_at_every_size(size, look_at):
    page = QWidget()
    column_in(page).addWidget(text("A line."))
    look_at(page, 4000, 300)
    label = page.findChild(QLabel)

    assert label.width() / label.fontMetrics().horizontalAdvance("n" * 100) == pytest.approx(1.04, rel=0.05)


def test_a_page_that_is_shown_in_place_of_another_begins_at_its_top(theme, look_at):
    pages, first, second = Pages(), QWidget(), QWidget()
    for page in (first, second):
        page.setMinimumHeight(2000)
        pages.add(page)
    area = look_at(PageArea(pages, "area", "Pages"), 400, 300)
    bar = area.verticalScrollBar()
    bar.setValue(700)
    pages.show_page(first)
    assert bar.value() == 700
    pages.show_page(second)
    assert bar.value() == 0


def test_a_page_stays_where_it_is_when_what_has_the_focus_goes(theme, look_at):
    page = QWidget()
    rows = layouts.column(page, 600)
    first, second = button("First", "first"), button("Second", "second")
    for made in (first, second):
        rows.addWidget(made)
    area = look_at(PageArea(page, "area", "Pages"), 400, 300)
    area.activateWindow()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    assert area.verticalScrollBar().value() > 0
    first.setFocus()
    area.verticalScrollBar().setValue(0)
    first.hide()
    assert area.verticalScrollBar().value() == 0


def test_a_card_that_ends_with_a_link_has_as_much_room_below_its_words_as_above(size, look_at):
    cards = [Card("first"), Card("second")]
    words, link = text("Hxn"), button("Hxn", "link", kind=ButtonKind.QUIET)
    link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    for card, content in zip(cards, (words, link), strict=True):
        card.body.addWidget(text("Hxn"))
        (card.end_with if content is link else card.body.addWidget)(content)
    column(look_at, *cards)
    below = [card.height() - lowest_ink(card) for card in cards]

    # The line under a link is lower than the letters.
    assert below[1] == pytest.approx(below[0], abs=6 * size)


def lowest_ink(card):
    image = card.window().grab(card.geometry()).toImage()
    ground = image.pixelColor(image.width() // 2, image.height() // 2).lightness()
    inside = range(image.height() - 3, 0, -1)
    return next(y for y in inside if any(abs(image.pixelColor(x, y).lightness() - ground) > 50 for x in range(10, 90)))


def test_all_fields_and_buttons_of_a_row_are_of_one_height(size, look_at):
    shown = [*fields(), DateField(date(2026, 3, 4)), Choice("Choose"), button("Save", "save", kind=ButtonKind.PRIMARY)]
    column(look_at, *shown)

    assert len({widget.height() for widget in shown}) == 1


def test_a_field_keeps_its_height_with_the_focus(size, look_at):
    shown = fields()
    column(look_at, *shown)
    heights = []
    for field in shown:
        field.setFocus()
        heights.append(field.sizeHint().height() if isinstance(field, ChoiceField) else field.height())

    assert len(set(heights)) == 1


def test_what_is_typed_begins_at_one_edge_in_every_field(size, look_at):
    shown = fields()
    column(look_at, *shown)
    begins = [ink(field, beyond=3) for field in shown]

    assert max(begins) - min(begins) <= 1


def test_headings_links_ticks_and_cards_begin_at_one_edge(size, look_at):
    words = "II"
    shown = [heading(words), text(words), quiet(words), button(words, "link", kind=ButtonKind.QUIET)]
    ticks = [QCheckBox(words), QRadioButton(words), Card("card")]
    ticks[-1].body.addWidget(text(words))
    column(look_at, *shown, *ticks)
    # A letter has a bearing of its own, which grows with it.
    bearing = [widget.fontMetrics().leftBearing("I") for widget in shown]

    assert [abs(ink(widget) - bear) <= 1 for widget, bear in zip(shown, bearing, strict=True)] == [True] * len(shown)
    assert [ink(widget, contrast=20) for widget in ticks] == [0, 0, 0]


# --- tables ---


def a_table(look_at):
    columns = (ColumnSpec("day", "II"), ColumnSpec("sessions", "IIII", is_number=True), ColumnSpec("note", "II"))
    table = Table("t", "Table", columns)
    table.show_rows([row(str(number), ("II", "IIII", "II")) for number in range(3)])
    page = QWidget()
    made = QVBoxLayout(page)
    made.addWidget(table)
    made.addWidget(QLineEdit())
    look_at(page, 500, 400)
    return table


@pytest.mark.parametrize("focused", [True, False])
def test_a_tables_frame_is_whole_on_all_sides(size, look, look_at, focused):
    table = a_table(look_at)
    (table if focused else table.parentWidget().findChild(QLineEdit)).setFocus()
    image = table.grab().toImage()
    wide, tall = image.width(), image.height()
    sides = [
        *((0, y) for y in range(4, tall - 4)),
        *((wide - 1, y) for y in range(4, tall - 4)),
        *((x, 0) for x in range(4, wide - 4)),
        *((x, tall - 1) for x in range(4, wide - 4)),
    ]
    expected = look.accent if focused else look.line

    assert {image.pixelColor(x, y).name() for x, y in sides} == {expected}


def test_a_tables_corners_are_whole(size, look, look_at):
    table = a_table(look_at)
    table.setFocus()
    image = table.grab().toImage()
    wide, tall = image.width(), image.height()
    # The frame's inner pixel at each corner is of its colour, or blended with it: nothing is drawn over it.
    corners = [image.pixelColor(x, y) for x in (1, wide - 2) for y in (1, tall - 2)]

    assert {corner.name() for corner in corners} == {look.accent}


def test_cells_stand_under_their_headings(size, look_at):
    table = a_table(look_at)
    header = table.horizontalHeader()
    head, body = header.grab().toImage(), table.viewport().grab().toImage()
    line = table.rowHeight(2)
    for at, from_right in ((0, False), (1, True), (2, False)):
        left, wide = header.sectionViewportPosition(at), header.sectionSize(at)
        across = range(left + 1, left + min(wide, 200) - 1)
        if from_right:
            across = range(left + wide - 2, left, -1)
        in_head = first_ink(head, across, range(3, head.height() - 4))
        in_body = first_ink(body, across, range(2 * line + 3, 3 * line - 3))

        assert abs(in_head - in_body) <= 1


def first_ink(image, across, down):
    ground = image.pixelColor(across[0], down[0]).lightness()
    return next(x for x in across if any(abs(image.pixelColor(x, y).lightness() - ground) > 50 for y in down))


# --- popups ---


@offscreen
def test_a_list_shows_its_last_line_whole_and_its_frame(size, look, look_at):
    choice = ChoiceField()
    for number in range(1, 9):
        choice.addItem(f"P{number}")
    column(look_at, choice)
    choice.showPopup()
    view = choice.view()
    last = view.visualRect(view.model().index(7, 0))

    assert view.viewport().rect().contains(last)
    assert last.height() >= 1.4 * view.fontMetrics().height()
    image = view.grab().toImage()
    across, down = image.width() - 1, image.height() - 1
    edges = [(0, down // 2), (across, down // 2), (across // 2, 0), (across // 2, down)]
    assert {image.pixelColor(*edge).name() for edge in edges} == {look.edge}
    choice.hidePopup()


@offscreen
@pytest.mark.parametrize("at", [0, 350, 640])
def test_a_list_and_a_calendar_are_whole_on_the_screen_wherever_their_field_is(size, look_at, at):
    choice, field = ChoiceField(), DateField(date(2026, 3, 4))
    for number in range(1, 9):
        choice.addItem(f"P{number}")
    above = QWidget()
    above.setFixedHeight(at)
    column(look_at, above, layouts_row(choice, field))
    # Every window of the offscreen platform has a frame of two pixels.
    screen = choice.screen().availableGeometry().adjusted(0, 0, 2, 2)
    choice.showPopup()
    view, popup = choice.view(), choice.view().window()
    assert screen.contains(QRect(popup.pos(), popup.size()))
    assert view.viewport().height() % view.sizeHintForRow(0) == 0
    choice.hidePopup()

    field.show_calendar()
    calendar = field.findChild(CalendarPopup)
    assert screen.contains(QRect(calendar.pos(), calendar.size()))
    calendar.close()


def layouts_row(*widgets):
    holder = QWidget()
    made = layouts.row(holder)
    for widget in widgets:
        made.addWidget(widget)
    return holder


@offscreen
def test_a_long_list_shows_whole_lines_and_scrolls(size, look_at):
    choice = ChoiceField()
    for number in range(1, 31):
        choice.addItem(f"P{number}")
    column(look_at, choice)
    choice.showPopup()
    view = choice.view()

    assert view.verticalScrollBar().maximum() > 0
    assert view.viewport().height() % view.sizeHintForRow(0) == 0
    choice.hidePopup()


@offscreen
@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "ru_RU", "fa_IR", "ar_EG", "hi_IN", "vi_VN"])
def test_the_calendar_shows_each_weekday_and_the_last_week_whole(size, look_at, locale):
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    field = DateField(date(2026, 8, 12))
    column(look_at, field)
    field.show_calendar()
    calendar = field.findChild(CalendarPopup)
    view = calendar.findChild(QTableView)
    model, metrics = view.model(), view.fontMetrics()
    names = [model.index(0, at).data() for at in range(7)]

    assert [view.columnWidth(at) >= metrics.horizontalAdvance(name) for at, name in enumerate(names)] == [True] * 7
    assert view.rowViewportPosition(6) + view.rowHeight(6) <= view.viewport().height()
    assert view.rowHeight(6) >= metrics.height()
    assert view.findChild(QHeaderView) is None or not view.findChild(QHeaderView).isVisible()
    calendar.close()
    QLocale.setDefault(before)


@offscreen
def test_the_calendars_colours_are_the_looks(look, look_at):
    field = DateField(date(2026, 8, 12))
    column(look_at, field)
    field.show_calendar()
    calendar = field.findChild(CalendarPopup)
    view = calendar.findChild(QTableView)
    chosen = next(
        view.visualRect(index)
        for index in (view.model().index(line, at) for line in range(1, 7) for at in range(7))
        if index.data() == 12
    )
    image = view.viewport().grab().toImage()

    assert image.pixelColor(chosen.topLeft() + QPoint(2, 2)).name() == look.accent
    assert image.pixelColor(2, 2).name() in {look.paper, look.card, look.field}
    calendar.close()
