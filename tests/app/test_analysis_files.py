"""The coding files of a vault as their page asks for them: there and back, opened, and stated in the study."""

from __future__ import annotations

from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, Coder, begun, code_of, coding, lab, opened_round, work
from word_copies import Copy, word_file

from balint_desktop.app.analysis_files import AnalysisFiles
from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.trouble import TroubleCode
from balint_desktop.reports.analysis.coder_export import CopyFor
from balint_desktop.vault.coding_admission import Arrival
from balint_desktop.vault.log.studies import CodingFileKind

__all__ = ["begun", "lab"]

FOR_TWO, FOR_OUTSIDE = CopyFor(STUDY, 1, TWO.id), CopyFor(STUDY, 1, OUTSIDE.id)


@pytest.fixture
def coder(tmp_path):
    made = Coder(tmp_path / "coder")
    yield made
    made.close()


def files(side):
    return AnalysisFiles(side.studies)


def opened(side, file, late=Arrival.LATE):
    return files(side).open_file(STUDY, file, name_in_file="", late=late)


def test_a_round_goes_there_and_back_in_sealed_files(begun, coder, tmp_path):
    begun.parcel_for(coder)
    there, back = tmp_path / "two.balint-coding", tmp_path / "two.balint-codes"
    files(begun).write_parcel(FOR_TWO, there)
    imported = files(coder).arrive(there)
    coder.studies.save_work(STUDY, 1, TWO.id, work(coding(begun.first, 4, 10)))
    coder.studies.close_round(STUDY, 1, TWO.id)
    files(coder).export_back(STUDY, 1, back)
    arrived = files(begun).arrive(back)
    begun.studies.close_round(STUDY, 1, ME.id)
    found = opened(begun, arrived.row.id)

    assert (imported.study, imported.row) == (STUDY, None)
    assert (arrived.study, arrived.row.kind) == (STUDY, CodingFileKind.PARCEL)
    assert (found.taken.author, len(found.read.work.codings.all)) == (TWO.id, 1)
    assert files(coder).overview(STUDY).is_guest
    assert not files(begun).overview(STUDY).is_guest
    assert (coder.studies.open(STUDY).is_guest, begun.studies.open(STUDY).is_guest) == (True, False)


def test_a_parcel_sent_to_somebody_else_is_refused(begun, coder, tmp_path):
    begun.parcel_for(coder)
    there = tmp_path / "two.balint-coding"
    files(begun).write_parcel(FOR_TWO, there)

    assert code_of(lambda: files(begun).arrive(there)) is TroubleCode.CODING_FILE_NOT_FOR_YOU


def test_a_file_of_another_program_is_kept_sealed_and_opened_after_ones_own_round(begun, tmp_path):
    path = tmp_path / "outside.qdpx"
    files(begun).export_project(FOR_OUTSIDE, path, with_framework=False)
    files(begun).receive_file(STUDY, path, CodingFileKind.PROJECT, FOR_OUTSIDE)
    (row,) = begun.files.received(STUDY)
    before = code_of(lambda: opened(begun, row.id))
    begun.studies.close_round(STUDY, 1, ME.id)

    assert before is TroubleCode.ROUND_STILL_OPEN
    assert opened(begun, row.id).taken.author == OUTSIDE.id
    (path,) = (begun.folder / "received").glob(f"{row.id}.*.age")
    kept = path.read_bytes()
    assert kept.startswith(b"age-encryption.org/v1")


def test_comments_from_word_are_kept_sealed_and_of_no_round(begun, tmp_path):
    path = tmp_path / "report.docx"
    path.write_bytes(word_file(Copy()))
    file = files(begun).receive_comments(STUDY, path, OUTSIDE.id)
    (row,) = begun.files.received(STUDY)

    assert (row.id, row.kind, row.author, row.round) == (file, CodingFileKind.WORD, OUTSIDE.id, None)


@pytest.mark.parametrize("name", ["none.docx", "."])
def test_a_file_that_cannot_be_read_is_said_to_be(begun, tmp_path, name):
    path = tmp_path / name
    act = lambda: files(begun).receive_file(STUDY, path, CodingFileKind.WORD, FOR_OUTSIDE)  # noqa: E731

    assert code_of(act) is TroubleCode.CODING_FILE_UNREADABLE
    assert code_of(lambda: files(begun).arrive(path)) is TroubleCode.CODING_FILE_UNREADABLE


def test_a_file_that_is_gone_is_said_to_be(begun):
    assert code_of(lambda: opened(begun, "none")) is TroubleCode.CODING_FILE_MISSING


# --- what the methods state ---


def had_framework(lab):
    return lab.studies.open(STUDY).study.independent_had_framework


def test_the_study_states_that_the_independent_coder_had_the_texts_alone(begun, tmp_path):
    before = had_framework(begun)
    files(begun).export_project(FOR_TWO, tmp_path / "two.qdpx", with_framework=False)
    of_the_team = had_framework(begun)
    files(begun).export_word(FOR_OUTSIDE, tmp_path)

    assert (before, of_the_team, had_framework(begun)) == (None, None, False)


@pytest.mark.parametrize("with_framework", [True, False])
def test_the_study_states_whether_a_project_had_the_framework(begun, tmp_path, with_framework):
    second = framework_round(begun)
    files(begun).export_project(second, tmp_path / "o.qdpx", with_framework=with_framework)

    assert had_framework(begun) is with_framework


def test_what_was_had_once_was_had(begun, tmp_path):
    second = framework_round(begun)
    files(begun).export_project(second, tmp_path / "o.qdpx", with_framework=True)
    study, html = files(begun).lines_to_print(second)
    files(begun).note_printed(second, html)

    assert study.id == STUDY
    assert had_framework(begun) is True


def framework_round(lab):
    lab.studies.close_round(STUDY, 1, ME.id)
    lab.studies.save_framework(STUDY, Codebook().with_code("f1", "Anger"))
    lab.studies.fix_framework(STUDY)
    lab.studies.open_round(STUDY, opened_round(2, framework=1))
    return replace(FOR_OUTSIDE, round=2)


@pytest.mark.parametrize("kind", [CodingFileKind.WORD, CodingFileKind.PROJECT])
def test_what_only_has_the_name_of_such_a_file_is_not_kept(begun, tmp_path, kind):
    path = tmp_path / "outside.docx"
    path.write_bytes(b"no zip at all")

    assert code_of(lambda: files(begun).receive_file(STUDY, path, kind, FOR_OUTSIDE)) is (
        TroubleCode.CODING_FILE_UNREADABLE
    )
    assert code_of(lambda: files(begun).receive_comments(STUDY, path, OUTSIDE.id)) is TroubleCode.CODING_FILE_UNREADABLE
    assert begun.files.received(STUDY) == ()
