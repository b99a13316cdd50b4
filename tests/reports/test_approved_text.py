"""The approved text in each form: its very characters, read back by the gate, by other programs, and of nobody else."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balint_desktop.domain.deidentify.approved import ApprovedText, ApprovedTurn, Redaction, redacted
from balint_desktop.domain.deidentify.approved_files import body_text
from balint_desktop.domain.deidentify.gate import FindingKind, findings_in_file
from balint_desktop.domain.deidentify.known_names import KnownName
from balint_desktop.domain.values import participant_code
from balint_desktop.reports.approved_text.forms import TextForm, form_of, has_times, write_form
from balint_desktop.reports.approved_text.words import EdgeWords
from tests.opened_elsewhere import by_pdftotext, printed_by_libreoffice, text_by_libreoffice

EDGE = EdgeWords("Session 2, version 1", "Page {n} of {count}")
FORMS = list(TextForm)
LINES = (
    ("R3", "It made me angry. With the [staff: registrar], and then with [R1]."),
    ("", "[silence, 14 s]"),
    ("Facilitator", "“What is that anger like?” <b>&amp; whānau — 北京 & 5 > 3 --> 2"),
    ("R12", "Two  spaces, three   spaces, \u00a0 a hard one, and a colon: here."),
    ("", "[not available]"),
)


def approved(lines, step_ms=4000):
    turns, pieces, at = [], [], 0
    for number, (speaker, words) in enumerate(lines):
        line = f"{speaker}: {words}" if speaker else words
        turns.append(ApprovedTurn(at, at + len(line), speaker, number * step_ms, (number + 1) * step_ms))
        pieces.append(line)
        at += len(line) + 2
    return ApprovedText(1, "\n\n".join(pieces), tuple(turns))


TEXT = approved(LINES)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_holds_the_text_to_the_letter(form):
    data = write_form(form, TEXT, EDGE)

    assert body_text(f"a{form}", data) == TEXT.text
    assert findings_in_file(f"a{form}", data, [], TEXT) == ()


SIGNS = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff")
WORDS = st.text(SIGNS, min_size=1, max_size=40).filter(lambda text: text.strip() and text.isprintable())


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["", "R1", "R12", "Facilitator", "several"]), WORDS), min_size=1, max_size=6))
def test_any_text_is_read_back_to_the_letter(lines):
    text = approved([(speaker, words if speaker else f"[{words}]") for speaker, words in lines])

    for form in FORMS:
        assert body_text(f"a{form}", write_form(form, text, EDGE)) == text.text, form


@pytest.mark.parametrize("form", FORMS)
def test_a_later_version_is_written_as_it_is_after_its_redactions(form):
    at = TEXT.text.index("angry")
    whole = TEXT.turns[3]
    text = redacted(TEXT, [Redaction(at, at + 5, "[feeling]"), Redaction(whole.begin, whole.end, "[not available]")])
    data = write_form(form, text, EDGE)

    assert body_text(f"a{form}", data) == text.text
    assert [one.kind for one in findings_in_file(f"a{form}", data, [], TEXT)] == [FindingKind.OTHER_TEXT]


@pytest.mark.parametrize("form", FORMS)
def test_a_name_anywhere_in_a_file_is_found(form):
    names = [KnownName(participant_code(1), "Quilla Zorn")]
    edge = replace(EDGE, title="Quilla Zorn’s session")
    if form in {TextForm.DOCX, TextForm.ODT}:
        assert findings_in_file(f"a{form}", write_form(form, TEXT, edge), names, TEXT)
    assert findings_in_file(f"zorn{form}", write_form(form, TEXT, EDGE), names, TEXT)
    assert not findings_in_file(f"a{form}", write_form(form, TEXT, EDGE), names, TEXT)


def test_plain_text_is_the_bytes_that_were_fingerprinted():
    data = write_form(TextForm.TXT, TEXT, EDGE)

    assert data == TEXT.text.encode()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data


@pytest.mark.parametrize("form", FORMS)
def test_the_same_text_makes_the_same_bytes(form):
    assert write_form(form, TEXT, EDGE) == write_form(form, TEXT, EDGE)


@pytest.mark.parametrize("form", [TextForm.DOCX, TextForm.ODT])
def test_a_document_tells_no_author_no_day_and_no_program(form):
    with zipfile.ZipFile(io.BytesIO(write_form(form, TEXT, EDGE))) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.comment for one in file.infolist()} | {file.comment} == {b""}
        texts = {one.filename: file.read(one).decode() for one in file.infolist()}
    for name, text in texts.items():
        if name != "mimetype":
            expat.ParserCreate().Parse(text, True)  # noqa: FBT003  expat takes it by place
    about = texts["docProps/core.xml" if form is TextForm.DOCX else "meta.xml"]
    assert re.sub(r"<[^>]*>", "", about).strip() == EDGE.title
    assert not re.search(r"20[0-9][0-9]-|creator|generator|lastModifiedBy", "".join(texts.values()))


def test_word_has_a4_continuous_line_numbers_the_title_and_pages():
    with zipfile.ZipFile(io.BytesIO(write_form(TextForm.DOCX, TEXT, EDGE))) as file:
        document, header, footer = (
            file.read(f"word/{name}.xml").decode() for name in ("document", "header1", "footer1")
        )
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in document
    assert '<w:lnNumType w:countBy="1" w:restart="continuous"/>' in document
    assert EDGE.title in header
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    assert re.sub(r"<[^>]*>", "", footer).strip() == "Page 1 of 1"


def test_opendocument_is_marked_as_such_in_its_first_bytes():
    data = write_form(TextForm.ODT, TEXT, EDGE)

    assert data[30:38] == b"mimetype"
    assert data[38:].startswith(b"application/vnd.oasis.opendocument.text")


def test_subtitles_have_a_cue_for_each_line_at_the_times_of_its_turn():
    blocks = write_form(TextForm.VTT, TEXT, EDGE).decode().strip().split("\n\n")

    assert blocks[0] == "WEBVTT"
    assert blocks[1].startswith("00:00:00.000 --> 00:00:04.000\n<v R3>It made me angry.")
    assert blocks[2] == "00:00:04.000 --> 00:00:08.000\n[silence, 14 s]"
    assert "&lt;b&gt;&amp;amp; whānau" in blocks[3]
    assert len(blocks) == 1 + len(LINES)


def test_cues_are_in_order_and_last_some_time_whatever_the_turns_say():
    text = replace(
        TEXT,
        turns=tuple(
            replace(turn, from_ms=start, until_ms=end)
            for turn, (start, end) in zip(TEXT.turns, ((0, 3_600_000), (9, 9), (5, 2), (5, 6), (7, 8)), strict=True)
        ),
    )
    times = re.findall(r"(\S+) --> (\S+)", write_form(TextForm.VTT, text, EDGE).decode())

    assert times[0] == ("00:00:00.000", "01:00:00.000")
    assert [start for start, _end in times] == sorted(start for start, _end in times)
    assert all(start < end for start, end in times)


def test_a_text_without_times_says_so():
    assert has_times(TEXT)
    assert not has_times(approved(LINES, step_ms=0))


def test_a_form_is_chosen_by_the_ending(tmp_path):
    assert [form_of(tmp_path / name) for name in ("a.docx", "a.ODT", "a.txt", "a.b.vtt", "a.pdf", "docx")] == [
        *(TextForm.DOCX, TextForm.ODT, TextForm.TXT, TextForm.VTT),
        *(None, None),
    ]


@pytest.mark.parametrize("form", [TextForm.DOCX, TextForm.ODT])
def test_libreoffice_reads_the_text_and_prints_numbered_lines(form, tmp_path):
    path = tmp_path / f"a{form}"
    path.write_bytes(write_form(form, TEXT, EDGE))
    lines = [line for line in text_by_libreoffice(path).split("\n") if line]

    assert lines == TEXT.text.split("\n\n")
    printed = by_pdftotext(printed_by_libreoffice(path))
    assert re.findall(r"(?m)^ *([0-9]+)  ", printed)[: len(LINES)] == [str(n) for n in range(1, len(LINES) + 1)]
    assert EDGE.title in printed
    assert "Page 1 of 1" in printed
