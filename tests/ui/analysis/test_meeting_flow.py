"""The meeting: decisions, who agreed, notes, and the page to print."""

from __future__ import annotations

import re

from analysis_bench import (
    FIRST,
    ME,
    OTHER,
    STUDY,
    long_text,
)
from comparing_bench import agree, choose, decide, rows, service_of
from window_fakes import DraftRows

from balint_desktop.domain.analysis.compare import Dispute
from balint_desktop.domain.analysis.study import (
    MatterOutcome,
)
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.ui.analysis.matters import Matter
from balint_desktop.ui.analysis.meeting_paper import SIDES, meeting_html
from balint_desktop.ui.export import paper
from balint_desktop.ui.widgets.drafts import Drafts
from balint_desktop.ui.widgets.enter_escape import press_escape


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


def test_on_paper_two_codes_that_are_the_same_are_decided(comparing, settle):
    printed = []
    page = comparing(print_paper=lambda _study, html: printed.append(html))
    choose(page, "Anger")
    page.matters.same_button.click()
    settle()
    page.show_view("meeting")

    page.meeting.print_button.click()

    assert "The same code" in printed[0]


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
