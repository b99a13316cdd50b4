"""Codebook and project of a study in the exchange format REFI-QDA: there and back exactly, and valid by its schema."""

from __future__ import annotations

import io
import itertools
import zipfile
from datetime import date

import analysis_peers
from study_accounts import FRAMEWORK, account
from study_reports import reported, write_project

from balint_desktop.domain.analysis.codebook_import import with_codebook
from balint_desktop.domain.analysis.framework import FixedFramework, Framework
from balint_desktop.domain.analysis.project import ProjectCode
from balint_desktop.domain.analysis.refi_read import read_qdc
from balint_desktop.domain.analysis.refi_write import codebook_to_qdc
from balint_desktop.reports.analysis.report import AnalysisFile, build_file


def guid(number):
    return f"00000000-0000-4000-8000-{number:012}"


CODES = (
    ProjectCode(guid(1), "Feelings", "What is felt", "#E69F00", is_codable=False),
    ProjectCode(guid(2), "Anger & co", "At anybody:\nloud, “I was furious”", "#56b4e9", guid(1)),
    ProjectCode(guid(3), "Guilt", "", "#009e73", guid(2)),
    ProjectCode(guid(4), "Alone", "Without others", "#0072b2"),
)


def codebook_of(framework):
    """Return the codebook of a study with this framework, as it is exported."""
    fixed = (FixedFramework(1, 0.0, framework.book),)
    return build_file(account(frameworks=fixed), AnalysisFile.CODEBOOK, ".qdc", date.isoformat)


def imported(data):
    numbers = itertools.count(900)
    return with_codebook(Framework(), read_qdc(data), lambda: guid(next(numbers))).framework


def test_a_codebook_goes_into_the_framework_and_out_again_exactly():
    data = codebook_to_qdc(CODES, "Balint Desktop")

    assert codebook_of(imported(data)) == data


def test_a_codebook_of_ours_comes_back_with_its_guids_and_what_was_written_of_each_code():
    numbers = {code.guid: guid(at) for at, code in enumerate(FRAMEWORK.codes, start=1)}
    written = codebook_of(Framework(FRAMEWORK))
    for own, number in numbers.items():
        written = written.replace(f'guid="{own}"'.encode(), f'guid="{number}"'.encode())

    assert codebook_of(imported(written)) == written


def valid(folder, project):
    path = folder / "a.qdpx"
    path.write_bytes(project)
    return analysis_peers.ask("validate", analysis_peers.SCHEMA, path)


def test_a_codebook_is_what_the_schema_calls_a_code_book(tmp_path):
    # The schema of codebooks is that element under a namespace of its own, and is not among the vectors.
    inside = codebook_to_qdc(CODES, "Balint Desktop").decode().partition("<Codes>")[2].partition("</CodeBook>")[0]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(
            "project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>' + inside + "</CodeBook></Project>",
        )

    assert valid(tmp_path, packed.getvalue()) == []


def test_a_study_with_consensus_and_themes_is_a_project_by_the_schema(tmp_path):
    lab = reported(tmp_path / "data")
    data = write_project(lab, tmp_path / "study.qdpx")
    lab.close()

    assert valid(tmp_path, data) == []
