"""The page of an approved text: what it is, reading it, redacting later, and destroying the recording."""

from dataclasses import replace

import accessible
import pytest
from deidentify_bench import RECORDING, TITLE, FakeDeidentify, FakeDestroying, approved, deps_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from qt_events import process_events

from balint_desktop.domain.deidentify.approved import Redaction
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.deidentify.approved_page import ApprovedPage, places_of
from balint_desktop.ui.deidentify.deps import DestroyOffer
from balint_desktop.ui.deidentify.page import DeidentifyPage
from balint_desktop.ui.widgets.enter_escape import press_enter

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def make(qtbot, work, messages, theme):
    made = []

    def opened(offer=None, text=None, **more):
        service, destroying = FakeDeidentify(), FakeDestroying(offer)
        service.text, service.approval = approved(text) if text else approved()
        page = ApprovedPage(deps_of(service, destroying, **more), work, messages)
        page.service, page.destroyed, page.messages = service, destroying.destroyed, messages
        qtbot.addWidget(page)
        page.resize(1026, 640)
        page.show()
        qtbot.waitUntil(page.isActiveWindow)
        page.show_opened(service, RECORDING, TITLE, service.read(RECORDING))
        process_events()
        made.append(page)
        return page

    yield opened
    for page in made:
        page.leave()
    work.shutdown()


def select(page, words, nth=0):
    begin = -1
    for _ in range(nth + 1):
        begin = page.text.page.text.index(words, begin + 1)
    page.text.select((begin, begin + len(words)))


def redact(page, qtbot, work, replacement="another person", *, only_here=False):
    page.redact.replacement.setText(replacement)
    page.redact.by.setText("CD")
    page.redact.only_here.setChecked(only_here)
    page.redact.do_button.click()
    page.redact.once_more.do_button.click()
    qtbot.waitUntil(lambda: not work.busy)
    process_events()


def test_it_says_which_version_it_is_by_whom_and_its_fingerprint_in_words(make):
    page = make()

    assert page.heading.text() == "Version 1 approved"
    assert page.about.text().endswith("by AB.")
    assert page.fingerprint.text().split() == list(page.service.approval.words)


def test_a_version_made_by_a_withdrawal_says_so_where_it_has_no_label(make):
    page = make()
    text, approval = page.service.text, page.service.approval
    page.show_opened(page.service, RECORDING, TITLE, (text, replace(approval, by="")))

    assert page.about.text().endswith(" by a withdrawal.")
    assert "by ." not in page.about.text()


def test_export_is_offered_where_there_is_a_way(make):
    exported = []
    page = make(export=exported.append)
    page.export_button.click()

    assert exported == [RECORDING]
    assert not make().export_button.isVisible()


def test_no_part_of_a_page_is_a_window_of_its_own_while_it_is_made(qtbot, work, messages, theme, monkeypatch):
    alone = []

    def set_visible(made, on):
        if on and made.parentWidget() is None:
            alone.append(made.objectName())

    monkeypatch.setattr(QPushButton, "setVisible", set_visible)
    deps = deps_of(FakeDeidentify(), FakeDestroying(), export=lambda _recording: None)
    for page in (ApprovedPage(deps, work, messages), DeidentifyPage(deps, work, messages)):
        qtbot.addWidget(page)

    assert alone == []


def test_it_is_read_and_nothing_of_it_can_be_copied_past_the_gate(make):
    page = make()
    page.read_button.click()

    assert page.text.hasFocus()
    assert page.text.toPlainText().startswith("R5: She was [in her twenties].")
    page.text.selectAll()
    assert not page.text.createMimeDataFromSelection().hasText()


def test_a_name_that_was_missed_is_taken_out_everywhere_in_any_case(make, qtbot, work):
    page = make()
    page.redact_button.click()
    assert page.problem.text() == "Select the words that were missed, then press “Redact selection…”."
    select(page, "Siobhan")
    QTest.keyClick(page.text, Qt.Key.Key_E, CTRL)
    assert page.redact.word.text() == "Siobhan: 2 places"
    assert page.redact.sentence.text().startswith("Version 1 is destroyed.")
    redact(page, qtbot, work)

    assert [len(one) for one in page.service.redactions] == [2]
    assert page.text.toPlainText().endswith("R3: [another person] told me. I asked [another person].")
    assert page.heading.text() == "Version 2 approved"
    assert page.problem.text() == "Version 2 is approved. Version 1 was destroyed."


def test_only_the_place_that_is_selected_is_taken_out_if_so_chosen(make, qtbot, work):
    page = make()
    page.show_reading()
    select(page, "siobhan")
    page.select_button.click()
    redact(page, qtbot, work, only_here=True)

    begin = approved()[0].text.index("siobhan")
    assert page.service.redactions == [(Redaction(begin, begin + 7, "[another person]"),)]


def test_a_redaction_that_is_refused_leads_to_the_place_and_changes_nothing(make, qtbot, work):
    page = make()
    page.service.name_left = True
    page.show_reading()
    select(page, "Siobhan")
    page.select_button.click()
    redact(page, qtbot, work)

    assert page.redact.problem.text() == "Not redacted: 1 place still has a name. It is shown in the text."
    assert page.redact.replacement.text() == "another person"
    assert page.text.selected()[0] == approved()[0].text.index("Siobhan")
    assert page.heading.text() == "Version 1 approved"


def test_a_redaction_that_fails_says_so_and_what_was_typed_stays(make, qtbot, work):
    page = make()
    page.show_reading()
    select(page, "Siobhan")
    page.select_button.click()
    page.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    redact(page, qtbot, work)

    assert page.redact.problem.isVisible()
    assert page.redact.replacement.text() == "another person"
    assert page.redact.do_button.isEnabled()


@pytest.mark.parametrize(("replacement", "by"), [("", "AB"), ("another person", "")])
def test_a_redaction_needs_its_words_and_a_label(make, replacement, by):
    page = make()
    page.show_reading()
    select(page, "Siobhan")
    page.select_button.click()
    page.redact.replacement.setText(replacement)
    page.redact.by.setText(by)
    page.redact.do_button.click()

    assert page.redact.problem.text().startswith("Enter ")
    assert page.service.redactions == []


def test_who_speaks_is_no_place_of_a_word():
    of, _ = approved("R3: R3 said R3x.\n\nR3: No.")

    assert places_of(of, "r3") == [(4, 6)]


def test_who_speaks_cannot_be_selected_to_be_redacted(make):
    page = make()
    page.show_reading()
    select(page, "R5:")
    assert not page.select_button.isEnabled()
    QTest.keyClick(page.text, Qt.Key.Key_E, CTRL)

    assert not page.redact.isVisible()
    assert page.problem.isVisible()


def test_destroying_is_offered_with_what_goes_what_stays_and_the_backups(make):
    page = make()
    page.destroying.ask_button.click()

    assert page.destroying.transcript.text() == (
        "Destroyed: the sound, the machine’s text, the corrected text and your decisions. Not destroyed: the approved "
        "text, version 1."
    )
    assert page.destroying.reach.text().startswith("The backup of 1 March still holds it.")
    assert page.destroyed == []


def test_destroying_needs_a_reason_and_happens_by_a_second_step_alone(make):
    page = make()
    page.destroying.ask_button.click()
    page.destroying.destroy_button.click()
    assert page.destroying.problem.text() == "Enter a reason first. It is stored in the log."
    page.destroying.why.setText("approved")
    page.destroying.witness.setText("coordinator")
    page.destroying.destroy_button.click()

    assert page.destroyed == [(RECORDING, "approved", "coordinator")]
    assert page.why_not.text() == "The recording and its identifiable text are destroyed."
    assert not page.destroying.isVisible()
    assert page.messages.last.text == "Destroyed. The log shows when and why."


def test_of_a_session_that_was_not_recorded_the_transcript_is_destroyed(make):
    page = make(DestroyOffer(has_sound=False))
    assert page.destroying.ask_button.text() == "Destroy this transcript…"
    page.destroying.ask_button.click()

    assert page.destroying.heading.text() == "Destroy this transcript"
    assert page.destroying.transcript.text() == (
        "Destroyed: the corrected text and your decisions. Not destroyed: the approved text, version 1."
    )


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (
            DestroyOffer(stretches_waiting=1),
            "The recording cannot be destroyed yet: 1 place waits for someone who speaks another language.",
        ),
        (DestroyOffer(is_held=True), "The recording is under a legal hold."),
        (DestroyOffer(is_there=False, has_sound=False), "The identifiable text is destroyed."),
        (DestroyOffer(is_there=False), "The recording and its identifiable text are destroyed."),
    ],
)
def test_where_it_may_not_be_destroyed_nothing_is_offered_and_one_sentence_says_why(make, offer, words):
    page = make(offer)

    assert not page.destroying.isVisible()
    assert page.why_not.text() == words


def test_enter_makes_no_version_and_a_question_comes_before_the_old_one_is_destroyed(make):
    page = make()
    page.show_reading()
    select(page, "Siobhan")
    page.select_button.click()
    page.redact.replacement.setText("another person")
    page.redact.by.setText("CD")
    for field in (page.redact.replacement, page.redact.by):
        press_enter(field)
    assert not page.redact.once_more.is_asking

    page.redact.do_button.click()
    assert page.redact.once_more.words.text() == "Version 1 is destroyed for good. Make version 2?"
    assert page.redact.once_more.cancel_button.hasFocus()
    page.redact.once_more.cancel_button.click()
    assert page.service.redactions == []


def test_enter_in_the_reason_for_destroying_presses_nothing_else_on_the_page(make):
    page = make()
    page.destroying.ask_button.click()
    for field in (page.destroying.why, page.destroying.witness):
        press_enter(field)

    assert not page.is_reading


def test_an_approval_is_undone_after_a_question_that_says_what_goes_and_what_does_not(make, qtbot, work):
    page = make()
    left = []
    page.back.connect(lambda: left.append(True))
    page.undo_button.click()
    assert page.undo_question.words.text() == (
        "The approved text, version 1, is destroyed. Files that were exported are not changed. You can de-identify and "
        "approve the transcript again."
    )
    assert page.service.undone == []
    page.undo_question.do_button.click()
    qtbot.waitUntil(lambda: bool(left))

    assert page.service.undone == [RECORDING]
    assert page.messages.last.text == "The approval is undone. You can de-identify the transcript again."


def test_an_approval_that_cannot_be_undone_says_why_and_stays(make, qtbot, work):
    page = make()
    page.service.trouble = Trouble(TroubleCode.DISK_FULL, folder="/x")
    page.undo_button.click()
    page.undo_question.do_button.click()
    qtbot.waitUntil(page.problem_of_undo.isVisible)

    assert page.undo_button.isEnabled()
    assert page.opened == RECORDING


@pytest.mark.parametrize("offer", [DestroyOffer(is_held=True), DestroyOffer(is_there=False)])
def test_an_approval_is_not_undone_under_a_legal_hold_or_without_its_transcript(make, offer):
    assert not make(offer).undo_button.isVisible()
    assert make().undo_button.isVisible()


def test_every_control_is_named(make):
    page = make(export=lambda _recording: None)
    assert accessible.nameless(page) == []
    page.show_reading()
    select(page, "Siobhan")
    page.select_button.click()
    process_events()
    assert accessible.nameless(page) == []
