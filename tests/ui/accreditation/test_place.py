"""Accreditation by keyboard: aims beside plain numbers that open, refusals in a sentence, undo with one key."""

from __future__ import annotations

from datetime import date

import pytest
from accessible import cut, nameless, out_of_reading_order, unreachable
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from balint_desktop.domain.accreditation.pathways import Aim, Pathway
from balint_desktop.domain.accreditation.progress import Measure
from balint_desktop.domain.accreditation.reviews import QUESTIONS, Heading, Review, ReviewState
from balint_desktop.domain.accreditation.values import (
    ColleagueRole,
    EntryId,
    Leaders,
    Meeting,
    MeetingKind,
    OwnRole,
    SessionColleague,
    Supervision,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.domain.values import SessionKind
from balint_desktop.reports.accreditation_service import shipped_pathways
from balint_desktop.text.trouble import sentence
from balint_desktop.ui.widgets.dates import DateField

TODAY = date(2026, 3, 18)
SECTIONS = ("towards", "supervision", "elsewhere", "colleagues", "reviews")


def number(path, what):
    """Return a row of the numbers: aim, so far, with this laptop, elsewhere."""
    return next(row[1:5] for row in path.rows("towards-table") if row[0] == what)


# --- towards accreditation ---


def test_a_number_is_shown_beside_its_aim_in_a_plain_table(path):
    path.hold(days_ago=14)
    path.hold(number=2)
    path.log.accreditation.set_aims(Pathway("Mine", aims=(Aim(Measure.CASES, 30),)))
    path.place.enter_view()

    assert path.rows("towards-table")[0][:5] == ["Case discussions led or co-led", "30", "2", "2", "0"]
    assert number(path, "Sessions led or co-led") == ["", "2", "2", "0"]


def test_without_aims_it_explains_what_to_do(path):
    assert path.reads("towards-about") == "Set your own aims, or start from a society’s."


def test_a_role_that_is_not_noted_is_reported_once_and_calmly(path):
    session = path.hold()
    path.place.enter_view()
    assert "1 session" in path.reads("towards-roles")
    path.log.leaders.save_leaders(session, Leaders(OwnRole.CO_LEAD))
    path.place.enter_view()

    assert not path.shows("towards-roles")
    assert number(path, "Sessions as co-leader") == ["", "1", "1", "0"]


def test_enter_opens_the_items_behind_a_number_and_escape_returns(path, qtbot):
    session = path.hold()
    path.hold(days_ago=3, number=6, kind=SessionKind.EVALUATION)
    path.log.leaders.save_leaders(session, Leaders(OwnRole.SOLO))
    path.log.accreditation.save_meeting(
        Meeting(EntryId("m"), date(2026, 1, 5), MeetingKind.LED, 90, "Registrars", sessions=3, role=OwnRole.CO_LEAD),
        TODAY,
    )
    path.place.enter_view()
    table = path.find("towards-table")
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Return)

    assert path.reads("counted-title") == "Sessions led or co-led: 4"
    assert [row[1:] for row in path.rows("counted-table")] == [
        ["Group led elsewhere, Registrars", "co-leader", "3"],
        ["Block B, session 1", "alone", "1"],
    ]
    path.press("counted-back")
    assert path.shows("towards-table")


def test_a_number_without_items_says_so(path):
    path.place.sections.section("towards").open_number(f"6-{Measure.FACE_TO_FACE}")

    assert path.shows("counted-none")


def test_aims_are_copied_from_a_society_changed_and_undone_with_one_key(path, qtbot):
    path.press("towards-aims")
    path.press("aims-start-uk")
    assert "June 2023" in path.reads("aims-about")
    wanted = path.find("aim-1-wanted")
    wanted.selectAll()
    qtbot.keyClicks(wanted, "25")
    path.press("aim-2-remove")
    path.press("aims-add")
    path.place.activateWindow()
    qtbot.waitUntil(path.place.isActiveWindow)
    qtbot.keyClick(path.find("aims-name"), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not path.shows("aims"))

    assert [(aim.measure, aim.target) for aim in path.service.pathway().aims] == [
        (Measure.SESSIONS_CO_LED, 25),
        (Measure.WEEKENDS, 2),
        (Measure.SESSIONS, 1),
    ]
    assert "balint.co.uk" in path.reads("towards-source")
    assert "June 2023" in path.reads("towards-about")
    path.undo()
    assert path.service.pathway() == Pathway()
    assert not path.shows("towards-source")


def test_a_message_about_one_measure_is_not_shown_for_another(path, qtbot):
    path.press("towards-aims")
    path.press("aims-start-bsanz")
    line = path.place.sections.section("towards").aims.lines[3]
    line.measure.setCurrentIndex(line.measure.findData(Measure.EVENTS))

    assert line.aim() == Aim(Measure.EVENTS, 50)


def test_cancelling_saves_no_aim(path):
    path.press("towards-aims")
    path.press("aims-start-abs")
    path.press("aims-cancel")

    assert path.service.pathway() == Pathway()
    assert path.undoing.next_words == ""


def test_removing_every_aim_removes_the_society_too(path):
    path.log.accreditation.set_aims(Pathway("Mine", source="its page", dated="2026", aims=(Aim(Measure.CASES, 30),)))
    path.press("towards-aims")
    path.press("aim-1-remove")
    path.press("aims-save")

    assert path.service.pathway() == Pathway()


@pytest.mark.parametrize("pathway", shipped_pathways(), ids=lambda one: one.key)
def test_every_shipped_pathway_fits_the_form_and_is_read_back_unchanged(path, pathway):
    path.press("towards-aims")
    path.press(f"aims-start-{pathway.key}")
    path.press("aims-save")

    assert path.service.pathway() == pathway


# --- supervision ---


def test_supervision_is_entered_by_keyboard_with_the_sessions_discussed(path, qtbot):
    older = path.hold(days_ago=14)
    session = path.hold(number=2)
    path.show("supervision")
    path.press("supervision-add")
    path.type("supervision-supervisor", "A. B.")
    qtbot.keyClick(path.find("supervision-sessions"), Qt.Key.Key_Space)
    path.press("supervision-recordings")
    path.type("supervision-note", "Wait longer.")
    path.press("supervision-save")

    (kept,) = path.service.supervisions()
    assert (kept.day, kept.supervisor, kept.sessions, kept.note) == (TODAY, "A. B.", (session,), "Wait longer.")
    assert kept.recordings_used
    assert older not in kept.sessions
    assert path.rows("supervision-table")[0][1:] == ["A. B.", "50 min", "one to one", "1", "used", "Wait longer."]
    path.undo()
    assert path.service.supervisions() == ()
    assert path.shows("supervision-none")


def test_the_next_supervision_starts_with_the_values_of_the_last(path):
    path.log.accreditation.save_supervision(Supervision(EntryId("v"), TODAY, 90, "A. B."), TODAY)
    path.show("supervision")
    path.press("supervision-add")

    assert path.find("supervision-supervisor").text() == "A. B."
    assert path.find("supervision-minutes").value() == 90


def test_supervision_in_the_future_is_refused_and_the_input_is_preserved(path, qtbot):
    path.show("supervision")
    path.press("supervision-add")
    path.find("supervision-day").set_day(date(2026, 3, 19))
    path.type("supervision-supervisor", "A. B.")
    path.press("supervision-save")

    assert path.reads("supervision-problem") == sentence(Trouble(TroubleCode.DAY_TO_COME))
    assert path.find("supervision-supervisor").text() == "A. B."
    assert path.service.supervisions() == ()
    assert path.undoing.next_words == ""


def test_a_duplicate_supervision_and_one_without_a_name_are_refused(path):
    path.log.accreditation.save_supervision(Supervision(EntryId("v"), TODAY, 50, "A. B."), TODAY)
    path.show("supervision")
    path.press("supervision-add")
    path.press("supervision-save")
    assert path.reads("supervision-problem") == sentence(Trouble(TroubleCode.NOTED_ALREADY))
    path.find("supervision-supervisor").clear()
    path.press("supervision-save")

    assert path.reads("supervision-problem") == sentence(Trouble(TroubleCode.LABEL_MISSING))
    assert len(path.service.supervisions()) == 1


def test_the_thirty_first_of_february_cannot_be_entered(path, qtbot):
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    try:
        path.show("supervision")
        path.press("supervision-add")
        field = path.find("supervision-day", DateField)
        field.selectAll()
        qtbot.keyClicks(field, "31/02/2026")
        path.press("supervision-save")

        assert path.reads("supervision-problem") == sentence(
            Trouble(TroubleCode.NO_SUCH_DAY, name="31/02/2026", example="24/03/2026")
        )
        assert field.text() == "31/02/2026"
        assert path.service.supervisions() == ()
    finally:
        QLocale.setDefault(QLocale.c())


def test_a_supervision_is_changed_and_removed_and_both_can_be_undone(path, qtbot):
    session = path.hold()
    before = Supervision(EntryId("v"), TODAY, 50, "A. B.", sessions=(session,), note="n")
    path.log.accreditation.save_supervision(before, TODAY)
    path.show("supervision")
    qtbot.keyClick(path.find("supervision-table"), Qt.Key.Key_Return)
    qtbot.keyClick(path.find("supervision-sessions"), Qt.Key.Key_Space)
    path.press("supervision-save")
    assert path.service.supervisions()[0].sessions == ()
    path.press("supervision-remove")
    assert path.service.supervisions() == ()
    path.undo()
    path.undo()

    assert path.service.supervisions() == (before,)
    assert len(path.rows("supervision-table")) == 1


def test_a_session_says_whether_its_recording_may_be_played_and_names_no_one(path):
    first, second = path.hold(days_ago=14), path.hold(number=2)
    path.service.playable = lambda sessions: {first} & set(sessions)
    path.show("supervision")
    path.press("supervision-add")
    listed = path.find("supervision-sessions")
    found = {listed.item(row).text().split(" · ")[2] for row in range(2)}

    assert listed.item(0).text().endswith("session 2 · recording not available")
    assert found == {"recording available", "recording not available"}
    assert second not in listed.item(0).text()


def test_a_reminder_is_shown_beside_the_note(path):
    path.show("supervision")
    path.press("supervision-add")

    assert "No names, nothing about the case" in path.reads("supervision-note-help")
    assert path.find("supervision-note").accessibleDescription() == path.reads("supervision-note-help")


# --- elsewhere ---


def test_a_group_led_elsewhere_is_entered_and_counted_separately(path, qtbot):
    path.show("elsewhere")
    path.press("elsewhere-add")
    kind = path.find("elsewhere-kind")
    kind.setFocus()
    qtbot.keyClick(kind, Qt.Key.Key_Down)
    path.type("elsewhere-label", "Registrars")
    hours = path.find("elsewhere-hours")
    hours.selectAll()
    qtbot.keyClicks(hours, QLocale().toString(4.5, "f", 1))
    for name, typed in (("elsewhere-sessions", "3"), ("elsewhere-cases", "4")):
        path.find(name).selectAll()
        path.type(name, typed)
    role = path.find("elsewhere-role")
    role.setFocus()
    qtbot.keyClicks(role, "Co")
    path.press("elsewhere-save")

    (kept,) = path.service.meetings()
    assert (kept.kind, kept.minutes, kept.sessions, kept.cases) == (MeetingKind.LED, 270, 3, 4)
    assert kept.role is OwnRole.CO_LEAD
    path.show("towards")
    assert number(path, "Case discussions led or co-led") == ["", "4", "0", "4"]
    path.undo()
    assert number(path, "Case discussions led or co-led") == ["", "0", "0", "0"]


def test_a_weekend_does_not_ask_for_sessions(path, qtbot):
    path.show("elsewhere")
    path.press("elsewhere-add")
    assert path.shows("elsewhere-sessions")
    assert not path.shows("elsewhere-role")
    kind = path.find("elsewhere-kind")
    kind.setCurrentIndex(kind.findData(MeetingKind.WEEKEND))

    assert not path.shows("elsewhere-sessions")


def test_an_end_before_the_start_is_refused_and_the_last_day_follows_until_chosen(path):
    path.show("elsewhere")
    path.press("elsewhere-add")
    path.find("elsewhere-day").set_day(date(2026, 3, 6))
    assert path.find("elsewhere-last-day").day() == date(2026, 3, 6)
    path.find("elsewhere-last-day").set_day(date(2026, 3, 5))
    path.press("elsewhere-save")

    assert path.reads("elsewhere-problem") == sentence(Trouble(TroubleCode.ENDS_BEFORE_IT_BEGINS))
    assert path.service.meetings() == ()


# --- colleagues ---


def test_a_colleague_is_entered_by_initials_alone_and_can_be_undone(path, qtbot):
    path.show("colleagues")
    path.press("colleagues-add")
    path.type("colleague-label", "M. K.")
    qtbot.keyClick(path.find("colleague-label"), Qt.Key.Key_Return)
    assert path.rows("colleagues-table") == [["M. K.", "", "0"]]
    path.undo()

    assert path.service.colleagues() == ()


def test_a_label_in_use_is_refused(path):
    path.service.add_colleague("M. K.")
    path.show("colleagues")
    path.press("colleagues-add")
    path.type("colleague-label", "m. k.")
    path.press("colleague-save")

    assert path.reads("colleague-problem") == sentence(Trouble(TroubleCode.LABEL_TAKEN, name="m. k."))


def test_removing_a_colleague_says_what_is_lost_and_one_key_undoes_it(path):
    session = path.hold()
    colleague, _ = path.service.add_colleague("M. K.", accredited=True)
    noted = Leaders(OwnRole.LEAD, (SessionColleague(colleague, ColleagueRole.CO_LEAD),))
    path.service.save_leaders(session, noted)
    path.show("colleagues")
    path.press("colleagues-remove")
    assert path.said() == "M. K. was deleted, and removed from 1 session."
    assert path.service.leaders(session) == Leaders(OwnRole.LEAD)
    path.undo()

    assert path.service.leaders(session) == noted


# --- reviews ---


def test_a_review_is_written_found_again_and_undone(path, qtbot):
    path.hold()
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)
    assert "No names and nothing about the case" in path.reads("review-reminder")
    path.type("review-side", "Quieter than before.")
    path.press("review-keep")
    assert path.rows("reviews-table")[0][2:] == ["written", "Quieter than before."]
    path.type("reviews-table-filter", "nothing like it")
    qtbot.waitUntil(lambda: path.rows("reviews-table") == [])
    path.find("reviews-table-filter").clear()
    path.type("reviews-table-filter", "quieter")
    qtbot.waitUntil(lambda: len(path.rows("reviews-table")) == 1)
    path.undo()

    assert path.service.reviewed() == ()


def test_a_removed_review_is_restored_with_one_key(path, qtbot):
    path.hold()
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)
    path.type("review-carrying", "I named the support.")
    path.press("review-keep")
    kept = path.service.reviewed()
    path.press("reviews-remove")
    assert path.service.reviewed() == ()
    path.undo()

    assert path.service.reviewed() == kept


def test_reviews_are_gathered_under_the_questions_and_copied(path, qtbot):
    path.hold()
    path.log.accreditation.save_supervision(Supervision(EntryId("v"), TODAY, 50, "A. B."), TODAY)
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)
    path.type("review-carrying", "I named the support.")
    path.press("review-keep")
    path.press("reviews-gather")
    path.press("gathered-copy")

    copied = QApplication.clipboard().text()
    assert "1 supervision session: " in copied
    assert copied.index("\nWhat am I left carrying?\n") < copied.index("Block B, session 1: I named the support.")
    path.find("gathered-last").set_day(date(2025, 1, 1))
    assert path.shows("gathered-problem")
    assert not path.find("gathered-copy").isEnabled()


# --- the whole place ---


def test_input_is_preserved_while_the_place_is_refreshed(path):
    path.show("colleagues")
    path.press("colleagues-add")
    path.type("colleague-label", "M.")
    path.place.enter_view()

    assert path.find("colleague-label").text() == "M."


@pytest.mark.parametrize(("scale", "opened"), [(1.0, False), (2.0, False), (1.0, True), (2.0, True)])
@pytest.mark.parametrize("section", SECTIONS)
def test_everything_has_a_name_a_key_and_enough_room(path, theme, scale, opened, section):
    path.hold()
    path.service.add_colleague("M. K.")
    path.log.accreditation.save_supervision(Supervision(EntryId("v"), TODAY, 50, "A. B."), TODAY)
    path.log.accreditation.save_meeting(Meeting(EntryId("m"), TODAY, MeetingKind.LED, 90, "Registrars"), TODAY)
    path.log.accreditation.set_aims(shipped_pathways()[0])
    theme.set_scale(scale)
    shown = path.show(section)
    if opened:
        getattr(shown, {"towards": "aims_button", "reviews": "open_button"}.get(section, "change_button")).click()

    assert nameless(path.place) == []
    assert unreachable(path.place) == []
    assert out_of_reading_order(path.place) == []
    path.qtbot.waitUntil(lambda: cut(path.place) == [])


# --- unsaved input ---


def leave(path, _section):
    path.place.leave_view()
    path.place.enter_view()


def lock(path, section):
    path.lock()
    path.show(section)


@pytest.mark.parametrize("away", [leave, lock])
def test_a_half_typed_supervision_is_there_again(path, away):
    path.hold()
    path.show("supervision")
    path.press("supervision-add")
    path.type("supervision-supervisor", "A. B.")
    path.find("supervision-note").setPlainText("Half a li")
    path.find("supervision-sessions").item(0).setCheckState(Qt.CheckState.Checked)
    away(path, "supervision")

    assert path.find("supervision-supervisor").text() == "A. B."
    assert path.find("supervision-note").toPlainText() == "Half a li"
    assert path.find("supervision-sessions").item(0).checkState() is Qt.CheckState.Checked
    path.press("supervision-save")
    assert [one.note for one in path.service.supervisions()] == ["Half a li"]
    assert path.log.drafts.forms("") == ()


@pytest.mark.parametrize("away", [leave, lock])
def test_half_set_aims_are_there_again_until_cancelled(path, away):
    path.press("towards-aims")
    path.press("aims-start-uk")
    away(path, "towards")

    assert "June 2023" in path.reads("aims-about")
    path.press("aims-cancel")
    assert path.log.drafts.forms("") == ()
    assert path.service.pathway() == Pathway()


@pytest.mark.parametrize("away", [leave, lock])
def test_a_half_written_review_is_saved(path, qtbot, away):
    path.hold()
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)
    path.type("review-side", "The doctor.")
    away(path, "reviews")

    assert path.rows("reviews-table")[0][2:] == ["written", "The doctor."]


def test_a_form_that_was_cancelled_leaves_no_draft(path):
    path.show("colleagues")
    path.press("colleagues-add")
    path.type("colleague-label", "M. K.")
    path.press("colleague-cancel")
    path.place.leave_view()

    assert path.log.drafts.forms("") == ()


# --- reviews of before ---


def test_an_earlier_review_stays_readable_under_its_headings(path, qtbot):
    session = path.hold()
    path.log.accreditation.save_review(Review(session, ReviewState.WRITTEN, {Heading.SAFETY: "I named the support."}))
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)

    assert path.find("review-safety").toPlainText() == "I named the support."
    assert path.shows("review-carrying")
    assert not path.shows("review-boundaries")


def test_a_review_asks_what_the_leader_was_drawn_into(path, qtbot):
    path.hold()
    path.show("reviews")
    qtbot.keyClick(path.find("reviews-table"), Qt.Key.Key_Return)

    asked = [path.reads(f"review-{question}-label") for question in QUESTIONS]
    assert asked == [
        "What am I left carrying?",
        "Whose side did I take?",
        "Did the group repeat the case?",
        "What happened between us leaders?",
    ]
    assert not any(path.shows(f"review-{heading}") for heading in Heading if heading not in QUESTIONS)
