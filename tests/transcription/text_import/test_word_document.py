"""Word documents: their text once and whole, and a hostile one refused before it costs anything."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transcript_files import paragraph, row, word_document, word_xml

from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.transcription.text_import.word_document import document_text

T = TroubleCode
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def text(body, **how):
    return document_text(word_document(word_xml(body, **how)), "a.docx")


def refused(data):
    with pytest.raises(Trouble) as caught:
        document_text(data, "a.docx")
    return caught.value.code


@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=20), max_size=5))
def test_every_paragraph_is_read_as_it_is(lines):
    assert lines == text("".join(map(paragraph, lines))).split("\n\n")[:-1]


def test_tabs_and_line_breaks_are_read():
    assert text(paragraph("P4:\tI do.\nSo.")) == "P4:\tI do.\nSo.\n\n"


def test_a_row_of_a_table_is_a_line_of_cells():
    assert text(row("0:05", "P4", "I do.")).rstrip("\n").split("\t")[:-1] == ["0:05 ", "P4 ", "I do. "]


def test_a_strict_document_is_read():
    assert text(paragraph("I do."), namespace=STRICT) == "I do.\n\n"


def run(inner):
    return f"<w:p>{inner}</w:p>"


def said(words):
    return f"<w:r><w:t>{words}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (f"<w:ins>{said('I ')}</w:ins>{said('do')}", "I do"),
        (f"<w:del><w:r><w:delText>no</w:delText></w:r></w:del>{said('do')}", "do"),
        (f"<w:moveFrom>{said('no')}</w:moveFrom><w:moveTo>{said('do')}</w:moveTo>", "do"),
        (f"<w:r><w:instrText>PAGE</w:instrText></w:r>{said('do')}", "do"),
        (f"<w:hyperlink>{said('do')}</w:hyperlink>", "do"),
        (
            f"<mc:AlternateContent><mc:Choice>{said('do')}</mc:Choice><mc:Fallback>{said('no')}</mc:Fallback></mc:AlternateContent>",
            "do",
        ),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>being</w:t></w:r>", "well-being"),
        (f"{said('a &amp; b')}", "a & b"),
    ],
)
def test_what_is_seen_in_word_is_read_once_and_nothing_else(inner, expected):
    assert expected == text(run(inner)).strip()


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE x>",
    ],
)
def test_a_document_type_is_refused_and_so_are_its_entities(declaration):
    assert refused(word_document(word_xml(paragraph("I do."), declaration=declaration))) == T.TEXT_FILE_DAMAGED


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "<w:p>",
        word_xml("&a;"),
        word_xml("<w:p>" * 300 + "</w:p>" * 300),
        "\0" * 9,
        word_xml("").replace("UTF-8", "UT-8"),
    ],
)
def test_a_document_that_is_no_safe_xml_is_damaged(xml):
    assert refused(word_document(xml)) == T.TEXT_FILE_DAMAGED


def test_a_document_of_zeros_that_unpacks_to_gigabytes_is_refused_unread():
    data = word_document(" " * (25 * 1024 * 1024))

    assert len(data) < 40_000
    assert refused(data) == T.TEXT_FILE_LARGE


def test_a_document_that_hides_its_size_yields_no_more_than_it_declares():
    data = bytearray(word_document(word_xml(paragraph("so " * 9_000))))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begin = data.find(b"word/document.xml", data.find(signature))
        header = data.rfind(signature, 0, begin)
        data[header + at : header + at + 4] = (300).to_bytes(4, "little")

    assert refused(bytes(data)) == T.TEXT_FILE_DAMAGED


def test_a_zip_without_a_document_is_of_another_kind():
    assert refused(word_document("x", member="xl/workbook.xml")) == T.TEXT_FILE_KIND


def test_a_document_under_the_name_that_word_online_gives_it_is_read():
    assert (
        document_text(word_document(word_xml(paragraph("I do.")), member="word/document2.xml"), "a").strip() == "I do."
    )


def test_a_packing_that_may_ask_for_any_memory_is_refused():
    assert refused(word_document(word_xml(paragraph("I do.")), packing=zipfile.ZIP_LZMA)) == T.TEXT_FILE_DAMAGED


def test_a_zip_of_very_many_members_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", word_xml(paragraph("I do.")))
        for number in range(5_001):
            file.writestr(f"{number}", "")

    assert refused(out.getvalue()) == T.TEXT_FILE_LARGE


@pytest.mark.parametrize("end", [30, 200, -30])
def test_a_document_cut_short_is_damaged(end):
    assert refused(word_document(word_xml(paragraph("I do.")))[:end]) == T.TEXT_FILE_DAMAGED
