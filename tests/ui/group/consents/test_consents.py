"""The consents of a group, by keyboard alone, over a real vault."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from clocks import WoundClock
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton
from qt_events import process_events
from vaults import make_vault
from waiting import live_until

from balint_desktop import resources
from balint_desktop.domain.group.group import Group, RecordingRule, new_participants
from balint_desktop.domain.session import facts as f
from balint_desktop.domain.session.debrief import SessionSetting
from balint_desktop.domain.study.consent import Answer, Purpose, TakenBy, current_answers
from balint_desktop.domain.study.terms import Asks, Study
from balint_desktop.domain.values import GroupId, RecordingId, SessionKind, participant_code
from balint_desktop.reports.outside_labels import outside_labels
from balint_desktop.ui.group.consents.deps import ConsentDeps
from balint_desktop.ui.group.consents.section import ConsentsSection
from balint_desktop.ui.shell.undo import UndoStack
from balint_desktop.ui.widgets.enter_escape import press_escape
from balint_desktop.vault.consent_gate import withdrawals
from balint_desktop.vault.deidentified import DeidentifiedTexts
from balint_desktop.vault.log.approved import ApprovedChange, ApprovedVersion
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.name_gate import pass_names
from balint_desktop.vault.study_numbers import read_numbers
from balint_desktop.vault.transcripts import TranscriptVault

P1, P2, P3 = CODES = tuple(participant_code(number) for number in (1, 2, 3))
GROUP = Group(GroupId("g"), "Block B", participants=new_participants(3), for_research=True)
STUDY = Study(coordinator="the coordinator’s office", form_version="2", withdrawal_asks=Asks.DESTROY)


class Requests:
    """The section's requests to its surroundings."""

    def __init__(self):
        self.changed, self.destroyed, self.printed = [], [], []
        self.path = None
        self.asked = []

    def ask(self, _parent, _title, suggested, _kinds):
        self.asked.append(suggested)
        return self.path


@pytest.fixture
def vault(tmp_path):
    opened = make_vault(tmp_path / "vault").open(WoundClock())
    opened.log.groups.save_group(GROUP)
    yield opened
    opened.close()


@pytest.fixture
def log(vault):
    return vault.log


@pytest.fixture
def events():
    return Requests()


@pytest.fixture
def undoing(messages):
    return UndoStack(messages)


@pytest.fixture
def section(vault, events, undoing, look_at, qtbot):
    deps = ConsentDeps(
        log=vault.log,
        messages=undoing._messages,
        undoing=undoing,
        changed=events.changed.append,
        open_transcript=lambda _recording: None,
        destroy=events.destroyed.append,
        print_text=lambda _parent, html: events.printed.append(html),
        ask=events.ask,
        pass_names=partial(pass_names, vault),
        transcripts=TranscriptVault(vault),
        labels=lambda group: outside_labels(vault, group),
    )
    made = look_at(ConsentsSection(deps))
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_subject(GROUP)
    # As the window refreshes the current place.
    undoing.undone.connect(lambda: made.show_subject(GROUP))
    return made


def press(key, *, times=1, with_=Qt.KeyboardModifier.NoModifier):
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), key, with_)
        process_events()


def alt(letter):
    """Press a button by its shortcut; Qt shows it pressed for a moment before the click."""
    window = QApplication.activeWindow()
    QTest.keyClick(window, getattr(Qt.Key, f"Key_{letter}"), Qt.KeyboardModifier.AltModifier)
    live_until(lambda: not any(one.isDown() for one in window.findChildren(QPushButton)))
    process_events()


def type_into(field, words):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)


def opened(section, page="answers"):
    section.open_button.setFocus()
    press(Qt.Key.Key_Space)
    if page != "answers":
        section.sections.chips[page].setFocus()
        press(Qt.Key.Key_Space)
    return section.sections.section(page)


def part(section, name):
    """Open a part of the study, outside the answers."""
    section.study.chips[name].setFocus()
    press(Qt.Key.Key_Space)
    return section.study.section(name)


def known(log):
    return current_answers(log.consents.consents(GROUP.id))


def label(section, name):
    return [one for one in section.findChildren(QLabel, name) if not one.isHidden()][-1].text()


# --- the cover ---


def test_answers_are_hidden_until_requested_and_after_the_section_is_left(section, log):
    log.consents.enter(GROUP.id, [(P2, Purpose.RECORDING)], Answer.DECLINED, ConsentCollection(log.consents.today()))
    assert section.open_button.isVisible()
    assert section.sections.section("answers") is None
    assert "needs no study consent" in label(section, "consents-teaching")

    page = opened(section)
    assert page.grid.isVisible()
    section.leave_view()
    assert not page.grid.isVisible()
    assert section.open_button.isVisible()


def test_what_withdrawals_ask_for_is_reached_at_once_where_no_coordinator_keeps_the_answers(section):
    section.show_leaving()

    assert section.is_open
    assert section.sections.current == "leaving"


def test_where_a_coordinator_keeps_the_answers_the_step_comes_first_and_leads_there(section, log):
    log.consents.save_study(GROUP.id, STUDY)
    section.show_subject(GROUP)
    section.show_leaving()
    assert not section.is_open
    assert section.open_button.hasFocus()
    press(Qt.Key.Key_Space)

    assert section.is_open
    assert section.sections.current == "leaving"


def test_switching_groups_closes_the_cover(section):
    opened(section)
    section.show_subject(Group(GroupId("h"), "Block C"))
    assert not section.is_open


def test_whether_an_assessor_leads_is_asked_and_unanswered_records_nothing(section, log):
    cells = [(code, Purpose.RECORDING) for code in CODES]
    log.consents.enter(GROUP.id, cells, Answer.GIVEN, ConsentCollection(log.consents.today()))
    section.show_subject(log.groups.group(GROUP.id))

    assert label(section, "consents-available") == "Recording is not available"
    assert section.findChild(QLabel, "study-assesses-unanswered").isVisibleTo(section)
    section.findChild(QComboBox, "study-assesses").setCurrentIndex(1)
    assert not section.findChild(QLabel, "study-assesses-unanswered").isVisibleTo(section)


@pytest.mark.parametrize("agreed", [(), (P1, P2), CODES], ids=["none", "two of three", "everyone"])
def test_outside_the_answers_the_page_says_only_whether_recording_is_available(section, log, agreed):
    cells = [(code, Purpose.RECORDING) for code in agreed]
    log.consents.enter(GROUP.id, cells, Answer.GIVEN, ConsentCollection(log.consents.today()))
    log.groups.save_recording_decision(GROUP.id, RecordingRule.ALL_MEMBERS, leader_assesses=False, grades_final=None)
    section.show_subject(log.groups.group(GROUP.id))

    available = "Recording is available" if agreed == CODES else "Recording is not available"
    assert label(section, "consents-available") == available
    shown = " ".join(one.text() for one in section.findChildren(QLabel) if one.isVisible())
    assert not [word for word in (*CODES, "given", "declined", "withdrawn", "not asked") if word in shown]


def test_with_a_coordinator_the_step_says_whose_answers_they_are_and_that_it_is_no_lock(section, log):
    assert section.open_button.text() == "Show the answers"

    log.consents.save_study(GROUP.id, STUDY)
    section.show_subject(GROUP)

    assert section.open_button.text() == "I keep the answers: show them"
    assert label(section, "consents-cover").startswith("The coordinator’s office enters and keeps the answers.")
    assert "a reminder, not a lock" in label(section, "consents-cover")


def test_a_teaching_group_is_not_shown_the_study(section, log):
    log.groups.save_group(replace(GROUP, for_research=False))
    section.show_subject(GROUP)

    assert not section.study.isVisible()
    assert section.open_button.isVisible()


@pytest.mark.parametrize("leave", ["closed", "left"])
def test_once_the_answers_are_closed_no_key_changes_one_and_no_message_tells_of_one(
    section, log, undoing, messages, leave
):
    page = entered(section)
    page.entering.choose("P2", "recording")
    alt("D")
    if leave == "closed":
        section.close_button.click()
    else:
        section.leave_view()

    assert messages.last is None
    undoing.undo()
    assert known(log)[P2, Purpose.RECORDING].answer is Answer.DECLINED


# --- answers ---


def entered(section):
    """Return the page of answers with today's date entered."""
    page = opened(section)
    page.entering.day.set_day(page.entering._today)
    return page


def buttons(page):
    return {answer.value: (made.text(), made.isEnabled()) for answer, made in page.entering.answers.items()}


def confirm(section):
    section.findChild(QPushButton, "consents-confirm-do").setFocus()
    press(Qt.Key.Key_Space)


def click(widget):
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def test_nothing_is_preselected_and_no_press_enters_anything(section, log):
    page = opened(section)

    assert (page.entering.codes(), page.entering.purposes(), page.entering.day.text()) == ((), (), "")
    assert buttons(page) == {
        "given": ("Given", False),
        "declined": ("Declined", False),
        "withdrawn": ("Withdrawn", False),
    }
    for letter, made in zip("GDW", page.entering.answers.values(), strict=True):
        alt(letter)
        click(made)
    assert log.consents.consents(GROUP.id) == ()


def test_missing_choices_are_listed_beside_the_answers_until_complete(section):
    page = opened(section)
    said = [label(section, "consents-missing")]
    page.entering.who.setFocus()
    press(Qt.Key.Key_Down, times=2)
    said.append(label(section, "consents-missing"))
    page.entering.purpose.setFocus()
    press(Qt.Key.Key_Down, times=2)
    said.append(label(section, "consents-missing"))
    alt("T")

    assert said == [
        "Choose who answered, a purpose and a date first.",
        "Choose a purpose and a date first.",
        "Enter the date of the answer first.",
    ]
    assert page.entering.missing_label.isHidden()
    assert buttons(page)["given"] == ("Given", True)


@pytest.mark.parametrize(
    ("typed", "said"), [("2026-02-31", "“2026-02-31” is not a date"), ("2999-01-01", "That date is in the future.")]
)
def test_an_impossible_day_disables_the_answers_and_is_reported(section, typed, said):
    page = entered(section)
    page.entering.choose("P1", "recording")
    type_into(page.entering.day, typed)

    assert not page.entering.answers[Answer.GIVEN].isEnabled()
    assert label(section, "consents-missing").startswith(said)


def test_a_day_left_empty_stays_empty(section):
    page = opened(section)
    page.entering.day.setFocus()
    press(Qt.Key.Key_Tab)

    assert page.entering.day.text() == ""
    assert not page.entering.day.has_day()


def test_an_answer_for_many_shows_its_number_asks_once_and_is_entered_on_confirmation(section, log, events):
    log.consents.save_study(GROUP.id, STUDY)
    page = entered(section)
    alt("A")
    assert buttons(page)["given"] == ("Record “given” for 3 people, 6 purposes", True)
    alt("G")

    assert log.consents.consents(GROUP.id) == ()
    assert "18 answers will be recorded as “given”" in label(section, "consents-confirm-words")
    assert QApplication.focusWidget() is page.entering.confirm.cancel_button
    confirm(section)
    answers = known(log)
    assert {(code, purpose) for code in CODES for purpose in Purpose} == set(answers)
    assert {(row.answer, row.form, row.day, row.taken_by) for row in answers.values()} == {
        (Answer.GIVEN, "2", log.consents.today(), TakenBy.COORDINATOR)
    }
    assert events.changed == [GROUP.id]


def test_a_second_press_at_the_same_place_or_key_confirms_nothing(section, log):
    page = entered(section)
    alt("A")
    made = page.entering.answers[Answer.GIVEN]
    click(made)
    click(made)
    assert page.entering.confirm.isVisible()
    assert log.consents.consents(GROUP.id) == ()

    press(Qt.Key.Key_Space)
    assert page.entering.confirm.isHidden()
    assert log.consents.consents(GROUP.id) == ()
    assert QApplication.focusWidget() is made


def test_a_question_about_an_outdated_choice_is_dismissed(section):
    page = entered(section)
    alt("A")
    alt("D")
    assert page.entering.confirm.isVisible()
    page.entering.choose("P1", "recording")

    assert page.entering.confirm.isHidden()
    assert buttons(page)["declined"] == ("Declined", True)


def test_after_an_act_the_selection_is_cleared_and_the_day_stays(section, log):
    page = entered(section)
    page.entering.choose("P1", "recording")
    alt("G")
    alt("G")

    assert len(log.consents.consents(GROUP.id)) == 1
    assert (page.entering.codes(), page.entering.purposes()) == ((), ())
    assert page.entering.day.day() == log.consents.today()
    assert page.grid.selectedItems() == []


def test_a_single_cell_is_reached_with_the_arrows_and_answered(section, log):
    page = entered(section)
    page.grid.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right, times=3)
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.entering.answers[Answer.GIVEN]
    alt("D")

    assert {cell: row.answer for cell, row in known(log).items()} == {(P2, Purpose.QUOTATIONS): Answer.DECLINED}
    assert page.grid.words_at("P2", Purpose.QUOTATIONS).startswith("declined")
    spoken = page.grid.item(1, 3).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("P2, Quotations: declined")
    assert QApplication.focusWidget() is page.grid


def test_enter_on_the_first_cell_selects_it_and_moves_to_the_missing_date(section):
    page = opened(section)
    page.grid.setFocus()
    press(Qt.Key.Key_Return)

    assert (page.entering.codes(), page.entering.purposes()) == ((P1,), (Purpose.RECORDING,))
    assert QApplication.focusWidget() is page.entering.day


def test_a_cell_is_selected_and_answered_with_the_mouse(section, log):
    page = entered(section)
    for cell in ((0, 0), (1, 2)):
        place = page.grid.visualItemRect(page.grid.item(*cell)).center()
        QTest.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
        click(page.entering.answers[Answer.GIVEN])

    assert set(known(log)) == {(P1, Purpose.RECORDING), (P2, Purpose.ANALYSIS)}


def test_a_whole_column_or_row_takes_a_choice_a_press_and_a_confirmation(section, log):
    page = entered(section)
    page.entering.who.setFocus()
    press(Qt.Key.Key_Down)
    page.entering.purpose.setFocus()
    press(Qt.Key.Key_Down, times=2)
    assert buttons(page)["given"] == ("Record “given” for 3 people, 1 purpose", True)
    alt("G")
    confirm(section)
    assert set(known(log)) == {(code, Purpose.RECORDING) for code in CODES}

    page.entering.choose_all()
    page.entering.who.setFocus()
    press(Qt.Key.Key_Down)
    alt("D")
    confirm(section)
    assert {cell for cell, row in known(log).items() if row.answer is Answer.DECLINED} == {
        (P1, purpose) for purpose in Purpose
    }


def test_an_answer_for_many_skips_those_who_declined_and_says_how_many(section, log, messages):
    log.consents.enter(GROUP.id, [(P2, Purpose.RECORDING)], Answer.DECLINED, ConsentCollection(log.consents.today()))
    entered(section)
    alt("A")
    alt("G")
    assert "17 answers will be recorded" in label(section, "consents-confirm-words")
    assert "1 answer was left unchanged." in label(section, "consents-confirm-words")
    confirm(section)

    assert known(log)[P2, Purpose.RECORDING].answer is Answer.DECLINED
    assert messages.last.text == "17 answers were recorded."


def test_an_entry_is_confirmed_without_a_code_or_an_answer(section, messages):
    page = entered(section)
    page.entering.choose("P2", "quotations")
    alt("D")

    assert messages.last.text == "1 answer was recorded."


def test_undoing_reverts_the_whole_act_by_adding_rows_and_the_cover_stays_open(section, log, events, undoing):
    page = entered(section)
    alt("A")
    alt("G")
    confirm(section)
    rows = len(log.consents.consents(GROUP.id))
    undoing.undo()
    section.show_subject(GROUP)

    assert known(log) == {}
    assert (rows, len(log.consents.consents(GROUP.id))) == (18, 36)
    assert events.changed == [GROUP.id, GROUP.id]
    assert page.grid.words_at("P1", Purpose.RECORDING) == "not asked"
    assert section.is_open


def test_a_question_whose_number_is_outdated_is_dismissed(section, log, undoing):
    page = entered(section)
    page.entering.choose("P2", "recording")
    alt("D")
    alt("A")
    alt("G")
    assert "17 answers" in label(section, "consents-confirm-words")
    undoing.undo()

    assert page.entering.confirm.isHidden()
    assert buttons(page)["given"] == ("Record “given” for 3 people, 6 purposes", True)


def test_an_agreement_dated_before_a_refusal_is_refused_in_place(section, log):
    today = log.consents.today()
    log.consents.enter(GROUP.id, [(P1, Purpose.RECORDING)], Answer.WITHDRAWN, ConsentCollection(today))
    page = opened(section)
    page.entering.choose("P1", "recording")
    page.entering.day.set_day(today - timedelta(days=1))
    alt("G")

    assert "after the date you chose" in label(section, "consents-problem")
    assert known(log)[P1, Purpose.RECORDING].answer is Answer.WITHDRAWN
    assert page.entering.codes() == (P1,)


def test_no_future_day_can_be_chosen(section, log):
    page = opened(section)
    page.entering.day.set_day(log.consents.today() + timedelta(days=400))
    assert page.entering.day.day() <= log.consents.today()


def test_only_a_given_consent_can_be_withdrawn(section, log):
    entered(section)
    alt("A")
    alt("W")
    assert "nothing to withdraw" in label(section, "consents-problem")
    assert log.consents.consents(GROUP.id) == ()


def test_a_members_entries_are_shown_on_demand_and_a_mistake_can_be_undone_there(section, log):
    page = entered(section)
    page.entering.choose("P1", "recording")
    alt("G")
    assert page.history.isHidden()
    alt("H")
    assert page.history.isVisible()
    place = known(log)[P1, Purpose.RECORDING].place
    assert "Being recorded: given" in label(section, f"consent-{place}")

    section.findChild(QPushButton, f"consent-{place}-undo").setFocus()
    press(Qt.Key.Key_Space)
    assert (P1, Purpose.RECORDING) not in known(log)
    assert "does not count" in label(section, f"consent-{place}")


def test_escape_closes_the_history_and_not_the_answers_around_it(section):
    page = opened(section)
    alt("H")
    assert page.history.isVisible()
    press_escape(section, page.history_button)

    assert page.history.isHidden()
    assert page.isVisible()
    assert page.history_button.hasFocus()


# --- the study ---


def test_the_studys_terms_are_typed_saved_and_undone(section, log, undoing):
    page = part(section, "invitation")
    type_into(page.fields["coordinator"].widget, "the coordinator")
    type_into(page.fields["sheet_sent"].widget, "2026-02-02")
    page.save_button.setFocus()
    press(Qt.Key.Key_Space)

    kept = log.consents.study(GROUP.id)
    assert (kept.coordinator, kept.sheet_sent) == ("the coordinator", date(2026, 2, 2))
    assert (kept.invited, kept.withdrawal_asks) == (None, None)
    undoing.undo()
    assert log.consents.study(GROUP.id) is None
    assert page.fields["coordinator"].widget.text() == ""


@pytest.mark.parametrize("typed", ["31/2/2026", "2026-02-31", "soon", "2026-13-01"])
def test_an_invalid_day_is_reported_with_its_field_and_no_input_is_lost(section, log, typed):
    page = part(section, "approval")
    type_into(page.fields["approval_committee"].widget, "UAHPEC")
    type_into(page.fields["approval_day"].widget, typed)
    page.save()

    assert typed in label(section, "study-approval-problem")
    assert "Approved on" in label(section, "study-approval-problem")
    assert page.fields["approval_committee"].widget.text() == "UAHPEC"
    assert log.consents.study(GROUP.id) is None


def test_inconsistent_numbers_are_reported(section, log):
    page = part(section, "invitation")
    page.fields["invited"].widget.setValue(6)
    page.fields["agreed"].widget.setValue(8)
    page.save()
    assert "More people agreed than were invited" in label(section, "study-invitation-problem")
    assert log.consents.study(GROUP.id) is None


def test_unsaved_input_is_preserved_while_another_page_is_visited(section):
    page = part(section, "use")
    type_into(page.fields["transcriber"].widget, "a transcriber")
    opened(section)
    section.leave_view()
    part(section, "approval")
    part(section, "use")
    assert page.fields["transcriber"].widget.text() == "a transcriber"


def test_who_decides_and_whether_an_assessor_leads_are_saved_reach_the_room_and_are_undone(
    section, log, events, undoing
):
    page = part(section, "recording")
    assert not page.warning.isVisible()
    page.rule.setFocus()
    press(Qt.Key.Key_Down)
    assert page.warning.isVisible()
    page.assesses.setFocus()
    press(Qt.Key.Key_Down, times=2)
    assert page.key_missing.isVisible()
    page.save_button.setFocus()
    press(Qt.Key.Key_Space)

    saved = log.groups.group(GROUP.id)
    assert (saved.recording_rule, saved.leader_assesses) == (RecordingRule.THOSE_PRESENT, True)
    assert saved.awaits_grades
    assert events.changed == [GROUP.id]
    undoing.undo()
    again = log.groups.group(GROUP.id)
    assert (again.recording_rule, again.leader_assesses) == (RecordingRule.ALL_MEMBERS, None)


def test_the_day_of_the_grades_opens_what_was_closed_and_cannot_lie_ahead(section, log):
    page = part(section, "recording")
    page.assesses.setCurrentIndex(2)
    page.grades.set_day(log.consents.today() + timedelta(days=1))
    page.save()
    assert log.groups.group(GROUP.id).leader_assesses is None

    page.grades.set_day(log.consents.today())
    page.save()
    assert log.groups.group(GROUP.id).grades_final == log.consents.today()
    assert not log.groups.group(GROUP.id).awaits_grades


def test_saving_one_part_changes_nothing_of_another(section, log):
    invitation = part(section, "invitation")
    type_into(invitation.fields["coordinator"].widget, "the coordinator")
    use = part(section, "use")
    type_into(use.fields["governance"].widget, "an advisory group")
    use.save()
    part(section, "invitation")
    invitation.save()

    kept = log.consents.study(GROUP.id)
    assert (kept.coordinator, kept.governance) == ("the coordinator", "an advisory group")


def test_a_part_of_the_study_is_short(section):
    assert {name: len(part(section, name).fields) for name in ("use", "approval", "invitation")} == {
        "use": 7,
        "approval": 8,
        "invitation": 9,
    }


# --- leaving the study ---


def recorded(log, present):
    text = resources.text("formats/student-hour.toml")
    session = log.sessions.start(SessionSetting(GROUP.id, 2, SessionKind.CASE, "student-hour", text))
    log.sessions.add_fact(session, f.Began(at=WoundClock().now(), present=present))
    log.recordings.add("recording-1", session, "age1test", this_vault_reads=True)
    return "recording-1"


def test_leaving_the_study_asks_no_reason_lists_the_recordings_and_leads_to_destroying(section, log, events, undoing):
    log.consents.save_study(GROUP.id, STUDY)
    everything = [(code, purpose) for code in CODES for purpose in Purpose]
    log.consents.enter(GROUP.id, everything, Answer.GIVEN, ConsentCollection(log.consents.today()))
    recording = recorded(log, (P1, P2))
    page = opened(section, "leaving")
    assert page.findChildren(QLineEdit) == [page.day]
    page.who.setFocus()
    press(Qt.Key.Key_Down, times=2)
    assert "1 session is affected" in page.reach.text()
    assert "destroy its recording" in page.reach.text()
    page.enter_button.setFocus()
    press(Qt.Key.Key_Space)

    assert {row.answer for (code, _), row in known(log).items() if code == P2} == {Answer.WITHDRAWN}
    assert events.changed == [GROUP.id]
    assert section.isAncestorOf(QApplication.focusWidget())
    section.findChild(QPushButton, "left-1-2-destroy").setFocus()
    press(Qt.Key.Key_Space)
    assert events.destroyed == [recording]

    undoing.undo()
    assert {row.answer for row in known(log).values()} == {Answer.GIVEN}
    assert not [one for one in section.findChildren(QLabel, "left-1-heading") if one.isVisible()]


def test_a_withdrawal_is_recorded_without_a_code_and_a_mistake_is_undone_on_its_card(section, log, undoing, messages):
    everything = [(code, purpose) for code in CODES for purpose in Purpose]
    log.consents.enter(GROUP.id, everything, Answer.GIVEN, ConsentCollection(log.consents.today()))
    page = opened(section, "leaving")
    page.who.setFocus()
    press(Qt.Key.Key_Down, times=2)
    page.enter_button.setFocus()
    press(Qt.Key.Key_Space)
    assert messages.last.text == "The withdrawal was recorded."

    section.leave_view()
    undoing.undo()
    assert known(log)[P2, Purpose.RECORDING].answer is Answer.WITHDRAWN
    opened(section, "leaving")
    section.findChild(QPushButton, "left-1-mistaken").setFocus()
    press(Qt.Key.Key_Space)
    assert known(log)[P2, Purpose.RECORDING].answer is Answer.WITHDRAWN
    section.findChild(QPushButton, "left-1-mistaken-confirm-do").setFocus()
    press(Qt.Key.Key_Space)

    assert {row.answer for row in known(log).values()} == {Answer.GIVEN}
    assert withdrawals(log, GROUP.id) == ()


def test_without_a_rule_each_recording_is_decided_by_hand(section, log):
    log.consents.enter(GROUP.id, [(P1, Purpose.RECORDING)], Answer.GIVEN, ConsentCollection(log.consents.today()))
    recorded(log, (P1,))
    page = opened(section, "leaving")
    assert "not entered" in page.rule.text()
    page.who.setFocus()
    press(Qt.Key.Key_Down)
    page.enter_button.setFocus()
    press(Qt.Key.Key_Space)
    section.findChild(QPushButton, "left-1-2-keep").setFocus()
    press(Qt.Key.Key_Space)
    process_events()
    assert section.findChild(QLabel, "left-1-done") is not None


# --- papers ---


def test_the_form_is_saved_as_pdf_and_printed(section, events, tmp_path):
    page = part(section, "form")
    events.path = tmp_path / "form.pdf"
    page.pdf_button.setFocus()
    press(Qt.Key.Key_Space)
    assert events.path.read_bytes().startswith(b"%PDF")
    page.print_button.setFocus()
    press(Qt.Key.Key_Space)
    assert "Consent form" in events.printed[0]


def test_the_forms_wording_is_shown_on_request_and_printed_once_it_is_saved(section, log, events):
    page = part(section, "form")
    assert not page.lines[Purpose.QUOTATIONS].isVisible()
    page.wording_button.setFocus()
    press(Qt.Key.Key_Space)
    type_into(page.lines[Purpose.QUOTATIONS], "About our quotations.")
    page.save()
    page.print_button.setFocus()
    press(Qt.Key.Key_Space)

    assert log.consents.study(GROUP.id).form_purposes == {Purpose.QUOTATIONS: "About our quotations."}
    assert "About our quotations." in events.printed[0]


def test_a_group_may_ask_for_a_second_reader_and_it_is_undone(section, vault, undoing):
    texts = DeidentifiedTexts(vault)
    assert texts.readers_needed(GROUP.id) == 1
    use = part(section, "use")
    use.fields["second_reader"].widget.setCurrentText("yes")
    use.save_button.click()
    assert texts.readers_needed(GROUP.id) == 2
    assert '"second_reader"' in vault.log.audit.rows()[-1].details
    undoing.undo()

    assert texts.readers_needed(GROUP.id) == 1


def approve_all(log):
    """Note an approved text of the group's one recording."""
    session = log.sessions.start(
        SessionSetting(GROUP.id, 1, SessionKind.CASE, "student-hour", resources.text("formats/student-hour.toml"))
    )
    recording = RecordingId("recording")
    log.recordings.add(recording, session, "age1", this_vault_reads=True)
    change = ApprovedChange(recording, "age1", ApprovedVersion(1, "ab", "AB", log.now(), 1, 1, 1))
    log.approved.intend(change)
    log.approved.note_in_place(change)


def test_the_day_of_the_last_approval_is_offered_and_entered_only_when_asked_for_and_saved(section, log):
    assert not part(section, "approval").offer_button.isVisible()
    approve_all(log)
    page = part(section, "approval")
    page.fill(page.stored())
    assert page.offer_button.isVisible()
    assert log.consents.study(GROUP.id) is None
    page.offer_button.click()
    page.save_button.click()

    assert log.consents.study(GROUP.id).deidentified == log.consents.today()
    assert not page.offer_button.isVisible()


def test_the_ethics_file_holds_counts_and_people_by_number_only_on_request_as_its_name_says(
    section, vault, log, events, tmp_path
):
    log.consents.enter(GROUP.id, [(P1, Purpose.RECORDING)], Answer.GIVEN, ConsentCollection(log.consents.today(), "2"))
    page = opened(section, "papers")
    events.path = tmp_path / "mine.csv"
    page.table_button.setFocus()
    press(Qt.Key.Key_Space)
    with (tmp_path / "mine.csv").open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["given"] == "1"

    page.each_person.setFocus()
    press(Qt.Key.Key_Space)
    page.table_button.setFocus()
    press(Qt.Key.Key_Space)
    text = (tmp_path / "mine-by-number.csv").read_text(encoding="utf-8")
    assert f"{read_numbers(vault, GROUP.id).label(P1)},recording,given" in text
    assert "P1" not in text
    assert events.asked == ["consents-counts.csv", "consents-by-number.csv"]
    assert [row.act for row in log.audit.rows()].count(AuditAct.CONSENTS_EXPORTED) == 2
