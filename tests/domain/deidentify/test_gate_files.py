"""Five hundred files with a name put back are refused, and a hundred without one are let through."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import gate_files
import pytest
from gate_files import NAMES, PLACES, approved, attempts, clean_file, clean_files, docx, findings, odt

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn
from balint_desktop.domain.deidentify.gate import FindingKind, GateFinding, findings_in_file
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.values import ParticipantCode
from balint_desktop.reports.approved_text.forms import TextForm, write_form
from balint_desktop.reports.approved_text.words import EdgeWords

KINDS = sorted({kind for kind, _place in PLACES})
TEXT = approved()
LINES = tuple(TEXT.text.split("\n\n"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_is_let_through_before_a_name_is_put_into_it(kind):
    assert findings(kind, clean_file(kind)) == ()


def test_five_hundred_files_with_a_name_put_back_are_refused():
    tried = list(attempts())

    let_through = [(one.place, one.form) for one in tried if not findings(one.name, one.data)]
    assert let_through == []
    assert len(tried) == 500
    assert {one.place for one in tried} >= {f"{kind[2:]}: {place}" for kind, place in PLACES} | {"file name"}


def test_a_hundred_files_without_a_name_are_let_through():
    clean = list(clean_files())

    assert [name for name, data in clean if findings(name, data)] == []
    assert len(clean) == 100


def test_a_finding_says_the_place_and_holds_no_letter_of_the_name():
    tried = [one for one in attempts(120) if one.place not in {"docx: member name", "qdpx: name of a source"}]

    for one in tried:
        for found in findings_in_file(one.name, one.data, NAMES):
            assert not any(part.casefold() in found.part.casefold() for name in NAMES for part in name.name.split())


# --- the approved text in its files ---

FORMS = {
    "x.txt": lambda lines: "\n\n".join(lines).encode(),
    "x.docx": docx,
    "x.odt": odt,
    "x.vtt": lambda lines: (
        "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{line}" for n, line in enumerate(lines)) + "\n"
    ).encode(),
}


@pytest.mark.parametrize("name", FORMS)
def test_an_approved_text_is_let_through_with_the_words_that_were_left(name):
    data = FORMS[name](LINES)

    assert findings_in_file(name, data, NAMES, TEXT) == ()
    assert [one.kind for one in findings_in_file(name, data, NAMES)] == [FindingKind.NAME]


@pytest.mark.parametrize("name", FORMS)
def test_a_file_that_differs_from_the_approved_text_by_a_sign_is_another_text(name):
    changed = (LINES[0].replace("left", "left,"), *LINES[1:])

    assert findings_in_file(name, FORMS[name](changed), (), TEXT) == (GateFinding(FindingKind.OTHER_TEXT, "text"),)


@pytest.mark.parametrize("name", FORMS)
def test_a_line_more_or_less_is_another_text(name):
    assert findings_in_file(name, FORMS[name](LINES[:1]), (), TEXT)[0].kind is FindingKind.OTHER_TEXT
    assert findings_in_file(name, FORMS[name]((*LINES, "x")), (), TEXT)[0].kind is FindingKind.OTHER_TEXT


@pytest.mark.parametrize("form", TextForm)
def test_the_forms_that_are_exported_are_let_through_and_none_with_another_word(form):
    edge = EdgeWords("Session 3, approved text, version 1", "Page {n} of {count}")
    data = write_form(form, TEXT, edge)
    other = write_form(form, replace(TEXT, text=TEXT.text.replace("then left", "then lost")), edge)
    named = write_form(form, replace(TEXT, text=TEXT.text.replace("then left", "Zoltan left")), edge)

    assert findings_in_file(f"x{form}", data, NAMES, TEXT) == ()
    assert findings_in_file(f"x{form}", other, (), TEXT) == (GateFinding(FindingKind.OTHER_TEXT, "text"),)
    assert {one.kind for one in findings_in_file(f"x{form}", named, NAMES, TEXT)} >= {FindingKind.OTHER_TEXT}


def test_a_word_that_was_left_in_the_text_is_a_name_everywhere_else():
    in_title = docx(LINES, core="<title>With Hope, again</title>")
    in_note = FORMS["x.vtt"](LINES) + b"\nNOTE with Hope, again\n"

    assert findings_in_file("x.docx", in_title, NAMES, TEXT) == (
        GateFinding(FindingKind.NAME, "docProps/core.xml", 5, 9),
    )
    assert [one.part for one in findings_in_file("x.vtt", in_note, NAMES, TEXT)] == ["notes"]
    named = findings_in_file("with Hope Ward.txt", FORMS["x.txt"](LINES), NAMES, TEXT)
    assert [one.part for one in named] == ["file name"]


@pytest.mark.parametrize("name", ["x.csv", "x.pdf", "x"])
def test_an_approved_text_has_no_other_form(name):
    assert findings_in_file(name, TEXT.text.encode(), (), TEXT)[0].kind is FindingKind.OTHER_TEXT


# --- what cannot be read ---


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.pdf", b"%PDF-1.7"),
        ("x.docx", b"PK\x03\x04 and no more"),
        ("x.bin", b"\x00\x01\x02"),
        ("x.docx", gate_files.zipped({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})),
        ("x.docx", gate_files.zipped({"word/document.xml": "<a><b></a>"})),
        ("x.docx", gate_files.zipped({"word/document.xml": "<b>" * 300 + "</b>" * 300})),
        ("x.docx", gate_files.zipped({"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
        ("x.zip", gate_files.zipped({"a.zip": gate_files.zipped({"b.zip": gate_files.zipped({"c": "d"})})})),
        ("x.opus", b"OggS and no tags"),
    ],
)
def test_what_cannot_be_read_is_not_let_through(name, data):
    assert FindingKind.UNREADABLE in {one.kind for one in findings_in_file(name, data, NAMES)}


def test_an_archive_that_unpacks_to_too_much_is_not_unpacked():
    bomb = gate_files.zipped({"word/document.xml": b"<a>" + b" " * (20 * 1024 * 1024) + b"</a>"})

    assert [one.kind for one in findings_in_file("x.docx", bomb, NAMES)] == [FindingKind.UNREADABLE]


def test_the_tags_of_a_recording_are_read_and_its_sound_is_not():
    def opus(comment):
        vendor = b"balint"
        tags = b"OpusTags" + len(vendor).to_bytes(4, "little") + vendor + (1).to_bytes(4, "little")
        return b"OggS" + tags + len(comment).to_bytes(4, "little") + comment + b"\x00\xff" * 50

    assert findings_in_file("x.opus", opus(b"TITLE=Session 3"), NAMES) == ()
    assert [one.part for one in findings_in_file("x.opus", opus(b"TITLE=With Zoltan"), NAMES)] == ["tags"]


def test_a_word_that_was_left_in_an_approved_text_may_stand_in_a_project_that_holds_it():
    text = "R1: The Grace of it. I was tired."
    left = ApprovedText(1, text, (ApprovedTurn(0, len(text), "R1", 0, 1000),), left=((8, 13),))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("sources/a.txt", text)
    names = (KnownName(ParticipantCode("P1"), "Grace Wexlore"),)

    assert findings_in_file("a.qdpx", packed.getvalue(), names)
    assert findings_in_file("a.qdpx", packed.getvalue(), names, holds=(left,)) == ()
    assert findings_in_file("a.qdpx", packed.getvalue(), names, holds=(replace(left, left=()),))
