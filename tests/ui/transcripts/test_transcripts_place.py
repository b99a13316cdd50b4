"""The place Transcripts: the next step of each session, and the way to it."""

import dataclasses

import accessible
import pytest
from correcting_bench import OPENED, RECORDING, ROW, FakeDeck, FakeTranscripts
from deidentify_bench import FakeDeidentify, approved, deps_of
from PySide6.QtCore import Qt
from qt_events import process_events
from window_fakes import DraftRows

from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.transcript.queue import QueueState, TranscriptionStage, WaitReason
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import RecordingId
from balint_desktop.ui.recordings.playback import Playback
from balint_desktop.ui.shell.messages import Messages
from balint_desktop.ui.theme.theme import Appearance
from balint_desktop.ui.transcripts.deps import (
    ClosedBy,
    TranscribeCard,
    TranscribeChoices,
    TranscribeProgress,
    TranscriptRow,
    TranscriptsDeps,
    TranscriptState,
    TranscriptWay,
)
from balint_desktop.ui.transcripts.place import TranscriptsPlace
from balint_desktop.ui.widgets.drafts import Drafts as FormDrafts

State = TranscriptState
TITLE = "Wednesday group, session 3"


def heard(share, left_s=None, line=(RECORDING,)):
    """Return the queue while its first is heard."""
    return TranscribeProgress(TITLE, QueueState(line, None, TranscriptionStage.HEARING, share, left_s))


def row(state, **more):
    return dataclasses.replace(ROW, state=state, **more)


@pytest.fixture
def make(qtbot, work, theme):
    made = []

    def place(*rows, **deps):
        service = FakeTranscripts(rows=rows)
        messages = Messages()
        shown = TranscriptsPlace(
            TranscriptsDeps(lambda: service, **deps), Playback(FakeDeck(), lambda call, _: call()), work, messages
        )
        shown.service, shown.said = service, messages
        qtbot.addWidget(shown)
        shown.resize(1088, 720)
        shown.show()
        shown.enter_view()
        qtbot.waitUntil(lambda: not work.busy)
        process_events()
        made.append(shown)
        return shown

    yield place
    for shown in made:
        shown.service.trouble = None
        shown.leave_view()
    work.shutdown()


@pytest.mark.parametrize(
    ("of", "state", "step"),
    [
        (row(State.NOTHING), "not transcribed", "Transcribe…"),
        (row(State.CLOSED, closed=ClosedBy.NOT_AGREED), "not everyone agreed to transcription", "Why?"),
        (row(State.CLOSED, closed=ClosedBy.WITHDRAWN), "not everyone agrees to transcription any more", "Why?"),
        (row(State.CLOSED, closed=ClosedBy.GRADES), "closed until the grades are final", "Why?"),
        (row(State.CLOSED, closed=ClosedBy.ASSESSMENT), "closed until you say whether you assess", "Why?"),
        (row(State.QUEUED), "waiting to be transcribed", "Remove from the queue"),
        (row(State.QUEUED, queue_place=2), "waiting, next in the queue", "Remove from the queue"),
        (row(State.QUEUED, queue_place=3), "waiting, number 2 in the queue", "Remove from the queue"),
        (
            row(State.QUEUED, queue_place=1, waits_for=WaitReason.SESSION),
            "transcription waits until the session is over",
            "Remove from the queue",
        ),
        (row(State.RUNNING, queue_place=1), "being transcribed", "Stop"),
        (
            row(State.RUNNING, queue_place=1, waits_for=WaitReason.PLAYING),
            "transcription waits until you stop playing",
            "Stop",
        ),
        (row(State.INTERRUPTED), "transcription stopped", "Continue"),
        (row(State.DRAFT, open_count=212), "first draft, 212 places to look at", "Correct"),
        (row(State.TO_TYPE, open_count=0), "to be typed", "Start typing"),
        (row(State.TYPING, open_count=2), "being typed, 2 places to look at", "Continue typing"),
        (row(State.TYPING, open_count=0), "being typed", "Continue typing"),
        (row(State.IMPORTED, open_count=4), "imported, 4 places to look at", "Correct"),
        (row(State.CORRECTING, open_count=1), "being corrected, 1 place to look at", "Correct"),
        (
            row(State.DRAFT, open_count=4, unnamed_count=2),
            "first draft, 4 places to look at, 2 turns without a speaker",
            "Correct",
        ),
        (row(State.CORRECTING, open_count=0, unnamed_count=1), "being corrected, 1 turn without a speaker", "Correct"),
        (row(State.CORRECTING, open_count=0), "being corrected", "Sign off…"),
        (row(State.DRAFT, open_count=0), "first draft", "Correct"),
        (row(State.SIGNED_OFF), "signed off", "De-identify"),
        (row(State.DEIDENTIFYING), "being de-identified", "De-identify"),
        (row(State.APPROVED, version=2), "approved, version 2", "Approved text"),
        (row(State.TEXT_TO_IMPORT), "no recording and no text", "Import a text…"),
        (row(State.NO_RECORDING), "no recording", ""),
    ],
)
def test_a_session_has_its_state_and_the_verb_of_its_next_step(make, of, state, step):
    place = make(of)
    cells = place.table.rows.row_at(0).cells

    assert [cell.words for cell in cells[1:]] == ["Wednesday group", "3", "6:40", state, step]
    assert place.step_button.text() == step
    assert place.step_button.isVisible() is bool(step)


def test_the_newest_session_is_first(make):
    old = row(State.NOTHING, recording=RecordingId("old"), began_wall=1.0)
    place = make(old, row(State.NOTHING, began_wall=2.0))

    assert [place.table.rows.row_at(at).key for at in range(2)] == [RECORDING, "old"]


def test_without_a_session_it_says_so(make):
    place = make()

    assert place._none.isVisible()
    assert not place.table.isVisible()


def test_correcting_opens_the_text_and_going_back_saves_it(make, qtbot, work):
    place = make(row(State.DRAFT))
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    assert place.first_focus() is place.correct.edit
    place.correct.edit.setFocus()
    qtbot.keyClicks(place.correct.edit, "Well ")
    place.correct.back_button.click()

    assert place.service.saved[-1].turns[0].words[0].text == "Well"
    assert (place.correct.opened, place.table.isVisible()) == (None, True)


@pytest.mark.parametrize("state", [State.DRAFT, State.SIGNED_OFF, State.INTERRUPTED, State.CLOSED])
def test_a_transcript_is_deleted_after_it_was_asked_once_more(make, qtbot, state):
    place = make(row(state, has_transcript=True))
    place.delete_button.click()
    assert place.service.deleted == []
    assert place.confirm.words.text().startswith("The transcript of Wednesday group, session 3 is deleted for good:")
    assert "A recording of the session is not deleted." in place.confirm.words.text()
    place.confirm.do_button.click()

    assert place.service.deleted == [RECORDING]
    assert place.said.last.text == "The transcript was deleted."


def test_a_transcript_on_hold_is_not_deleted_and_it_says_why(make):
    place = make(row(State.SIGNED_OFF, has_transcript=True))
    place.service.trouble = Trouble(TroubleCode.HELD)
    place.delete_button.click()
    place.confirm.do_button.click()

    assert place.service.deleted == []
    assert "legal hold" in place.said.last.text


@pytest.mark.parametrize(
    "of", [row(State.NOTHING), row(State.RUNNING, has_transcript=True), row(State.QUEUED, has_transcript=True)]
)
def test_what_is_not_there_or_under_way_cannot_be_deleted(make, of):
    assert not make(of).delete_button.isVisible()


def test_sign_off_opens_its_form(make, qtbot):
    place = make(row(State.CORRECTING, open_count=0))
    place.step_button.click()
    qtbot.waitUntil(place.correct.sign_off.isVisible)


def test_leaving_the_place_saves_and_drops_the_text(make, qtbot):
    place = make(row(State.DRAFT))
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    qtbot.keyClicks(place.correct.edit, "Well ")
    place.leave_view()

    assert place.service.saved[-1].turns[0].words[0].text == "Well"
    assert place.correct.edit.toPlainText() == ""


def test_a_text_that_is_opened_after_the_place_was_left_is_not_shown(make, qtbot, work):
    place = make(row(State.DRAFT))
    place.step_button.click()
    place.leave_view()
    qtbot.waitUntil(lambda: not work.busy)

    assert place.correct.opened is None
    assert place.service.closed == [RECORDING]


def test_on_a_full_disk_the_text_stays_open_over_another_place(make, qtbot):
    place = make(row(State.DRAFT))
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    qtbot.keyClicks(place.correct.edit, "Well ")
    place.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    place.leave_view()
    place.enter_view()
    assert place.correct.isVisible()
    place.service.trouble = None
    place.leave_view()

    assert place.service.saved[-1].turns[0].words[0].text == "Well"


class Drafts(dict):
    """Drafts in memory."""

    def read(self, form):
        return self.get(form, "")

    def save(self, form, content):
        self[form] = content

    def delete(self, form):
        self.pop(form, None)


def test_a_transcript_that_was_left_open_is_open_again_at_its_place(make, qtbot):
    drafts = Drafts()
    place = make(row(State.CORRECTING, open_count=0), drafts=drafts)
    place._act(row(State.DRAFT))
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    place.correct.edit.go_to_offset(4, 7)
    qtbot.keyClicks(place.correct.edit, "x")
    place._playback.seek(91.0)
    place.leave_view()
    assert place.correct.opened is None

    again = make(row(State.CORRECTING, open_count=0), drafts=drafts)
    qtbot.waitUntil(lambda: again.correct.opened is not None)
    cursor = again.correct.edit.textCursor()
    assert (again.correct.edit.turn_at_cursor().id, cursor.positionInBlock()) == (4, 8)
    assert again._playback.position_s == 91.0
    assert again.correct.edit.isVisible()
    assert again.correct.signed.text() == "Earlier changes can no longer be undone."
    qtbot.keyClicks(again.correct.edit, "y")
    again.correct.edit.commit()
    assert again.correct.signed.isHidden()


def test_where_nothing_could_be_undone_nothing_is_said_of_it(make, qtbot):
    drafts = Drafts()
    place = make(row(State.CORRECTING), drafts=drafts)
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    place.leave_view()
    place.enter_view()
    qtbot.waitUntil(lambda: place.correct.opened is not None)

    assert place.correct.signed.isHidden()


def test_going_back_to_the_list_leaves_no_transcript_open(make, qtbot, work):
    drafts = Drafts()
    place = make(row(State.CORRECTING), drafts=drafts)
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    place.leave_view()
    place.enter_view()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    place.correct.back_button.click()
    place.leave_view()
    place.enter_view()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert (drafts, place.correct.opened, place.table.isVisible()) == ({}, None, True)


def test_a_transcript_that_was_left_open_and_is_no_more_is_forgotten(make, qtbot, work):
    drafts = Drafts()
    place = make(row(State.CORRECTING), drafts=drafts)
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    place.leave_view()
    again = make(row(State.NOTHING), drafts=drafts)
    qtbot.waitUntil(lambda: not work.busy)

    assert (drafts, again.correct.opened, again.service.started) == ({}, None, [])


def test_transcribing_begins_from_its_page_with_what_was_chosen(make, qtbot, work):
    place = make(row(State.NOTHING))
    place.service.before = TranscribeCard(ROW, frozenset({Purpose.TRANSCRIPTION}))
    place.step_button.click()
    qtbot.waitUntil(place.before.isVisible)
    choices = TranscribeChoices(TranscriptWay.BY_MACHINE, "small.en", "en")
    place.before.begun.emit(choices)
    qtbot.waitUntil(lambda: not work.busy)

    assert place.service.started == [(RECORDING, choices)]
    assert place.table.isVisible()


def test_typing_by_hand_opens_the_empty_text(make, qtbot):
    place = make(row(State.NOTHING))
    place.service.before = TranscribeCard(ROW, frozenset({Purpose.TRANSCRIPTION}), has_engine=False)
    place.step_button.click()
    qtbot.waitUntil(place.before.isVisible)
    place.before.hand_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)

    assert place.service.started == [(RECORDING, TranscribeChoices(TranscriptWay.BY_HAND))]


def test_consents_and_importing_lead_there_with_the_recording(make, qtbot):
    led = []
    place = make(
        row(State.NOTHING),
        import_text=lambda recording: led.append(("import", recording)),
        show_consents=lambda recording: led.append(("consents", recording)),
    )
    place.service.before = TranscribeCard(ROW, frozenset({Purpose.TRANSCRIPTION}))
    place.step_button.click()
    qtbot.waitUntil(place.before.isVisible)
    place.before.import_button.click()
    place.service.before = TranscribeCard(row(State.CLOSED, closed=ClosedBy.NOT_AGREED), frozenset())
    place._show_list()
    place.step_button.click()
    qtbot.waitUntil(place.before.consents_button.isVisible)
    place.before.consents_button.click()

    assert led == [("import", RECORDING), ("consents", RECORDING)]


def test_a_session_without_a_recording_leads_to_importing_a_text_at_once(make):
    led = []
    place = make(row(State.TEXT_TO_IMPORT), import_text=led.append)
    place.step_button.click()

    assert led == [RECORDING]


def test_going_on_takes_the_model_that_it_was_begun_with(make):
    place = make(row(State.INTERRUPTED))
    place.step_button.click()

    assert place.service.started == [(RECORDING, TranscribeChoices(TranscriptWay.BY_MACHINE))]


def test_one_that_was_stopped_can_be_chosen_again(make, qtbot):
    place = make(row(State.INTERRUPTED))
    chosen = TranscribeChoices(TranscriptWay.BY_MACHINE, "small.en", "en")
    place.service.before = TranscribeCard(ROW, frozenset({Purpose.TRANSCRIPTION}), chosen=chosen)
    place.again_button.click()
    qtbot.waitUntil(place.before.isVisible)
    place.before.hand_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)

    assert place.service.started == [(RECORDING, TranscribeChoices(TranscriptWay.BY_HAND))]


@pytest.mark.parametrize("state", [one for one in State if one is not State.INTERRUPTED])
def test_what_was_not_stopped_has_one_next_step(make, state):
    assert not make(row(state)).again_button.isVisible()


def test_what_is_under_way_is_shown_until_it_is_done_without_a_notice(make, qtbot, work):
    place = make(row(State.RUNNING))
    place.service.running = heard(0.386, 540.0)
    place._on_poll()
    assert place.progress.words.text() == "Wednesday group, session 3: 38% transcribed, about 9 min left"
    place.service.running = heard(0.5)
    place._on_poll()
    assert place.progress.words.text() == "Wednesday group, session 3: 50% transcribed"
    qtbot.waitUntil(lambda: not work.busy)

    place.service.running, place.service.rows = None, (row(State.DRAFT, open_count=3),)
    place._on_poll()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert place.progress.isHidden()
    assert place.table.rows.row_at(0).cells[4].words == "first draft, 3 places to look at"
    assert not place._poll.isActive()
    assert place.said.last is None


def test_the_line_says_what_the_first_waits_for_and_the_list_follows(make, qtbot, work):
    place = make(row(State.RUNNING, queue_place=1))
    place.service.running = heard(0.4, 60.0)
    place._on_poll()
    place.service.rows = (row(State.QUEUED, queue_place=1, waits_for=WaitReason.SESSION),)
    place.service.running = TranscribeProgress(TITLE, QueueState((RECORDING,), WaitReason.SESSION))
    place._on_poll()
    assert place.progress.words.text() == "Wednesday group, session 3: transcription waits until the session is over"
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert place.table.rows.row_at(0).cells[4].words == "transcription waits until the session is over"
    assert place.progress.isVisible()


def test_once_the_next_session_is_transcribed_the_list_says_so(make, qtbot, work):
    second = row(State.QUEUED, recording=RecordingId("second"), queue_place=2)
    place = make(row(State.RUNNING, queue_place=1), second)
    place.service.running = heard(0.9, line=(RECORDING, second.recording))
    place._on_poll()
    place.service.rows = (row(State.DRAFT), dataclasses.replace(second, state=State.RUNNING, queue_place=1))
    place.service.running = heard(0.0, line=(second.recording,))
    place._on_poll()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert [place.table.rows.row_at(at).cells[4].words for at in range(2)] == ["first draft", "being transcribed"]


def test_what_was_opened_is_released_once_it_is_saved(make, qtbot):
    place = make(row(State.DRAFT))
    place.step_button.click()
    qtbot.waitUntil(lambda: place.correct.opened is not None)
    qtbot.keyClicks(place.correct.edit, "Well ")
    place.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    place.leave_view()
    assert place.service.closed == []
    place.service.trouble = None
    place.leave_view()

    assert place.service.saved[-1].turns[0].words[0].text == "Well"
    assert place.service.closed == [RECORDING]


def test_stop_stops_what_is_under_way(make):
    place = make(row(State.RUNNING))
    place.service.running = heard(0.1)
    place._on_poll()
    place.progress.stop_button.click()

    assert place.service.stopped == [RECORDING]


def test_a_transcript_that_is_asked_for_opens_once_the_list_is_there(make, qtbot):
    place = make()
    place.service.rows = (row(State.DRAFT),)
    place.show_transcript(RECORDING)
    place.enter_view()
    qtbot.waitUntil(lambda: place.correct.opened is not None)

    assert place.correct.opened is OPENED


def test_a_text_that_cannot_be_opened_says_why_and_leaves_the_list(make, qtbot):
    place = make(row(State.DRAFT))
    place.service.trouble = Trouble(TroubleCode.SEALED_DAMAGED)
    place.step_button.click()
    qtbot.waitUntil(lambda: place.said.last is not None)

    assert place.table.isVisible()


def test_enter_on_a_row_does_its_next_step(make, qtbot):
    place = make(row(State.DRAFT))
    place.table.setFocus()
    qtbot.keyClick(place.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: place.correct.opened is not None)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.CONTRAST])
def test_the_list_fits_and_is_named_and_reachable(make, theme, scale, appearance):
    theme.choose(appearance)
    theme.set_scale(scale)
    rows = [TranscriptRow(RecordingId(str(n)), state, "Group", n) for n, state in enumerate(State)]
    place = make(*rows)
    place.service.running = TranscribeProgress("Group, session 3", QueueState((rows[3].recording,), WaitReason.BATTERY))
    place._on_poll()
    place.resize(1061, 720)
    process_events()

    assert place.height() == 720
    assert accessible.nameless(place) == []
    assert accessible.out_of_reading_order(place) == []
    assert accessible.unreachable(place) == []


@pytest.mark.parametrize("state", [State.DRAFT, State.TYPING, State.INTERRUPTED, State.CLOSED])
def test_at_the_largest_text_the_state_and_the_next_step_are_in_view(make, theme, state):
    theme.set_scale(2.0)
    place = make(row(state, open_count=5, began_wall=1_772_600_767.0))
    place.resize(1029, 720)
    process_events()
    table = place.table
    header = table.horizontalHeader()

    assert table.horizontalScrollBar().maximum() == 0
    for at in (4, 5):
        end = header.sectionViewportPosition(at) + header.sectionSize(at)
        assert not header.isSectionHidden(at)
        assert end <= table.viewport().width()
        assert header.sectionSize(at) >= table.sizeHintForColumn(at)


@pytest.fixture
def deidentifying(make):
    """Return a function that shows one session after its sign-off, over a service in memory."""

    def place(state=State.SIGNED_OFF, **more):
        service = FakeDeidentify()
        rows = DraftRows()
        shown = make(
            row(state, has_transcript=True, version=1),
            deidentify=deps_of(service, drafts=FormDrafts(rows)),
            **more,
        )
        shown.deidentify_service, shown.drafts = service, rows
        return shown

    return place


def act(place, work, qtbot):
    place.table.choose(RECORDING)
    place.step_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()


def test_a_text_that_was_signed_off_is_de_identified_next(deidentifying, work, qtbot):
    place = deidentifying()
    act(place, work, qtbot)

    assert place.deidentify.isVisible()
    assert place.deidentify.reading.text.hasFocus()
    place.deidentify.frame.back_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    assert place.table.isVisible()
    assert place.deidentify.opened is None


def test_what_is_de_identified_and_what_is_approved_can_still_be_read(deidentifying, work, qtbot):
    place = deidentifying(State.DEIDENTIFYING)
    place.table.choose(RECORDING)
    assert place.read_button.isVisible()
    place.read_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert place.correct.isVisible()


def test_without_its_transcript_only_the_approved_text_is_offered(make):
    place = make(row(State.APPROVED, version=1), deidentify=deps_of(FakeDeidentify()))
    place.table.choose(RECORDING)

    assert place.step_button.text() == "Approved text"
    assert not place.read_button.isVisible()
    assert not place.delete_button.isVisible()


def test_an_approved_text_opens_without_its_recording(deidentifying, work, qtbot):
    place = deidentifying(State.APPROVED)
    place.deidentify_service.text, place.deidentify_service.approval = approved()
    act(place, work, qtbot)

    assert place.approved.heading.text() == "Version 1 approved"
    assert place.approved.title.text() == TITLE
    place.approved.back_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    assert place.table.isVisible()


def test_a_text_that_is_approved_is_shown_with_its_version(deidentifying, work, qtbot):
    place = deidentifying()
    act(place, work, qtbot)
    service = place.deidentify_service
    service.text, service.approval = approved()
    place.deidentify.approved.emit(service.approval)
    qtbot.waitUntil(lambda: not work.busy)
    process_events()

    assert place.approved.isVisible()
    assert place.drafts.read("deidentify/open") == ""


def test_a_text_left_open_is_there_again_at_its_page(deidentifying, work, qtbot):
    place = deidentifying()
    act(place, work, qtbot)
    place.deidentify.reading.next_button.click()
    place.leave_view()
    assert place.deidentify.opened is None

    place.enter_view()
    qtbot.waitUntil(lambda: place.deidentify.opened is not None)
    assert place.deidentify.reading.page_label.text() == "Page 2 of 3"


def test_what_cannot_be_saved_stays_on_its_page(deidentifying, work, qtbot):
    place = deidentifying()
    act(place, work, qtbot)
    place.deidentify_service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    place.deidentify.words.card.answer(1)
    qtbot.waitUntil(lambda: not work.busy)
    place.leave_view()
    assert place.deidentify.opened is not None

    place.deidentify_service.trouble = None
    place.leave_view()
    assert place.deidentify.opened is None
