"""REFI-QDA files: written and read back exactly, and read as other programs write them."""

from __future__ import annotations

import io
import uuid
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from refi_projects import TEXT, WHEN, guid, many_codings, project

from balint_desktop.domain.analysis.project import ProjectCode, ProjectCoding, ProjectSource
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdc, read_qdpx
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc, derived_guid, project_to_qdpx


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


def test_a_study_of_six_sessions_comes_back_as_it_was_written():
    written = many_codings(4_800)

    found = read_qdpx(project_to_qdpx(written))

    assert set(written.codings) == set(found.codings)
    assert [source.text for source in written.sources] == [source.text for source in found.sources]


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


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_an_id_that_is_derived_is_that_of_version_5(name):
    space = uuid.UUID("5f1c3f5e-8a58-4a10-9d5b-2a0f4c8b7e10")

    assert derived_guid("coding", name) == str(uuid.uuid5(space, f"coding {name}"))


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
    ids=["empty", "text", "cut off", "another root", "open", "entity", "deep", "no number"],
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
