"""`balint-desktop analysis import`: a coder's project into their round, after one's own; each refusal one sentence."""

from __future__ import annotations

import argparse
import contextlib
from dataclasses import replace

import pytest
from study_vaults import ME, OUTSIDE, STUDY, TWO, begun, code_of, coding, lab, work

from balint_desktop.cli import project_import as command
from balint_desktop.cli.result import UsageError
from balint_desktop.domain.analysis.codebook import Codebook
from balint_desktop.domain.analysis.history import CoderWork
from balint_desktop.domain.analysis.project import ProjectCoder
from balint_desktop.domain.analysis.refi_write import project_to_qdpx
from balint_desktop.domain.analysis.study import ConsensusMeeting, MatterDecision, MatterOutcome
from balint_desktop.domain.analysis.study_project import CodedRound, StudyFileNames, study_project
from balint_desktop.domain.trouble import TroubleCode

__all__ = ["begun", "lab"]

ALONE = {"study": "", "round": None, "coder": ""}
CODE = "0c000000-0000-4000-8000-000000000001"


@pytest.fixture
def run(begun, monkeypatch, capsys):
    """Return a function that runs the command over the vault, and returns what it printed."""
    monkeypatch.setattr(command, "open_vault", lambda _options: contextlib.nullcontext(begun.vault))

    def ran(file, **options):
        defaults = {"study": STUDY[:8], "round": 1, "coder": OUTSIDE.label, "name": "", "late": None}
        command._import(argparse.Namespace(file=str(file), **(defaults | options)))
        return capsys.readouterr().out.strip()

    return ran


@pytest.fixture
def project(begun, tmp_path):
    """Return a function that writes a coder's project; `others` are more people that it names."""

    def written(*others, name="coder.qdpx"):
        contents = begun.studies.open(STUDY)
        one = CoderWork(Codebook().with_code(CODE, "Rage"), work(coding(begun.first, 4, 20, CODE, guid="g")).codings)
        coded = CodedRound(OUTSIDE, 1, one)
        names = StudyFileNames("Another program 1", "Round {number}", "Memo")
        made = study_project(contents.study, contents.texts, (coded,), wall=9.0, names=names)
        if others:
            mine = tuple(replace(each, name="HP") for each in made.coders)
            more = tuple(ProjectCoder(f"0c000000-0000-4000-8000-00000000001{n}", who) for n, who in enumerate(others))
            theirs = tuple(
                replace(made.codings[0], guid=f"{each.guid[:-2]}9{each.guid[-1]}", coder=each.guid) for each in more
            )
            made = replace(made, coders=(*mine, *more), codings=(*made.codings, *theirs))
        path = tmp_path / name
        path.write_bytes(project_to_qdpx(made))
        return path

    return written


@pytest.fixture
def closed(begun):
    begun.studies.close_round(STUDY, 1, ME.id)
    return begun


def test_before_ones_own_round_is_closed_nothing_is_read_or_kept(begun, run, project):
    file = project()

    assert code_of(lambda: run(file)) is TroubleCode.ROUND_STILL_OPEN
    assert begun.files.received(STUDY) == ()


def test_a_project_is_taken_into_its_coders_round(closed, run, project):
    assert run(project()) == "The coding of Independent is in round 1: 1 passage."
    assert len(closed.studies.work(STUDY, 1, OUTSIDE.id).codings.all) == 1


def test_with_the_file_alone_it_goes_to_the_last_round_and_the_awaited_coder_whom_it_names(closed, run, project):
    assert run(project(), **ALONE) == "The coding of Independent is in round 1: 1 passage."


def test_with_the_file_alone_it_is_asked_whose_coding_it_is_where_nobody_awaited_is_named(closed, run, project):
    with pytest.raises(UsageError, match=r"Say with --coder whose coding it is: Coder 2 and Independent\."):
        run(project("Somebody else"), **ALONE)

    assert closed.files.received(STUDY) == ()


def test_the_only_coder_who_is_awaited_need_not_be_named(closed, run, project):
    run(project(), coder=TWO.label)

    assert run(project("Somebody else"), **ALONE, name="HP") == "The coding of Independent is in round 1: 1 passage."
    with pytest.raises(UsageError, match="Say with --coder whose coding it is"):
        run(project(), **ALONE)


def test_with_the_file_alone_nothing_is_read_before_ones_own_round_is_closed(begun, run, project):
    assert code_of(lambda: run(project(), **ALONE)) is TroubleCode.ROUND_STILL_OPEN
    assert begun.files.received(STUDY) == ()


def test_without_an_analysis_and_with_two_it_is_said(begun, run, project):
    another = begun.studies.create(replace(begun.studies.open(STUDY).study, id="", name="Another"), ME.id).study.id
    with pytest.raises(UsageError, match=r"Say which analysis after the file: .*Another"):
        run(project(), **ALONE)

    for study in (STUDY, another):
        begun.studies.destroy(study)
    assert code_of(lambda: run(project, **ALONE)) is TroubleCode.STUDY_MISSING


def test_of_several_people_the_name_is_asked_for_and_given(closed, run, project):
    file = project("Somebody else")
    with pytest.raises(
        UsageError, match=r"Say with --name which of these in the file is the coder: HP, Somebody else\."
    ):
        run(file)
    with pytest.raises(UsageError):
        run(file, name="Nobody")

    assert closed.files.received(STUDY) == ()
    assert run(file, name="somebody ELSE") == "The coding of Independent is in round 1: 1 passage."


def test_a_late_project_waits_for_what_a_person_says_and_is_kept_once(closed, run, project):
    decision = MatterDecision("e1", 1, "d1", 51.0, MatterOutcome.KEEP, "", (ME.id,), code="c1")
    closed.studies.add_decisions(STUDY, ConsensusMeeting("d1", 50.0, (ME.id,)), [decision])
    file = project()

    assert "came after comparison had begun" in run(file)
    assert "kept for the next round" in run(file, late="keep")
    assert "is in round 1: 1 passage" in run(file, late="take")
    assert len(closed.files.received(STUDY)) == 1


def test_what_was_not_placed_is_printed_a_line_each(closed, run, project):
    file = project()
    file.write_bytes(moved(file.read_bytes(), "It made me angry", "what nobody said in it"))

    assert run(file).splitlines() == [
        "The coding of Independent is in round 1: 0 passages.",
        "Not placed: Session 1: “what nobody said in it” (Rage)",
    ]


def moved(data, old, new):
    """Return a project in which a passage has other words."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            member = before.read(name)
            after.writestr(name, member.replace(old.encode(), new.encode()) if name == "project.qde" else member)
    return packed.getvalue()


def test_what_cannot_be_taken_is_said_in_a_sentence(closed, run, project, tmp_path):
    broken = tmp_path / "broken.qdpx"
    broken.write_bytes(b"PK no project")

    assert code_of(lambda: run(broken)) is TroubleCode.PROJECT_FILE_DAMAGED
    assert code_of(lambda: run(tmp_path / "none.qdpx")) is TroubleCode.PROJECT_FILE_MISSING
    assert code_of(lambda: run(project(), round=7)) is TroubleCode.ROUND_UNKNOWN
    assert code_of(lambda: run(project(name="two.qdpx"), coder=ME.label)) is TroubleCode.CODING_NOT_YOURS
    with pytest.raises(UsageError, match="no coder called Nobody"):
        run(project(name="three.qdpx"), coder="Nobody")


def test_the_file_may_be_one_of_another_coder_of_the_study(closed, run, project):
    assert run(project(), coder=TWO.label) == "The coding of Coder 2 is in round 1: 1 passage."
