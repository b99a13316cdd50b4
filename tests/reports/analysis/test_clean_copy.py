"""The copy that goes out holds the approved text and how to code it, and nothing of anybody."""

from __future__ import annotations

import html
import io
import re
import zipfile

import pytest
from study_accounts import FIRST, approved
from word_copies import TEXT

from balint_desktop.domain.analysis.line_numbers import line_numbered
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.deidentify.approved import ApprovedText
from balint_desktop.domain.deidentify.approved_files import body_text
from balint_desktop.domain.deidentify.gate import findings_in_file
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.deidentify.markup_texts import xml_texts
from balint_desktop.domain.values import participant_code
from balint_desktop.reports.analysis.clean_copy import clean_copy, coding_rules, paper_copy
from balint_desktop.reports.approved_text.forms import TextForm, write_form
from balint_desktop.reports.approved_text.words import EdgeWords
from tests.opened_elsewhere import by_pdftotext, printed_by_libreoffice, text_by_libreoffice

COPY = clean_copy("Session 2", FIRST)


def parts(data=COPY):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name).decode() for name in file.namelist()}


def test_its_body_is_the_approved_text_and_the_gate_lets_it_through():
    assert body_text("a.docx", COPY) == FIRST.text
    assert findings_in_file("a.docx", COPY, [], FIRST) == ()


def test_a_name_in_what_stands_around_the_text_is_found():
    (finding,) = findings_in_file(
        "a.docx", clean_copy("Quilla’s group", FIRST), [KnownName(participant_code(1), "Quilla Zorn")], FIRST
    )[:1]

    assert finding.part != "text"


@pytest.mark.parametrize("kind", ["comments", "people", "commentsExtended"])
def test_it_has_no_comment_and_no_author(kind):
    assert not [name for name in parts() if kind in name]
    assert "lastModifiedBy" not in parts()["docProps/core.xml"]


def test_it_holds_the_text_its_name_and_how_to_code_and_not_a_word_more():
    texts = {
        one.text
        for name, xml in parts().items()
        if name.endswith(".xml")
        for one in xml_texts(xml.encode())
        if not one.is_value and one.text.strip()
    }

    assert texts - {*FIRST.text.split("\n\n"), *coding_rules()} == {
        "Session 2",
        "Session 2, version 1",
        "Session 2, version 1\tPage 1 of 1",
    }


def test_how_to_code_is_on_the_first_page_and_is_no_part_of_the_text():
    assert all(
        html.escape(rule, quote=False) in parts()["word/header2.xml"].replace("&quot;", '"') for rule in coding_rules()
    )
    assert 'w:type="first"' in parts()["word/document.xml"]
    copy = read_returned_copy(COPY, "a.docx", FIRST.text)
    assert (copy.comments, copy.changes, copy.not_placed) == ((), (), ())


def test_edits_are_tracked_and_colours_are_not():
    assert "<w:trackRevisions/><w:doNotTrackFormatting/>" in parts()["word/settings.xml"]


@pytest.mark.parametrize("text", [TEXT, "R1: Only one."])
def test_the_approved_text_exported_for_word_can_come_back_too(text):
    data = write_form(TextForm.DOCX, ApprovedText(1, text, ()), EdgeWords("Session 2", "Page {n} of {count}"))
    copy = read_returned_copy(data, "a.docx", text)

    assert (copy.changes, copy.comments) == ((), ())


def test_libreoffice_reads_the_text_and_prints_its_lines_numbered(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(COPY)

    assert FIRST.text.split("\n\n") == [line for line in text_by_libreoffice(path).split("\n") if line]
    printed = by_pdftotext(printed_by_libreoffice(path))
    assert "How to code" in printed
    assert re.findall(r"(?m)^ *([0-9]+)  ", printed)[:3] == ["1", "2", "3"]


def test_the_page_for_paper_has_the_numbers_that_are_typed_in():
    long = approved(("R1", "word " * 60), ("R2", "I do & <don’t>."))
    page = html.unescape(re.sub(r"<[^>]+>", "\n", paper_copy("Session 2", long)))
    lines = line_numbered(long.text)

    assert [(one.number, one.words) for one in lines] == [
        (int(number), words) for number, words in re.findall(r"(?m)^ *(\d+)  (.+)$", page)
    ]
    assert "Session 2, version 1" in page
