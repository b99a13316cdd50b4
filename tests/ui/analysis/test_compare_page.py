"""Comparing: codes and themes first, passages on request, decisions, framework, the meeting's page, figures."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    ROUND,
    STUDY,
    TEXT,
    WALL,
    FakeAnalysis,
    FakeFrameworks,
    deps,
    long_text,
    work_of,
)
from PySide6.QtCore import Qt
from qt_events import process_events
from waiting import wait_until
from window_fakes import DraftRows

from balint_desktop.domain.analysis.agreement import CodedSpan
from balint_desktop.domain.analysis.coding import Coding
from balint_desktop.domain.analysis.compare import Dispute
from balint_desktop.domain.analysis.file_agreement import ComparedUnit
from balint_desktop.domain.analysis.framework import FixedFramework, Framework, FrameworkAct
from balint_desktop.domain.analysis.study import (
    Approach,
    CodingOpening,
    MatterDecision,
    MatterOutcome,
    RoundClosing,
    RoundKind,
    StudyTheme,
    ThemeWork,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis import figures_view
from balint_desktop.ui.analysis.compare_page import ComparePage
from balint_desktop.ui.analysis.comparison import read_compared
from balint_desktop.ui.analysis.figures_view import figures
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.meeting_paper import SIDES, meeting_html
from balint_desktop.ui.analysis.place import AnalysisPlace
from balint_desktop.ui.export import paper
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_escape

ANGRY = (TEXT.text.index("It made"), TEXT.text.index("then with her.") + 14)
SHORTER = (TEXT.text.index("It made"), TEXT.text.index("angry.") + 6)
SMALL = (TEXT.text.index("I felt"), TEXT.text.index("room.") + 5)
CLOSED = replace(ROUND, closings=(RoundClosing(ME, WALL, "0"), RoundClosing(OTHER, WALL, "1")))


def others_work():
    work = work_of(names=("Rage", "Feeling lost"))
    codes = tuple(replace(code, guid=f"other-{code.name}") for code in work.book.codes)
    book = replace(work.book, codes=codes)
    codings = replace(
        work.codings,
        all=(
            Coding("x", FIRST, *SHORTER, "other-Rage", 1.0),
            Coding("y", FIRST, SMALL[0], SMALL[0] + 6, "other-Feeling lost", 1.0),
        ),
    )
    return replace(work, book=book, codings=codings)


MINE = work_of(
    Coding("a", FIRST, *ANGRY, "code-Anger", 1.0),
    Coding("b", FIRST, TEXT.text.index("I would"), len(TEXT.text) - 40, "code-Safety", 1.0),
)


def service_of(approach=Approach.CODEBOOK, **changed):
    made = FakeAnalysis(
        replace(STUDY, approach=approach), rounds=(CLOSED,), works={(1, ME): MINE, (1, OTHER): others_work()}
    )
    made.themes = ThemeWork((StudyTheme("t", "Being told to toughen up"),))
    for name, value in changed.items():
        setattr(made, name, value)
    return made


@pytest.fixture
def comparing(work, messages, theme, look_at):
    """Return a function that compares a round."""
    made = []

    def shown(service=None, *, frameworks=True, **changed):
        service = service or service_of()
        page = look_at(ComparePage(deps(service, **changed), work, messages))
        page.service, page.frameworks = service, FakeFrameworks() if frameworks is True else frameworks or None
        opened = service.open("study-1")
        compared = read_compared(service, page.frameworks, opened)
        page.show_study(service, page.frameworks, opened, compared)
        made.append(page)
        return page

    yield shown
    for page in made:
        page.service.trouble = None
        page.leave()
    work.shutdown()


@pytest.fixture
def settle(work):
    return lambda: wait_until(lambda: (process_events(), not work.busy)[1])


def rows(of):
    return [of.item(row).text() for row in range(of.count())]


def choose(page, title):
    row = next(at for at, line in enumerate(rows(page.matters.list)) if line.startswith(title))
    page.matters.list.setCurrentRow(row)


def test_themes_then_codes_come_first_and_pairs_are_offered_from_a_third(comparing):
    page = comparing()

    assert rows(page.matters.list) == [
        "Theme: Being told to toughen up",
        "Anger (Coder 1) and Rage (Coder 2)",
        "Safety: given by Coder 1 only",
        "Feeling lost: given by Coder 2 only",
    ]
    assert page.title.text() == "Compare round 1: 2 coders"


def test_codes_said_to_be_the_same_are_one_of_the_framework_and_their_passages_are_compared(comparing, settle):
    page = comparing()
    page.show_view("passages")
    assert rows(page.passages.list) == []
    page.show_view("matters")
    choose(page, "Anger")

    page.matters.same_button.click()
    settle()

    assert [code.name for code in page.frameworks.now.book.codes] == ["Anger"]
    assert page.matters.apart_button.isVisible()
    page.show_view("passages")
    (shown,) = rows(page.passages.list)
    assert shown == (
        "Anger · Session 1 · Group reflects · R2\n“With the registrar, and then with her.”\nCoder 1; not Coder 2"
    )
    assert page.passages.strip.accessibleDescription().endswith("were coded by all 2 coders.")


def test_nobodys_own_coding_is_changed_by_comparing(comparing, settle):
    page = comparing()
    before = dict(page.service.works)
    choose(page, "Anger")
    page.matters.same_button.click()
    page.matters.apart_button.click()
    choose(page, "Safety")
    page.matters.add_button.click()
    settle()

    assert page.service.works == before
    assert not [asked for asked in page.service.asked if asked[0] == "save_work"]


def test_codes_of_one_name_are_offered_as_the_same_in_any_case(comparing):
    theirs = work_of(Coding("x", FIRST, *SMALL, "code-anger", 1.0), names=("anger",))
    page = comparing(service_of(works={(1, ME): MINE, (1, OTHER): theirs}))

    choose(page, "Anger (Coder 1) and anger (Coder 2)")

    assert page.matters.same_button.isVisible()


def test_of_a_code_of_one_coder_it_is_decided_whether_it_counts(comparing, settle):
    page = comparing()
    choose(page, "Feeling lost")
    page.matters.decide_button.click()
    offered = [page.form.outcome.itemText(at) for at in range(page.form.outcome.count())]
    assert offered[-3:] == ["Keep", "Leave out", "Left open"]
    assert not {"As Coder 2 has it", "Keep both", "Neither"} & set(offered)
    page.form.cancel_button.click()

    decide(page, MatterOutcome.NONE, "Nobody else saw it")
    settle()

    assert rows(page.matters.list)[-1].endswith("Decided: Leave out: Nobody else saw it")
    page.show_view("meeting")
    assert "Decided: Leave out: Nobody else saw it" in rows(page.meeting.decided)[0]


def agree(page, *authors):
    for author in authors or (ME, OTHER):
        page.form.agreed[author].setChecked(True)


def decide(page, outcome, reason=""):
    page.matters.decide_button.click()
    page.form.outcome.choose((outcome, ""))
    page.form.reason.setPlainText(reason)
    agree(page)
    page.form.save_button.click()


def test_a_decision_has_its_reason_and_who_agreed(comparing, settle):
    page = comparing()
    choose(page, "Theme")

    decide(page, MatterOutcome.BOTH_STAND)
    assert page.form.problem.text().startswith("Enter the reason")
    page.form.reason.setPlainText("Two sides of it")
    page.form.save_button.click()
    settle()

    (made,) = page.service.decisions
    assert (made.outcome, made.reason, made.theme, made.agreed, made.round) == (
        MatterOutcome.BOTH_STAND,
        "Two sides of it",
        "t",
        (ME, OTHER),
        1,
    )
    assert page.service.meetings[0].id == made.meeting
    assert rows(page.matters.list)[0].endswith("Decided: Keep both: Two sides of it")


def test_nobody_has_agreed_before_that_is_said_and_those_who_did_are_here_for_the_next(comparing, settle):
    page = comparing()
    choose(page, "Theme")
    page.matters.decide_button.click()
    assert [who for who, tick in page.form.agreed.items() if tick.isChecked()] == []
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    page.form.save_button.click()
    assert page.form.problem.text() == "Tick who agreed."
    agree(page, OTHER)
    page.form.save_button.click()
    settle()

    choose(page, "Safety")
    page.matters.decide_button.click()

    assert [who for who, tick in page.form.agreed.items() if tick.isChecked()] == [OTHER]
    assert page.meeting.who_is_here() == (OTHER,)


def test_a_later_decision_supersedes_and_the_meeting_shows_the_last(comparing, settle):
    page = comparing()
    choose(page, "Theme")
    decide(page, MatterOutcome.KEEP)
    settle()
    decide(page, MatterOutcome.LEFT_OPEN, "Ask again")
    settle()

    first, second = page.service.decisions
    assert (second.supersedes, first.meeting) == (first.id, second.meeting)
    page.show_view("meeting")
    assert [line.split("\n")[:2] for line in rows(page.meeting.decided)] == [
        ["Theme: Being told to toughen up", "Decided: Left open: Ask again"]
    ]
    assert page.meeting.count.text() == "4 matters are open. Consensus has 0 passages."


def test_a_decision_on_a_pair_stays_with_it_once_they_are_the_same(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    decide(page, MatterOutcome.KEEP)
    settle()
    page.matters.same_button.click()
    settle()

    assert rows(page.matters.list)[1] == "Anger (Coder 1) and Rage (Coder 2)\nThe same code\nDecided: Keep"


def test_a_passage_can_be_decided_as_one_coder_has_it(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("passages")

    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.AS_CODER, ME))
    agree(page)
    page.form.reason.setPlainText("The registrar is in it")
    page.form.save_button.click()
    settle()

    (made,) = page.service.decisions
    assert (made.outcome, made.as_author, made.text) == (MatterOutcome.AS_CODER, ME, FIRST)
    assert "As Coder 1 has it" in rows(page.passages.list)[0]


def test_escape_keeps_what_was_entered_for_a_decision_and_cancel_discards_it(comparing):
    page = comparing(drafts=Drafts(DraftRows()))
    choose(page, "Theme")
    page.matters.decide_button.click()
    page.form.reason.setPlainText("Two sides of it")

    assert press_escape(page, page.form.reason)
    assert not page.form.isVisible()
    page.matters.decide_button.click()
    assert page.form.reason.toPlainText() == "Two sides of it"
    page.form.cancel_button.click()

    page.matters.decide_button.click()
    assert page.form.reason.toPlainText() == ""


def test_escape_closes_a_decision_in_which_nothing_was_entered(comparing):
    page = comparing()
    choose(page, "Theme")
    page.matters.decide_button.click()

    press_escape(page, page.form.outcome)

    assert not page.form.isVisible()
    assert page.matters.list.isVisible()


def test_a_decision_that_cannot_be_saved_stays_in_the_form(comparing, settle):
    page = comparing()
    choose(page, "Theme")
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)

    decide(page, MatterOutcome.KEEP)
    settle()

    assert page.form.isVisible()
    assert page.form.problem.text()


def test_the_framework_is_written_and_fixed_as_a_version(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")
    assert page.framework.drawn_from.text() == "Drawn from: Anger (Coder 1), Rage (Coder 2)"
    page.framework.fields["definition"].setPlainText("Turned on the patient")

    page.framework.fix_button.click()
    page.framework.confirm.do_button.click()
    settle()

    (version,) = page.frameworks.now.versions
    assert [code.definition for code in version.book.codes] == ["Turned on the patient"]
    assert page.framework.fix_button.isHidden()
    assert page.framework.versions.text().startswith("Version 1, fixed on")
    assert page.framework.undo_button.isHidden()


def test_without_a_framework_codes_are_compared_alone(comparing):
    page = comparing(frameworks=False)

    visible = [key for key, made in page.chips.items() if made.isVisible()]
    assert visible == ["matters", "meeting"]
    assert page.matters.show_button.isHidden()
    assert page.matters.same_button.isHidden()


# --- moving codes into the framework ---


def choose_theirs(page, title):
    row = next(at for at, line in enumerate(rows(page.framework.theirs)) if line.startswith(title))
    page.framework.theirs.setCurrentRow(row)


def test_a_coders_code_is_drawn_into_the_framework_by_key_with_its_reason(comparing, settle, qtbot):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Rage")
    page.framework.reason.setText("Louder than anger")

    qtbot.keyClick(page.framework.theirs, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()

    (move,) = page.frameworks.now.moves
    assert (move.act, move.author, move.code, move.reason) == (
        FrameworkAct.DRAWN_IN,
        OTHER,
        "other-Rage",
        "Louder than anger",
    )
    assert page.framework.reason.text() == ""
    assert "Rage (Coder 2), in “Rage”" in rows(page.framework.theirs)
    assert page.framework.drawn_from.text() == "Drawn from: Rage (Coder 2): Louder than anger"


def test_a_code_is_dropped_on_another_and_taken_out_again(comparing, settle):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Anger")
    page.framework.codes.dropped.emit(-1)
    choose_theirs(page, "Rage")
    page.framework.codes.dropped.emit(0)
    settle()
    assert page.frameworks.now.same_as[OTHER, "other-Rage"] == page.frameworks.now.same_as[ME, "code-Anger"]

    choose_theirs(page, "Rage")
    page.framework.out_button.click()
    settle()

    assert (OTHER, "other-Rage") not in page.frameworks.now.same_as
    assert [one.act for one in page.frameworks.now.moves] == [
        FrameworkAct.DRAWN_IN,
        FrameworkAct.DRAWN_IN,
        FrameworkAct.TAKEN_OUT,
    ]


def test_each_change_of_the_framework_is_undone_and_a_fixed_version_never(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("framework")
    page.framework.name.setText("Fury")
    page.framework.commit()
    assert page.framework.codes.item(0).text() == "Fury"

    page.framework.undo_button.click()
    assert page.framework.name.text() == "Anger"
    page.show_view("matters")
    page.matters.undo_button.click()
    settle()

    assert page.frameworks.now.book.codes == ()
    assert page.frameworks.now.moves == ()
    assert page.matters.undo_button.isHidden()


def test_undone_is_said_until_the_next_change(comparing):
    page = comparing()
    page.show_view("framework")
    choose_theirs(page, "Anger")
    page.framework.draw_button.click()
    page.framework.undo_button.click()
    assert page.news.text() == "Undone."

    choose_theirs(page, "Rage")
    page.framework.draw_button.click()

    assert page.news.text() == ""


def named_twice(page):
    """Draw two codes into the framework, and type the name of the one for the other."""
    page.show_view("framework")
    for title in ("Anger", "Rage"):
        choose_theirs(page, title)
        page.framework.draw_button.click()
    page.framework.codes.setCurrentRow(1)
    page.framework.name.setText("Anger")
    page.framework.commit()
    assert page.framework.problem.text() == "Another code already has this name."


def test_a_refused_name_is_said_below_it_and_no_version_is_fixed_over_it(comparing):
    page = comparing()
    named_twice(page)
    name, problem = page.framework.name, page.framework.problem
    assert name.y() < problem.y() < page.framework.fields["definition"].y()

    page.framework.fix_button.click()

    assert not page.framework.confirm.is_asking
    assert problem.text() == "Another code already has this name."
    name.setText("Rage")
    page.framework.fix_button.click()
    assert problem.text() == ""
    assert page.framework.confirm.is_asking


def test_a_refused_name_is_forgotten_with_the_code_it_was_typed_for(comparing):
    page = comparing()
    named_twice(page)

    choose_theirs(page, "Safety")
    page.framework.draw_button.click()
    assert (page.framework.name.text(), page.framework.problem.text()) == ("Rage", "")
    page.framework.name.setText("Anger")
    page.framework.commit()
    page.framework.codes.setCurrentRow(0)

    assert page.framework.problem.text() == ""
    page.framework.codes.setCurrentRow(1)
    assert page.framework.name.text() == "Rage"


def test_nothing_of_a_code_leaves_with_the_mouse(comparing):
    page = comparing()
    page.show_view("framework")

    data = page.framework.theirs.mimeData(page.framework.theirs.selectedItems())

    assert [bytes(data.data(kind)) for kind in data.formats()] == [b""]


def test_what_changed_between_versions_is_counted_and_shown(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    settle()
    page.frameworks.fix_framework("study-1")
    page._on_fix()
    settle()
    choose_after(page, "Safety")
    page.show_view("framework")

    assert page.framework.versions.text().split("\n")[-1] == "Since version 2: 1 added (Safety)"


def choose_after(page, title):
    page.show_view("matters")
    choose(page, title)
    page.matters.add_button.click()


# --- passages on request, and texts ---


def test_the_passages_of_two_codes_are_read_side_by_side_before_they_are_the_same(comparing):
    page = comparing()
    choose(page, "Anger")

    page.matters.show_button.click()

    (shown,) = rows(page.passages.list)
    assert shown.split("\n")[1:] == ["“With the registrar, and then with her.”", "Coder 1; not Coder 2"]
    assert page.passages.decide_button.isHidden()
    page.passages.all_button.click()
    assert rows(page.passages.list) == []


def test_the_passages_of_a_code_that_one_has_alone_can_be_decided(comparing, settle):
    page = comparing()
    choose(page, "Feeling lost")
    page.matters.show_button.click()
    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    agree(page)
    page.form.save_button.click()
    settle()

    (made,) = page.service.decisions
    assert (made.code, made.text) == ("other-Feeling lost", FIRST)


def test_each_text_has_a_strip_and_the_way_to_where_coders_differ(comparing):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("texts")

    assert list(page.strips.strips) == [one.recording for one in STUDY.texts]
    assert page.strips.strips[FIRST].accessibleDescription().endswith("were coded by all 2 coders.")
    page.strips.asked.emit(STUDY.texts[1].recording)
    assert rows(page.passages.list) == []
    page.strips.asked.emit(FIRST)
    assert len(rows(page.passages.list)) == 1


def test_in_a_round_with_the_framework_its_codes_are_in_common_without_a_word(comparing):
    mine = work_of(Coding("a", FIRST, *ANGRY, "code-Anger", 1.0), names=("Anger",))
    theirs = work_of(Coding("x", FIRST, *SHORTER, "code-Anger", 1.0), names=("Anger",))
    service = service_of(works={(1, ME): mine, (1, OTHER): theirs})
    service.themes = ThemeWork()
    frameworks = FakeFrameworks(Framework(mine.book, versions=(FixedFramework(1, WALL, mine.book),)))
    page = comparing(service, frameworks=frameworks)

    assert rows(page.matters.list) == ["Anger: Coder 1, Coder 2"]
    assert page.matters.add_button.isHidden()
    page.show_view("passages")
    assert len(rows(page.passages.list)) == 1


# --- the meeting ---


def test_open_matters_are_decided_one_after_another_and_make_consensus(comparing, settle):
    page = comparing()
    page.show_view("meeting")
    assert len(rows(page.meeting.open_matters)) == 4
    row = next(at for at, line in enumerate(rows(page.meeting.open_matters)) if line.startswith("Safety"))
    page.meeting.open_matters.setCurrentRow(row)

    page.meeting.decide_button.click()
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    agree(page)
    assert page.form.outcome_line.text() == "What anyone marked here counts."
    page.form.save_button.click()
    settle()

    assert page.service.decisions[0].agreed == (ME, OTHER)
    assert page.meeting.count.text() == "3 matters are open. Consensus has 1 passage."


def test_who_is_here_and_the_note_are_those_of_the_days_meeting(comparing, settle):
    page = comparing()
    page.show_view("meeting")
    page.meeting.present[ME].setChecked(True)
    page.meeting.present[OTHER].setChecked(True)
    page.meeting.note.setPlainText("By telephone")
    page.meeting.save_button.click()
    settle()
    again = comparing(page.service)

    (made,) = page.service.meetings
    assert (made.authors, made.note) == ((ME, OTHER), "By telephone")
    assert again.meeting.who_is_here() == (ME, OTHER)
    decide(again, MatterOutcome.KEEP)
    settle()
    assert [one.id for one in page.service.meetings] == [made.id]


def two_rounds():
    """Return a service of two closed rounds: in the second, Coder 2 coded nothing."""
    service = service_of(rounds=(CLOSED, replace(CLOSED, number=2)))
    service.works |= {(2, ME): MINE, (2, OTHER): work_of(names=())}
    return service


def test_an_earlier_round_is_compared_and_decided_in_once_a_later_one_is_closed(comparing, settle):
    page = comparing(two_rounds())
    assert page.round.isVisible()
    assert page.title.text() == "Compare round 2: 2 coders"
    assert "Anger (Coder 1) and Rage (Coder 2)" not in rows(page.matters.list)
    choose(page, "Theme")
    decide(page, MatterOutcome.KEEP)
    settle()

    page.round.setCurrentIndex(page.round.findData(1))
    settle()

    assert page.title.text() == "Compare round 1: 2 coders"
    assert rows(page.matters.list)[:2] == [
        "Theme: Being told to toughen up\nDecided: Keep",
        "Anger (Coder 1) and Rage (Coder 2)",
    ]
    assert page.matters.order.text().startswith("You closed round 1")
    choose(page, "Anger")
    decide(page, MatterOutcome.KEEP)
    settle()
    assert [one.round for one in page.service.decisions] == [2, 1]


def test_a_round_that_is_open_is_none_to_compare(comparing):
    service = service_of(rounds=(CLOSED, replace(CLOSED, number=2, closings=())))

    page = comparing(service)

    assert not page.round.isVisible()
    assert [page.round.itemData(at) for at in range(page.round.count())] == [1]


def test_a_round_that_cannot_be_read_leaves_the_one_that_is_shown(comparing, settle):
    page = comparing(two_rounds())
    page.service.trouble = Trouble(TroubleCode.DISK_FULL)

    page.round.setCurrentIndex(0)
    settle()

    assert page.round.currentData() == 2
    assert page.title.text() == "Compare round 2: 2 coders"


def test_a_decision_on_a_passage_is_none_in_the_next_round(comparing, settle):
    page = comparing()
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("passages")
    page.passages.decide_button.click()
    page.form.outcome.choose((MatterOutcome.KEEP, ""))
    agree(page)
    page.form.save_button.click()
    settle()
    assert "Decided: Keep" in rows(page.passages.list)[0]
    page.service.rounds = (CLOSED, replace(CLOSED, number=2))
    page.service.works |= {(2, author): work for (_, author), work in page.service.works.items()}
    later = comparing(page.service, frameworks=page.frameworks)
    later.show_view("passages")

    assert "Decided" not in rows(later.passages.list)[0]


# --- figures ---


@pytest.mark.parametrize(("approach", "offered"), [(Approach.CODEBOOK, False), (Approach.RELIABILITY, True)])
def test_figures_are_offered_where_the_approach_asks_for_them(comparing, approach, offered):
    page = comparing(service_of(approach))

    assert page.chips["figures"].isVisible() is offered


def test_figures_say_that_the_paper_reports_none_and_are_of_the_same_codes(comparing, settle, monkeypatch):
    monkeypatch.setattr(figures_view, "RESAMPLES", 20)
    page = comparing(service_of(Approach.RELIABILITY))
    page.show_view("figures")
    assert "reports no figure" in page.figures.findChild(type(page.title), "figures-about").text()
    assert page.figures.state.text().startswith("Nothing to compare yet")

    page.show_view("matters")
    choose(page, "Anger")
    page.matters.same_button.click()
    page.show_view("figures")
    settle()

    table = page.figures.table
    shown = [[cell.words for cell in table.rows.row_at(at).cells] for at in range(table.rows.rowCount())]
    assert [row[:3] for row in shown] == [["Anger", "12", "1.00"]]


@pytest.mark.parametrize("unit", list(ComparedUnit))
def test_figures_are_those_of_the_golden_table_and_the_same_each_time(unit, monkeypatch):
    monkeypatch.setattr(figures_view, "RESAMPLES", 50)
    texts = {"t": "\n".join(["x" * 99] * 10)}
    spans = (CodedSpan("t", 0, 500, "c", "A"), CodedSpan("t", 250, 750, "c", "B"))

    found = figures(texts, ("A", "B"), spans, unit)

    assert found == figures(texts, ("A", "B"), spans, unit)
    if unit is ComparedUnit.CHARACTER:
        assert found.codes[0].jaccard == pytest.approx(1 / 3)


# --- paper ---


def page_count(html):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", paper.pdf(html, "t")))


def test_the_meetings_page_prints_on_two_sides_however_many_matters_there_are(qapp):
    text = long_text(20_000)
    service = service_of()
    service.texts[FIRST] = text
    opened = service.open("study-1")
    matters = [
        Matter(
            f"Anger · Session 1 · R{n}",
            (ME,),
            code="c",
            dispute=Dispute(FIRST, n, n + 400, "c", {ME: ((n, n + 400),)}, (OTHER,)),
        )
        for n in range(5_000)
    ]

    html = meeting_html(opened, matters, (), "3 December")

    assert page_count(html) == SIDES
    assert re.search(r"\d[\d,]* more matters are in the app", html)
    assert page_count(meeting_html(opened, matters[:2], (), "3 December")) == 1


def test_the_meetings_page_has_matter_who_what_and_why(comparing, settle):
    printed = []
    page = comparing(print_paper=lambda study, html: printed.append((study, html)))
    choose(page, "Theme")
    decide(page, MatterOutcome.BOTH_STAND, "Two <sides> of it")
    settle()
    page.show_view("meeting")

    page.meeting.print_button.click()

    ((study, html),) = printed
    assert study.name == STUDY.name
    for words in ("Theme: Being told to toughen up", "Keep both", "Two &lt;sides&gt; of it", "Coder 1, Coder 2"):
        assert words in html


# --- the order of things ---


def test_when_ones_round_was_closed_and_others_opened_is_shown(comparing):
    service = service_of(opened_others=(CodingOpening(1, OTHER, WALL + 60), CodingOpening(2, OTHER, WALL + 90)))
    page = comparing(service)

    assert [line.split(" on ")[0] for line in page.matters.order.text().split("\n")] == [
        "You closed round 1",
        "The codes of Coder 2 were first opened here",
        "The audit trail proves this order.",
    ]


def test_nothing_of_others_is_read_before_ones_own_round_is_closed(work, messages, theme):
    service = FakeAnalysis(works={(1, ME): MINE, (1, OTHER): others_work()})

    assert read_compared(service, FakeFrameworks(), service.open("study-1")) is None
    assert [asked for asked in service.asked if asked[0] == "work"] == []


def test_the_next_round_is_coded_with_the_framework_that_was_fixed(work, messages, theme, look_at, settle):
    frameworks = FakeFrameworks()
    frameworks.fix_framework("study-1")
    service = service_of()
    place = look_at(AnalysisPlace(deps(service, frameworks=lambda: frameworks), work, messages))
    place.show_study("study-1")
    settle()

    place.study_page.round_button.click()
    settle()
    place.round_form.independent.choose("framework")
    place.round_form.open_button.click()
    settle()

    made = service.rounds[-1]
    assert (made.number, made.kind, made.framework) == (2, RoundKind.FRAMEWORK, 1)
    place.leave_view()
    work.shutdown()


def test_a_decision_of_one_passage_is_not_of_another():
    dispute = Dispute(FIRST, 5, 9, "c", {}, ())
    decision = MatterDecision("d", 1, "m", WALL, MatterOutcome.KEEP, "", (ME,), code="c", text=FIRST, begin=5, end=9)

    assert Matter("here", code="c", dispute=dispute).is_about(decision)
    assert not Matter("elsewhere", code="c", dispute=replace(dispute, begin=6)).is_about(decision)
    assert not Matter("the code", code="c").is_about(decision)


def test_what_is_typed_at_a_meeting_survives_a_lock(comparing, settle):
    drafts = Drafts(DraftRows())
    page = comparing(drafts=drafts)
    page.meeting.note.setPlainText("By telephone")
    choose(page, "Theme")
    page.matters.decide_button.click()
    page.form.outcome.choose((MatterOutcome.NONE, ""))
    page.form.reason.setPlainText("Half a reason")
    page.leave()
    again = comparing(page.service, drafts=drafts)
    choose(again, "Theme")
    again.matters.decide_button.click()

    assert again.meeting.note.toPlainText() == "By telephone"
    assert again.form.reason.toPlainText() == "Half a reason"
    assert again.form.outcome.value() == (MatterOutcome.NONE, "")
    agree(again)
    again.form.save_button.click()
    settle()
    assert again.service.meetings[0].note == "By telephone"


def test_a_reason_that_is_half_typed_for_the_framework_survives_a_lock_and_a_move_takes_it(comparing, settle):
    drafts = Drafts(DraftRows())
    page = comparing(drafts=drafts)
    page.show_view("framework")
    page.framework.reason.setText("Louder than")
    page.leave()
    again = comparing(page.service, drafts=drafts)
    again.show_view("framework")
    typed = again.framework.reason.text()
    choose_theirs(again, "Rage")
    again.framework.draw_in()
    settle()
    again.leave()

    assert typed == "Louder than"
    assert [one.reason for one in again.frameworks.now.moves] == ["Louder than"]
    assert drafts.rows == {}
