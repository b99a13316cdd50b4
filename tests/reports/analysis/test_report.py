"""The report in every form: themes with quotations that may be quoted, codebook, COREQ items, audit trail in order."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from study_accounts import FIRST, ONE, STUDY, account, quotation

from balint_desktop.domain.analysis.refi_read import read_qdc
from balint_desktop.domain.analysis.study import StudyTheme, ThemeWork
from balint_desktop.domain.deidentify.approved import Redaction, redacted
from balint_desktop.domain.deidentify.file_texts import TextKind, file_texts
from balint_desktop.reports.analysis.account import Stated
from balint_desktop.reports.analysis.coreq import analysis_items
from balint_desktop.reports.analysis.report import ENDINGS, AnalysisFile, build_file, report_document
from balint_desktop.reports.analysis.tables import codebook_table, quotations_table
from balint_desktop.reports.analysis.trail import trail_lines
from balint_desktop.reports.documents.document import plain

FILES = [(which, ending) for which, endings in ENDINGS.items() for ending in endings]


def day(one):
    return one.isoformat()


def report(**changes):
    return plain(report_document(account(**changes), day).blocks)


def rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize(("which", "ending"), FILES)
def test_every_file_is_written_in_every_form_and_its_texts_can_be_read(which, ending):
    data = build_file(account(), which, ending, day)

    assert not [one for one in file_texts(f"study{ending}", data) if one.kind is TextKind.UNREADABLE]
    assert any("Being told to toughen up" in one.text or "Anger" in one.text for one in file_texts("a", data))


@pytest.mark.parametrize(("which", "ending"), [one for one in FILES if one[1] != ".xlsx"])
def test_the_same_study_gives_the_same_bytes(which, ending):
    assert build_file(account(), which, ending, day) == build_file(account(), which, ending, day)


def test_a_form_that_a_file_has_not_is_refused():
    with pytest.raises(ValueError, match="no form"):
        build_file(account(), AnalysisFile.QUOTATIONS, ".odt", day)


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_document_says_nothing_of_this_computer_or_of_when_it_was_made(ending):
    with zipfile.ZipFile(io.BytesIO(build_file(account(), AnalysisFile.REPORT, ending, day))) as file:
        assert {(1980, 1, 1, 0, 0, 0)} == {one.date_time for one in file.infolist()}


def test_themes_have_their_codes_quotations_with_study_numbers_and_what_speaks_against_them():
    words = report()

    assert "Being told to toughen up\nFeeling is weakness.\nCodes: Anger, Guilt\n" in words
    assert "It made me angry […] then with her.\n(R3, Session 1)\nWhat speaks against it: Some were held.\n" in words
    assert "Being held (not yet named)\nI feel less alone now.\n(R2, Session 6)\n" in words
    assert "Noise" not in words


def test_a_theme_without_a_name_is_reported_only_with_something_in_it():
    blank, begun = StudyTheme("t8", ""), StudyTheme("t9", "", codes=("anger",))
    themes = account().themes

    with_blank = report(themes=replace(themes, themes=(*themes.themes, blank)))
    with_codes = report(themes=replace(themes, themes=(*themes.themes, begun)))

    assert with_blank == report()
    assert "New theme (not yet named)" in with_codes


def test_what_may_not_be_quoted_is_in_no_file():
    for which, ending in FILES:
        for one in file_texts("a", build_file(account(), which, ending, day)):
            assert "very out of depth" not in one.text, (which, ending)


def test_a_quotation_whose_words_were_taken_out_since_is_in_no_file():
    begin = FIRST.text.index("angry")
    changed = account(texts={**account().texts, ONE: redacted(FIRST, [Redaction(begin, begin + 5, "[x]")])})

    assert "It made me angry" not in plain(report_document(changed, day).blocks)
    assert changed.left_out_quotations() == 2


def test_a_session_left_out_is_quoted_nowhere():
    assert "I feel less alone" not in report(study=replace(STUDY, without_evaluation=True))


def test_the_quotations_table_has_theme_session_speaker_and_lines():
    two = ThemeWork(
        account().themes.themes,
        (*account().themes.quotations, quotation("q5", FIRST, "her.\n\n[silence, 14 s]\n\nR1: I would")),
    )

    assert quotations_table(account(themes=two)).rows == [
        ("Being told to toughen up", "Session 1", "R3", "1", "It made me angry […] then with her."),
        ("Being told to toughen up", "Session 1", "R3, R1", "1–3", "her.\n\n[silence, 14 s]\n\nR1: I would"),
        ("Being held", "Session 6", "R2", "1", "I feel less alone now."),
    ]


def test_the_codebook_is_the_last_frameworks_nested_with_its_uses():
    assert codebook_table(account()).rows == [
        ("Anger", "", "At anybody", "It is said", "It is guessed", "“I was furious”", False, 1),
        ("Guilt", "Anger", "", "", "", "", False, 0),
        ("Alone", "", "", "", "", "", False, 0),
    ]


def test_without_a_framework_the_codebook_is_all_coders_own_codes():
    assert [row[0] for row in codebook_table(account(frameworks=())).rows] == ["Anger", "Rage"]


def test_the_codebook_goes_to_other_programs_with_its_nesting():
    codes = read_qdc(build_file(account(), AnalysisFile.CODEBOOK, ".qdc", day))

    assert [(one.name, one.parent) for one in codes] == [("Anger", None), ("Guilt", "anger"), ("Alone", None)]


def test_the_trail_is_in_order_and_shows_that_ones_own_round_closed_first():
    lines = trail_lines(account())

    assert [(one.event, one.by) for one in lines] == [
        ("Round 1 opened", ""),
        ("Memo on Session 1", "Coder 1"),
        ("Own coding of round 1 closed", "Coder 1"),
        ("Own coding of round 1 closed", "Coder 2"),
        ("Others’ coding of round 1 opened", "Coder 1"),
        ("Memo on Session 1, revised", "Coder 1"),
        ("Round 1, Anger: as Coder 2 coded", "Coder 1 and Coder 2"),
        ("Round 1, Being told to toughen up: left open", "Coder 1"),
        ("Framework, version 1, frozen", ""),
        ("Round 2 opened", ""),
        ("Own coding of round 2 closed", "Coder 1"),
    ]
    assert [lines[2].words, lines[6].words] == ["SHA-256 aa11", "Nearer to her words"]


def test_the_trail_ends_with_the_words_of_the_chain():
    assert report().endswith("The audit trail ends with these words: amber brook")


def test_coreq_items_are_filled_in_where_the_study_knows_them():
    items = {item.number: item.answer for item in analysis_items(account())}

    assert list(range(22, 33)) == list(items)
    assert items[25] == "3 codes, at the top: Anger and Alone."
    assert items[26] == (
        "Themes were derived from the data. Each is made of codes: Being told to toughen up (Anger, Guilt); Being held."
    )
    assert items[29] == "2 quotations are presented, each with its speaker’s study number."
    assert items[31] == "Being told to toughen up."
    assert "Considered and not named: Being held." in items[32]
    assert {22, 23, 28, 30} == {number for number, answer in items.items() if answer.startswith("[to fill in")}


def test_what_was_stated_once_fills_its_items():
    stated = Stated("Yes, to all.", "Two commented.", "Not discussed.")
    items = {item.number: item.answer for item in analysis_items(account(stated=stated))}

    assert (items[22], items[23], items[28]) == ("Not discussed.", "Yes, to all.", "Two commented.")


def test_csv_and_spreadsheet_hold_the_same_quotations():
    lines = rows(build_file(account(), AnalysisFile.QUOTATIONS, ".csv", day))
    sheet = load_workbook(io.BytesIO(build_file(account(), AnalysisFile.QUOTATIONS, ".xlsx", day))).worksheets[0]

    assert lines == [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
