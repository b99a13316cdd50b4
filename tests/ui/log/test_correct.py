"""Records corrected in their page, two pages on one record, texts erased, and sessions entered afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from kept_sessions import GROUP, P1, P2, P10
from log_bench import cells, words

from balint_desktop.domain.group.dates import PlannedSession
from balint_desktop.domain.group.roster import Person, Roster
from balint_desktop.domain.session.corrections import Attribution, Field
from balint_desktop.domain.session.debrief import Debrief
from balint_desktop.ui.shell.messages import MessageKind


def correcting(bench, session):
    place = bench.place()
    place.show_session(session)
    place.page.facts.correct_button.click()
    return place, place.page.facts.correcting


def save(form, who="M", why="a slip"):
    form.attribution.who.setText(who)
    form.attribution.why.setText(why)
    form.save_button.click()


def test_a_correction_applies_and_the_previous_value_stays_readable(bench):
    place, form = correcting(bench, bench.long_session())
    form.fields.note.setPlainText("We stayed with it.")
    form.fields.presenters[0].setCurrentText("P1")

    save(form)

    shown = words(place)
    assert "We stayed with it." in shown
    assert "note on process: “We sat with it.”, changed on" in shown
    assert "by M; reason: a slip" in shown
    assert "presenter: P2, changed on" in shown
    assert "Corrected" in shown


def test_it_is_undone_with_one_key(bench):
    session = bench.long_session()
    place, form = correcting(bench, session)
    form.fields.number.setValue(5)
    form.fields.present[P2].click()
    save(form)
    assert "session 5" in words(place)

    bench.undoing.undo()
    place.enter_view()

    assert "session 3" in words(place)
    assert "Before this" not in words(place)
    assert bench.book.record(session).corrected == ()


def test_an_untouched_field_is_not_changed(bench):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    before = bench.book.record(session)

    save(form)

    assert bench.book.record(session).current_values == before.current_values
    assert bench.book.changes(session) == ()


def test_without_who_and_why_nothing_is_saved_and_no_input_is_lost(bench):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    form.fields.note.setPlainText("typed with care")

    save(form, why="")

    assert bench.messages.last.kind is MessageKind.TROUBLE
    assert form.isVisible()
    assert form.fields.note.toPlainText() == "typed with care"
    assert bench.book.record(session).debrief.process_note == "We sat with it."


@pytest.mark.parametrize(
    ("typed", "code"), [("2026-02-31", "not a date"), ("soon", "not a date"), ("2031-01-01", "in the future")]
)
def test_an_invalid_day_gets_a_sentence(bench, typed, code):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    form.fields.day.setText(typed)

    save(form)

    assert code in bench.messages.last.text
    assert form.fields.day.text() == typed
    assert bench.book.changes(session) == ()


def test_saving_over_another_pages_change_is_refused_and_both_texts_stay_visible(bench):
    session = bench.long_session()
    _first, mine = correcting(bench, session)
    _second, theirs = correcting(bench, session)
    mine.fields.note.setPlainText("my words")
    theirs.fields.note.setPlainText("their words")
    save(theirs, who="K")

    save(mine)

    assert "has been changed elsewhere" in bench.messages.last.text
    assert mine.fields.note.toPlainText() == "my words"
    assert "Now: “their words”" in words(mine)
    assert bench.book.record(session).debrief.process_note == "their words"
    # Saving once more is deliberate, and the other text stays readable.
    save(mine)
    assert bench.book.record(session).debrief.process_note == "my words"
    assert [one.earlier_value for one in bench.book.changes(session)] == ["their words", "We sat with it."]


def test_undoing_over_a_later_change_is_refused(bench):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    form.fields.number.setValue(5)
    save(form)
    seen = bench.book.record(session)
    bench.book.correct(seen, {Field.NUMBER: 6}, Attribution("K", "counted again"))

    bench.undoing.undo()

    assert bench.messages.last.kind is MessageKind.TROUBLE
    assert bench.book.record(session).setting.number == 6


def test_erasing_asks_once_and_leaves_a_trace_without_the_text(bench):
    session = bench.long_session()
    place = bench.place()
    place.show_session(session)
    place.page.facts.erase_button.click()
    form = place.page.facts.erasing
    assert "It cannot be undone" in words(form)
    assert form.attribution.why.hasFocus()
    form.attribution.who.setText("M")
    form.attribution.why.setText("named somebody")

    form.erase_button.click()

    shown = words(place)
    assert "We sat with it." not in shown
    assert "erased on" in shown
    assert "by M; reason: named somebody" in shown
    assert bench.undoing.next_words == ""
    assert cells_found(bench, "sat") == 0


def cells_found(bench, typed):
    place = bench.place()
    place.table.filter(typed)
    return len(cells(place.table))


def test_cancelling_the_erasure_changes_nothing(bench):
    session = bench.long_session()
    place = bench.place()
    place.show_session(session)
    place.page.facts.erase_button.click()

    place.page.facts.erasing.cancel_button.click()

    assert "We sat with it." in words(place)


def test_a_reason_that_names_a_member_is_asked_about_once(bench):
    session = bench.long_session()
    place = bench.place()
    place.show_note(session)
    form = place.page.facts.correcting
    object.__setattr__(form._changing, "names_in", lambda _group, text: ("Hope",) if "Hope" in text else ())
    form.fields.number.setValue(5)
    form.attribution.who.setText("AB")
    form.attribution.why.setText("Hope asked.")
    form.save_button.click()
    assert form.attribution.named.text().startswith("This names Hope,")
    assert bench.book.record(session).setting.number == 3
    form.save_button.click()

    assert bench.book.changes(session)


def test_the_way_to_a_note_ends_in_its_field_also_where_its_session_is_shown_already(bench):
    session = bench.long_session()
    place = bench.place()
    place.show_session(session)
    place.show_note(session)

    assert place.page.facts.correcting.fields.note.hasFocus()
    assert place.page.facts.correcting.fields.note.toPlainText() == "We sat with it."


def test_a_session_inside_another_of_its_group_is_asked_about_once(bench):
    held = bench.long_session()
    began = bench.book.record(held).began_wall
    _, page = entering(bench)
    page.fields.show_values({**page.fields.all_values(), Field.BEGAN: began + 600, Field.LASTED: 600.0}, [P1])
    page.save_button.click()
    assert page.overlap.text() == "Session 3 of this group was held at that time. Change the time, or save again."
    assert len(bench.vault.log.sessions.sessions()) == 1
    page.save_button.click()

    assert len(bench.vault.log.sessions.sessions()) == 2


def entering(bench):
    place = bench.place()
    place.list._enter_button.click()
    return place, place.enter_page


def test_a_session_without_the_laptop_is_entered_marked_and_counted(bench):
    bench.long_session()
    place, page = entering(bench)
    assert page.fields.number.value() == 4
    page.fields.day.setText("2026-03-04")
    page.fields.minutes.setValue(50)
    page.fields.present[P1].click()
    page.fields.presenters[0].setCurrentText("P1")
    page.fields.presenters[1].setCurrentText("P2")
    page.fields.note.setPlainText("In the garden.")

    page.save_button.click()

    shown = words(place)
    assert "session 4" in shown
    assert "Entered afterwards" in shown
    assert "P1, P2" in shown
    assert "In the garden." in shown
    assert not place.page.facts._phases.isVisible()
    place.show_list()
    assert ["4", "P1, P2", "50:00", "entered afterwards"] in cells(
        place.table, "number", "presenter", "length", "marked"
    )
    assert "2 sessions, 3 cases" in words(place)
    assert bench.vault.log.dates.next_session("a-group", date(2026, 3, 4))[0] == 5


def test_entering_is_undone_with_one_key(bench):
    _place, page = entering(bench)
    page.fields.note.setPlainText("In the garden.")
    page.save_button.click()

    bench.undoing.undo()

    assert bench.vault.log.sessions.sessions() == ()
    assert cells_found(bench, "garden") == 0
    assert bench.vault.log.audit.broken_at() is None


@pytest.mark.parametrize(("day", "expected"), [("2031-01-01", "in the future"), ("2026-02-31", "not a date")])
def test_a_future_session_or_one_without_a_day_is_not_entered(bench, day, expected):
    _place, page = entering(bench)
    page.fields.day.setText(day)

    page.save_button.click()

    assert expected in bench.messages.last.text
    assert bench.vault.log.sessions.sessions() == ()


def test_a_session_without_a_length_is_not_entered(bench):
    _place, page = entering(bench)
    page.fields.minutes.setValue(0)

    page.save_button.click()

    assert bench.messages.last.kind is MessageKind.TROUBLE
    assert bench.vault.log.sessions.sessions() == ()


def test_a_debrief_saved_over_a_correction_page_is_reported_too(bench):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    bench.vault.log.sessions.close(session, Debrief("at the close"))
    form.fields.note.setPlainText("my words")

    save(form)

    assert "Now: “at the close”" in words(form)


# --- entering what was planned ---


PLANNED = PlannedSession(2, date(2026, 3, 4), "14:00")


def planned(bench):
    plan = (PlannedSession(1, date(2026, 2, 25), "14:00"), PLANNED)
    bench.vault.log.dates.save_plan(GROUP, plan)
    place = bench.place()
    place.enter_planned(GROUP, 2)
    return place, place.enter_page


def test_a_planned_session_is_entered_with_one_press(bench):
    _place, page = planned(bench)
    assert page.save_button.hasFocus()
    page.save_button.click()

    (row,) = bench.vault.log.sessions.sessions()
    record = bench.book.record(row.id)
    began = datetime.fromtimestamp(record.began_wall, UTC).astimezone()
    assert (record.setting.number, began.date(), f"{began:%H:%M}") == (2, PLANNED.day, PLANNED.time)
    assert record.present == (P1, P2, P10)


def test_a_member_who_came_later_or_left_before_is_not_entered_as_present(bench):
    bench.vault.members.set_left(GROUP, P2, date(2026, 3, 1))
    later = bench.vault.members.join(GROUP, date(2026, 3, 8))
    _place, page = planned(bench)

    assert [code for code, made in page.fields.present.items() if made.isChecked()] == [P1, P10]
    assert later in page.fields.present


# --- unsaved input ---


@pytest.mark.parametrize("way", ["left", "locked"])
def test_what_was_half_typed_is_there_again(bench, way):
    place, page = planned(bench)
    page.fields.note.setPlainText("Half a li")
    page.fields.present[P2].click()
    page.fields.presenters[0].setCurrentText("P1")
    if way == "left":
        place.leave_view()
        place.enter_view()
    else:
        bench.closing.emitted.emit()
        place = bench.place()

    page = place.enter_page
    assert page.isVisibleTo(place)
    assert page.fields.note.toPlainText() == "Half a li"
    assert [code for code, made in page.fields.present.items() if made.isChecked()] == [P1, P10]
    assert page.fields.presenters[0].currentText() == "P1"
    assert page.fields.day.day() == PLANNED.day


def test_a_form_that_was_saved_or_cleared_leaves_no_draft(bench):
    place, page = planned(bench)
    page.fields.note.setPlainText("Half a li")
    page.leave_button.click()
    assert place.list.isVisibleTo(place)
    place.enter_planned(GROUP, 2)
    assert page.fields.note.toPlainText() == "Half a li"
    page.clear_button.click()
    assert page.fields.note.toPlainText() == ""
    page.fields.note.setPlainText("Whole.")
    page.save_button.click()
    place.leave_view()

    assert bench.vault.log.drafts.forms("") == ()


def test_a_form_in_which_nothing_was_typed_leaves_no_draft(bench):
    place, _page = planned(bench)
    place.leave_view()

    assert bench.vault.log.drafts.forms("") == ()


def test_a_half_typed_correction_is_there_again_and_does_not_undo_anothers(bench):
    session = bench.long_session()
    _place, form = correcting(bench, session)
    form.fields.note.setPlainText("Half a li")
    form.attribution.why.setText("a slip")
    bench.closing.emitted.emit()
    now = bench.book.record(session)
    bench.book.correct(now, {Field.NUMBER: 9}, Attribution("X", "a wrong number"))
    _place, form = correcting(bench, session)

    assert form.fields.note.toPlainText() == "Half a li"
    assert form.attribution.why.text() == "a slip"
    assert form.fields.number.value() == 9


def test_erasing_a_note_deletes_its_draft_too(bench):
    session = bench.long_session()
    place, form = correcting(bench, session)
    form.fields.note.setPlainText("We sat with it still")
    place.leave_view()
    bench.book.erase(bench.book.record(session), Field.PROCESS_NOTE, Attribution("M", "named somebody"))
    place.show_session(session)
    place.page.facts.erasing.open(bench.book.record(session))
    place.page.facts.erasing.attribution.why.setText("named somebody")
    place.page.facts.erasing.erase_button.click()

    assert bench.vault.log.drafts.forms("") == ()


# --- names in a note ---


@pytest.mark.parametrize("form", ["enter", "correct"])
def test_a_note_that_names_a_member_is_asked_about_once(bench, form):
    bench.vault.rosters.save({GROUP: Roster((Person(P1, "Ada Mori"),))})
    if form == "enter":
        _place, page = planned(bench)
    else:
        _place, page = correcting(bench, bench.long_session())
        page.attribution.who.setText("M")
        page.attribution.why.setText("a slip")
    page.fields.note.setPlainText("ada was quiet")
    page.save_button.click()

    assert page.named_note.text() == "Your note names ada. A roster name stops the export. Change it, or save again."
    before = bench.vault.log.audit.rows()
    page.save_button.click()
    assert bench.vault.log.audit.rows() != before
