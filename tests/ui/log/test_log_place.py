import csv
import io

import pytest
from accessible import cut, nameless, out_of_reading_order, tab_stops, unreachable
from kept_sessions import long_session, short_session
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.log.place import LogPlace
from balint_desktop.ui.log.saving import with_ending
from balint_desktop.ui.messages import MessageKind, Messages


@pytest.fixture
def make(qtbot, work, theme):
    def made(records, where=None):
        place = LogPlace(lambda: tuple(records), work, Messages(), ask=lambda *_args: where)
        qtbot.addWidget(place)
        place.resize(1040, 720)
        place.show()
        place.entered()
        qtbot.waitUntil(lambda: not work.busy)
        return place

    return made


def words(widget):
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget) and label.text()
    )


def cells(table):
    model = table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_an_empty_log_says_so(make):
    place = make([])

    assert "No session has been kept yet." in words(place)
    assert not place.table.isVisible()


def test_sessions_are_listed_newest_first(make):
    place = make([short_session(), long_session()])

    numbers = [row[2] for row in cells(place.table)]
    assert numbers == ["3", "2"]
    assert cells(place.table)[0][3:] == ["P2", "yes", "60:30"]
    assert cells(place.table)[1][3:] == ["none", "no", "not ended"]


def test_enter_opens_a_session_and_the_page_tells_what_happened(make, qtbot):
    place = make([long_session()])
    place.table.setFocus()

    qtbot.keyClick(place.table, Qt.Key.Key_Return)

    told = words(place)
    assert "Wednesday group, session 3" in told
    assert "P1, P2, P10" in told
    assert "7 prompts" in told
    assert "19:58 to 21:00: not recorded (1 min 2 s)" in told
    assert "28:05 to 30:00: the app was away (1 min 55 s)" in told
    assert "60 min, 2 min of it off the record, 1 min struck" in told
    assert "We sat with it." in told
    phases = place.page.findChild(type(place.table), "log-phases")
    assert cells(phases)[1][1:] == ["03:00 to 05:00", "03:00 to 06:00", "3 min"]
    assert place.page.back_button.hasFocus()


def test_the_page_never_tells_marks_or_when_it_was_off_the_record(make, qtbot):
    place = make([long_session()])
    qtbot.keyClick(place.table, Qt.Key.Key_Return)

    told = words(place)
    assert "name to remove" not in told.lower()
    for moment in ("07:00", "08:00", "10:00", "17:00", "18:00"):
        assert moment not in told


def test_a_session_that_stopped_half_way_has_a_page_too(make, qtbot):
    place = make([short_session()])
    qtbot.keyClick(place.table, Qt.Key.Key_Return)

    assert "not ended" in words(place)
    assert "not recorded" in words(place)
    assert not place.page._open.isVisible()


def test_going_back_shows_the_list_again(make, qtbot):
    place = make([long_session()])
    qtbot.keyClick(place.table, Qt.Key.Key_Return)

    qtbot.mouseClick(place.page.back_button, Qt.MouseButton.LeftButton)

    assert place.table.isVisible()
    assert not place.page.isVisible()


def test_the_recording_is_one_press_away(make, qtbot):
    place = make([long_session()])
    qtbot.keyClick(place.table, Qt.Key.Key_Return)

    with qtbot.waitSignal(place.recording_wanted) as wanted:
        qtbot.mouseClick(place.page._open, Qt.MouseButton.LeftButton)

    assert wanted.args == ["a-recording"]


@pytest.mark.parametrize(("name", "rows"), [("all.csv", 2), ("all.phases.csv", 14)])
def test_taking_out_writes_a_table_that_others_read(make, tmp_path, name, rows):
    place = make([short_session(), long_session()], where=tmp_path / name)

    place._out_button.click()

    table = csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8-sig")))
    assert len(list(table)) == rows
    assert "in the clear" in place._messages.last.text


def test_taking_out_never_writes_over_a_file(make, tmp_path):
    (tmp_path / "mine.json").write_text("mine")
    place = make([long_session()], where=tmp_path / "mine.json")

    place._out_button.click()

    assert (tmp_path / "mine.json").read_text() == "mine"
    assert place._messages.last.kind is MessageKind.TROUBLE


def test_a_log_that_cannot_be_read_is_told(qtbot, work, theme):
    def failing():
        raise Trouble(TroubleCode.LOG_DAMAGED)

    messages = Messages()
    place = LogPlace(failing, work, messages)
    qtbot.addWidget(place)
    place.entered()
    qtbot.waitUntil(lambda: messages.last is not None)

    assert messages.last.kind is MessageKind.TROUBLE


def test_a_name_without_an_ending_gets_its_kinds_own(tmp_path):
    assert with_ending(tmp_path / "a", "Everything (*.json)").name == "a.json"
    assert with_ending(tmp_path / "a.csv", "Everything (*.json)").name == "a.csv"
    assert with_ending(tmp_path / "a", "").name == "a"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("opened", [False, True])
def test_everything_has_a_name_a_key_and_room(make, qtbot, theme, scale, opened):
    theme.set_scale(scale)
    place = make([short_session(), long_session()])
    if opened:
        qtbot.keyClick(place.table, Qt.Key.Key_Return)

    assert nameless(place) == []
    assert unreachable(place) == []
    assert out_of_reading_order(place) == []
    qtbot.waitUntil(lambda: cut(place) == [])
    assert tab_stops(place)
