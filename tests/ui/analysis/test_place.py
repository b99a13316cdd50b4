"""The place: its studies, and which page of a study is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest
from analysis_bench import (
    ME,
    ROUND,
    FakeAnalysis,
    FakeReports,
    close_round,
    current,
    opened,
)

from balint_desktop.domain.trouble import Trouble, TroubleCode


def test_without_a_study_a_new_one_is_offered(analysis, settle):
    place = analysis(FakeAnalysis(study=None))
    settle()

    assert place.studies.none.isVisible()
    assert not place.studies.open_button.isVisible()
    assert place.studies.new_button.isVisible()


def test_a_text_of_the_study_has_its_version_in_a_column_of_its_own(analysis, settle):
    model = opened(analysis, settle).study_page.texts.model()

    assert [model.index(0, column).data() for column in range(model.columnCount())] == ["Session 1", "1", "0"]


def test_in_a_coders_own_vault_no_round_is_opened_and_nothing_compared_or_reported(analysis, settle):
    service = FakeAnalysis(rounds=(replace(ROUND, authors=(ME,)),), is_guest=True)
    place = opened(analysis, settle, service, reports=FakeReports)
    close_round(place, settle)

    for made in (place.study_page.round_button, place.study_page.compare_button, place.study_page.report_button):
        assert made.isHidden()
    assert place.study_page.files_button.isVisible()
    place.study_page.themes_button.click()
    settle()
    assert place.themes_page.report_button.isHidden()


@pytest.mark.parametrize("page", ["compare", "report", "round", "paper"])
def test_a_page_that_a_coders_vault_has_not_is_the_studys_own(analysis, settle, page):
    place = analysis(FakeAnalysis(is_guest=True), reports=FakeReports)

    place.open_page("study-1", page)
    settle()

    assert current(place) is place._study


def test_a_study_that_cannot_be_opened_leaves_the_list(analysis, settle, messages):
    place = analysis()
    place.service.trouble = Trouble(TroubleCode.DISK_FULL)

    place.show_study("study-1")
    settle()

    assert current(place) is place._list
    assert messages.last is not None


def test_a_study_with_a_session_that_may_not_be_analysed_can_go_on_without_it(analysis, settle):
    place = analysis()
    place.service.trouble = Trouble(TroubleCode.STUDY_TEXT_CLOSED, name="Session 1")
    place.show_study("study-1")
    settle()
    assert place.studies.leave_out.is_asking

    place.studies.leave_out.do_button.click()
    settle()

    assert current(place) is place._study
    assert not place.studies.leave_out.is_asking


def test_what_is_opened_last_is_shown_whatever_was_still_being_opened(analysis, settle):
    place = opened(analysis, settle)
    place.open_page("study-1", "themes")
    place.open_page("study-1", "read")
    settle()

    assert current(place) is place.read_page
