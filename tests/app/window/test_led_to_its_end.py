"""A session led to its end in the real window, and what follows: no page that was left still listens."""

from __future__ import annotations

import pytest
import shiboken6
from desktop_bench import GROUP, DesktopBench
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from qt_events import process_events

from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.domain.study.consent import Answer, Purpose, current_answers
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.ui.debrief.debrief import DebriefPlace
from balint_desktop.ui.room.room import RoomPlace
from balint_desktop.ui.shell.shell import PlaceKey
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.state import VaultState

P1, P2 = ParticipantCode("P1"), ParticipantCode("P2")


@pytest.fixture
def bench(qapp, theme, tmp_path, qtbot, monkeypatch):
    made = DesktopBench(qapp, tmp_path / "data", qtbot, monkeypatch)
    yield made
    made.close()


def to_debrief(bench):
    """Go to the debrief a minute after the end: anything still showing the clock would show another time."""
    room = bench.room
    bench.press("to-debrief")
    process_events()
    bench.clock.advance(90)
    assert isinstance(bench.room, DebriefPlace)
    assert not shiboken6.isValid(room)
    return bench


def row(bench):
    """Return the newest session in the log."""
    return bench.vault.log.sessions.sessions()[0]


def presenters(bench):
    return dict(bench.desktop.session.flow.session.state.presenters)


# --- the debrief ---


def test_the_presenter_can_be_chosen_in_the_debrief(bench):
    to_debrief(bench.lead(record=False).end())
    bench.press("presented-1-P2")
    assert presenters(bench) == {1: P2}
    assert bench.find("presented-1-P2", QPushButton).isChecked()
    bench.press("presented-1-P1")
    assert presenters(bench) == {1: P1}
    bench.press("presented-1-P1")

    assert presenters(bench) == {}


def test_everything_in_the_debrief_is_saved_and_leads_to_today(bench):
    to_debrief(bench.lead(record=False).end())
    bench.press("presented-1-P2", "remind-follow-up")
    bench.find("process-note", QPlainTextEdit).setPlainText("The group was slow to begin.")
    bench.press("closing-done")

    assert bench.shell.current is PlaceKey.TODAY
    assert bench.desktop.session.flow is None
    assert row(bench).debrief == Debrief("The group was slow to begin.")


def with_names(bench):
    """Lead a session of a group with a roster to its debrief."""
    bench.open()
    bench.vault.rosters.save({GROUP.id: Roster((Person(P1, "Ada Mori"), Person(P2, "Hope Ngata")))})
    bench.lead().end()
    bench.press("recording-stop", "say-stop-act")
    bench.recorder_ends()
    return to_debrief(bench)


def test_names_in_the_debrief_take_the_passphrase_and_leave_the_keys_dropped(bench):
    with_names(bench)
    bench.find("process-note", QPlainTextEdit).setPlainText("We sat with it.")
    page = bench.room
    bench.press("show-names")
    assert bench.shows("unlock-secret")
    bench.unlock()

    assert bench.room is page
    assert bench.shell.current is PlaceKey.SESSION
    assert bench.find("presented-1-P2", QPushButton).text() == "P2  Hope Ngata"
    assert bench.find("process-note", QPlainTextEdit).toPlainText() == "We sat with it."
    assert bench.vault.state is VaultState.IN_SESSION


def test_a_note_with_a_name_is_asked_about_while_the_names_are_shown(bench):
    with_names(bench)
    bench.press("show-names")
    bench.unlock()
    bench.find("process-note", QPlainTextEdit).setPlainText("It took Hope long to speak; there was hope.")
    bench.press("closing-done")
    assert bench.reads("process-note-names").startswith("Your note names Hope.")
    bench.press("closing-done")

    assert bench.shell.current is PlaceKey.TODAY


def test_names_that_were_not_unlocked_are_not_shown_by_a_later_passphrase(bench):
    with_names(bench)
    page = bench.room
    bench.press("show-names")
    bench.press("unlock-clock-alone")
    assert bench.shell.current is PlaceKey.SESSION
    bench.watch.lock_due()
    bench.unlock()

    assert bench.room is page
    assert bench.find("presented-1-P2", QPushButton).text() == "P2"


def test_recorder_events_after_the_room_was_left_reach_only_the_log(bench):
    bench.lead().end()
    bench.press("recording-stop", "say-stop-act")
    bench.recorder_ends()
    result = bench.recorders.last
    to_debrief(bench)
    result.hears(601.0)
    result.ends(601.0)
    process_events()
    bench.press("presented-1-P2")

    assert presenters(bench) == {1: P2}


def test_the_debrief_continues_after_a_lock(bench):
    to_debrief(bench.lead(record=False).end())
    bench.press("presented-1-P2")
    bench.watch.lock_due()
    assert bench.vault.state is VaultState.LOCKED
    bench.clock.advance(90)
    bench.unlock()
    bench.press("presented-1-P1", "closing-done")

    assert bench.shell.current is PlaceKey.TODAY
    assert bench.vault.log.sessions.facts(row(bench).id)[-1].code == P1


def test_a_room_locked_and_unlocked_leaves_nothing_behind_in_the_debrief(bench):
    bench.lead(record=False)
    bench.watch.lock_due()
    bench.press("room-unlock")
    bench.unlock()
    to_debrief(bench.end())
    bench.press("presented-1-P2", "closing-done")

    assert bench.shell.current is PlaceKey.TODAY


def test_a_debrief_that_was_left_can_be_resumed(bench):
    to_debrief(bench.lead(record=False).end())
    bench.press("presented-1-P2")
    bench.desktop.places.open()
    process_events()
    assert bench.desktop.session.flow is None
    bench.desktop.session.return_to_unfinished()
    bench.clock.advance(90)
    assert bench.find("presented-1-P2", QPushButton).isChecked()
    bench.press("presented-1-P1", "closing-done")

    assert bench.shell.current is PlaceKey.TODAY


def test_two_consecutive_sessions_are_independent(bench):
    to_debrief(bench.lead(record=False).end())
    bench.press("closing-done")
    bench.lead(record=False)
    assert isinstance(bench.room, RoomPlace)
    to_debrief(bench.end())
    bench.press("presented-1-P2", "closing-done")

    assert len(bench.vault.log.sessions.sessions()) == 2


def test_the_theme_changes_during_the_debrief(bench):
    to_debrief(bench.lead(record=False).end())
    bench.desktop.context.theme.set_scale(1.25)
    bench.desktop.context.theme.set_scale(1.0)
    bench.press("presented-1-P2")

    assert presenters(bench) == {1: P2}


# --- after the page was left ---


def consents_page(bench, section):
    bench.open()
    bench.shell.show_place(PlaceKey.GROUPS)
    place = bench.shell.place(PlaceKey.GROUPS)
    place.show_group_of(GROUP.id, "consents")
    bench.press("consents-open")
    inside = place.page.sections.section("consents").sections
    inside.show_section(section)
    process_events()
    return inside.section(section)


def keep_terms(bench):
    consents_page(bench, "answers")
    section = bench.shell.place(PlaceKey.GROUPS).page.sections.section("consents")
    section.leave_view()
    section.study.show_subject(bench.vault.log.groups.group(GROUP.id), "invitation")
    page = section.study.section("invitation")
    page.fields["coordinator"].widget.setText("the coordinator")
    page.save()


def decline(bench):
    page = consents_page(bench, "answers")
    page.entering.choose(P1, Purpose.RECORDING)
    page.entering.today_button.click()
    page.entering.answered.emit(Answer.DECLINED)


def leave_the_study(bench):
    page = consents_page(bench, "leaving")
    page.who.setCurrentIndex(page.who.findData(P1))
    page.enter_button.click()


def what_is_entered(bench):
    consents = bench.vault.log.consents
    answers = current_answers(consents.consents(GROUP.id))
    return consents.study(GROUP.id), {cell: row.answer for cell, row in answers.items()}


@pytest.mark.parametrize("act", [decline, leave_the_study])
def test_an_answer_is_not_undone_by_a_key_pressed_on_another_page(bench, act):
    bench.open()
    today = bench.vault.log.consents.today()
    bench.vault.log.consents.enter(GROUP.id, [(P1, Purpose.ANALYSIS)], Answer.GIVEN, ConsentCollection(today))
    act(bench)
    entered = what_is_entered(bench)
    process_events()
    bench.shell.show_place(PlaceKey.TODAY)
    bench.desktop.context.undo.undo()
    process_events()

    assert what_is_entered(bench) == entered
    assert bench.desktop.context.messages.last is None


def test_a_change_of_the_study_can_be_undone_after_its_page_is_closed(bench):
    bench.open()
    today = bench.vault.log.consents.today()
    bench.vault.log.consents.enter(GROUP.id, [(P1, Purpose.ANALYSIS)], Answer.GIVEN, ConsentCollection(today))
    before = what_is_entered(bench)
    keep_terms(bench)
    assert what_is_entered(bench) != before
    bench.shell.close_places()
    process_events()
    bench.desktop.context.undo.undo()
    process_events()

    assert what_is_entered(bench) == before
    assert "Undone" in bench.desktop.context.messages.last.text
