"""The report in every form: themes with quotations that may be quoted, codebook, COREQ items, audit trail in order."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook
from study_accounts import FIRST, ONE, STUDY, account, quotation, wall

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.framework import FrameworkAct, FrameworkMove
from balint_desktop.domain.analysis.refi_read import read_qdc
from balint_desktop.domain.analysis.study import (
    CodingArrival,
    MatterDecision,
    MatterOutcome,
    StudyTheme,
    ThemeState,
    ThemeWork,
)
from balint_desktop.domain.analysis.theme_history import ThemeStep
from balint_desktop.domain.deidentify.approved import Redaction, redacted
from balint_desktop.domain.deidentify.file_texts import TextKind, file_texts
from balint_desktop.i18n import in_language
from balint_desktop.reports.analysis.account import CodeFigures, RoundFigures, Stated, UnitFigures
from balint_desktop.reports.analysis.coreq import analysis_items
from balint_desktop.reports.analysis.report import ENDINGS, AnalysisFile, build_file, report_document
from balint_desktop.reports.analysis.tables import codebook_table, quotations_table
from balint_desktop.reports.analysis.trail import trail_lines
from balint_desktop.reports.documents.document import plain
from balint_desktop.reports.tables import local_moment

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
        ("Framework, version 1, fixed", ""),
        ("Round 2 opened", ""),
        ("Own coding of round 2 closed", "Coder 1"),
    ]
    assert [lines[2].words, lines[6].words] == ["SHA-256 aa11", "Nearer to her words"]


def test_moves_of_the_framework_with_their_reasons_and_steps_of_themes_are_in_the_trail_in_order():
    drawn, out = FrameworkAct.DRAWN_IN, FrameworkAct.TAKEN_OUT
    moves = (
        FrameworkMove(wall(6, 14), drawn, "a", "Anger-guid", "anger", "Both say it"),
        FrameworkMove(wall(6, 15), drawn, "b", "Rage-guid", "anger", "Louder"),
        FrameworkMove(wall(6, 16), out, "a", "gone", "gone-too"),
    )
    steps = (
        ThemeStep("t1", wall(5, 18), "Toughness", ThemeState.CANDIDATE, ("anger",)),
        ThemeStep("t1", wall(8, 18), "Toughness", ThemeState.REVIEWED, ("anger", "guilt")),
        ThemeStep("t1", wall(9, 18), "Being told to toughen up", ThemeState.REVIEWED, ("anger", "guilt")),
        ThemeStep("t1", wall(9, 19), "Being told to toughen up", ThemeState.NAMED, ("anger", "guilt")),
        ThemeStep("t1", wall(9, 20), "Being told to toughen up", ThemeState.NAMED, ("guilt",)),
        ThemeStep("t1", wall(9, 21), "Being told", ThemeState.NAMED, ("guilt",)),
    )
    lines = trail_lines(account(moves=moves, theme_steps=steps))
    theme = "heme “Being told to toughen up”"

    assert [(one.event, one.words) for one in lines if one.wall in {each.wall for each in (*moves, *steps)}] == [
        (f"T{theme} is a candidate", "with Anger"),
        ("Code “Anger” of Coder 1 moved into the framework", "Both say it"),
        ("Code “Rage” of Coder 2 moved into the framework, as “Anger”", "Louder"),
        ("Code “a code that is no longer there” of Coder 1 taken out of the framework", ""),
        (f"T{theme} reviewed", "with Guilt"),
        (f"T{theme} given this name", ""),
        (f"T{theme} named", ""),
        (f"Codes of t{theme} changed", "without Anger"),
    ]
    assert [one.wall for one in lines] == sorted(one.wall for one in lines)
    table = rows(build_file(account(moves=moves, theme_steps=steps), AnalysisFile.TRAIL, ".csv", day))
    assert ["Code “Rage” of Coder 2 moved into the framework, as “Anger”", "", "Louder"] in [one[1:] for one in table]
    assert "Louder" in report(moves=moves)


def copy_of_two(taken, *, is_parcel=False):
    """Return the account where Coder 2's coding came as a file on the 2nd, and was taken in on a day."""
    return account(arrivals=(CodingArrival(1, "b", wall(2), wall(taken, 14), is_parcel),))


def test_a_copy_that_came_is_received_and_taken_in_and_closes_nothing_itself():
    lines = [one for one in trail_lines(copy_of_two(4)) if one.by == "Coder 2"]

    assert [(one.wall, one.event, one.words) for one in lines] == [
        (wall(2), "File with coding of round 1 received", ""),
        (wall(4, 14), "Coding of round 1 taken in", "SHA-256 bb22"),
    ]


def test_of_several_copies_the_last_has_the_fingerprint_of_them_all():
    copies = tuple(CodingArrival(1, "b", wall(2), wall(day, 14), is_parcel=False) for day in (4, 3))
    lines = [one for one in trail_lines(account(arrivals=copies)) if one.event == "Coding of round 1 taken in"]

    assert [one.words for one in lines] == ["", "SHA-256 bb22"]


def test_a_decision_on_two_codes_names_both():
    decision = MatterDecision("d", 1, "m", wall(7), MatterOutcome.BOTH_STAND, "Both", ("a",), "anger guilt")
    events = [one.event for one in trail_lines(account(decisions=(decision,)))]

    assert "Round 1, Anger and Guilt: both remain" in events


def test_a_parcel_is_closed_by_its_coder_and_received_and_taken_in_here():
    lines = [one.event for one in trail_lines(copy_of_two(5, is_parcel=True)) if one.by == "Coder 2"]

    assert lines == [
        "File with coding of round 1 received",
        "Own coding of round 1 closed",
        "Coding of round 1 taken in",
    ]


def test_coding_taken_in_after_the_first_decision_is_late_in_trail_and_methods():
    late = copy_of_two(6)

    assert "Coding of round 1 taken in, after comparison had begun" in {one.event for one in trail_lines(late)}
    assert "The coding of Coder 2 in round 1 was taken in after comparison had begun." in report(arrivals=late.arrivals)
    assert "after comparison" not in report(arrivals=copy_of_two(5).arrivals)


def test_a_file_that_does_not_count_is_in_the_trail_and_makes_no_coding_late():
    replaced = (CodingArrival(1, "b", wall(2), wall(6), is_parcel=False, counts=False),)
    lines = [one.event for one in trail_lines(account(arrivals=replaced)) if one.by == "Coder 2"]

    assert lines == [
        "File with coding of round 1 received",
        "Own coding of round 1 closed",
        "File with coding of round 1 opened. It does not count.",
    ]
    assert "after comparison" not in report(arrivals=replaced)


def test_each_line_of_the_trail_has_its_time():
    at = local_moment(wall(3))

    assert f"{at.date().isoformat()}, {at:%H:%M}\tOwn coding of round 1 closed\tCoder 1" in report()


def test_brackets_are_asked_for_only_where_there_are_any():
    asked, heading = "Please complete the parts in square brackets.", "COREQ items"
    methods, _, items = report().partition(heading)
    blanks, _, _ = report(software="").partition(heading)

    assert (asked in methods, asked in items, asked in blanks) == (False, True, True)


def test_fingerprints_are_explained_where_there_are_any():
    assert "SHA-256 is a fingerprint of what was coded" in report()
    assert "is a fingerprint" not in report(rounds=())


def test_codes_that_are_not_nested_are_named_alone():
    flat = account(frameworks=(replace(account().frameworks[0], book=Codebook().with_code("a", "Anger")),))

    assert {item.number: item.answer for item in analysis_items(flat)}[25] == "1 code: Anger."


def test_the_trail_ends_with_the_words_of_the_chain():
    assert report().endswith("The audit trail ends with these words: amber brook")


def test_coreq_items_are_filled_in_where_the_study_knows_them():
    items = {item.number: item.answer for item in analysis_items(account())}

    assert list(range(22, 33)) == list(items)
    assert items[25] == "3 codes. Those that stand under no other: Anger and Alone."
    assert items[26] == (
        "Themes were derived from the data. Each is made of codes: Being told to toughen up (Anger, Guilt); Being held."
    )
    assert items[29] == "2 quotations are presented, each with its speaker’s study number."
    assert items[31] == "Being told to toughen up."
    assert "Considered and not named: Being held." in items[32]
    assert {22, 23, 28, 30} == {number for number, answer in items.items() if answer.startswith("[to fill in")}


@pytest.mark.parametrize(
    ("language", "shown", "limits"),
    [("en", "0.50", "0.25 (0.10 to 0.75)"), ("de", "0,50", "0,25 (0,10 bis 0,75)")],
)
def test_figures_of_agreement_are_written_as_the_language_has_them(language, shown, limits):
    anger = CodeFigures("Anger", UnitFigures(0.5, None), UnitFigures(0.5, 0.25, (0.1, 0.75)))
    with in_language(language):
        written = report(figures=RoundFigures(1, 2, 4, 200, (anger,)))

    assert shown in written
    assert limits in written


def test_what_was_stated_once_fills_its_items():
    stated = Stated("Yes, to all.", "Two commented.", "Not discussed.")
    items = {item.number: item.answer for item in analysis_items(account(stated=stated))}

    assert (items[22], items[23], items[28]) == ("Not discussed.", "Yes, to all.", "Two commented.")


def test_csv_and_spreadsheet_hold_the_same_quotations():
    lines = rows(build_file(account(), AnalysisFile.QUOTATIONS, ".csv", day))
    sheet = load_workbook(io.BytesIO(build_file(account(), AnalysisFile.QUOTATIONS, ".xlsx", day))).worksheets[0]

    assert lines == [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
