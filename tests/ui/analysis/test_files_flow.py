"""Coding files in the place: a file that came."""

from __future__ import annotations

from pathlib import Path

import pytest
from analysis_bench import ROUND, STUDY, FakeAnalysis, FakeFiles, coding_file
from files_bench import CLOSED, cells

from balint_desktop.vault.coding_files import ArrivedFile


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.docx", "“a.docx” is a Word file. Open the study"),
        ("a.QDPX", "“a.QDPX” is a project of other software. Open the study"),
        ("a.txt", "“a.txt” is not a coding file."),
    ],
)
def test_what_is_no_sealed_file_is_said_with_where_it_is_added(analysis, settle, messages, name, words):
    files = FakeFiles()
    place = analysis(files=lambda: files)
    place.files.ask_file = lambda *_: Path(name)

    place.studies.import_button.click()
    settle()

    assert messages.last.text.startswith(words)
    assert files.asked == []


def test_a_coding_file_is_opened_from_the_list_and_leads_to_its_study(analysis, settle):
    files = FakeFiles()
    place = analysis(FakeAnalysis(rounds=(CLOSED,)), files=lambda: files)
    place.files.ask_file = lambda *_: Path("round-1.balint-codes")
    place.studies.import_button.click()
    settle()

    assert files.asked == [("arrive", Path("round-1.balint-codes"))]
    assert place.files_page.opened is not None


def test_a_parcel_that_was_imported_leads_to_its_study(analysis, settle):
    files = FakeFiles(arrives=ArrivedFile(STUDY.id))
    place = analysis(FakeAnalysis(rounds=(ROUND,)), files=lambda: files)
    place.import_file(Path("round-1.balint-coding"))
    settle()

    assert place._pages.current() is place._study


@pytest.mark.parametrize(
    ("is_known", "words"), [(False, "The analysis is in this vault now"), (True, "This file came before. Nothing was")]
)
def test_a_parcel_that_was_imported_before_says_so(analysis, settle, is_known, words):
    files = FakeFiles(arrives=ArrivedFile(STUDY.id, is_known=is_known))
    place = analysis(FakeAnalysis(rounds=(ROUND,)), files=lambda: files)
    said = []
    place._messages.inform = said.append
    place.import_file(Path("round-1.balint-coding"))
    settle()

    assert [one for one in said if one.startswith(words)]


def test_another_kind_of_file_is_not_taken_by_the_list(analysis, settle):
    files = FakeFiles()
    place = analysis(FakeAnalysis(rounds=(ROUND,)), files=lambda: files)
    place.import_file(Path("a.docx"))
    settle()

    assert files.asked == []


def test_leaving_the_place_drops_the_study_and_coming_back_shows_it_again(shown, settle):
    page = shown(FakeFiles([coding_file("r1", None, None)]))
    page.place.leave_view()
    left = (page.opened, cells(page.came))
    page.place.enter_view()
    settle()

    assert left == (None, [])
    assert page.opened is not None
