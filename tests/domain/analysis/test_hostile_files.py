"""Files that were made to harm, one table for the three readers: a coding file, a Word copy, a project.

Each is refused with the reader's own error, without unpacking, resolving or reaching anything; or it is read, and what
it says of places outside its text is left to placing.
"""

from __future__ import annotations

import io
import json
import struct
import tracemalloc
import warnings
import zipfile
from dataclasses import replace

import pytest
from foreign_projects import FILES
from hypothesis import given
from hypothesis import strategies as st
from refi_projects import TEXT, guid
from study_vaults import TWO, memo, work
from word_copies import NAMES, Copy, document_xml

from balint_desktop.domain.analysis.moving import TextMove
from balint_desktop.domain.analysis.parcel import (
    CodedText,
    CodingReturn,
    read_parcel,
    read_return,
    return_to_zip,
)
from balint_desktop.domain.analysis.placing import placed_codings
from balint_desktop.domain.analysis.refi_read import ProjectFileError, read_qdc, read_qdpx
from balint_desktop.domain.analysis.study import current_memos
from balint_desktop.domain.analysis.word_copy import read_word_copy
from balint_desktop.domain.analysis.work_format import book_from_plain
from balint_desktop.domain.deidentify.approved import ApprovedText, Redaction, approved_from_json
from balint_desktop.domain.values import RecordingId
from balint_desktop.domain.word_parts import WordFileError

MB = 1024 * 1024
RECORDING = RecordingId("5f0b7d3e-2222-4222-8333-444455556666")
STUDY = "5f0b7d3e-1111-4222-8333-444455556666"
BACK = return_to_zip(
    CodingReturn(
        *(STUDY, 1, "ab" * 32, 9.0, "cd" * 32),
        texts={RECORDING: CodedText(1, "ef" * 32)},
        work=work(),
        memos=(memo(TWO.id),),
    )
)
LAUGHS = "<!DOCTYPE p [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + at)} '{f'&{chr(97 + at)};' * 10}'>" for at in range(9)
)
OUTSIDE = "<!DOCTYPE p [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
PARAMETER = "<!DOCTYPE p [<!ENTITY % a SYSTEM 'http://localhost/a.dtd'> %a;]>"

READERS = {
    "parcel": (read_parcel, ValueError, "manifest.json"),
    "return": (read_return, ValueError, "manifest.json"),
    "word": (read_word_copy, WordFileError, "word/document.xml"),
    "project": (read_qdpx, ProjectFileError, "project.qde"),
}


def packed(members, way=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with warnings.catch_warnings():
        # Two members of one name.
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "w", way) as file:
            for name, data in members:
                file.writestr(name, data)
    return out.getvalue()


def with_flag(data, bits):
    """Return an archive whose members all say of themselves that they are encrypted, or packed otherwise."""
    found = bytearray(data)
    for head, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = found.find(head)
        while place >= 0:
            found[place + at : place + at + 2] = struct.pack("<H", bits)
            place = found.find(head, place + 4)
    return bytes(found)


def listed_often(count):
    """Return an archive that lists one member many times over, and holds none."""
    one = b"PK\x01\x02" + bytes(42)
    return one * count + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 9, 9, len(one) * count, 0, 0)


ARCHIVES = {
    "nothing": lambda _main: b"",
    "an end alone": lambda _main: b"PK\x05\x06" + bytes(18),
    "a bomb": lambda main: packed([(main, bytes(70 * MB))]),
    "a bomb in many": lambda main: packed([(main, b"{}"), *((f"texts/{n}.json", bytes(9 * MB)) for n in range(9))]),
    "encrypted": lambda main: with_flag(packed([(main, b"<a/>")]), 1),
    "packed by lzma": lambda main: packed([(main, b"<a/>")], zipfile.ZIP_LZMA),
    "two members of one name": lambda main: packed([(main, b"<a/>"), (main, b"<b/>")]),
    "a path out": lambda main: packed([(f"../{main}", b"<a/>")]),
    "a path from the root": lambda main: packed([(f"/{main}", b"<a/>")]),
    "a drive": lambda main: packed([(f"C:\\{main}", b"<a/>")]),
    "too many members": lambda main: packed([(main, b"<a/>"), *((f"m{n}", b"") for n in range(10_001))]),
    "a list of too many": lambda _main: listed_often(100_001),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("attack", ARCHIVES)
def test_an_archive_made_to_harm_is_refused_with_the_readers_own_error(reader, attack):
    read, error, main = READERS[reader]
    if (reader, attack) == ("word", "two members of one name"):
        # The first counts there, whatever the others are.
        assert read(packed([(main, document_xml(Copy())), (main, b"<b/>")])).text
        return
    with pytest.raises(error):
        read(ARCHIVES[attack](main))


XML = {
    "a billion laughs": lambda body: LAUGHS + f"]>{body.replace('@', '&j;')}",
    "a file outside": lambda body: OUTSIDE + body.replace("@", "&a;"),
    "an outside list": lambda body: PARAMETER + body,
    "an entity nobody declared": lambda body: body.replace("@", "&a;"),
    "NUL by number": lambda body: body.replace("@", "&#0;"),
    "half a pair by number": lambda body: body.replace("@", "&#xD800;"),
    "NUL itself": lambda body: body.replace("@", "\0"),
    "very deep": lambda body: body.replace("@", "<x>" * 5_000 + "</x>" * 5_000),
    "cut off": lambda body: body[:-5],
    "a letter in no encoding": lambda body: body.encode().replace(b"@", b"\xff\xfe\xfd"),
    "an encoding of its own": lambda body: f'<?xml version="1.0" encoding="x-own"?>{body}',
}
BODIES = {
    "word": document_xml(None, "<w:p><w:r><w:t>@</w:t></w:r></w:p>"),
    "project": '<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Description>@</Description></Project>',
    "codebook": '<CodeBook><Codes><Code guid="1" name="n"><Description>@</Description></Code></Codes></CodeBook>',
}


@pytest.mark.parametrize("reader", BODIES)
@pytest.mark.parametrize("attack", XML)
def test_xml_made_to_harm_is_refused_with_the_readers_own_error(reader, attack):
    body = BODIES[reader].rpartition("?>")[2]
    xml = XML[attack](body)
    if reader == "codebook":
        with pytest.raises(ProjectFileError):
            read_qdc(xml if isinstance(xml, bytes) else xml.encode())
        return
    read, error, main = READERS[reader]
    with pytest.raises(error):
        read(packed([(main, xml)]))


def coded_project(selection, *, users=2, codes=None, more=""):
    """Return a file with one text and what is put among its selections."""
    named = "".join(f'<User guid="u{n}" name="U{n}"/>' for n in range(users))
    codes = codes if codes is not None else f'<Code guid="{guid(11)}" name="Anger"/>'
    xml = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Users>{named}</Users><CodeBook><Codes>{codes}</Codes>'
        f'</CodeBook><Sources><TextSource guid="{guid(21)}" name="t" plainTextPath="internal://t.txt">{selection}'
        f"</TextSource></Sources>{more}</Project>"
    )
    return packed([("project.qde", xml), ("sources/t.txt", TEXT.encode())])


def selected(begin, end):
    return (
        f'<PlainTextSelection guid="{guid(31)}" startPosition="{begin}" endPosition="{end}"><Coding guid="{guid(32)}">'
        f'<CodeRef targetGUID="{guid(11)}"/></Coding></PlainTextSelection>'
    )


@pytest.mark.parametrize("position", ["NaN", "inf", "1e3", "", "0x10", "1_000", "٣", "9" * 10, "9" * 5_000, "1.0"])
def test_a_position_that_is_no_number_of_characters_refuses_the_file(position):
    with pytest.raises(ProjectFileError):
        read_qdpx(coded_project(selected(0, position)))


@pytest.mark.parametrize(("begin", "end"), [(-5, 3), (0, 10_000), (9, 4), (4, 4), (999_999_999, 999_999_999), (-9, -3)])
def test_a_place_outside_of_its_text_is_read_and_never_placed(begin, end):
    found = read_qdpx(coded_project(selected(begin, end)))
    placed = placed_codings(TEXT, found.codings)

    assert (len(found.codings), placed.placed, len(placed.not_placed)) == (1, (), 1)


@pytest.mark.parametrize(
    "path", ["../../etc/passwd", "/etc/passwd", "..\\secret", "file:///etc/passwd", "relative://x"]
)
def test_a_text_elsewhere_is_never_looked_for(path):
    xml = (
        '<Project xmlns="urn:QDA-XML:project:1.0" name="p"><Sources>'
        f'<TextSource guid="1" name="t" plainTextPath="internal://{path}"/>'
        f'<TextSource guid="2" name="t" plainTextPath="{path}"/></Sources></Project>'
    )

    assert read_qdpx(packed([("project.qde", xml)])).left_out == {"TextSource": 2}


REFUSED = {
    "more coders than any study": lambda: coded_project("", users=501),
    "codes of one guid": lambda: coded_project("", codes='<Code guid="a" name="x"><Code guid="A" name="y"/></Code>'),
    "more elements than memory": lambda: coded_project("<x/>" * 2_000_001),
    "more attributes than memory": lambda: coded_project(
        ("<x " + " ".join(f"a{n}='1'" for n in range(2_000)) + "/>") * 1_001
    ),
    "a member in two cases": lambda: packed([("project.qde", b"<Project/>"), ("PROJECT.QDE", b"<Project/>")]),
}


@pytest.mark.parametrize("attack", REFUSED)
def test_a_project_of_absurd_counts_is_refused(attack):
    data = REFUSED[attack]()
    with pytest.raises(ProjectFileError):
        read_qdpx(data)


def test_a_project_of_many_notes_on_many_places_is_read_in_one_pass():
    """It took a day before: each note looked through what all others are about."""
    notes = "".join(f'<Note guid="n{n}" name="n"><Description>x</Description></Note>' for n in range(20_000))
    refs = "".join(f'<NoteRef targetGUID="n{n}"/>' for n in range(20_000))
    codings = f'<Coding guid="c"><CodeRef targetGUID="{guid(11)}"/></Coding>' * 20_000
    selection = f'<PlainTextSelection guid="s" startPosition="0" endPosition="3">{refs}{codings}</PlainTextSelection>'
    found = read_qdpx(coded_project(selection, more=f"<Notes>{notes}</Notes>"))

    assert [len(found.notes), len(found.codings)] == [20_000, 20_000]
    assert {one.about for one in found.notes} == {("s",)}


def test_a_huge_name_costs_no_more_than_itself():
    tracemalloc.start()
    try:
        found = read_qdpx(coded_project("", codes=f'<Code guid="a" name="{"x" * 4 * MB}" color="url(#evil)"/>'))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert (len(found.codes[0].name), found.codes[0].colour) == (4 * MB, "")
    assert peak < 100 * MB


def changed(name, change):
    """Return what came back with a member changed by a function of its JSON."""
    with zipfile.ZipFile(io.BytesIO(BACK)) as file:
        members = {one: file.read(one) for one in file.namelist()}
    message = json.loads(members[name])
    change(message)
    return packed([*{**members, name: json.dumps(message).encode()}.items()])


def code(code_guid, parent=None, **fields):
    known = dict.fromkeys(("definition", "when", "when_not", "example"), "")
    return {"guid": code_guid, "name": code_guid, "colour": "", **known, "parent": parent, "is_retired": False} | fields


def chain(count):
    return [code(f"c{n}", f"c{n - 1}" if n else None) for n in range(count)]


def coding(**fields):
    return {"guid": "g", "text": "t", "begin": 0, "end": 1, "code": "c0", "wall": 5.0, "memo": ""} | fields


def told(*supersedes):
    plain = {"author": "a", "wall": 1.0, "words": "w", "text": None, "begin": None, "end": None, "theme": None}
    return [{"id": f"m{n}", **plain, "supersedes": before} for n, before in enumerate(supersedes)]


WORK = {
    "a moment that is no number": {"codes": chain(1), "codings": [coding(wall=float("nan"))]},
    "a moment without end": {"codes": chain(1), "codings": [coding(wall=float("inf"))]},
    "a moment before all": {"codes": chain(1), "codings": [coding(wall=-1.0)]},
    "a moment after all": {"codes": chain(1), "codings": [coding(wall=1e308)]},
    "a place beyond a database": {"codes": chain(1), "codings": [coding(end=2**70)]},
    "half a pair": {"codes": [code("c0", name="\ud800")]},
    "NUL": {"codes": [code("c0", definition="a\0b")]},
    "a code under itself": {"codes": [code("a", "a")]},
    "codes under one another": {"codes": [code("a", "b"), code("b", "a")]},
    "a code under none of the book": {"codes": [code("a", "b")]},
    "codes a hundred and one deep": {"codes": chain(101)},
    "codes too deep to recurse": {"codes": chain(20_000)},
    "a colour that is none": {"codes": [code("a", colour='"><script>')]},
    "memos in a ring": {"memos": told("m1", "m0")},
    "a memo that supersedes itself": {"memos": told("m0")},
    "a ring that a memo leads to": {"memos": told("m2", "m0", "m1")},
    "two memos of one id": {"memos": told(None) * 2},
}


@pytest.mark.parametrize("attack", WORK)
def test_work_that_no_study_could_store_or_show_is_refused(attack):
    with pytest.raises(ValueError, match="coding file"):
        read_return(changed("work.json", lambda plain: plain.update(WORK[attack])))


@pytest.mark.parametrize(
    "manifest",
    [
        {"closed_wall": float("nan")},
        {"closed_wall": float("inf")},
        {"closed_wall": True},
        {"closed_wall": "5"},
        {"round": 10**30},
        {"texts": {RECORDING: [10**30, "ef" * 32]}},
        {"texts": {"../../x": [1, "ef" * 32]}},
        {"texts": {RECORDING: [1, "ef" * 32, 0]}},
        {"format": float("nan")},
        {"study": "\ud800"},
    ],
    ids=repr,
)
def test_a_manifest_of_absurd_numbers_is_refused(manifest):
    with pytest.raises(ValueError, match="coding file"):
        read_return(changed("manifest.json", lambda plain: plain.update(manifest)))


@pytest.mark.parametrize("json_text", [b"[" * 100_000, b'{"format":' + b"9" * 5_000 + b"}", b"\xff", b"", b"null"])
def test_json_that_breaks_parsers_is_refused(json_text):
    with pytest.raises(ValueError, match="coding file"):
        read_return(packed([("manifest.json", json_text)]))


@pytest.mark.parametrize("place", [2, 5])
def test_half_a_pair_anywhere_in_an_approved_text_is_refused(place):
    turn = [0, 5, "R2", 0, 900, None]
    turn[place] = "\ud800"
    plain = {"format": 1, "version": 1, "text": "R2: a", "turns": [turn], "left": [], "gap": "", "redactions": []}
    with pytest.raises(ValueError, match="approved text"):
        approved_from_json(json.dumps(plain).encode())


@given(st.lists(st.integers(0, 12), max_size=12))
def test_any_book_that_is_taken_shows_each_of_its_codes(parents):
    plain = [code(f"c{n}", f"c{parent}" if parent < 12 else None) for n, parent in enumerate(parents)]
    try:
        book = book_from_plain(plain)
    except (ValueError, KeyError):
        return
    assert len(book.nested()) == len(plain)


def test_nobodys_memo_is_hidden_by_somebody_elses():
    mine, theirs = memo(words="mine"), memo(TWO.id, "theirs", "m9", supersedes="m1")

    assert current_memos((mine, theirs)) == (mine, theirs)
    assert current_memos((mine, replace(theirs, author=mine.author))) == (replace(theirs, author=mine.author),)


@pytest.mark.parametrize("redaction", [Redaction(0, 900, ""), Redaction(5, 9, "x" * 90), Redaction(800, 900, "")])
def test_a_text_that_says_of_itself_what_never_was_moves_nothing_out_of_it(redaction):
    text = ApprovedText(2, "A short text.", (), redactions=((redaction,),))
    for begin in range(0, 120, 3):
        span = TextMove(RECORDING, 1, text).of((begin, begin + 2)).span
        assert span is None or 0 <= span[0] < span[1] <= len(text.text)


@pytest.mark.parametrize("name", FILES)
def test_a_copy_cut_short_anywhere_is_refused_or_read_and_raises_nothing_else(name):
    data = FILES[name]
    for end in range(0, len(data), 7):
        with pytest.raises(ProjectFileError):
            read_qdpx(data[:end])


def test_word_names_of_any_length_and_colours_of_no_kind_are_cut_and_left_out():
    parts = [
        ("word/document.xml", document_xml(Copy())),
        (
            "word/comments.xml",
            f'<w:comments {NAMES}><w:comment w:id="0" w:author="{"x" * MB}" w:date="9999999-13-99"/></w:comments>',
        ),
    ]
    (found,) = read_word_copy(packed(parts)).comments

    assert (len(found.author), found.wall) == (120, None)
