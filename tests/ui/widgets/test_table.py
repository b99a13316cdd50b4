import json

import pytest
from accessible import cut, nameless, unreachable
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget
from qt_events import process_events

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.widgets.table import Table
from balint_desktop.ui.widgets.table_bar import TableBar
from balint_desktop.ui.widgets.table_memory import TableMemory
from balint_desktop.ui.widgets.table_rows import Cell, ColumnSpec, Room, row

COLUMNS = (
    ColumnSpec("code", "Code"),
    ColumnSpec("joined", "Joined"),
    ColumnSpec("times", "Presented", is_number=True),
    ColumnSpec("remark", "Remark", shown=False),
)
ROWS = (
    row("a", ("P10", Cell("3 Jan 2026", 20260103), Cell("2", 2), "Später")),
    row("b", ("P2", Cell("12 Dec 2025", 20251212), Cell("10", 10), "=1+1")),
    row("c", ("P1", Cell("no date"), Cell("9", 9), "plain")),
)


@pytest.fixture
def make(look_at):
    pages = []

    def made(rows=ROWS, memory=None, width=900, **named):
        table = Table("people", "People", COLUMNS, memory, **named)
        page = QWidget()
        pages.append(page)
        page.bar = TableBar(table)
        page.table = table
        column = QVBoxLayout(page)
        column.addWidget(page.bar)
        column.addWidget(table)
        table.show_rows(rows)
        return look_at(page, width=width, height=500)

    return made


def keys(table):
    return [table.rows.row_at(place).key for place in range(table.rows.rowCount())]


def headings(table):
    return [COLUMNS[at].key for at in table.columns.shown()]


def act(table, heading, words):
    """Choose an entry of the columns' menu, as the keyboard would."""
    menu = table.menu()
    of = next(one for one in menu.findChildren(QMenu) if one.title() == heading)
    next(action for action in of.actions() if action.text() == words).trigger()


def test_rows_are_in_their_original_order_until_sorted(make):
    assert keys(make().table) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("heading", "upwards", "downwards"),
    [("Code", "cba", "abc"), ("Joined", "bac", "abc"), ("Presented", "acb", "bca")],
)
def test_columns_sort_by_value_and_empty_cells_come_last(make, heading, upwards, downwards):
    table = make().table

    act(table, heading, "Sort ascending")
    assert keys(table) == list(upwards)
    act(table, heading, "Sort descending")
    assert keys(table) == list(downwards)


def test_clicking_a_heading_sorts_too(make, qtbot):
    table = make().table
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(0) + header.sectionSize(0) // 2

    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center().__class__(middle, 8))

    assert keys(table) in (["c", "b", "a"], ["a", "b", "c"])
    assert table.rows.sorted_by == "code"


def test_filtering_ignores_case_and_accents_and_preserves_the_selected_row(make, qtbot):
    page = make()
    page.table.choose("a")

    qtbot.keyClicks(page.bar.field, "SPATER")
    qtbot.waitUntil(lambda: keys(page.table) == ["a"])

    assert page.table.chosen_key() == "a"
    assert page.bar.count.text() == "1 row"
    page.bar.field.clear()
    qtbot.waitUntil(lambda: len(keys(page.table)) == 3)
    assert page.table.chosen_key() == "a"


def test_the_selection_follows_its_row_when_the_order_changes(make):
    table = make().table
    table.choose("b")

    act(table, "Presented", "Sort descending")

    assert table.chosen_key() == "b"
    assert table.currentIndex().row() == 0


def test_a_row_that_a_screen_reader_selects_becomes_the_current_one(make, qtbot):
    table = make().table
    assert table.chosen_key() == "a"
    for place, key in ((2, "c"), (1, "b")):
        # As a cell's only action does it from outside.
        wanted = QItemSelectionModel.SelectionFlag.Toggle | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.rows.index(place, 0), wanted)
        qtbot.waitUntil(lambda key=key: table.chosen_key() == key)


def test_selecting_all_rows_leaves_the_current_one(make, qtbot):
    table = make().table
    table.choose("b")
    table.selectAll()
    qtbot.waitUntil(lambda: not table._following.isActive())

    assert table.chosen_key() == "b"


@pytest.mark.parametrize("opens", [True, False])
def test_home_and_end_go_to_the_first_and_the_last_row(make, qtbot, opens):
    table = make(opens=opens).table
    table.choose("b")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.chosen_key() == "c"
    assert [index.row() for index in table.selectionModel().selectedRows()] == [2]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.chosen_key() == "a"
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)

    assert [index.row() for index in table.selectionModel().selectedRows()] == [0, 1, 2]


ROOMY = (
    ColumnSpec("code", "Code"),
    ColumnSpec("remark", "Remark", room=Room.SHRINKS),
    ColumnSpec("times", "Presented", is_number=True, room=Room.LEAVES),
    ColumnSpec("state", "State"),
)
LONG = (row("a", ("P10", "a remark that is rather long", "2", "to be looked at")),)


@pytest.fixture
def roomy(look_at):
    memory = TableMemory()
    table = Table("roomy", "Roomy", ROOMY, memory)
    table.show_rows(LONG)
    table.memory = memory
    return look_at(table, width=900, height=300)


def test_where_not_all_columns_fit_some_leave_and_some_shrink_and_come_back(roomy, qtbot, clipboard):
    needed = roomy.sizeHintForColumn(1)
    assert [ROOMY[at].key for at in roomy.columns.shown()] == ["code", "remark", "times", "state"]
    roomy.resize(330, 300)
    process_events()

    assert [ROOMY[at].key for at in roomy.columns.shown()] == ["code", "remark", "state"]
    assert roomy.columnWidth(1) < needed
    assert roomy.horizontalScrollBar().maximum() == 0
    roomy.selectAll()
    qtbot.keyClick(roomy, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.mimeData().text().splitlines()[0] == "Code\tRemark\tPresented\tState"

    roomy.resize(900, 300)
    assert [ROOMY[at].key for at in roomy.columns.shown()] == ["code", "remark", "times", "state"]
    assert roomy.columnWidth(1) >= needed


def test_a_column_that_is_away_for_want_of_room_is_not_remembered_as_hidden(roomy):
    roomy.resize(330, 300)
    roomy.columns.move(0, 1)

    assert roomy.memory.arranged("roomy").hidden == ()


def test_home_and_end_in_an_empty_table_choose_nothing(make, qtbot):
    table = make(rows=()).table
    qtbot.keyClick(table, Qt.Key.Key_End)

    assert table.chosen_key() == ""


def test_enter_and_a_double_click_open_the_row(make, qtbot):
    table = make().table
    table.choose("b")

    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == ["b"]
    with qtbot.waitSignal(table.opened) as opened:
        table.doubleClicked.emit(table.rows.index(2, 1))
    assert opened.args == ["c"]


@pytest.fixture
def clipboard(qapp):
    """Return the clipboard, empty again at the end: the offscreen one ends the process where it holds a table."""
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


def test_copying_takes_the_selected_rows_in_column_order_without_formulas(make, qtbot, clipboard):
    table = make().table
    act(table, "Remark", "Shown")
    act(table, "Joined", "Shown")
    act(table, "Remark", "Move to the left")
    table.selectAll()

    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    data = clipboard.mimeData()
    assert data.text().splitlines() == [
        "Code\tRemark\tPresented",
        "P10\tSpäter\t2",
        "P2\t'=1+1\t10",
        "P1\tplain\t9",
    ]
    assert "<td>&#x27;=1+1</td>" in data.html()
    assert data.html().count("<tr>") == 4


def test_a_column_that_stays_on_the_screen_is_not_copied(theme, look_at, clipboard):
    table = look_at(Table("t", "T", (ColumnSpec("code", "Code", copied=False), ColumnSpec("seat", "Seat"))))
    table.show_rows([row("a", ("P1", "3"))])
    table.selectAll()
    table.copy()

    assert clipboard.mimeData().text() == "Seat\n3\n"
    assert "P1" not in clipboard.mimeData().html()


def test_every_cell_describes_itself_to_a_screen_reader(make):
    model = make().table.rows

    assert model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Code: P10"


def test_columns_are_remembered_but_none_of_their_content(make, tmp_path):
    file = tmp_path / "tables.json"
    table = make(memory=TableMemory(file)).table
    act(table, "Remark", "Shown")
    act(table, "Code", "Move to the right")
    act(table, "Presented", "Wider")
    act(table, "Presented", "Sort descending")
    wide = table.columnWidth(2)

    again = make(memory=TableMemory(file)).table

    assert headings(again) == ["joined", "code", "times", "remark"]
    assert keys(again) == ["b", "c", "a"]
    assert again.columnWidth(2) == pytest.approx(wide, abs=2)
    text = file.read_text()
    assert not any(word in text for word in ("P1", "2026", "plain", "Später"))


def test_all_columns_can_be_reset(make):
    table = make(sort_by="joined").table
    act(table, "Code", "Shown")
    act(table, "Presented", "Sort ascending")

    menu = table.menu()
    next(action for action in menu.actions() if action.text() == "Reset columns").trigger()

    assert headings(table) == ["code", "joined", "times"]
    assert keys(table) == ["b", "a", "c"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"people": 3}',
        '{"people": {"order": [1]}}',
        json.dumps({"people": {"hidden": None}}),
        "\0",
        json.dumps({"people": {"order": [], "hidden": None, "widths": {"code": float("inf")}}}),
        "[" * 100_000,
    ],
)
def test_damaged_column_settings_are_ignored(make, tmp_path, content):
    (tmp_path / "tables.json").write_text(content)

    assert headings(make(memory=TableMemory(tmp_path / "tables.json")).table) == ["code", "joined", "times"]


def test_the_last_visible_column_cannot_be_hidden(make):
    table = make().table
    act(table, "Joined", "Shown")
    act(table, "Presented", "Shown")

    act(table, "Code", "Shown")

    assert headings(table) == ["code"]


class FailingRows:
    def __init__(self):
        self.asked = []

    def count(self):
        return 1000

    def arrange(self, column, *, descending, words):
        pass

    def index_of(self, key):
        return None

    def window(self, first, many):
        self.asked.append(first)
        raise Trouble(TroubleCode.LOG_DAMAGED)


def test_unreadable_rows_are_reported_once(make):
    table = make().table
    received = []
    table.failed.connect(received.append)

    table.show_from(FailingRows())
    table.scrollToBottom()
    table.grab()

    assert [trouble.code for trouble in received] == [TroubleCode.LOG_DAMAGED]


class LongRows(FailingRows):
    def window(self, first, many):
        self.asked.append(first)
        return [row(str(place), (f"P{place}", "", "", "")) for place in range(first, min(1000, first + many))]


def test_a_long_list_is_read_in_windows_as_they_become_visible(make):
    table, rows = make().table, LongRows()

    table.show_from(rows)
    table.grab()
    assert max(rows.asked) <= 32
    table.scrollToBottom()
    table.grab()

    assert 960 in rows.asked
    assert not {first for first in rows.asked if 128 < first < 800}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_table_and_its_bar_have_names_keys_and_enough_room(make, theme, qtbot, scale):
    theme.set_scale(scale)
    page = make(width=1000)

    assert nameless(page) == []
    assert unreachable(page) == []
    qtbot.waitUntil(lambda: cut(page) == [])
