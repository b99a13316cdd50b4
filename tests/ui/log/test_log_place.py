import csv
import io
import json

import pytest
from accessible import cut, nameless, out_of_reading_order, tab_stops, unreachable
from kept_sessions import GROUP, P1, P2, RECORDING, at, record_of
from log_bench import cells, words
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.ui.export.save_dialog import with_ending
from balint_desktop.ui.log import wording
from balint_desktop.ui.shell.messages import MessageKind
from balint_desktop.ui.widgets.sections import Section, SectionEntry
from balint_desktop.vault.study_numbers import read_numbers


def opened(place, qtbot):
    qtbot.keyClick(place.table, Qt.Key.Key_Return)
    return place


def test_an_empty_log_explains_what_to_do(bench):
    place = bench.place()

    assert "No sessions yet." in words(place)
    assert not place.table.isVisible()
    assert place.list._enter_button.isVisible()


def test_sessions_are_listed_newest_first_with_sessions_and_cases_counted_separately(bench):
    bench.long_session()
    bench.short_session()

    place = bench.place()

    shown = cells(place.table, "number", "presenter", "recorded", "length", "marked")
    assert shown == [["3", "P2", "yes", "60:30", ""], ["2", "none", "no", "not ended", "no debrief"]]
    assert "2 sessions, 1 case" in words(place)


def test_a_session_whose_call_was_recorded_says_so():
    started = f.RecordingStarted(at=at(1), recording=RECORDING, part=1)
    call = f.ComputerRecorded(at=at(1), recording=RECORDING, part=1)
    stopped = f.RecordingStopped(at=at(3))

    with_call, without = (
        wording.recorded(record_of(f.Began(at=at(0)), *facts))
        for facts in ((started, call, stopped), (started, stopped))
    )

    assert (with_call, without) == ("2 min; microphone and call", "2 min")


def test_enter_opens_a_session_and_its_page_shows_what_happened(bench, qtbot):
    bench.long_session()
    place = bench.place()
    place.table.setFocus()

    opened(place, qtbot)

    shown = words(place)
    assert "Wednesday group, session 3" in shown
    assert "P1, P2, P10" in shown
    assert "7 prompts" in shown
    assert "19:58 to 21:00: not recorded (1 min 2 s)" in shown
    assert "28:05 to 30:00: window not responding (1 min 55 s)" in shown
    assert "60 min, 2 min of it off the record and 1 min removed" in shown
    assert "We sat with it." in shown
    assert cells(place.page.facts._phases)[1][1:] == ["3:00 to 5:00", "3:00 to 6:00", "3 min"]
    assert place.page.back_button.hasFocus()


def test_the_page_never_shows_marks_or_times_off_the_record(bench, qtbot):
    bench.long_session()

    shown = words(opened(bench.place(), qtbot))

    assert "name to remove" not in shown.lower()
    for moment in ("7:00", "8:00", "10:00", "17:00", "18:00"):
        assert moment not in shown


def test_a_session_that_stopped_midway_has_a_page_too(bench, qtbot):
    bench.short_session()

    place = opened(bench.place(), qtbot)

    assert "not ended" in words(place)
    assert "not recorded" in words(place)
    assert not place.page.facts._open.isVisible()


def test_a_session_awaiting_its_debrief_cannot_be_corrected_yet(bench, qtbot):
    bench.short_session()

    place = opened(bench.place(), qtbot)

    assert not place.page.facts.correct_button.isVisible()
    assert "after the debrief" in words(place)


def test_going_back_shows_the_list_at_the_same_session(bench, qtbot):
    bench.long_session()
    earlier = bench.short_session()
    place = bench.place()
    place.table.choose(earlier)
    opened(place, qtbot)

    qtbot.mouseClick(place.page.back_button, Qt.MouseButton.LeftButton)

    assert place.table.isVisible()
    assert not place.page.isVisible()
    assert place.table.chosen_key() == earlier


def test_the_recording_is_one_press_away(bench, qtbot):
    bench.long_session()
    place = opened(bench.place(), qtbot)

    with qtbot.waitSignal(place.recording_asked) as wanted:
        qtbot.mouseClick(place.page.facts._open, Qt.MouseButton.LeftButton)

    assert wanted.args == ["a-recording"]


class OtherSection(Section):
    def __init__(self):
        super().__init__()
        self.shown = []

    def show_subject(self, thing):
        self.shown.append(thing.setting.number)


def test_an_added_section_gets_the_record(bench, qtbot):
    session, section = bench.long_session(), OtherSection()
    place = bench.place(sections=(SectionEntry("review", "Review", lambda: section),))

    place.show_session(session)
    place.page.sections.chips["review"].click()

    assert section.shown == [3]
    assert place.page.sections.chips["facts"].isVisible()


def choose(choice, words):
    choice.setCurrentIndex(choice.findText(words))


def test_filters_narrow_the_list_and_the_counts_and_can_be_cleared(bench):
    bench.long_session()
    bench.hold(f.Began(at=at(0), present=(P1,)), f.Ended(at=at(50)), number=6, kind=SessionKind.EVALUATION)
    place = bench.place()
    filters = place.list.filters

    choose(filters.kind, "Evaluations")
    assert cells(place.table, "number") == [["6"]]
    assert "1 session, 0 cases" in words(place)
    filters.all_button.click()
    choose(filters.recorded, "Recorded")
    assert cells(place.table, "number") == [["3"]]
    assert not filters.presenter.isVisible()
    choose(filters.group, "Wednesday group")
    choose(filters.presenter, "P10")
    assert cells(place.table, "number") == []
    assert "No matching sessions." in words(place)


def test_a_search_shows_matching_text_and_only_while_it_lasts(bench, qtbot):
    bench.long_session()
    bench.hold(number=4, debrief=Debrief("Nobody wanted to begin."))
    place = bench.place()

    qtbot.keyClicks(place.list.bar.field, "NOBOD")
    qtbot.waitUntil(lambda: cells(place.table, "number", "found") == [["4", "Nobody wanted to begin."]])
    assert not place.table.isColumnHidden(12)
    place.list.bar.field.clear()
    qtbot.waitUntil(lambda: len(cells(place.table)) == 2)
    assert place.table.isColumnHidden(12)


def test_an_older_log_is_read_on_between_two_keystrokes(bench, qtbot):
    for number in range(1, 80):
        bench.hold(number=number, debrief=Debrief())

    place = bench.place()
    qtbot.waitUntil(lambda: not place._outdated_timer.isActive())

    assert {row[0] for row in cells(place.table, "length")} == {"60:00"}
    assert not place.list._left.isVisible()


@pytest.mark.parametrize(("name", "rows"), [("all.csv", 2), ("all.phases.csv", 14)])
def test_exporting_writes_a_table_that_other_programs_read(bench, tmp_path, name, rows):
    bench.long_session()
    bench.short_session()
    bench.where = tmp_path / name
    place = bench.place()

    place.list._out_button.click()

    table = csv.DictReader(io.StringIO((tmp_path / name).read_text("utf-8-sig")))
    assert len(list(table)) == rows
    assert "not encrypted" in bench.messages.last.text
    assert bench.vault.log.audit.rows()[-1].act == "report-taken-out"


def test_the_full_log_has_by_number_in_its_file_name_whatever_was_typed(bench, tmp_path):
    bench.long_session()
    bench.where = tmp_path / "mine.json"
    place = bench.place()

    place.list._out_button.click()

    content = json.loads((tmp_path / "mine.by-number.json").read_text())
    number = read_numbers(bench.vault, GROUP).label(P2)
    assert content["sessions"][0]["presenters"] == [[1, number]]
    assert not (tmp_path / "mine.json").exists()


def test_the_audit_trail_is_exported_from_the_log_too(bench, tmp_path):
    bench.long_session()
    bench.where = tmp_path / "t.audit.json"
    place = bench.place()

    place.list._out_button.click()

    assert json.loads((tmp_path / "t.audit.json").read_text())["holds"]


def test_exporting_respects_the_filters(bench, tmp_path):
    bench.long_session()
    bench.short_session()
    bench.where = tmp_path / "some.xlsx"
    place = bench.place()
    choose(place.list.filters.recorded, "Recorded")

    place.list._out_button.click()

    assert load_workbook(tmp_path / "some.xlsx")["sessions"].max_row == 2


def test_exporting_never_overwrites_a_file(bench, tmp_path):
    (tmp_path / "mine.csv").write_text("mine")
    bench.where = tmp_path / "mine.csv"
    bench.long_session()
    place = bench.place()

    place.list._out_button.click()

    assert (tmp_path / "mine.csv").read_text() == "mine"
    assert bench.messages.last.kind is MessageKind.TROUBLE


def test_an_unreadable_log_is_reported(bench, monkeypatch):
    place = bench.place()

    def failing(*_args):
        raise Trouble(TroubleCode.LOG_DAMAGED)

    monkeypatch.setattr(bench.book, "refresh_summaries", failing)
    place.enter_view()

    assert bench.messages.last.kind is MessageKind.TROUBLE


def test_a_file_name_without_an_extension_gets_the_one_of_its_type(tmp_path):
    assert with_ending(tmp_path / "a", "Everything (*.json)").name == "a.json"
    assert with_ending(tmp_path / "a.csv", "Everything (*.json)").name == "a.csv"
    assert with_ending(tmp_path / "a", "").name == "a"


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("shown", ["list", "session", "correcting", "erasing", "entering"])
def test_everything_has_a_name_a_key_and_enough_room(bench, qtbot, theme, scale, shown):
    theme.set_scale(scale)
    bench.short_session()
    bench.long_session()
    place = bench.place()
    if shown == "entering":
        place.list._enter_button.click()
    elif shown != "list":
        opened(place, qtbot)
    if shown == "correcting":
        place.page.facts.correct_button.click()
    if shown == "erasing":
        place.page.facts.erase_button.click()

    assert nameless(place) == []
    assert unreachable(place) == []
    assert out_of_reading_order(place) == []
    qtbot.waitUntil(lambda: cut(place) == [])
    assert tab_stops(place)
