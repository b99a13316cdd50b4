"""Retention in the real window: entered and undone by keyboard, held, witnessed, and shown on Today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from desktop_bench import running_desktop
from kept_sessions import GROUP
from kept_vaults import kept
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox, QWidget
from qt_events import process_events

from balint_desktop.data_folder import DataFolder
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.study.holds import Hold, HoldId
from balint_desktop.domain.study.retention import (
    Bound,
    RetainedKind,
    RetentionPeriod,
    RetentionStatus,
    StartEvent,
    Unit,
)
from balint_desktop.domain.transcript.sign_off import SignOffState
from balint_desktop.domain.transcript.transcript import Speaker, Transcript, Turn, Word
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.ui.widgets.dates import DateField
from balint_desktop.vault.consent_gate import withdraw
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.deletions import DestructionNote
from balint_desktop.vault.log.transcripts import TranscriptSource
from balint_desktop.vault.retention import GroupRetention
from balint_desktop.vault.transcripts import TranscriptVault

__all__ = ["kept"]
SOURCE = "approval 023473, section 4"
THIRTY_DAYS = RetentionPeriod(StartEvent.TRANSCRIPT_VERIFIED, 30, Unit.DAYS, Bound.DESTROY_WITHIN, SOURCE)


class Page:
    """The group's page at Retention, operated by keyboard."""

    def __init__(self, desktop, recording):
        self.desktop, self.recording = desktop, recording
        self.log = desktop.context.vault.open_vault().log
        self.today = self.log.retention.today()
        self.show()

    def show(self):
        self.desktop.shell.show_place(PlaceKey.GROUPS)
        groups = self.desktop.shell.place(PlaceKey.GROUPS)
        groups.show_group(self.log.groups.group(GROUP), "retention")
        live()

    def find(self, kind, name):
        found = [one for one in self.desktop.shell.findChildren(kind, name) if one.isVisible()]
        assert found, f"{name} is not in view"
        return found[-1]

    def sees(self, name):
        return any(one.isVisible() for one in self.desktop.shell.findChildren(QWidget, name))

    def reads(self, name):
        return self.find(QLabel, name).text()

    def reach(self, name):
        """Move the focus to a widget with Tab alone."""
        wanted = self.find(QWidget, name)
        for _ in range(250):
            if QApplication.focusWidget() is wanted or wanted.hasFocus():
                return wanted
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never came to {name}")

    def press(self, name):
        QTest.keyClick(self.reach(name), Qt.Key.Key_Space)
        live()

    def type(self, name, words):
        field = self.reach(name)
        if isinstance(field, QSpinBox | QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, words)
        assert isinstance(field, QSpinBox | QLineEdit)

    def choose(self, name, words):
        box = self.reach(name)
        assert isinstance(box, QComboBox)
        while words not in box.currentText():
            before = box.currentIndex()
            QTest.keyClick(box, Qt.Key.Key_Down)
            assert box.currentIndex() > before, f"no {words} in {name}"

    def row(self, kind):
        """Go to a kind's row with the arrows, as its actions stand below the table."""
        table = self.reach("retention-table")
        QTest.keyClick(table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        for _ in range(20):
            if table.chosen()[0] is kind:
                return
            QTest.keyClick(table, Qt.Key.Key_Down)
        raise AssertionError(f"no row of {kind}")

    def cells(self, kind):
        """Return the words of a kind's first row."""
        table = self.find(QWidget, "retention-table")
        table.choose_kind(kind)
        index = table.currentIndex()
        return [table.model().index(index.row(), at).data() for at in range(table.model().columnCount())]

    def day(self, name, day):
        self.find(DateField, name).set_day(day)

    def desktop_things(self):
        return GroupRetention(self.log, GROUP, self.today).items()

    def undo(self):
        QTest.keyClick(self.desktop.shell, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        live()

    @property
    def clocks(self):
        return self.log.retention.clocks(GROUP).clocks


def live():
    for _ in range(6):
        process_events()


@pytest.fixture
def desktop(qapp, theme, kept, qtbot):
    with running_desktop(qapp, DataFolder(kept.data), qtbot) as made:
        made.context.vault.unlock(kept.made.secret)
        made.places.open()
        made.shell.resize(1280, 720)
        with qtbot.waitExposed(made.shell):
            made.shell.show()
        yield made


@pytest.fixture
def page(desktop, kept):
    return Page(desktop, kept.recording)


def write_transcript(page, *, signed=True):
    transcripts = TranscriptVault(page.desktop.context.vault.open_vault())
    text = Transcript((Turn(1, Speaker("P1"), 60_000, 61_000, (Word("word", 60_000, 61_000),)),))
    transcripts.begin(page.recording, TranscriptSource.HAND).write_transcript(text)
    transcripts.note_text(page.recording, SignOffState(1000, 1000, {}))
    if signed:
        transcripts.sign_off(page.recording, text, SignOffState(1000, 1000, {}), "facilitator", "")
    page.show()
    return transcripts


def test_a_transcript_of_the_vault_is_deleted_on_its_own_row_after_it_was_asked_once_more(page):
    page.log.retention.set_clock(GROUP, RetainedKind.TRANSCRIPT, replace(THIRTY_DAYS, count=1))
    transcripts = write_transcript(page)
    assert page.cells(RetainedKind.TRANSCRIPT)[4] == "this vault"
    page.row(RetainedKind.TRANSCRIPT)
    assert not page.sees("keeping-transcript-gone-open")
    page.press("keeping-transcript-delete")
    assert "deleted for good" in page.reads("keeping-transcript-delete-confirm-words")
    page.press("keeping-transcript-delete-confirm-cancel")
    assert len(transcripts.rows()) == 1
    page.press("keeping-transcript-delete")
    page.press("keeping-transcript-delete-confirm-do")

    assert transcripts.rows() == ()
    assert page.desktop.context.vault.open_vault().recording_key(page.recording)
    page.show()
    assert "destroyed on" in page.cells(RetainedKind.TRANSCRIPT)[2]
    page.row(RetainedKind.TRANSCRIPT)
    assert not page.sees("keeping-transcript-delete")


def test_under_a_legal_hold_a_transcript_is_not_offered_for_deletion(page):
    write_transcript(page)
    page.log.holds.place(Hold(HoldId(""), GROUP, page.today, "a complaint", "the registrar"), page.today)
    page.show()
    page.row(RetainedKind.TRANSCRIPT)

    assert page.cells(RetainedKind.TRANSCRIPT)[2] == "on legal hold"
    assert not page.sees("keeping-transcript-delete")


def enter_thirty_days(page):
    page.press("keeping-audio-period-open")
    page.type("keeping-audio-count", "30")
    page.choose("keeping-audio-starts", "verified")
    page.type("keeping-audio-source", SOURCE)
    page.press("keeping-audio-period-save")


# --- periods ---


def test_an_empty_page_explains_what_to_do_and_presets_nothing(page):
    assert "No period is entered yet" in page.reads("keeping-first")
    page.press("keeping-audio-period-open")
    assert page.find(QSpinBox, "keeping-audio-count").value() == 0
    assert page.find(QLineEdit, "keeping-audio-source").text() == ""


def test_a_period_is_entered_by_keyboard_stated_in_plain_words_and_undone_with_one_key(page):
    enter_thirty_days(page)

    assert page.clocks == {RetainedKind.AUDIO: THIRTY_DAYS}
    assert page.reads("keeping-audio-clock") == (
        "Destroy within 30 days of the verified transcript (approval 023473, section 4)."
    )
    assert page.cells(RetainedKind.AUDIO)[2] == "starts with the verified transcript"
    page.undo()
    assert page.clocks == {}
    assert page.reads("keeping-audio-clock") == "No period is entered."


@pytest.mark.parametrize(
    ("count", "source", "expected"),
    [("0", SOURCE, "Enter at least 1"), ("30", "the letter", "number is missing")],
)
def test_invalid_input_is_reported_in_the_form_and_nothing_typed_is_lost(page, count, source, expected):
    page.press("keeping-audio-period-open")
    page.type("keeping-audio-count", count)
    page.type("keeping-audio-source", source)
    page.press("keeping-audio-period-save")

    assert expected in page.reads("keeping-audio-period-problem")
    assert page.find(QLineEdit, "keeping-audio-source").text() == source
    assert page.find(QSpinBox, "keeping-audio-count").value() == int(count)
    assert page.clocks == {}


def test_a_hint_fills_in_the_number_and_never_the_approval(page):
    page.row(RetainedKind.CONSENT_FORMS)
    page.press("keeping-consent-forms-period-open")
    page.press("keeping-consent-forms-hint-aut-six-years")

    assert page.find(QSpinBox, "keeping-consent-forms-count").value() == 6
    assert page.find(QLineEdit, "keeping-consent-forms-source").text() == ""
    assert "AUT Ethics Committee" in page.reads("keeping-consent-forms-hint")
    page.press("keeping-consent-forms-period-save")
    assert page.clocks == {}
    page.type("keeping-consent-forms-source", SOURCE)
    page.press("keeping-consent-forms-period-save")
    assert page.reads("keeping-consent-forms-clock").startswith("Keep at least 6 years from the end of the study")


# --- events ---


def test_a_verified_transcript_starts_the_clock_and_undoing_it_stops_it(page):
    enter_thirty_days(page)
    page.press("keeping-verified-open")
    page.type("keeping-verified-by", "coordinator")
    page.press("keeping-verified-save")

    assert "due to be destroyed on" in page.reads("keeping-first")
    assert "the audio of session 3" in page.reads("keeping-first")
    page.undo()
    assert page.cells(RetainedKind.AUDIO)[2] == "starts with the verified transcript"


def test_a_future_event_is_refused_in_the_form(page):
    page.press("keeping-ended-open")
    page.day("keeping-ended-day", page.today + timedelta(days=1))
    page.type("keeping-ended-by", "coordinator")
    page.press("keeping-ended-save")

    assert "in the future" in page.reads("keeping-ended-problem")
    assert page.log.retention.events(GROUP) == ()


def test_today_shows_what_is_due_and_leads_here(page):
    page.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    page.log.retention.note_event(
        GROUP, StartEvent.TRANSCRIPT_VERIFIED, date(2026, 3, 5), "coordinator", recording=page.recording
    )
    page.desktop.shell.show_place(PlaceKey.TODAY)
    live()

    lines = [one for one in page.desktop.shell.findChildren(QPushButton) if "to destroy now" in one.text()]
    found = [one for one in page.desktop.shell.findChildren(QLabel) if "to destroy now" in one.text()]
    assert [one for one in (*lines, *found) if one.isVisible()]


def test_what_is_due_is_the_current_row_and_its_recording_is_one_press_away(page, qtbot):
    page.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    page.log.retention.note_event(
        GROUP, StartEvent.TRANSCRIPT_VERIFIED, date(2026, 3, 5), "coordinator", recording=page.recording
    )
    page.desktop.shell.show_place(PlaceKey.TODAY)
    page.show()

    kind, item = page.find(QWidget, "retention-table").chosen()
    assert (kind, item.is_over) == (RetainedKind.AUDIO, True)
    page.press("keeping-audio-recording")
    assert page.desktop.shell.current is PlaceKey.RECORDINGS
    qtbot.waitUntil(lambda: page.sees("recording-destroy"))


def test_enter_on_a_row_moves_to_what_can_be_done_about_it(page):
    page.row(RetainedKind.CONSENT_FORMS)
    QTest.keyClick(page.find(QWidget, "retention-table"), Qt.Key.Key_Return)
    live()

    assert QApplication.focusWidget() is page.find(QPushButton, "keeping-consent-forms-gone-open")


def test_a_form_whose_period_starts_with_a_withdrawal_does_not_say_whose_it_is(page):
    log = page.log
    (group,) = log.groups.groups()
    consents = [(member.code, Purpose.RECORDING) for member in group.participants]
    log.consents.enter(GROUP, consents, Answer.GIVEN, ConsentCollection(page.today))
    withdraw(log, GROUP, group.participants[1].code, ConsentCollection(page.today))
    period = RetentionPeriod(StartEvent.CONSENT_WITHDRAWN, 1, Unit.MONTHS, Bound.DESTROY_WITHIN, SOURCE)
    log.retention.set_clock(GROUP, RetainedKind.CONSENT_FORMS, period)
    page.show()

    assert page.cells(RetainedKind.CONSENT_FORMS)[0] == "Consent forms: One form"
    page.row(RetainedKind.CONSENT_FORMS)
    page.press("keeping-consent-forms-gone-open")
    shown = [one.text() for one in page.desktop.shell.findChildren(QLabel) if one.isVisible()]
    shown += [box.itemText(at) for box in page.desktop.shell.findChildren(QComboBox) for at in range(box.count())]
    assert not [words for words in shown if group.participants[1].code in words]


# --- holds ---


def hold(page, reason="a complaint is being looked into"):
    if page.sees("keeping-hold-open"):
        page.press("keeping-hold-open")
    page.choose("keeping-hold-on", "The whole group")
    page.type("keeping-hold-why", reason)
    page.type("keeping-hold-by", "research office")
    page.press("keeping-hold-save")


def test_a_hold_is_placed_and_lifted_with_a_reason_and_the_lifting_undone(page):
    hold(page)
    assert "On the whole group since" in page.reads("keeping-holds-lines")
    page.press("keeping-lift-open")
    page.press("keeping-lift-save")
    assert "reason is missing" in page.reads("keeping-lift-problem")
    page.type("keeping-lift-why", "the complaint is closed")
    page.type("keeping-lift-by", "research office")
    page.press("keeping-lift-save")

    assert page.log.holds.on(page.recording) is None
    assert "Lifted on" in page.reads("keeping-holds-lines")
    page.undo()
    assert page.log.holds.on(page.recording) is not None


def test_a_hold_covers_nothing_until_that_is_chosen_and_says_so(page):
    page.press("keeping-hold-open")

    assert page.reads("keeping-hold-missing") == "Choose what it covers"
    assert not page.find(QPushButton, "keeping-hold-save").isEnabled()
    page.choose("keeping-hold-on", "session 3")
    assert page.find(QPushButton, "keeping-hold-save").isEnabled()
    assert not page.sees("keeping-hold-missing")


def half_typed_hold(page):
    page.press("keeping-hold-open")
    page.type("keeping-hold-why", "a complaint")
    page.desktop.shell.show_place(PlaceKey.TODAY)
    live()


def why_of_hold(page):
    """Return what the form holds, which is open where something was left in it."""
    page.show()
    if page.sees("keeping-hold-open"):
        page.press("keeping-hold-open")
    return page.find(QLineEdit, "keeping-hold-why").text()


def test_a_half_typed_hold_is_there_again_until_it_is_cancelled(page):
    half_typed_hold(page)
    assert why_of_hold(page) == "a complaint"
    page.press("keeping-hold-leave")

    assert why_of_hold(page) == ""


def test_a_half_typed_hold_is_there_again_after_a_lock(page, kept):
    page.press("keeping-hold-open")
    page.type("keeping-hold-why", "a complaint")
    page.desktop.locking.lock()
    live()
    page.desktop.context.vault.unlock(kept.made.secret)
    page.desktop.places.open()
    page.log = page.desktop.context.vault.current.log

    assert why_of_hold(page) == "a complaint"


def test_a_hold_that_was_half_typed_once_leaves_nothing_when_it_is_placed(page):
    half_typed_hold(page)
    page.show()
    hold(page)

    assert page.log.drafts.forms("") == ()
    assert why_of_hold(page) == ""


def test_a_hold_without_a_reason_is_refused(page):
    hold(page, "")

    assert "The reason is missing" in page.reads("keeping-hold-problem")
    assert page.log.holds.holds(GROUP) == ()


# --- data outside the vault ---


def test_destroyed_papers_are_recorded_for_good_after_a_second_step(page):
    page.row(RetainedKind.CONSENT_FORMS)
    page.press("keeping-consent-forms-gone-open")
    page.type("keeping-consent-forms-gone-by", "coordinator")
    page.type("keeping-consent-forms-gone-how", "shredded")
    assert not page.find(QPushButton, "keeping-consent-forms-gone-save").isEnabled()
    page.press("keeping-consent-forms-sure")
    page.press("keeping-consent-forms-gone-save")

    (row,) = page.log.deletions.elsewhere(GROUP)
    assert (row.by, row.how) == ("coordinator", "shredded")
    assert "destroyed on" in page.cells(RetainedKind.CONSENT_FORMS)[2]
    page.undo()
    assert len(page.log.deletions.elsewhere(GROUP)) == 1
    assert page.log.deletions.elsewhere(GROUP)[0].mistaken == ""


def test_a_mistaken_destruction_entry_is_corrected_with_a_reason_and_both_remain(page):
    forms = next(one for one in page.desktop_things() if one.retained.kind is RetainedKind.CONSENT_FORMS)
    page.log.deletions.note_elsewhere(GROUP, forms, DestructionNote(page.today, "coordinator", "shredded"))
    page.show()
    page.row(RetainedKind.CONSENT_FORMS)
    page.press("keeping-consent-forms-mistaken-open")
    page.press("keeping-consent-forms-mistaken-save")
    assert "reason is missing" in page.reads("keeping-consent-forms-mistaken-problem")
    page.type("keeping-consent-forms-mistaken-why", "that was another folder")
    page.press("keeping-consent-forms-mistaken-save")

    (row,) = page.log.deletions.elsewhere(GROUP)
    assert (row.how, row.mistaken) == ("shredded", "that was another folder")
    assert not page.sees("keeping-consent-forms-mistaken-open")


# --- requests ---


def test_a_request_and_its_answer_are_saved(page):
    page.press("keeping-request-open")
    page.type("keeping-request-who", "P4")
    page.type("keeping-request-about", "what is kept of session 2")
    page.press("keeping-request-save")
    assert "Not answered yet" in page.reads("keeping-requests-lines")
    page.press("keeping-answer-open")
    page.type("keeping-answer-what", "a copy of the log")
    page.press("keeping-answer-save")

    (request,) = page.log.access.requests(GROUP)
    assert (request.answer, request.answered) == ("a copy of the log", page.today)
    page.undo()
    assert page.log.access.requests(GROUP)[0].answered is None


# --- the recording's page ---


def open_recording(page, qtbot):
    page.desktop.shell.show_place(PlaceKey.RECORDINGS)
    place = page.desktop.shell.place(PlaceKey.RECORDINGS)
    place.show_recording(page.recording)
    qtbot.waitUntil(lambda: page.sees("recording-keeping-clock") and page.sees("recording-play"))
    return place


def test_a_recordings_page_shows_its_clock_and_destroys_it_before_a_witness(page, qtbot):
    page.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    place = open_recording(page, qtbot)
    assert "starts with the verified transcript" in page.reads("recording-keeping-clock")
    place.page.back_button.setFocus()
    page.press("recording-verified-open")
    page.type("recording-verified-by", "coordinator")
    page.press("recording-verified-save")
    assert "due to be destroyed on" in page.reads("recording-keeping-clock")

    page.press("recording-destroy")
    assert "due to be destroyed on" in page.reads("recording-destroy-clock")
    page.type("recording-destroy-why", "transcribed and checked")
    page.type("recording-destroy-witness", "coordinator")
    page.press("recording-destroy-now")

    assert page.log.deletions.records()[page.recording].witness == "coordinator"
    assert AuditAct.RECORDING_DESTROYED in [row.act for row in page.log.audit.rows()]
    page.undo()
    assert page.recording in page.log.keys.destroyed()


def test_a_recording_under_hold_cannot_be_destroyed_and_the_reason_is_given(page, qtbot):
    hold(page)
    place = open_recording(page, qtbot)

    assert "on legal hold" in page.reads("recording-keeping-clock")
    assert not page.sees("recording-destroy")
    place.ask_to_destroy(page.recording)
    assert not page.sees("recording-destroy-card")


def test_the_list_of_recordings_shows_the_due_day(page, qtbot):
    page.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    page.log.retention.note_event(
        GROUP, StartEvent.TRANSCRIPT_VERIFIED, date(2026, 3, 5), "coordinator", recording=page.recording
    )
    page.desktop.shell.show_place(PlaceKey.RECORDINGS)
    place = page.desktop.shell.place(PlaceKey.RECORDINGS)
    qtbot.waitUntil(place.table.isVisible)

    model = place.table.model()
    shown = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
    assert "2026" in model.index(0, shown.index("Due")).data()


# --- retention elsewhere in the window ---


def test_an_archived_group_is_still_reported(page):
    page.log.retention.set_clock(GROUP, RetainedKind.AUDIO, THIRTY_DAYS)
    page.log.retention.note_event(
        GROUP, StartEvent.TRANSCRIPT_VERIFIED, date(2026, 3, 5), "coordinator", recording=page.recording
    )
    page.log.dates.archive(GROUP)
    page.show()

    assert "due to be destroyed since" in page.reads("keeping-first")
    service = page.desktop.shell.place(PlaceKey.GROUPS).page.sections.section("retention")._service
    assert service.of_kind(RetainedKind.AUDIO)[0].status is RetentionStatus.DUE
