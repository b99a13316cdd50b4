"""REFI-QDA files: written and read back exactly, and read as other programs write them."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balint_desktop.domain.analysis.project import (
    Project,
    ProjectCase,
    ProjectCode,
    ProjectCoder,
    ProjectCoding,
    ProjectNote,
    ProjectSet,
    ProjectSource,
)
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdc, read_qdpx
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc, project_to_qdpx

WHEN = "2026-11-29T08:00:00Z"
TEXT = "R3: It made me angry, whānau too.\n\nR1: [not available]"


def guid(number):
    return f"00000000-0000-4000-8000-{number:012}"


def project(**changes):
    anger, fear = (
        ProjectCode(guid(11), "Anger & more", "When …\nnot when <it> is “said”", "#aa3300"),
        ProjectCode(guid(12), "At the team", parent=guid(11)),
    )
    fields = {
        "name": "A study",
        "origin": "Balint Desktop 1",
        "coders": (ProjectCoder(guid(1), "Coder 1"), ProjectCoder(guid(2), "Coder 2")),
        "codes": (anger, fear),
        "sources": (ProjectSource(guid(21), "Session 1", TEXT, guid(1), WHEN, {"Session": "1"}),),
        "codings": (
            ProjectCoding(guid(31), guid(21), 4, 20, guid(11), guid(1), WHEN, TEXT[4:20], "why?"),
            ProjectCoding(guid(32), guid(21), 11, 33, guid(12), guid(2), WHEN, TEXT[11:33]),
        ),
        "notes": (ProjectNote(guid(41), "Memo", "two\nlines", guid(2), WHEN, (guid(31),)),),
        "cases": (ProjectCase(guid(51), "R3", ((guid(21), 0, 33),)),),
        "sets": (ProjectSet(guid(61), "Round 1", "open", (guid(21),)),),
        "writer": guid(1),
        "created": WHEN,
    }
    return Project(**(fields | changes))


def packed(xml, sources=None):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("project.qde", xml)
        for name, content in (sources or {}).items():
            file.writestr(name, content)
    return data.getvalue()


def foreign(text, begin, end, *, origin="Other 1", path="Sources/one.txt"):
    """Return a file of another program with one coding."""
    return packed(
        f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="p" origin="{origin}">
<Users><User guid="{{{guid(1).upper()}}}" name="Ann"/></Users>
<CodeBook><Codes><Code guid="{guid(11)}" name="Anger" isCodable="true"/></Codes></CodeBook>
<Sources><TextSource guid="{guid(21)}" name="one" plainTextPath="internal://one.txt">
<PlainTextSelection guid="{guid(31)}" startPosition="{begin}" endPosition="{end}" creatingUser="{guid(1)}">
<Coding guid="{guid(32)}"><CodeRef targetGUID="{{{guid(11)}}}"/></Coding></PlainTextSelection></TextSource>
<PictureSource guid="{guid(22)}"/></Sources></Project>""",
        {path: text},
    )


def coded(data):
    found = read_qdpx(data)
    (coding,) = found.codings
    return found.sources[0].text[coding.begin : coding.end]


def test_a_project_comes_back_as_it_was_written():
    assert project() == read_qdpx(project_to_qdpx(project()))


def test_a_text_is_written_without_a_byte_order_mark_and_with_line_feeds():
    with zipfile.ZipFile(io.BytesIO(project_to_qdpx(project()))) as file:
        assert TEXT.encode() == file.read(f"sources/{guid(21)}.txt")


@given(st.text(), st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40))
def test_any_memo_and_any_text_comes_back_without_what_xml_cannot_hold(memo, text):
    source = ProjectSource(guid(21), "Session 1", text, guid(1), WHEN)
    coding = ProjectCoding(guid(31), guid(21), 0, len(text), guid(11), guid(1), WHEN, "", memo)

    found = read_qdpx(project_to_qdpx(project(sources=(source,), codings=(coding,), cases=(), notes=())))

    assert text.removeprefix("\ufeff") == found.sources[0].text
    kept = [sign for sign in memo if sign in "\t\n" or (sign.isprintable() and sign != "\r")]
    assert [sign for sign in kept if sign in found.codings[0].memo] == kept


@pytest.mark.parametrize("name", ["Anger & more", "ANGER & MORE", "R3"])
def test_names_that_another_reader_would_confuse_are_refused(name):
    with pytest.raises(ValueError, match="twice"):
        project_to_qdpx(project(codes=(*project().codes, ProjectCode(guid(13), name))))


@pytest.mark.parametrize(
    ("text", "begin", "end", "origin"),
    [
        (b"one two three", 4, 7, "Other"),
        (b"\xef\xbb\xbfone two three", 4, 7, "Other"),
        ("one two three".encode("utf-16"), 4, 7, "Other"),
        (b"one\r\ntwo three", 5, 8, "Other"),
        (b"one\r\ntwo three", 4, 7, "ATLAS.ti 24"),
    ],
)
def test_positions_count_as_the_program_counts_that_wrote_them(text, begin, end, origin):
    assert coded(foreign(text, begin, end, origin=origin)) == "two"


def test_a_folder_and_a_guid_are_found_in_any_case_and_what_is_no_text_is_counted():
    found = read_qdpx(foreign(b"one two three", 4, 7, path="sources/One.txt"))

    assert found.left_out == {"PictureSource": 1}
    assert (guid(1), guid(11)) == (found.coders[0].guid, found.codings[0].code)


def test_codes_with_their_nesting_travel_as_a_codebook():
    assert project().codes == read_qdc(codebook_to_qdc(project().codes, "Balint Desktop 1"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip",
        packed("<Project/>")[:-30],
        packed("<Other/>"),
        packed("<Project><Sources>"),
        packed('<!DOCTYPE p [<!ENTITY a "aaaa">]><Project name="&a;"/>'),
        packed("<a>" * 200 + "</a>" * 200),
        foreign(b"text", "x", 3),
    ],
)
def test_what_is_no_project_is_refused_with_one_error(data):
    with pytest.raises(ProjectFileError):
        read_qdpx(data)


def test_an_archive_that_would_unpack_to_more_than_the_limit_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("project.qde", b" " * (65 * 1024 * 1024))

    with pytest.raises(ProjectFileError):
        read_qdpx(bomb.getvalue())
