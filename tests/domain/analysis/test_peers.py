"""Agreement as the package krippendorff has it, and projects that the schema and another program accept."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import analysis_peers
import pytest
from refi_projects import TEXT, WHEN, guid, many_codings, project

from balint_desktop.domain.analysis.agreement import CharacterScale, CodedSpan, agreement, coded_units
from balint_desktop.domain.analysis.project import ProjectCoding, ProjectSource
from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.analysis.refi_write import project_to_qdpx

LENGTH = 300


def test_alpha_is_that_of_krippendorff():
    drawn = random.Random(3)
    coders = "ABCD"
    answers, ours = [], []
    for _ in range(40):
        count = drawn.randint(2, 4)
        spans = []
        for coder in coders[:count]:
            for _ in range(drawn.randint(0, 6)):
                begin = drawn.randrange(LENGTH)
                spans.append(CodedSpan("t", begin, min(LENGTH, begin + drawn.randint(1, 80)), "c", coder))
        units = coded_units(spans, coders[:count], CharacterScale({"t": LENGTH}))
        if "c" not in units:
            continue
        found = agreement("c", units["c"])
        if found.alpha is not None:
            ours.append(found.alpha)
            answers.append(
                [
                    [int(any(a <= at < b for a, b in one)) for at in range(LENGTH)]
                    for one in units["c"].by_coder.values()
                ]
            )

    assert len(ours) > 30
    assert analysis_peers.ask("alpha", given=answers) == pytest.approx(ours)


@pytest.mark.parametrize("written", [project(), many_codings(400), replace(project(), codes=(), codings=(), cases=())])
def test_a_project_is_valid_by_the_schema(tmp_path, written):
    path = tmp_path / "study.qdpx"
    path.write_bytes(project_to_qdpx(written))

    assert analysis_peers.ask("validate", analysis_peers.SCHEMA, path) == []


def test_another_program_imports_a_project_and_its_export_is_read_here(tmp_path):
    """qualitative-coding codes whole lines, and by an error of its own the first line alone: all else comes back."""
    codings = (
        ProjectCoding(guid(31), guid(21), 0, 33, guid(11), guid(1)),
        ProjectCoding(guid(32), guid(21), 0, 33, guid(12), guid(2)),
        ProjectCoding(guid(33), guid(21), 4, 20, guid(12), guid(1)),
    )
    ours = project(codings=codings, cases=(), notes=())
    (tmp_path / "ours.qdpx").write_bytes(project_to_qdpx(ours))
    folder = tmp_path / "qc"
    folder.mkdir()

    analysis_peers.qualitative_coding(folder, "init", "--import", tmp_path / "ours.qdpx")
    analysis_peers.qualitative_coding(folder, "export", tmp_path / "theirs.qdpx")
    theirs = read_qdpx((tmp_path / "theirs.qdpx").read_bytes())

    assert analysis_peers.ask("validate", analysis_peers.SCHEMA, tmp_path / "theirs.qdpx") == []
    assert [source.text for source in theirs.sources] == [TEXT]
    assert counted(ours) == counted(theirs)
    assert {(0, 34)} == {(one.begin, one.end) for one in theirs.codings}


def test_a_study_of_many_coders_goes_through_another_program_and_comes_back_exactly(tmp_path):
    """Each text is one line, all of which is coded: what that program can hold, it gives back to the character."""
    texts = [f"R{at}: line {at} of whānau, “said” & <meant> 𝄞." for at in range(6)]
    ours = many_codings(0)
    sources = tuple(ProjectSource(guid(50 + at), f"Session {at}", text, guid(1), WHEN) for at, text in enumerate(texts))
    drawn = random.Random(5)
    given = sorted({(drawn.randrange(6), drawn.randrange(40), 1 + drawn.randrange(4)) for _ in range(240)})
    codings = tuple(
        ProjectCoding(
            *(guid(10_000 + number), guid(50 + at), 0, len(texts[at]), guid(100 + code), guid(coder), WHEN), texts[at]
        )
        for number, (at, code, coder) in enumerate(given)
    )
    ours = replace(ours, sources=sources, codings=codings)
    (tmp_path / "ours.qdpx").write_bytes(project_to_qdpx(ours))
    folder = tmp_path / "qc"
    folder.mkdir()

    analysis_peers.qualitative_coding(folder, "init", "--import", tmp_path / "ours.qdpx")
    analysis_peers.qualitative_coding(folder, "export", tmp_path / "theirs.qdpx")
    theirs = read_qdpx((tmp_path / "theirs.qdpx").read_bytes())

    assert analysis_peers.ask("validate", analysis_peers.SCHEMA, tmp_path / "ours.qdpx") == []
    assert sorted(one.text.strip() for one in theirs.sources) == sorted(texts)
    assert exactly(theirs) == exactly(ours)


def exactly(read):
    """Return which words each coder gave which code, sorted."""
    coders = {one.guid: one.name for one in read.coders}
    codes = {one.guid: one.name for one in read.codes}
    sources = {one.guid: one.text for one in read.sources}
    return sorted(
        (coders[one.coder], codes[one.code], sources[one.source][one.begin : one.end].strip()) for one in read.codings
    )


def counted(read):
    """Return how often each coder gave each code, by their names."""
    coders = {one.guid: one.name for one in read.coders}
    codes = {one.guid: one.name for one in read.codes}
    return Counter((coders[one.coder], codes[one.code]) for one in read.codings)
