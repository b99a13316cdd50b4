"""One document in three forms: the same words in each, well-formed, and read by another program."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.markup_texts import paragraphs, xml_texts
from balint_desktop.reports.documents.document import (
    BulletList,
    Document,
    DocumentHeading,
    DocumentTable,
    Paragraph,
    ParagraphStyle,
    Run,
    plain,
    words,
)
from balint_desktop.reports.documents.open_document import to_odt
from balint_desktop.reports.documents.web_page import to_html
from balint_desktop.reports.documents.word_file import to_docx
from tests.opened_elsewhere import by_pdftotext, printed_by_libreoffice, text_by_libreoffice

WHOLE = Document(
    "A study of “anger” & <more>",
    (
        DocumentHeading("Methods"),
        words("Two  spaces,\na line break, whānau — 北京 & 5 > 3."),
        DocumentHeading("A theme", 2),
        Paragraph((Run("R3: ", bold=True), Run("it made me angry", italic=True)), ParagraphStyle.QUOTATION),
        words("A note", ParagraphStyle.NOTE),
        BulletList(("one", "two")),
        DocumentTable(("Item", "Answer"), (("22", "long " * 20), ("23", "a\nb")), (1, 3)),
    ),
    foot="A study, 1 June 2026",
)
BODIES = {"docx": (to_docx, "word/document.xml", "body"), "odt": (to_odt, "content.xml", "text")}


def body(form, document):
    write, member, inside = BODIES[form]
    with zipfile.ZipFile(io.BytesIO(write(document))) as file:
        return [*paragraphs(xml_texts(file.read(member)), inside)]


def cells(block):
    return [cell for row in (block.headings, *block.rows) for cell in row]


def expected(document):
    lines = [document.title]
    for block in document.blocks:
        lines += cells(block) if isinstance(block, DocumentTable) else [plain([block])]
    return [line for text in lines for line in ([text] if text != "one\ntwo" else ["one", "two"])]


@pytest.mark.parametrize("form", BODIES)
def test_every_paragraph_is_there_as_it_is_and_in_order(form):
    assert expected(WHOLE) == [line for line in body(form, WHOLE) if line]


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        assert not [value for name, value in attrs if name in {"src", "href"}]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def test_html_is_nested_right_loads_nothing_and_holds_the_same_words():
    page = _Page()
    page.feed(to_html(WHOLE).decode())
    found = "".join(page.texts)

    assert page.open == []
    assert all(line in found for text in expected(WHOLE) for line in text.split("\n"))


SIGNS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=40)
@given(SIGNS, SIGNS, SIGNS)
def test_whatever_a_person_types_every_part_is_well_formed(title, text, cell):
    document = Document(
        title, (DocumentHeading(text), words(text), BulletList((cell,)), DocumentTable((cell,), ((text,),))), foot=cell
    )

    for write in (to_docx, to_odt):
        with zipfile.ZipFile(io.BytesIO(write(document))) as file:
            for name in file.namelist():
                if name.endswith((".xml", ".rels")):
                    expat.ParserCreate().ParseFile(io.BytesIO(file.read(name)))
    assert to_html(document).decode()


@pytest.mark.parametrize("form", BODIES)
def test_every_part_that_is_referred_to_is_there(form):
    with zipfile.ZipFile(io.BytesIO(BODIES[form][0](WHOLE))) as file:
        names = set(file.namelist())
        for name in [one for one in names if one.endswith(".rels") or "manifest" in one]:
            text = file.read(name).decode()
            folder = name.partition("_rels/")[0]
            named = re.findall(r'Target="([^"]+)"', text) or re.findall(r'full-path="([^"/][^"]*)"', text)
            assert {f"{folder}{one}" if "_rels" in name else one for one in named} <= names


@pytest.mark.parametrize("form", BODIES)
def test_libreoffice_reads_all_of_it_and_prints_its_foot(form, tmp_path):
    path = tmp_path / f"a.{form}"
    path.write_bytes(BODIES[form][0](WHOLE))
    found = text_by_libreoffice(path)

    assert all(line.strip() in found for text in expected(WHOLE) for line in text.split("\n"))
    printed = by_pdftotext(printed_by_libreoffice(path))
    assert re.search(r"A study, 1 June 2026 .*Page 1 of 1", printed)


def test_a_column_is_as_wide_as_its_longest_word_and_the_others_share_the_rest():
    rows = (("3 May", "Closed", "Independent", "a" * 64),)
    day, event, by, rest = DocumentTable(("When", "Event", "By", "Words"), rows, (3, 5, 3, 7)).widths

    assert by == pytest.approx(13 / 68)
    assert (event / day, rest / day) == (pytest.approx(5 / 3), pytest.approx(7 / 3))
    assert sum((day, event, by, rest)) == pytest.approx(1)


def test_columns_have_their_shares_where_every_word_has_room_or_none_has():
    assert DocumentTable(("a", "b"), (("c", "d"),), (1, 3)).widths == (0.25, 0.75)
    assert DocumentTable(("a" * 20,) * 4, (), (1, 1, 1, 1)).widths == (0.25,) * 4
