"""What goes to a coder without being sealed: through the gates, written new, in the trail, and nobody's work in it."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest
from kept_sessions import GROUP, P1
from study_vaults import LINES, ME, OUTSIDE, STUDY, TWO, Coder, begun, code_of, coding, lab, memo, opened_round, work

from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.study import (
    ConsensusMeeting,
    MatterDecision,
    MatterOutcome,
    Quotation,
    StudyTheme,
    ThemeWork,
)
from balint_desktop.domain.analysis.word_coding import read_returned_copy
from balint_desktop.domain.study.consent import Answer, Purpose
from balint_desktop.domain.trouble import Trouble, TroubleCode
from balint_desktop.reports.analysis.coder_export import CoderExport, CopyFor, copy_stem
from balint_desktop.sealed.keys import unseal
from balint_desktop.vault.log.audit import AuditAct
from balint_desktop.vault.log.consents import ConsentCollection
from balint_desktop.vault.log.studies import CodingFileKind, ParcelDirection

__all__ = ["begun", "lab"]

FOR_TWO = CopyFor(STUDY, 1, TWO.id)
STRINGS = [f"unlikely{number}word" for number in range(200)]


@pytest.fixture
def out(tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def export(lab):
    return CoderExport(lab.studies, lab.files)


def sent(lab):
    return [
        (one.kind, one.author, one.round)
        for one in lab.files.overview(STUDY).rows
        if one.direction is ParcelDirection.OUT
    ]


# --- Word ---


def test_a_word_copy_of_each_text_is_its_approved_text(begun, out):
    written = export(begun).export_word(FOR_TWO, out)
    text = begun.studies.open(STUDY).texts[begun.first].text

    assert [path.name for path in written] == [
        "being-told-to-round-1-for-coder-2-session-1-v1.docx",
        "being-told-to-round-1-for-coder-2-session-2-v1.docx",
    ]
    for path in written:
        assert read_returned_copy(path.read_bytes(), path.name, text).changes == ()


def test_what_left_is_in_the_trail_with_its_coder_and_its_round(begun, out):
    export(begun).export_word(FOR_TWO, out)
    rows = [json.loads(row.details) for row in begun.vault.log.audit.rows() if row.act == AuditAct.CODING_COPY_MADE]

    assert [(one["kind"], one["author"], one["round"]) for one in rows] == [("word", TWO.id, 1)] * 2
    assert sent(begun) == [(CodingFileKind.WORD, TWO.id, 1)] * 2


def test_where_a_file_is_there_already_none_is_written(begun, out):
    there = out / "being-told-to-round-1-for-coder-2-session-2-v1.docx"
    there.write_bytes(b"theirs")

    assert code_of(lambda: export(begun).export_word(FOR_TWO, out)) is TroubleCode.EXPORT_EXISTS
    assert [path.name for path in out.iterdir()] == [there.name]
    assert sent(begun) == []


def test_two_sessions_of_one_number_are_two_files(begun, out):
    study = begun.studies.open(STUDY).study
    same = tuple(replace(one, number=1, name=f"Text {at}") for at, one in enumerate(study.texts))
    with begun.vault.studies.lock:
        file = begun.vault.studies.open(STUDY)
        with file.together():
            file.tables.set_study(replace(study, texts=same))

    stem = "being-told-to-round-1-for-coder-2-session-1-v1"
    assert [path.name for path in export(begun).export_word(FOR_TWO, out)] == [f"{stem}.docx", f"{stem}-2.docx"]


# --- projects ---


def test_a_project_has_the_texts_the_coders_name_and_no_code(begun, out):
    export(begun).export_project(FOR_TWO, out / "two.qdpx", with_framework=True)
    found = read_qdpx((out / "two.qdpx").read_bytes())

    assert [source.text for source in found.sources] == [one.text for one in begun.studies.open(STUDY).texts.values()]
    assert [one.name for one in found.coders] == [TWO.label]
    assert (found.codes, found.codings, found.notes) == ((), (), ())
    assert sent(begun) == [(CodingFileKind.PROJECT, TWO.id, 1)]


@pytest.mark.parametrize(("with_framework", "codes"), [(True, ["Anger"]), (False, [])])
def test_a_project_has_the_rounds_framework_or_the_texts_alone(begun, out, with_framework, codes):
    begun.studies.close_round(STUDY, 1, ME.id)
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, opened_round(2, framework=1))
    export(begun).export_project(CopyFor(STUDY, 2, TWO.id), out / "two.qdpx", with_framework=with_framework)

    assert [code.name for code in read_qdpx((out / "two.qdpx").read_bytes()).codes] == codes


# --- the gates ---


def each_way(lab, out):
    copies = export(lab)
    return {
        "word": lambda: copies.export_word(FOR_TWO, out),
        "project": lambda: copies.export_project(FOR_TWO, out / "two.qdpx", with_framework=False),
        "lines": lambda: copies.lines_to_print(FOR_TWO),
    }


def test_without_consent_nothing_leaves(begun, out):
    taking = ConsentCollection(begun.vault.log.consents.today())
    begun.vault.log.consents.enter(GROUP, [(P1, Purpose.ANALYSIS)], Answer.DECLINED, taking)

    for name, act in each_way(begun, out).items():
        assert code_of(act) is TroubleCode.STUDY_TEXT_CLOSED, name
    assert [*out.iterdir()] == []


def test_a_name_in_what_the_study_or_a_coder_is_called_stops_it(begun, out, monkeypatch):
    def refuse(_vault, _door, files, _group=None):
        assert [one.name for one in files]
        raise Trouble(TroubleCode.NAME_IN_EXPORT, part="file name")

    monkeypatch.setattr("balint_desktop.vault.name_gate.pass_names", refuse)
    ways = each_way(begun, out)

    assert code_of(ways["word"]) is TroubleCode.NAME_IN_EXPORT
    assert code_of(ways["project"]) is TroubleCode.NAME_IN_EXPORT
    assert ([*out.iterdir()], sent(begun)) == ([], [])


def test_nothing_is_made_for_oneself_or_for_a_round_that_is_not_there(begun, out):
    mine, none = CopyFor(STUDY, 1, ME.id), CopyFor(STUDY, 7, TWO.id)

    assert code_of(lambda: export(begun).export_word(mine, out)) is TroubleCode.CODING_NOT_YOURS
    assert code_of(lambda: export(begun).export_word(none, out)) is TroubleCode.ROUND_UNKNOWN
    assert [*out.iterdir()] == []


# --- paper ---


def test_lines_are_printed_a_page_begun_for_each_text_and_noted(begun):
    study, html = export(begun).lines_to_print(FOR_TWO)
    export(begun).note_printed(FOR_TWO, html)

    assert study.id == STUDY
    assert html.count("<h1") == 2
    assert html.count("page-break-before: always") == 1
    assert sent(begun) == [(CodingFileKind.PAPER, TWO.id, 1)]


def test_a_file_is_called_by_the_study_the_round_and_the_coder(begun):
    assert copy_stem(begun.studies.open(STUDY).study, FOR_TWO) == "being-told-to-round-1-for-coder-2"


# --- nobody else's work ---


def write_much(lab):
    """Coder 1 writes two hundred strings, wherever a person can write."""
    book = Codebook()
    for number in range(40):
        book = book.with_code(f"c{number}", STRINGS[number])
        book = book.with_changed(
            replace(
                book.code(f"c{number}"),
                definition=STRINGS[40 + number],
                when=STRINGS[80 + number],
                example=STRINGS[120 + number],
            )
        )
    codings = work(*(coding(lab.first, 4, 10, f"c{n}", guid=f"g{n}") for n in range(40))).codings
    lab.studies.save_work(STUDY, 1, ME.id, CoderWork(book, codings.with_memo("g0", STRINGS[160])))
    for number in range(161, 180):
        lab.studies.add_memo(STUDY, memo(words=STRINGS[number], memo_id=f"m{number}"))
    themes = tuple(StudyTheme(one, one, central_idea=one, against=one) for one in STRINGS[180:190])
    shown = Quotation("q", STRINGS[180], lab.first, 4, 10, STRINGS[190], may_be_quoted=True)
    lab.studies.save_themes(STUDY, ThemeWork(themes, (shown,)))
    lab.studies.close_round(STUDY, 1, ME.id)
    meeting = ConsensusMeeting("d1", 50.0, (ME.id,), STRINGS[191])
    decision = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.NONE, STRINGS[192], (ME.id,), code="c1")
    lab.studies.add_decisions(STUDY, meeting, [decision])
    draft = Codebook()
    for number in range(193, 200):
        draft = draft.with_code(f"f{number}", STRINGS[number])
    lab.studies.save_framework(STUDY, draft)


def unpacked(data):
    """Return all that is in a file, unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return b"\n".join((data, *(name.encode() for name in file.namelist()), *map(file.read, file.namelist())))


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


def all_for_two(lab, coder, out):
    """Return all that coder 2 can be given, by its form, unsealed and unpacked."""
    copies = export(lab)
    copies.export_project(FOR_TWO, out / "two.qdpx", with_framework=True)
    word = copies.export_word(FOR_TWO, out)
    return {
        "parcel": unpacked(unseal(lab.parcel_for(coder), coder.vault.secrets())),
        "project": unpacked((out / "two.qdpx").read_bytes()),
        "word": b"\n".join(unpacked(path.read_bytes()) for path in word),
        "print": copies.lines_to_print(FOR_TWO)[1].encode(),
    }


def test_nothing_that_coder_2_is_given_holds_any_of_200_strings_that_only_coder_1_wrote(begun, coder, out):
    write_much(begun)

    for form, data in all_for_two(begun, coder, out).items():
        assert LINES[0][1].encode() in data, form
        assert [one for one in STRINGS if one.encode() in data] == [], form
        assert ME.label.encode() not in data, form
        assert OUTSIDE.label.encode() not in data, form


def test_the_next_round_holds_none_of_them_either_but_what_the_framework_has_of_them(begun, coder, out):
    write_much(begun)
    begun.studies.save_framework(STUDY, Codebook().with_code("f1", STRINGS[0]))
    begun.studies.fix_framework(STUDY)
    begun.studies.open_round(STUDY, opened_round(2, framework=1))
    second = CopyFor(STUDY, 2, TWO.id)
    export(begun).export_project(second, out / "with.qdpx", with_framework=True)
    export(begun).export_project(second, out / "without.qdpx", with_framework=False)
    found = {path.stem: unpacked(path.read_bytes()) for path in out.iterdir()}
    parcel = unpacked(unseal(begun.parcel_for(coder, round_number=2), coder.vault.secrets()))

    for name, data, known in (("with", found["with"], 1), ("without", found["without"], 0), ("parcel", parcel, 1)):
        assert [one for one in STRINGS if one.encode() in data] == STRINGS[:known], name
