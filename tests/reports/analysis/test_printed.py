"""The report printed by LibreOffice: every part of it is on paper, and no quotation is torn from its place."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace

import pytest
from study_accounts import FIRST, account, quotation

from balint_desktop.domain.analysis.study import RoundClosing, ThemeWork
from balint_desktop.reports.analysis.report import AnalysisFile, build_file
from tests.opened_elsewhere import by_pdftotext, pages_of, printed_by_libreoffice

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice Writer or poppler is not installed here: libreoffice-writer-nogui, poppler-utils",
)
PARTS = (
    "Research question",
    "Methods",
    "Where the authors stand",
    "Themes",
    "Being told to toughen up",
    "(R3, Session 1)",
    "Coding framework, version 1",
    "Under: Anger",
    "COREQ items 22 to 32 (Tong, Sainsbury & Craig 2007)",
    "Audit trail of the analysis",
    "The audit trail ends with these words: amber brook",
)


def long_account():
    """Return an account whose quotations go over several pages, and with fingerprints as long as they are."""
    whole = account()
    quotations = tuple(
        quotation(f"q{number}", FIRST, "It made me angry. With the registrar, and then with her.")
        for number in range(60)
    )
    closings = (RoundClosing("a", 1.0, "0123456789abcdef" * 4),)
    return replace(
        whole,
        themes=ThemeWork(whole.themes.themes, quotations),
        rounds=(replace(whole.rounds[0], closings=closings), *whole.rounds[1:]),
    )


def printed(folder, ending, of):
    path = folder / f"report{ending}"
    path.write_bytes(build_file(of, AnalysisFile.REPORT, ending, lambda day: day.isoformat()))
    return printed_by_libreoffice(path)


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_every_part_of_the_report_is_on_paper(tmp_path, ending):
    text = " ".join(by_pdftotext(printed(tmp_path, ending, account())).split())

    assert [part for part in PARTS if part not in text] == []


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_quotation_and_whose_it_is_are_on_one_page(tmp_path, ending):
    pdf = printed(tmp_path, ending, long_account())
    sheets = by_pdftotext(pdf).split("\f")

    assert pages_of(pdf) > 3
    for sheet in sheets:
        assert sheet.count("then with her.") == sheet.count("(R3, Session 1)")


@pytest.mark.parametrize("ending", [".docx", ".odt"])
def test_a_fingerprint_is_whole_in_its_cell(tmp_path, ending):
    text = by_pdftotext(printed(tmp_path, ending, long_account())).partition("Audit trail of the analysis")[2]

    assert "0123456789abcdef" * 4 in "".join(re.findall(r"\b[0-9a-f]{6,}\b", text))
