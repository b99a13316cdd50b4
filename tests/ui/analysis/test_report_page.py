"""The page Report: what is exported and for what, what is asked once, and the methods paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import STUDY, FakeAnalysis, FakeReports
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from qt_events import process_events
from waiting import wait_until

from balint_desktop.domain.analysis.study import Approach
from balint_desktop.domain.study.consent import Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis.report import AnalysisFile
from balint_desktop.ui.analysis.deps import StatedOnce


@pytest.fixture
def settle(work):
    """Return a function that waits until nothing is read or written."""

    def wait():
        wait_until(lambda: (process_events(), not work.busy)[1])

    return wait


@pytest.fixture
def report(analysis, settle, tmp_path):
    """Return a function that opens the page Report of a study."""

    def opened(reports=None, approach=Approach.CODEBOOK, chosen="file.docx"):
        made = reports or FakeReports()
        asked = []

        def ask(_parent, title, suggested, kinds):
            asked.append((title, suggested, kinds))
            return None if chosen is None else tmp_path / chosen

        place = analysis(FakeAnalysis(study=replace(STUDY, approach=approach)), reports=lambda: made, ask=ask)
        place.open_page("study-1", "report")
        settle()
        page = place.report_page
        page.place, page.reports, page.asked = place, made, asked
        return page

    return opened


def test_it_is_reached_from_the_study_and_goes_back_there(analysis, settle):
    place = analysis(reports=FakeReports)
    place.show_study("study-1")
    settle()
    place.study_page.report_button.click()
    settle()
    assert place.report_page.isVisible()
    assert place.report_page.purpose.hasFocus()

    place.report_page.back_button.click()
    settle()
    assert place.study_page.isVisible()


def test_it_is_reached_from_the_themes(analysis, settle):
    place = analysis(reports=FakeReports)
    place.open_page("study-1", "themes")
    settle()
    place.themes_page.report_button.click()
    settle()

    assert place.report_page.isVisible()
    assert place.themes_page.opened is None


def test_it_is_open_again_after_a_lock_and_forgets_every_word_meanwhile(report, settle):
    page = report()
    page.place.leave_view()
    assert page.methods.toPlainText() == ""

    page.place.enter_view()
    settle()
    assert page.isVisible()
    assert page.methods.toPlainText().startswith("The de-identified transcripts")


def test_without_reports_nothing_is_offered(analysis, settle):
    place = analysis()
    place.show_study("study-1")
    settle()

    assert place.study_page.report_button.isHidden()
    assert place.themes_page.report_button.isHidden()


@pytest.mark.parametrize(
    ("which", "name", "first"),
    [
        (AnalysisFile.REPORT, "report-being-with-distress.docx", "Word (*.docx)"),
        (AnalysisFile.CODEBOOK, "codebook-being-with-distress.docx", "Word (*.docx)"),
        (AnalysisFile.QUOTATIONS, "quotations-being-with-distress.xlsx", "Spreadsheet (*.xlsx)"),
        (AnalysisFile.TRAIL, "audit-trail-being-with-distress.docx", "Word (*.docx)"),
        (None, "project-being-with-distress.qdpx", "REFI-QDA project (*.qdpx)"),
    ],
)
def test_each_file_is_written_for_the_purpose_that_is_chosen(report, settle, *, which, name, first):
    page = report(chosen=name)
    page.purpose.setCurrentIndex(1)
    page.buttons[which].click()
    settle()

    ((title, suggested, kinds),) = page.asked
    assert (title, suggested, kinds[0]) == ("Export, not encrypted", name, first)
    assert page.reports.written == [("project" if which is None else which, Purpose.SHARING, name, False)]
    assert "It is not encrypted" in page._messages.last.text


def test_the_codebook_is_offered_for_word_tables_and_other_software(report):
    page = report(chosen=None)
    page.buttons[AnalysisFile.CODEBOOK].click()

    ((_, _, kinds),) = page.asked
    assert {"Word (*.docx)", "CSV (*.csv)", "REFI-QDA codebook (*.qdc)"} <= set(kinds)
    assert page.reports.written == []


def test_an_ending_of_no_form_gets_the_usual_one(report, settle):
    page = report(chosen="file.pdf")
    page.buttons[AnalysisFile.REPORT].click()
    settle()

    assert [name for _, _, name, _ in page.reports.written] == ["file.pdf.docx"]


def test_what_may_not_leave_is_said_and_nothing_is_written(report, settle):
    page = report()
    page.reports.trouble = Trouble(TroubleCode.NAME_IN_EXPORT, place="analysis-memo")
    page.buttons[AnalysisFile.REPORT].click()
    settle()

    assert "A memo" in page._messages.last.text
    assert page.news.text() == ""


def test_where_nothing_may_leave_it_is_said_once_and_what_is_asked_stays(report):
    page = report(FakeReports(refused=Trouble(TroubleCode.PURPOSE_NOT_AGREED), stated=StatedOnce("No.", "")))

    assert "Not everyone has agreed" in page.problem.text()
    assert not page.buttons[AnalysisFile.REPORT].isVisible()
    assert not page.copy_button.isVisible()
    assert page.saturation.hasFocus()
    assert page.returned.toPlainText() == "No."


def test_it_says_before_anything_is_written_that_files_are_not_encrypted(report):
    page = report()
    label = page.findChild(QLabel, "report-not-encrypted")

    assert label.isVisible()
    assert label.text() == "These files are not encrypted: anyone who has one can read it."


@pytest.mark.parametrize(
    ("approach", "offered"), [(Approach.REFLEXIVE, False), (Approach.CODEBOOK, False), (Approach.RELIABILITY, True)]
)
def test_figures_are_offered_only_where_the_approach_asks_and_never_ticked_by_themselves(report, approach, offered):
    page = report(approach=approach)

    assert page.with_figures.isVisible() is offered
    assert not page.with_figures.isChecked()


def test_figures_come_into_the_report_and_its_methods_once_they_are_ticked(report, settle):
    page = report(approach=Approach.RELIABILITY)
    page.with_figures.setChecked(True)
    settle()
    page.buttons[AnalysisFile.REPORT].click()
    settle()

    assert page.methods.toPlainText().endswith("Agreement was measured.")
    assert [with_figures for *_, with_figures in page.reports.written] == [True]


def test_a_tick_does_not_stay_for_the_next_study(report, settle):
    page = report(approach=Approach.RELIABILITY)
    page.with_figures.setChecked(True)
    settle()
    page.back_button.click()
    settle()
    page.place.open_page("study-1", "report")
    settle()

    assert not page.with_figures.isChecked()


def test_what_is_asked_once_is_saved_when_the_page_is_left(report, settle):
    page = report()
    page.returned.setPlainText("Yes, to all.")
    page.feedback.setPlainText("Two commented.")
    page.saturation.setPlainText("Not sought.")
    page.back_button.click()
    settle()

    assert page.reports.stated == StatedOnce("Yes, to all.", "Two commented.", "Not sought.")


def test_what_is_asked_once_is_in_a_report_that_is_written_at_once(report, settle):
    page = report()
    page.returned.setPlainText("Yes.")
    page.buttons[AnalysisFile.REPORT].click()
    settle()

    assert page.reports.stated.returned == "Yes."


def test_the_methods_paragraph_is_copied_past_the_door(report, settle):
    QGuiApplication.clipboard().clear()
    page = report()
    page.copy_button.click()
    settle()

    words = page.methods.toPlainText()
    assert page.reports.copied == [(Purpose.ANALYSIS, words)]
    assert QGuiApplication.clipboard().text() == words
    assert page.news.text() == "Copied. Please complete the parts in square brackets."


def test_nothing_is_copied_where_the_door_is_shut(report, settle):
    QGuiApplication.clipboard().clear()
    page = report()
    page.reports.trouble = Trouble(TroubleCode.PURPOSE_NOT_AGREED)
    page.copy_button.click()
    settle()

    assert QGuiApplication.clipboard().text() == ""


def test_where_a_name_is_another_page_of_the_study_is_shown_and_what_was_typed_is_saved(report, settle):
    page = report()
    page.returned.setPlainText("Yes.")
    page.place.turn_to("themes")
    settle()

    assert page.place.themes_page.isVisible()
    assert page.reports.stated.returned == "Yes."
    assert page.opened is None
