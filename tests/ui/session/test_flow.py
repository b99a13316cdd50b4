"""A session's flow through the window: get ready, the room, the debrief; on a real vault, with fake recorders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from clocks import WoundClock
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QPlainTextEdit, QWidget
from qt_events import process_events
from ready_bench import BUILT_IN, CALL, EVERYONE, MEMBERS, USB, FakeTryOut
from session_fakes import FakeSleepInhibitor, RecorderBench
from vaults import make_vault

from balint_desktop.domain.accreditation.reviews import Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import (
    Colleague,
    ColleagueId,
    ColleagueRole,
    Leaders,
    OwnRole,
    SessionColleague,
)
from balint_desktop.domain.group.date_changes import with_kind
from balint_desktop.domain.group.dates import day_of, new_plan
from balint_desktop.domain.group.group import Group, Participant, Reader, RecordingRule
from balint_desktop.domain.recorder import RecorderEventKind
from balint_desktop.domain.reminders import ReminderKind
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.session.opening_frame import OpeningFrame
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.terms import Study
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import (
    GroupId,
    RecordingId,
    RecordingState,
    SessionId,
    SessionKind,
    participant_code,
)
from balint_desktop.library.formats import FormatLibrary, shipped_bank
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.debrief.debrief import DebriefPlace
from balint_desktop.ui.ready.ready import ReadyPlace
from balint_desktop.ui.room.room import RoomPlace
from balint_desktop.ui.session import flow as flow_module
from balint_desktop.ui.session.flow import SessionFlow, SessionFlowDeps
from balint_desktop.ui.widgets.dates import day_words
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.recording_choice import RecordingChoice, read_recording_choice
from balint_desktop.vault.vault import VaultState

GROUP = GroupId("g")
M = 60


class Stage:
    """The flow, with its pages in a separate window."""

    def __init__(self, folder, parts, look_at, qtbot):
        theme, work, messages = parts
        self.clock = WoundClock()
        self.vault = make_vault(folder / "vault").open(self.clock)
        self.formats = FormatLibrary(folder / "formats", shipped_bank())
        self.messages = messages
        self.recorders = RecorderBench()
        self.pages = []
        self.ways = []
        self.running = []
        self.done = []
        self._parts = (self.formats, shipped_bank(), self.clock, theme, work, messages)
        self._look_at = look_at
        self._qtbot = qtbot
        self.vault.log.groups.save_group(Group(GROUP, "Block B", participants=MEMBERS[:6]))
        self.way = self.new_way()

    def new_way(self, *, with_vault=True):
        """Begin a flow: with the vault, or as in *Try it now*."""
        made = SessionFlow(SessionFlowDeps(*self._parts, self.vault if with_vault else None))
        self.ways.append(made)
        made.page_changed.connect(self._on_page)
        made.running_changed.connect(self.running.append)
        made.done.connect(lambda: self.done.append(True))
        return made

    def _on_page(self, page):
        self.leave()
        self.pages.append(page)
        self._look_at(page)
        page.enter_view()

    def leave(self):
        if self.pages:
            self.pages[-1].leave_view()

    def crash(self):
        """Lose the window; open the vault again, and resume what the log holds in a new flow."""
        self.leave()
        self.way.shutdown()
        self.way = self.new_way()
        self.way.return_to(self.vault.log.sessions.unfinished())

    @property
    def page(self):
        return self.pages[-1]

    def find(self, name, kind=QWidget):
        process_events()
        found = [w for w in self.page.findChildren(kind, name) if w.isVisibleTo(self.page)]
        assert found, f"{name} is not shown"
        return found[0]

    def shows(self, name):
        process_events()
        return any(w.isVisibleTo(self.page) for w in self.page.findChildren(QWidget, name))

    def press(self, *names):
        for name in names:
            self.find(name, QAbstractButton).click()

    def hears(self):
        """Let the recorder report its first sound."""
        self.recorders.last.hears(0.1)
        process_events()

    def recorder_ends(self):
        """Let the recorder end properly."""
        self.recorders.last.ends(60.0 * M, sha256="ab" * 32)
        process_events()

    def reads(self, name):
        return self.find(name, QLabel).text()

    def get_ready(self):
        """Open the page before the session, and wait for its microphones."""
        self.way.get_ready(GROUP)
        self._qtbot.waitUntil(lambda: self.page.microphone.device is not None)
        return self

    def lead(self, *, record=True):
        """Open the room and begin; record unless told otherwise."""
        self.get_ready()
        self.press("open-room" if record else "open-room-without", "begin")
        if record:
            self.press("recording-start", "say-start-act")
            self.hears()
        return self

    def end(self):
        """Step through the phases to the end, and stop the recording."""
        while not self.shows("end-now"):
            self.clock.advance(8 * M)
            self.press("step")
        self.press("end-now")
        if self.shows("recording-stop"):
            self.press("recording-stop", "say-stop-act")
            self.recorder_ends()
        return self

    @property
    def row(self):
        """The newest session that began."""
        return self.vault.log.sessions.sessions()[0]

    def kinds(self):
        return [fact.kind for fact in self.vault.log.sessions.facts(self.row.id)]


@pytest.fixture
def parts(theme, work, messages):
    return theme, work, messages


@pytest.fixture
def stage(tmp_path, parts, look_at, qtbot, monkeypatch):
    monkeypatch.setattr(flow_module, "AwakeHandle", FakeSleepInhibitor)
    made = Stage(tmp_path, parts, look_at, qtbot)
    monkeypatch.setattr(flow_module, "list_devices", lambda _longest_s: (BUILT_IN, USB))
    monkeypatch.setattr(flow_module, "list_computer_sources", lambda _longest_s: (CALL,))
    monkeypatch.setattr(flow_module, "TryOut", FakeTryOut)
    monkeypatch.setattr(flow_module, "RecorderHandle", made.recorders)
    monkeypatch.setattr(flow_module, "can_keep_awake", lambda _longest_s: True)
    yield made
    made.leave()
    for way in made.ways:
        way.shutdown()
    made.vault.close()


# --- getting ready ---


def test_it_starts_with_get_ready_for_the_groups_next_session(stage):
    stage.get_ready()

    assert isinstance(stage.page, ReadyPlace)
    assert stage.reads("ready-heading") == "Block B, session 1 of 6"
    assert stage.page.present() == EVERYONE
    assert stage.find("ready-format", QComboBox).currentData() == "student-hour"
    assert not stage.way.is_running
    assert stage.running == []


def test_the_groups_last_session_is_its_evaluation(stage):
    stage.vault.log.groups.save_group(Group(GROUP, "Block B", sessions=1, participants=MEMBERS[:6]))
    stage.get_ready()

    assert stage.find("ready-format", QComboBox).currentData() == "evaluation"


def be_online(stage, **frame):
    """Make the group one that meets by video call."""
    stage.vault.log.groups.save_group(Group(GROUP, "Block B", participants=MEMBERS[:6], format_key="online", **frame))


def test_the_evaluation_of_a_group_that_meets_online_is_held_and_recorded_online_too(stage):
    be_online(stage, sessions=1)
    stage.get_ready()
    stage._qtbot.waitUntil(lambda: stage.page.computer_sound.source == CALL.name)
    stage.press("open-room", "begin")
    stage.press("recording-start", "say-start-act")

    assert stage.row.setting.format_key == "evaluation-online"
    assert stage.way.session.format.online
    assert stage.recorders.last.monitor == CALL.name


@pytest.mark.parametrize(("own", "expected"), [("online", "evaluation-online"), ("two-cases", "evaluation")])
def test_a_group_with_a_format_of_its_own_is_evaluated_in_its_setting(stage, own, expected):
    key = stage.formats.copy(own, "Ours")
    group = Group(GROUP, "Block B", sessions=1, participants=MEMBERS[:6], format_key=key)
    stage.vault.log.groups.save_group(group)
    stage.get_ready()

    assert stage.find("ready-format", QComboBox).currentData() == expected


def test_by_video_call_the_written_part_is_not_passed_round(stage):
    be_online(stage, sessions=1)
    stage.get_ready().press("open-room", "begin", "open-written")

    assert "send everyone the sheet" in stage.reads("written-online")
    assert not stage.shows("room-hand-round")


@pytest.mark.parametrize(
    ("format_key", "room"),
    [("student-hour", True), ("online", False)],
)
def test_get_ready_and_care_speak_of_the_setting(stage, format_key, room):
    stage.get_ready()
    choice = stage.find("ready-format", QComboBox)
    choice.setCurrentIndex(choice.findData(format_key))
    cues = [stage.reads(f"cue-{number}") for number in (1, 2, 3)]
    stage.press("open-room", "begin", "needs-care")
    care = " ".join(label.text() for label in stage.page.panels.care.findChildren(QLabel))

    assert ("presenter’s chair" in cues[0], "headphones" in cues[0]) == (room, not room)
    assert ("sign on the door" in cues[1], "share no screen" in cues[1]) == (room, not room)
    assert ("step out" in care, "leave the call" in care) == (room, not room)


@pytest.mark.parametrize(("days", "format_key", "number"), [(0, "student-hour", 1), (7, "evaluation", 2)])
def test_with_a_calendar_the_evaluation_is_where_it_is_planned(stage, days, format_key, number):
    today = day_of(stage.clock.now().wall)
    plan = new_plan(today - timedelta(days), 3, last_evaluates=False)
    stage.vault.log.dates.save_plan(GROUP, with_kind(plan, frozenset(), 2, SessionKind.EVALUATION))
    stage.get_ready()

    assert stage.reads("ready-heading") == f"Block B, session {number} of 3"
    assert stage.find("ready-format", QComboBox).currentData() == format_key


def test_going_back_ends_the_flow_and_stores_nothing(stage):
    stage.get_ready()
    stage.press("ready-back")

    assert stage.done == [True]
    assert stage.vault.log.sessions.sessions() == ()


def test_a_session_whose_clock_never_started_does_not_count(stage):
    stage.get_ready()
    stage.press("open-room")

    assert isinstance(stage.page, RoomPlace)
    assert not stage.way.is_running
    assert stage.vault.log.sessions.sessions() == ()
    assert stage.vault.log.dates.next_session(GROUP, date(2026, 3, 4))[0] == 1


def test_a_room_that_has_not_begun_can_be_left_and_stores_nothing(stage):
    stage.get_ready()
    stage.press("open-room", "leave-room")

    assert isinstance(stage.page, ReadyPlace)
    assert stage.running == [True, False]
    assert stage.vault.log.sessions.sessions() == ()
    assert stage.vault.log.sessions.unfinished() is None


def test_a_room_without_a_group_can_be_left_before_it_begins(stage):
    way = stage.new_way(with_vault=False)
    way.without_group()
    stage.press("leave-room")

    assert stage.done == [True]


def test_the_opening_words_speak_of_a_recording_only_where_there_is_one(stage):
    stage.get_ready()
    stage.press("open-room-without")
    opening = [label.text() for label in stage.find("words-card").findChildren(QLabel)]
    assert not any("record" in line for line in opening)
    stage.press("leave-room")
    stage.get_ready()
    stage.press("open-room")
    opening = [label.text() for label in stage.find("words-card").findChildren(QLabel)]
    assert "We’re recording this session." in opening
    assert not any("agreed" in line for line in opening)


def test_the_opening_words_tell_what_the_study_says_of_the_recording(stage):
    study = Study(recorded_for="our study", heard_by="two researchers", heard_as="as a transcript without names")
    stage.vault.log.consents.save_study(GROUP, study)
    stage.get_ready()
    stage.press("open-room")
    opening = [label.text() for label in stage.find("words-card").findChildren(QLabel)]

    assert (
        "We’re recording this session for our study. "
        "Two researchers will hear or read it, as a transcript without names." in opening
    )


@pytest.mark.parametrize(("stored", "shown"), [(None, True), ("always", True), ("on-request", False), ("never", False)])
def test_prompts_are_shown_after_the_opening_as_chosen_once(stage, stored, shown):
    if stored is not None:
        stage.vault.log.set_setting("prompts-shown", stored)
    stage.lead(record=False)
    assert stage.shows("prompts")
    stage.press("step")
    assert stage.shows("prompts") is shown
    assert stage.shows("hide-prompts") is (stored != "never")


def test_a_room_the_disk_refuses_is_not_opened_and_that_is_reported(stage, monkeypatch):
    def refuse(_setting):
        raise Trouble(TroubleCode.DISK_FULL)

    monkeypatch.setattr(stage.vault.log.sessions, "start", refuse)
    stage.get_ready()
    stage.press("open-room")

    assert isinstance(stage.page, ReadyPlace)
    assert stage.messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert stage.running == []


def test_a_format_deleted_in_the_meantime_is_reported_and_another_opens_the_room(stage):
    key = stage.formats.copy("online", "Ours")
    stage.get_ready()
    box = stage.find("ready-format", QComboBox)
    box.setCurrentIndex(box.findData(key))
    (stage.formats.folder / f"{key}.toml").unlink()
    stage.press("open-room")
    assert stage.messages.last.text == sentence(Trouble(TroubleCode.FORMAT_MISSING, name=key))

    box.setCurrentIndex(0)
    stage.press("open-room")
    assert isinstance(stage.page, RoomPlace)


def test_a_group_whose_format_has_an_error_says_so_and_can_use_another(stage):
    key = stage.formats.copy("online", "Ours")
    stage.vault.log.groups.save_group(Group(GROUP, "Block B", participants=MEMBERS[:6], format_key=key))
    path = stage.formats.folder / f"{key}.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\nnonsense\n", encoding="utf-8")
    lines = path.read_text(encoding="utf-8").count("\n")
    stage.get_ready()

    assert f"The session format {key}.toml cannot be used: line {lines}, " in stage.messages.last.text
    assert stage.find("ready-format", QComboBox).currentData() == "student-hour"


# --- the room ---


def test_the_room_opens_with_the_choices_made(stage):
    stage.get_ready()
    box = stage.find("microphone", QComboBox)
    box.setCurrentIndex(box.findText(USB.name))
    stage.press("present-P3", "open-room")
    assert stage.running == [True]
    assert stage.reads("room-title") == "Block B, session 1"

    stage.press("begin", "recording-start", "say-start-act")
    assert stage.way.is_running
    assert stage.way.session.recording.has_recorder
    assert stage.recorders.last.device == USB.name
    setting = stage.row.setting
    assert (setting.group, setting.number, setting.kind, setting.format_key) == (
        GROUP,
        1,
        SessionKind.CASE,
        "student-hour",
    )
    assert stage.vault.log.sessions.facts(stage.row.id)[0].present == ("P1", "P2", "P4", "P5", "P6")


def test_the_microphone_is_remembered_next_time(stage):
    stage.get_ready()
    box = stage.find("microphone", QComboBox)
    box.setCurrentIndex(box.findText(USB.name))
    stage.press("open-room")

    stage.way = stage.new_way()
    stage.get_ready()
    assert stage.page.microphone.device == USB.name


def test_a_session_holds_no_key_that_opens_recordings(stage):
    assert stage.vault.state is VaultState.OPEN
    stage.lead()

    assert stage.vault.state is VaultState.IN_SESSION
    assert stage.recorders.last.place.recipient.startswith("age1")


def test_without_recording_there_is_no_recorder_and_no_recording(stage):
    stage.lead(record=False).end()

    assert stage.recorders.made == []
    assert stage.vault.log.recordings.recordings() == ()
    assert "recording-started" not in stage.kinds()


# --- the debrief ---


def test_after_the_room_comes_the_debrief_and_then_the_session_is_done(stage):
    stage.lead().end()
    stage.press("to-debrief")
    assert isinstance(stage.page, DebriefPlace)
    assert stage.way.is_running
    assert stage.done == []

    stage.find("process-note", QPlainTextEdit).setPlainText("We sat with it.")
    stage.press("remind-support", "closing-done")

    assert stage.done == [True]
    assert stage.running == [True, False]
    assert not stage.way.is_running
    assert stage.row.closed
    assert stage.row.debrief == Debrief("We sat with it.")
    (reminder,) = stage.vault.log.reminders.reminders()
    assert (reminder.kind, reminder.group) == (ReminderKind.SUPPORT, GROUP)
    assert stage.vault.log.sessions.unfinished() is None
    assert stage.vault.log.dates.next_session(GROUP, date(2026, 3, 4))[0] == 2


def test_the_whole_session_is_in_the_log(stage):
    stage.lead().end()

    assert stage.kinds() == [
        "began",
        "prompts-on",
        "recording-started",
        *["step-taken"] * 6,
        "ended",
        "recording-stopped",
    ]


# --- back to a session that was left ---


def test_an_interrupted_session_resumes_at_the_current_session_time(stage):
    stage.lead(record=False)
    stage.clock.advance(3 * M)
    stage.press("step")
    stage.clock.advance(30 * M)
    stage.crash()

    assert isinstance(stage.page, RoomPlace)
    assert stage.reads("room-title") == "Block B, session 1"
    assert stage.reads("phase-title") == "Call for a case"
    assert stage.reads("notice-back-again") == "Back at 33:00."
    assert stage.way.session.state.present == frozenset(EVERYONE)
    assert stage.vault.state is VaultState.IN_SESSION


def test_it_can_be_recorded_again_with_the_same_microphone(stage):
    stage.get_ready()
    box = stage.find("microphone", QComboBox)
    box.setCurrentIndex(box.findText(USB.name))
    stage.press("open-room", "begin")
    stage.clock.advance(3 * M)
    stage.crash()
    stage.press("recording-start", "say-start-act")
    stage.hears()

    assert stage.recorders.last.device == USB.name
    assert stage.way.session.state.recording.state is RecordingState.RECORDING


def test_a_session_that_had_ended_resumes_at_its_debrief(stage):
    stage.lead(record=False).end()
    stage.crash()
    assert isinstance(stage.page, DebriefPlace)

    stage.press("closing-done")
    assert stage.row.closed
    assert stage.done == [True]


# --- without a group ---


def test_without_a_group_only_the_room_is_shown_and_nothing_is_stored(stage):
    way = stage.new_way(with_vault=False)
    way.without_group()
    stage.press("begin")
    assert way.is_running
    assert stage.reads("recording-words") == "Not recording"
    stage.end()
    stage.press("to-debrief")

    assert [type(page) for page in stage.pages] == [RoomPlace]
    assert stage.done == [True]
    assert stage.running == [True, False]
    assert stage.vault.log.sessions.sessions() == ()


def test_without_a_group_nothing_is_offered_that_needs_a_record(stage):
    way = stage.new_way(with_vault=False)
    way.without_group()
    stage.press("begin", "open-who")
    assert "nothing is stored" in stage.reads("who-nobody")
    assert not stage.shows("who-case-1")
    stage.press("who-back", "mark")
    assert not stage.shows("mark-name-to-remove")
    stage.press("mark-worth-coming-back-to")
    stage.end()

    assert stage.find("to-debrief", QAbstractButton).text() == "Close"
    assert "Nothing of this session is stored" in stage.reads("phase-sentence")


def test_a_room_with_a_recording_offers_to_mark_a_name_and_leads_to_the_debrief(stage):
    stage.lead().press("mark")
    assert stage.shows("mark-name-to-remove")
    stage.press("mark-kinds-back")
    stage.end()

    assert stage.find("to-debrief", QAbstractButton).text() == "Continue to the debrief"
    assert "debrief takes two minutes, once everyone has left" in stage.reads("phase-sentence")


@pytest.mark.parametrize(("way", "words"), [("stored", "notice-closing"), ("clock", "notice-closing-unstored")])
def test_closing_the_window_is_answered_in_the_room_which_does_not_move(stage, way, words):
    if way == "stored":
        stage.lead(record=False)
    else:
        stage.way = stage.new_way(with_vault=False)
        stage.way.without_group()
        stage.press("begin")
    before = {name: stage.find(name).geometry() for name in ("step", "needs-care", "wall-clock", "phase-title")}
    assert stage.way.note_closing()

    assert ("return to the session" in stage.reads(words)) == (way == "stored")
    assert ("nothing of it is stored" in stage.reads(words)) == (way == "clock")
    assert {name: stage.find(name).geometry() for name in before} == before
    stage.clock.advance(16)
    stage.page.refresh()
    assert not stage.shows(words)


def test_a_session_without_a_group_is_not_stored_even_with_a_vault(stage):
    stage.way.without_group("online")
    stage.press("begin")
    stage.end()
    stage.press("to-debrief")

    assert stage.vault.log.sessions.sessions() == ()
    assert stage.done == [True]


# --- while the room is not in view ---


def test_a_session_is_monitored_even_behind_the_gate_of_a_locked_vault(stage):
    stage.lead(record=False)
    stage.leave()
    for _ in range(120):
        stage.clock.advance(1)
        stage.way._tick()
    stage.page.enter_view()
    stage.way._tick()

    assert stage.way._tick_timer.isActive()
    assert not stage.shows("notice-back-again")
    assert stage.kinds() == ["began", "prompts-on"]


def test_the_visible_room_updates_at_each_tick_and_has_no_timer_of_its_own(stage):
    stage.lead(record=False)
    before = stage.page._view.number
    stage.clock.advance(60)
    assert stage.page._view.number == before
    stage.way._tick_timer.timeout.emit()

    assert int(stage.page._view.number) == int(before) - 1
    assert stage.page.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly) == []


def test_another_microphone_is_used_from_then_on_and_remembered_next_time(stage):
    stage.lead()
    stage.recorders.last.reports(RecorderEventKind.DEVICE_LOST, 1.0, TroubleCode.MICROPHONE_GONE)
    process_events()
    stage.press("recording-choose")
    stage._qtbot.waitUntil(lambda: stage.shows("use-microphone-2"))
    stage.press("use-microphone-2")
    stage.recorders.last.ends(1.0, sha256="ab" * 32)
    process_events()

    assert stage.recorders.last.device == USB.name
    assert stage.vault.log.setting("microphone") == USB.name


def test_the_computer_is_kept_awake_for_the_recording_and_released_with_the_window(stage):
    stage.lead()
    assert stage.way._awake.on
    stage.way.shutdown()
    assert not stage.way._awake.on


def test_members_who_left_appear_neither_in_get_ready_nor_in_the_room(stage):
    gone, here = MEMBERS[1].code, MEMBERS[0].code
    stage.vault.members.set_left(GROUP, gone, stage.vault.log.consents.today())
    stage.way.get_ready(GROUP)
    page = stage.page

    assert page.findChild(QAbstractButton, f"present-{here}") is not None
    assert page.findChild(QAbstractButton, f"present-{gone}") is None
    assert gone not in page._deps.present


# --- who leads, and looking back at one's own leading ---


def test_the_leaders_are_noted_with_few_presses_and_remembered_next_time(stage, qtbot):
    stage.get_ready()
    stage.press("own-lead")
    qtbot.keyClicks(stage.find("leaders-label"), "M. K.")
    stage.press("leaders-add", "open-room-without", "begin")
    stage.end()
    stage.press("to-debrief", "closing-done")

    (colleague,) = stage.vault.log.leaders.colleagues()
    led = Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.CO_LEAD),))
    assert stage.vault.log.leaders.leaders(stage.row.id) == led
    stage.get_ready()
    assert stage.page.leaders.leaders() == led


def test_without_a_choice_of_leaders_nothing_is_noted(stage):
    stage.lead(record=False)

    assert stage.vault.log.leaders.leaders(stage.row.id) == Leaders()
    assert "leaders-noted" not in {row.act for row in stage.vault.log.audit.rows()}


def to_debrief(stage):
    stage.lead(record=False).end()
    stage.press("to-debrief")
    return stage


def test_ignoring_the_offer_of_a_review_stores_nothing(stage):
    to_debrief(stage).press("closing-done")

    assert stage.done == [True]
    assert stage.vault.log.accreditation.review(stage.row.id) is None


@pytest.mark.parametrize(
    ("answer", "state"), [("later", ReviewState.LATER), ("not-this-time", ReviewState.NOT_THIS_TIME)]
)
def test_later_and_not_this_time_are_stored_and_the_session_is_done(stage, answer, state):
    to_debrief(stage).press("review-offer-now", f"review-offer-{answer}", "closing-done")

    assert stage.done == [True]
    assert stage.vault.log.accreditation.review(stage.row.id) == Review(stage.row.id, state)


def test_reviewing_now_comes_after_the_debrief_and_its_text_is_stored(stage, qtbot):
    to_debrief(stage).press("review-offer-now", "closing-done")
    assert stage.done == []
    assert stage.row.closed
    assert stage.vault.log.accreditation.review(stage.row.id).state is ReviewState.LATER
    qtbot.keyClicks(stage.find("review-carrying"), "That I hurried.")
    stage.press("review-keep")

    assert stage.done == [True]
    assert stage.vault.log.accreditation.review(stage.row.id).written == {Heading.CARRYING: "That I hurried."}


def test_a_review_can_still_be_postponed(stage):
    to_debrief(stage).press("review-offer-now", "closing-done", "review-cancel")

    assert stage.done == [True]
    assert stage.vault.log.accreditation.review(stage.row.id).state is ReviewState.LATER


def test_a_review_begun_and_postponed_is_saved_as_far_as_it_is_written(stage, qtbot):
    to_debrief(stage).press("review-offer-now", "closing-done")
    qtbot.keyClicks(stage.find("review-carrying"), "That I hur")
    stage.press("review-cancel")

    assert stage.done == [True]
    assert stage.vault.log.accreditation.review(stage.row.id).written == {Heading.CARRYING: "That I hur"}


def test_text_the_disk_refuses_stays_in_the_page(stage, qtbot, monkeypatch):
    to_debrief(stage).press("review-offer-now", "closing-done")
    qtbot.keyClicks(stage.find("review-carrying"), "That I hurried.")
    monkeypatch.setattr(stage.vault.log.accreditation, "save_review", refuse_review)
    stage.press("review-keep")

    assert stage.done == []
    assert stage.messages.last.text == sentence(Trouble(TroubleCode.DISK_FULL))
    assert stage.find("review-carrying", QPlainTextEdit).toPlainText() == "That I hurried."


def refuse_review(_review):
    raise Trouble(TroubleCode.DISK_FULL)


# --- consents that change meanwhile ---


def enter(stage, code, answer):
    consents = stage.vault.log.consents
    consents.enter(GROUP, [(code, Purpose.RECORDING)], answer, ConsentCollection(consents.today()))
    stage.way.consents_changed(GROUP)


def test_a_consent_changed_before_the_session_reaches_get_ready_and_the_room(stage):
    stage.get_ready()
    assert stage.reads("recording-available") == "Recording available today"
    enter(stage, EVERYONE[2], Answer.WITHDRAWN)
    assert stage.reads("recording-available") == "Recording not available today"

    stage.press("open-room", "begin")
    assert not stage.shows("recording-start")
    assert stage.recorders.made == []
    # No reminder appears, and the hour leads to its end and its debrief like any other.
    stage.end()
    assert stage.messages.last is None
    assert list(stage.way.session.notices) == []


def test_a_withdrawal_during_the_session_goes_off_the_record_with_words_to_say_and_no_code(stage):
    stage.lead()
    enter(stage, EVERYONE[2], Answer.WITHDRAWN)
    process_events()

    assert stage.kinds()[-1] == "recording-paused"
    assert "pause" in stage.recorders.last.said
    text = " ".join(one.text() for one in stage.page.findChildren(QLabel) if one.isVisibleTo(stage.page))
    assert "Off the record from here" in text
    assert not any(code in text.split() for code in EVERYONE)
    assert not stage.shows("recording-resume")
    assert stage.shows("recording-stop")


def test_an_answer_entered_while_get_ready_was_open_counts(stage):
    stage.get_ready()
    consents = stage.vault.log.consents
    consents.enter(GROUP, [(EVERYONE[0], Purpose.RECORDING)], Answer.DECLINED, ConsentCollection(consents.today()))
    stage.press("open-room", "begin")

    assert stage.way.session.recording.controller is None


# --- consent ---


def test_an_observer_who_has_not_agreed_closes_recording_and_the_tick_opens_it(stage):
    colleague = stage.vault.log.leaders.save_colleague(Colleague(ColleagueId(""), "MK"))
    stage.get_ready()
    stage.press(f"beside-{colleague.id}")
    role = stage.find(f"beside-{colleague.id}-role", QComboBox)
    assert stage.page.can_record()
    role.setCurrentIndex(role.findData(ColleagueRole.OBSERVER))
    assert not stage.page.can_record()

    stage.press("leaders-observers-agree")
    assert stage.page.can_record()
    stage.press("open-room", "begin")
    session = stage.vault.log.sessions.unfinished().id
    assert stage.vault.log.leaders.leaders(session).observers_agree


def test_another_observer_has_to_be_asked_again(stage):
    first, second = (
        stage.vault.log.leaders.save_colleague(Colleague(ColleagueId(""), label)) for label in ("AB", "CD")
    )
    stage.get_ready()
    for colleague in (first, second):
        stage.press(f"beside-{colleague.id}")
        role = stage.find(f"beside-{colleague.id}-role", QComboBox)
        role.setCurrentIndex(role.findData(ColleagueRole.OBSERVER))
        assert not stage.page.can_record()
        stage.press("leaders-observers-agree")
        assert stage.page.can_record()


def test_a_member_who_joins_and_was_not_asked_closes_recording_for_the_group(stage):
    stage.vault.log.groups.add_member(GROUP, Participant(participant_code(7)))
    stage.get_ready()

    assert not stage.page.can_record()


def test_the_opening_words_are_those_of_the_study_and_say_that_an_assessor_leads(stage):
    log = stage.vault.log
    study = Study(recorded_for="a study of our department", heard_by="one transcriber", heard_as="without names")
    log.consents.save_study(GROUP, study)
    group = replace(log.groups.group(GROUP), for_research=True, readers=(Reader("Study", "age1x"),))
    log.groups.save_group(group)
    log.groups.save_recording_decision(GROUP, RecordingRule.ALL_MEMBERS, leader_assesses=True, grades_final=None)

    frame = stage.way._opening_frame(log.groups.group(GROUP))

    assert frame == OpeningFrame(
        for_research=True,
        purpose="a study of our department",
        heard_by="One transcriber",
        form="without names",
        leader_assesses=True,
        leader_opens=False,
    )


# --- the call of an online session ---


def get_ready_online(stage):
    """Open the page before an online session, with what is played on the computer found."""
    stage.get_ready()
    choice = stage.find("ready-format", QComboBox)
    choice.setCurrentIndex(choice.findData("online"))
    stage._qtbot.waitUntil(lambda: stage.page.computer_sound.source == CALL.name)
    return stage


def record_online(stage):
    get_ready_online(stage).press("open-room", "begin", "recording-start", "say-start-act")
    stage.hears()
    return stage


def test_an_online_session_records_the_call_and_its_facts_say_so(stage):
    record_online(stage)

    assert stage.recorders.last.monitor == CALL.name
    assert stage.kinds()[-2:] == ["recording-started", "computer-recorded"]


def test_a_session_that_is_resumed_after_the_app_was_closed_records_the_call_as_before(stage):
    get_ready_online(stage).press("open-room", "begin")
    stage.clock.advance(M)
    at = stage.clock.now()
    stage.vault.log.sessions.add_fact(stage.row.id, f.ComputerRecorded(at=at, recording=RecordingId("r"), part=1))
    stage.crash()
    stage.press("recording-start", "say-start-act")

    assert stage.recorders.last.monitor == CALL.name


def leave_the_call_out(stage):
    get_ready_online(stage).find("computer-sound", QAbstractButton).click()
    stage.press("open-room", "begin")
    return stage


def test_leaving_the_call_out_is_for_one_session(stage):
    leave_the_call_out(stage).end()
    stage.press("to-debrief", "closing-done")
    get_ready_online(stage)

    assert stage.page.computer_sound.source == CALL.name


def test_a_call_left_out_stays_out_after_a_restart(stage):
    leave_the_call_out(stage).clock.advance(M)
    stage.crash()
    stage.press("recording-start", "say-start-act")

    assert stage.recorders.last.monitor is None


def test_the_call_is_recorded_after_a_restart_also_where_nothing_was_before(stage):
    get_ready_online(stage).press("open-room", "begin")
    stage.clock.advance(M)
    stage.crash()
    stage.press("recording-start", "say-start-act")

    assert stage.recorders.last.monitor == CALL.name


# --- what Get ready decided, after a restart ---


def opening_words(stage):
    return " ".join(label.text() for label in stage.page.panels.prompts.findChildren(QLabel))


def test_a_session_continued_without_recording_offers_none_after_a_restart(stage):
    stage.get_ready().press("open-room-without", "begin")
    before = opening_words(stage)
    stage.clock.advance(M)
    stage.crash()

    assert not stage.shows("recording-start")
    assert stage.way.session.recording.controller is None
    assert "record" not in before
    assert opening_words(stage) == before


def test_an_observer_who_did_not_agree_is_not_recorded_after_a_restart(stage):
    colleague = stage.vault.log.leaders.save_colleague(Colleague(ColleagueId(""), "KL"))
    stage.get_ready()
    stage.press(f"beside-{colleague.id}")
    role = stage.find(f"beside-{colleague.id}-role", QComboBox)
    role.setCurrentIndex(role.findData(ColleagueRole.OBSERVER))
    stage.press("open-room", "begin")
    stage.clock.advance(M)
    stage.crash()

    assert not stage.shows("recording-start")


def test_a_session_that_may_be_recorded_may_still_be_after_a_restart(stage):
    stage.get_ready().press("open-room", "begin")
    stage.clock.advance(M)
    stage.crash()

    assert stage.shows("recording-start")


def test_the_choice_of_another_session_is_not_this_ones(stage):
    stage.get_ready().press("open-room-without", "begin")
    stage.clock.advance(M)
    choice = read_recording_choice(stage.vault.log, stage.row.id)

    assert choice == RecordingChoice(records=False)
    assert read_recording_choice(stage.vault.log, SessionId("other")) is None


# --- back from the room before it began ---


def test_leaving_a_room_that_has_not_begun_leads_back_to_get_ready_as_it_was(stage):
    get_ready_online(stage)
    stage.press(f"present-{EVERYONE[0]}", "open-room", "leave-room")

    assert isinstance(stage.page, ReadyPlace)
    assert stage.page.present() == EVERYONE[1:]
    assert stage.find("ready-format", QComboBox).currentData() == "online"
    assert stage.done == []
    assert stage.running[-1] is False
    assert stage.vault.log.sessions.sessions() == ()
    stage._qtbot.waitUntil(lambda: stage.page.computer_sound.source == CALL.name)
    stage.press("open-room", "begin")
    assert stage.vault.log.sessions.facts(stage.row.id)[0].present == EVERYONE[1:]


# --- the day it is planned for ---


@pytest.mark.parametrize(("days", "begins"), [(0, "Planned for today, "), (7, "Planned for "), (-7, "Planned for ")])
def test_get_ready_says_the_day_and_whether_it_is_today(stage, days, begins):
    today = day_of(stage.clock.now().wall)
    stage.vault.log.dates.save_plan(GROUP, new_plan(today + timedelta(days), 1, last_evaluates=False))
    stage.get_ready()
    words = stage.reads("ready-day")

    assert words.startswith(begins)
    assert ("not for today" in words) == (days != 0)
    assert day_words(today + timedelta(days)) in words


def test_without_a_calendar_no_day_is_claimed(stage):
    stage.get_ready()

    assert not stage.shows("ready-day")


# --- who is here besides ---


def test_a_co_leader_is_named_in_who_is_here_also_after_a_restart(stage):
    colleague = stage.vault.log.leaders.save_colleague(Colleague(ColleagueId(""), "KL"))
    stage.get_ready()
    stage.press(f"beside-{colleague.id}")
    assert "only observers are asked here" in stage.reads("leaders-co-leaders")
    stage.press("open-room", "begin", "open-who")
    assert stage.reads("who-others") == "Also here: KL (co-leader)"
    stage.clock.advance(M)
    stage.crash()
    stage.press("open-who")

    assert stage.reads("who-others") == "Also here: KL (co-leader)"


def test_a_session_in_a_room_records_the_microphone_alone(stage):
    stage.lead()

    assert stage.recorders.last.monitor is None
    assert "computer-recorded" not in stage.kinds()
