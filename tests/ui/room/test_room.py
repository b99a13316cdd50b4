"""The session room, operated as a facilitator would: calm, named, and doing nothing by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

import accessible
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel
from qt_events import process_events
from room_bench import EVERYONE, LATECOMER, M, RoomBench, find, press, reads, shown

from balint_desktop.domain.recorder import RecorderEventKind, RecorderState
from balint_desktop.domain.session.facts import to_fields
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.domain.values import MarkKind, RecordingState
from balint_desktop.ui.room.view_panel import RoomKeys, keys_line
from balint_desktop.ui.theme.theme import Appearance


@pytest.fixture
def bench(theme, look_at):
    made = RoomBench(theme)
    look_at(made.room)
    made.room.enter_view()
    yield made
    made.room.leave_view()


@pytest.fixture
def reflecting(bench):
    bench.to_reflection()
    return bench


def number(bench):
    return bench.room.page.number._text


def test_the_clock_starts_only_with_begin(bench):
    bench.wait(2 * M)
    assert number(bench) == "45"
    assert not shown(bench, "recording-start")
    press(bench, "begin")
    assert bench.session.state.has_begun
    assert bench.session.state.present == frozenset(EVERYONE)
    assert not shown(bench, "begin")
    bench.wait(M)
    assert number(bench) == "44"
    assert reads(bench, "number-words").startswith("minutes until the presenter returns, at ")


def test_recording_is_a_separate_step_with_its_own_words(bench):
    press(bench, "begin")
    assert bench.recorders.made == []
    press(bench, "recording-start")
    assert bench.recorders.made == []
    assert "starting the recorder" in reads(bench, "say-start-words-line-1")
    press(bench, "say-start-act")
    bench.recorders.last.hears(0.1)
    assert reads(bench, "recording-words") == "Recording"
    assert bench.recorders.last.device == "USB"


def test_the_verb_of_the_step_button_changes_and_the_step_can_be_undone(bench):
    press(bench, "begin")
    assert find(bench, "step", QAbstractButton).text() == "Call for a case"
    press(bench, "step")
    assert find(bench, "step", QAbstractButton).text() == "Start the case"
    press(bench, "step-undo")
    assert find(bench, "step", QAbstractButton).text() == "Call for a case"
    assert not shown(bench, "step-undo")


def test_the_step_button_is_filled_from_two_minutes_before_its_time(reflecting):
    step = find(reflecting, "step", QAbstractButton)
    reflecting.to_minute(42.9)
    assert step.property("kind") == "large"
    reflecting.to_minute(43)
    assert step.property("kind") == "primary"
    assert "Come back in" in reads(reflecting, "words-card-line-1")


def test_past_the_mark_the_overrun_is_shown_and_nothing_else_happens(reflecting):
    reflecting.to_minute(47.5)
    assert number(reflecting) == "+2"
    assert reflecting.session.state.phase == 4
    assert [f.kind for f in reflecting.log.facts][-1] == "step-taken"


def test_there_are_at_most_two_prompts_whatever_is_pressed(reflecting):
    def cards():
        return [n for n in ("words-card", "prompt-1", "prompt-2", "prompt-3") if shown(reflecting, n)]

    assert len(cards()) == 2
    before = reads(reflecting, "prompt-1-words")
    press(reflecting, "another")
    assert reads(reflecting, "prompt-1-words") != before
    press(reflecting, "chip-solving")
    assert reads(reflecting, "prompt-1-words") == "I notice we’re moving to solutions."
    assert len(cards()) == 2
    press(reflecting, "chip-solving")
    assert reads(reflecting, "prompt-1-words") != "I notice we’re moving to solutions."
    reflecting.to_minute(44)
    assert cards() == ["words-card", "prompt-1"]


def test_a_prompt_shows_its_basis_on_request(reflecting):
    press(reflecting, "chip-solving")
    assert not shown(reflecting, "prompt-1-basis")
    press(reflecting, "prompt-1-why")
    assert "Ng, Seu & Cullum 2022" in reads(reflecting, "prompt-1-basis")


def chips(bench):
    process_events()
    return [
        b.objectName()
        for b in bench.room.findChildren(QAbstractButton)
        if b.objectName().startswith("chip-") and b.isVisibleTo(bench.room)
    ]


def answers(bench):
    """Return the lines on the right side of the room."""
    process_events()
    names = ("words-card-line-1", "prompt-1-words", "prompt-2-words")
    return tuple(reads(bench, name) if shown(bench, name) else "" for name in names)


def test_there_are_at_most_eight_chips_in_every_phase(bench):
    press(bench, "begin")
    for _step in range(6):
        assert 1 <= len(chips(bench)) <= 8
        assert "chip-risk" in chips(bench)
        press(bench, "step")


def test_every_chip_answers_at_once_in_every_phase_in_place_of_the_words(bench):
    press(bench, "begin")
    for phase in bench.session.format.phases:
        words = answers(bench)[0]
        for name in chips(bench):
            press(bench, name)
            line, *prompts = answers(bench)
            situations = {prompt.situation for prompt in bench.room.panels.table.prompts}
            assert (line, situations) == ("", {name.removeprefix("chip-")}), phase.key
            assert any(prompts), (phase.key, name)
            press(bench, name)
            assert answers(bench)[0] == words
        if phase is not bench.session.format.phases[-1]:
            press(bench, "step")


@pytest.mark.parametrize("research", [True, False])
def test_prompts_from_the_papers_findings_are_off_if_the_group_is_recorded_for_research(theme, look_at, research):
    bench = RoomBench(theme, research=research)
    look_at(bench.room)
    press(bench, "begin")
    assert bench.room.panels.table.themes is not research
    press(bench, "open-view")
    find(bench, "view-themes", QAbstractButton).click()
    assert bench.room.panels.table.themes is research


def test_only_the_number_of_prompts_is_stored_never_the_chip(reflecting):
    before = len(reflecting.log.facts)
    shown_before = reflecting.log.prompts
    press(reflecting, "chip-silence")
    press(reflecting, "another")
    press(reflecting, "needs-care")
    assert len(reflecting.log.facts) == before
    assert reflecting.log.prompts > shown_before


def test_pausing_is_immediate_and_resuming_has_its_words(reflecting):
    press(reflecting, "recording-pause")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    assert "paused the recorder" in reads(reflecting, "say-pause-words-line-1")
    reflecting.recorders.last.hears(31 * M, state=RecorderState.PAUSED)
    press(reflecting, "recording-resume")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    press(reflecting, "say-resume-act")
    assert reflecting.session.state.recording.state is RecordingState.RECORDING


def test_redacting_and_marking_work(reflecting):
    press(reflecting, "mark")
    press(reflecting, "mark-name-to-remove")
    assert reflecting.session.state.moments[0].mark is MarkKind.NAME_TO_REMOVE
    assert not shown(reflecting, "mark-kinds")
    press(reflecting, "recording-strike")
    assert len(reflecting.session.state.recording.redacted) == 1
    assert reads(reflecting, "recording-words") == "Off the record"


def test_a_removed_minute_can_be_brought_back_for_ten_seconds(reflecting):
    press(reflecting, "recording-strike")
    assert reads(reflecting, "notice-redacted") == "Last minute removed. Recording paused."
    press(reflecting, "redaction-undo")
    assert reflecting.session.state.recording.redacted == ()
    assert reads(reflecting, "recording-words") == "Recording"
    assert not shown(reflecting, "notice-redacted")
    press(reflecting, "recording-strike")
    reflecting.to_minute(31.3)
    assert not shown(reflecting, "redaction-undo")
    assert len(reflecting.session.state.recording.redacted) == 1


def test_someone_needs_care_is_calm_and_can_pause(reflecting):
    press(reflecting, "needs-care")
    lines = [reads(reflecting, f"care-lines-line-{n}") for n in range(1, 8)]
    assert "Student Health, ground floor" in lines[-1]
    assert not shown(reflecting, "prompts")
    press(reflecting, "care-pause")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    assert shown(reflecting, "care")
    press(reflecting, "care-back")
    assert shown(reflecting, "prompts")


def test_a_latecomer_without_consent_pauses_in_the_same_act(reflecting):
    press(reflecting, "open-who")
    press(reflecting, f"here-{LATECOMER}")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    assert not shown(reflecting, "recording-resume")
    assert LATECOMER not in reads(reflecting, "notice-latecomer-paused")
    press(reflecting, f"here-{LATECOMER}")
    assert shown(reflecting, "recording-resume")


def test_an_observer_who_comes_in_pauses_the_recording_until_they_agree(reflecting):
    press(reflecting, "open-who")
    assert not find(reflecting, "observer-agrees").isEnabled()
    press(reflecting, "observer-here")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    assert not shown(reflecting, "recording-resume")
    press(reflecting, "observer-agrees")
    assert shown(reflecting, "recording-resume")
    press(reflecting, "observer-here")
    assert not find(reflecting, "observer-agrees").isChecked()


def test_the_presenter_is_chosen_by_seat_and_not_displayed(reflecting):
    press(reflecting, "open-who")
    seats = [b.text() for b in find(reflecting, "who-presents-1").findChildren(QAbstractButton)]
    assert seats == ["P7", "P6", "P5", "P4", "P3", "P2", "P1"]
    press(reflecting, "presents-1-P4")
    assert reflecting.session.state.presenters == {1: "P4"}
    press(reflecting, "who-back")
    assert "P4" not in " ".join(
        w.text() for w in reflecting.room.findChildren(QLabel) if w.isVisibleTo(reflecting.room)
    )


def test_a_second_case_has_its_own_presenter(theme, look_at):
    bench = RoomBench(theme, "two-cases")
    look_at(bench.room)
    press(bench, "begin")
    press(bench, "open-who")
    press(bench, "presents-1-P1")
    press(bench, "presents-2-P2")
    assert bench.session.state.presenters == {1: "P1", 2: "P2"}


def test_a_slip_in_who_is_here_shows_at_once_and_can_be_undone(theme, look_at):
    bench = RoomBench(theme, labels={"P4": "M. T."})
    look_at(bench.room)
    press(bench, "begin")
    press(bench, "open-who")
    assert not shown(bench, "who-undo")
    press(bench, "here-P4")
    assert reads(bench, "who-change") == "M. T. has left."
    press(bench, "who-undo")
    assert "P4" in bench.session.state.present
    assert reads(bench, "who-change") == ""
    assert not shown(bench, "who-undo")


def test_labels_are_shown_and_stored_nowhere(theme, look_at):
    bench = RoomBench(theme, labels={code: f"seat {code[1:]}" for code in EVERYONE})
    look_at(bench.room)
    press(bench, "begin")
    press(bench, "open-who")
    assert find(bench, "here-P4", QAbstractButton).text() == "seat 4"
    assert find(bench, "here-P7", QAbstractButton).text() == "P7"
    press(bench, "presents-1-P4")
    press(bench, "here-P5")
    assert not any("seat" in str(to_fields(fact)) for fact in bench.log.facts)


def test_a_minute_can_be_added_or_removed(reflecting):
    press(reflecting, "minute-less")
    press(reflecting, "minute-more")
    assert [f.seconds for f in reflecting.log.facts[-2:]] == [-60, 60]


def test_moving_the_marks_previews_the_times(reflecting):
    press(reflecting, "open-time")
    before = reads(reflecting, "time-now")
    reflecting.room.panels.time.minutes_more.setValue(10)
    preview = reads(reflecting, "time-would-be").removeprefix("New times: ")
    assert preview != before
    assert [m.at_s for m in reflecting.session.state.marks] == [45 * M, 60 * M]
    press(reflecting, "extend-do")
    assert [m.at_s for m in reflecting.session.state.marks] == [55 * M, 70 * M]
    assert reads(reflecting, "time-now") == preview

    reflecting.room.panels.time.minutes_ago.setValue(3)
    press(reflecting, "began-earlier-do")
    assert reflecting.session.elapsed_s() == 34 * M


def test_having_to_finish_by_a_time_sets_the_end(reflecting):
    press(reflecting, "open-time")
    field = reflecting.room.panels.time.end_at
    end = datetime.strptime(field.time_of_day(), "%H:%M") - timedelta(minutes=5)  # noqa: DTZ007  a time of day alone
    field.set_time(f"{end:%H:%M}")
    press(reflecting, "out-by-do")
    assert 54 * M <= reflecting.session.state.end.at_s <= 55 * M


def test_an_impossible_act_is_reported_and_not_done(reflecting):
    press(reflecting, "open-time")
    reflecting.room.panels.time.minutes_ago.setValue(-45)
    assert "Not possible" in reads(reflecting, "time-would-be")
    press(reflecting, "began-earlier-do")
    assert reflecting.session.elapsed_s() == 31 * M


@pytest.fixture
def closing(reflecting):
    for minute in (45, 55):
        reflecting.to_minute(minute)
        press(reflecting, "step")
    reflecting.to_minute(59)
    return reflecting


def test_the_end_and_the_recording_stop_in_one_act(closing):
    press(closing, "step")
    press(closing, "end-and-stop")
    assert closing.session.state.ended_s is not None
    assert closing.recorders.last.said[-1] == "stop"
    closing.recorders.last.ends(59 * 60.0, sha256="ab")
    assert find(closing, "to-debrief", QAbstractButton).isEnabled()
    assert not shown(closing, "recording-stop")


def test_a_session_that_is_not_recorded_ends_with_one_button(theme, look_at):
    bench = RoomBench(theme, "evaluation", recorded=False)
    look_at(bench.room)
    for name in ("begin", "step", "step", "step"):
        press(bench, name)
    assert find(bench, "end-now", QAbstractButton).text() == "End now"
    assert not shown(bench, "end-and-stop")
    press(bench, "end-now")
    assert bench.session.state.ended_s is not None


def test_after_the_end_the_line_of_phases_stands_still(closing):
    press(closing, "step")
    press(closing, "end-and-stop")
    process_events()
    at_the_end = closing.room._view.track
    closing.to_minute(80)
    assert closing.room._view.track == at_the_end
    assert at_the_end[-1].until_share == 1.0


def test_after_an_early_end_no_phase_that_did_not_take_place_is_labelled(bench):
    press(bench, "begin")
    press(bench, "step")
    bench.to_minute(4)
    bench.session.end()
    bench.to_minute(10)
    assert [segment.label for segment in bench.room._view.track] == ["Open", "Call"]


def test_ending_needs_a_second_act_with_the_focus_on_the_harmless_one(closing):
    reflecting = closing
    press(reflecting, "step")
    assert reflecting.session.state.ended_s is None
    assert QApplication.focusWidget() is find(reflecting, "end-back")
    press(reflecting, "end-back")
    assert reflecting.session.state.ended_s is None
    press(reflecting, "step")
    press(reflecting, "end-now")
    assert reflecting.session.state.ended_s is not None
    assert reads(reflecting, "phase-title") == "The session has ended"
    # Recording continues until it is stopped, and the debrief waits for that.
    assert not find(reflecting, "to-debrief", QAbstractButton).isEnabled()
    press(reflecting, "recording-stop")
    press(reflecting, "say-stop-act")
    assert reflecting.recorders.last.said[-1] == "stop"
    reflecting.recorders.last.ends(59 * 60.0, sha256="ab")
    assert find(reflecting, "to-debrief", QAbstractButton).isEnabled()


def test_the_quiet_note_at_twenty_minutes_is_a_sentence_that_can_be_dismissed(bench):
    press(bench, "begin")
    bench.to_minute(20)
    assert "has not sat back yet. The group has 25 minutes left." in reads(bench, "notice-presenter-still-in")
    press(bench, "notice-presenter-still-in-away")
    assert not shown(bench, "notice-presenter-still-in")


def test_a_laptop_waking_from_sleep_reports_what_was_not_recorded(bench):
    press(bench, "begin")
    bench.record()
    bench.to_minute(31)
    bench.recorders.last.hears(31 * M)
    bench.clock.sleep(115)
    bench.tick()
    assert reads(bench, "notice-back-again") == "Back at 32:55."
    bench.recorders.last.misses(31 * M, 115.0)
    assert reads(bench, "notice-gap") == "Recording again since 32:55. 1 min 55 s were not recorded."
    assert not shown(bench, "notice-back-again")
    bench.to_minute(35)
    assert not shown(bench, "notice-gap")


def test_a_window_that_was_busy_is_not_reported_as_a_gap(theme, look_at):
    bench = RoomBench(theme)
    look_at(bench.room)
    press(bench, "begin")
    bench.record()
    bench.session._missed_time._awake_s = lambda: bench.clock.now().boot
    bench.tick()
    bench.clock.advance(40)
    bench.tick()
    bench.recorders.last.hears(40)
    assert not shown(bench, "notice-back-again")
    assert bench.session.state.away == ()


def test_a_lost_microphone_is_reported_in_the_recordings_line(reflecting):
    reflecting.recorders.last.reports(RecorderEventKind.MUTED, trouble=TroubleCode.MICROPHONE_MUTED)
    assert "muted" in reads(reflecting, "recording-trouble")
    reflecting.recorders.last.reports(RecorderEventKind.UNMUTED)
    assert not shown(reflecting, "recording-trouble")
    reflecting.recorders.last.ends(1859.0, trouble=TroubleCode.MICROPHONE_GONE)
    assert "Everything up to 30:59 is sealed" in reads(reflecting, "recording-trouble")
    assert reads(reflecting, "recording-words") == "Not recording now"
    assert "Recording then resumes" in reads(reflecting, "recording-trouble")
    assert not shown(reflecting, "recording-start")
    assert not shown(reflecting, "recording-again")


def test_a_full_disk_is_reported_in_the_room_and_the_step_is_not_taken(reflecting):
    reflecting.log.broken = TroubleCode.DISK_FULL
    press(reflecting, "step")
    assert "The disk is full" in reads(reflecting, "notice-trouble")
    assert reflecting.session.state.phase == 4


def test_a_session_opens_no_dialog(reflecting):
    names = "mark recording-strike needs-care open-who open-time open-view recording-resume step step-undo".split()
    for name in names:
        press(reflecting, name)
        reflecting.recorders.last.hears(31 * M, state=RecorderState.PAUSED)
        windows = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not reflecting.room.window()]
        assert not [w for w in windows if isinstance(w, QDialog) or w.isModal()]


def test_without_a_recording_the_room_says_so_and_offers_none(theme, look_at):
    bench = RoomBench(theme, recorded=False)
    look_at(bench.room)
    press(bench, "begin")
    assert reads(bench, "recording-words") == "Not recording"
    for name in ("recording-start", "recording-pause", "recording-strike"):
        assert not shown(bench, name)


def test_the_prompts_can_be_hidden_to_leave_only_the_clock(reflecting, theme):
    press(reflecting, "hide-prompts")
    assert not shown(reflecting, "prompts")
    press(reflecting, "hide-prompts")
    assert shown(reflecting, "prompts")
    reflecting.room.toggle_clock_alone()
    assert not shown(reflecting, "prompts")
    assert shown(reflecting, "number")
    assert shown(reflecting, "recording-words")
    assert shown(reflecting, "step")
    reflecting.room._back()
    assert shown(reflecting, "prompts")
    reflecting.room._on_dim()
    assert theme.dimmed
    reflecting.room._back()
    assert not theme.dimmed


def test_an_evaluation_asks_its_questions_with_the_probes_under_them(theme, look_at):
    bench = RoomBench(theme, "evaluation")
    look_at(bench.room)
    press(bench, "begin")
    press(bench, "step")
    bench.to_minute(9)
    assert reads(bench, "question-1-words") == "What was it like?"
    press(bench, "question-3")
    assert "less alone" in reads(bench, "question-3-theme-probe-1")


def test_an_evaluation_recorded_for_research_leaves_out_what_rests_on_the_findings(theme, look_at):
    bench = RoomBench(theme, "evaluation", research=True)
    look_at(bench.room)
    press(bench, "begin")
    press(bench, "step")
    bench.to_minute(9)
    press(bench, "question-3")
    assert not shown(bench, "question-3-theme-probe-1")
    press(bench, "open-view")
    find(bench, "view-themes", QAbstractButton).click()
    press(bench, "view-back")
    assert shown(bench, "question-3-theme-probe-1")


def test_every_listed_shortcut_does_something(reflecting, qtbot):
    def key(name, modifier=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(reflecting.room, getattr(Qt.Key, f"Key_{name}"), modifier)
        # A shortcut holds a button down for a moment before the click.
        buttons = reflecting.room.findChildren(QAbstractButton)
        qtbot.waitUntil(lambda: not any(shiboken6.isValid(b) and b.isDown() for b in buttons))

    reflecting.room.activateWindow()
    qtbot.waitUntil(reflecting.room.isActiveWindow)
    control = Qt.KeyboardModifier.ControlModifier
    key("F2")
    assert shown(reflecting, "care")
    key("Escape")
    assert shown(reflecting, "prompts")
    key("F3")
    assert shown(reflecting, "who")
    key("F4")
    assert shown(reflecting, "time")
    key("F9")
    assert shown(reflecting, "view")
    key("F6")
    assert not shown(reflecting, "prompts")
    key("F6")
    assert shown(reflecting, "prompts")
    before = reads(reflecting, "prompt-1-words")
    key("F5")
    assert reads(reflecting, "prompt-1-words") != before
    key("F7")
    assert shown(reflecting, "mark-kinds")
    key("F7")
    key("F8")
    assert reflecting.session.state.recording.state is RecordingState.PAUSED
    reflecting.recorders.last.hears(31 * M, state=RecorderState.PAUSED)
    key("F8")
    assert shown(reflecting, "say-resume")
    press(reflecting, "say-resume-act")
    reflecting.recorders.last.hears(31 * M)
    key("Backspace", control)
    assert reflecting.session.state.recording.redacted
    key("F11")
    assert not shown(reflecting, "track")
    key("F11")
    key("F12")
    assert reflecting.room._theme.dimmed
    key("F12")
    key("Minus", control)
    key("Plus", control)
    assert [f.kind for f in reflecting.log.facts[-2:]] == ["phase-adjusted", "phase-adjusted"]
    key("Return", control)
    assert reflecting.session.state.phase == 5
    key("Z", control)
    assert reflecting.session.state.phase == 4
    # Less and more share a line; the lock, F1 and Escape are the window's.
    assert len(keys_line()) == len([n for n in vars(RoomKeys) if n.isupper()]) - 1 + 3


def test_no_letter_alone_does_anything(reflecting, qtbot):
    before = list(reflecting.log.facts)
    reflecting.room.setFocus()
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789":
        qtbot.keyClick(reflecting.room, letter)
    assert reflecting.log.facts == before


PANELS = ("prompts", "care", "who", "time", "view", "start", "end", "marks", "notice", "alone")


def open_panel(bench, panel):
    if panel in ("care", "who", "time"):
        bench.room._open(getattr(bench.room.panels, panel))
    elif panel == "view":
        bench.room._open(bench.room.panels.view)
    elif panel == "start":
        bench.room.acts.start()
    elif panel == "marks":
        press(bench, "mark")
    elif panel == "notice":
        press(bench, "recording-strike")
    elif panel == "alone":
        bench.room.toggle_clock_alone()
        press(bench, "recording-strike")
    elif panel == "end":
        for minute in (45, 55):
            bench.to_minute(minute)
            press(bench, "step")
        press(bench, "step")


@pytest.mark.parametrize("panel", PANELS)
def test_everything_has_a_name_and_a_key_and_is_in_reading_order(reflecting, panel):
    open_panel(reflecting, panel)
    assert accessible.nameless(reflecting.room) == []
    assert accessible.unreachable(reflecting.room) == []
    assert accessible.out_of_reading_order(reflecting.room) == []


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize(
    "size", [(1280, 720, 1.0), (1280, 720, 1.5), (2560, 1440, 2.0), (1280, 720, 2.0), (640, 360, 1.0)]
)
def test_the_room_fits_at_every_size(theme, look_at, panel, size):
    width, height, scale = size
    theme.set_scale(scale)
    bench = RoomBench(theme)
    look_at(bench.room, width, height)
    bench.room.enter_view()
    bench.to_reflection()
    open_panel(bench, panel)
    for _ in range(4):
        process_events()
    assert bench.room.size().toTuple() == (width, height)
    assert accessible.cut(bench.room) == []
    bench.room.leave_view()


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK, Appearance.CONTRAST])
def test_the_room_is_painted_in_every_theme(theme, look_at, appearance):
    theme.choose(appearance)
    bench = RoomBench(theme)
    look_at(bench.room)
    bench.room.enter_view()
    bench.to_reflection()
    picture = bench.room.grab().toImage()
    assert picture.pixelColor(4, 4).name() == theme.colours.paper
    bench.room.leave_view()


def test_the_number_is_at_least_twelve_millimetres_high_on_a_fourteen_inch_screen(bench):
    # 14 inches at 1920 by 1080 are 157 pixels an inch; at 1280 by 720, our smallest supported size, 105.
    high = QFontMetricsF(bench.room.page.number._font).capHeight()
    assert high / 105 * 25.4 >= 12


def test_an_idle_room_repaints_nothing_within_a_minute(reflecting):
    changed = []
    reflecting.room.page.number.show_number = lambda *arguments: changed.append(arguments)
    view = reflecting.room._view
    reflecting.clock.advance(1)
    reflecting.room.refresh()
    # In a second the track moves by less than is visible.
    assert reflecting.room._view.number == view.number
    assert reflecting.room._view.number_words == view.number_words
