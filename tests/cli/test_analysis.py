"""Agreement by the command line: any project file, no vault, one object a code."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace

import pytest

from balint_desktop.cli import main as cli
from balint_desktop.domain.analysis.project import Project, ProjectCode, ProjectCoder, ProjectCoding, ProjectSource
from balint_desktop.domain.analysis.refi_write import project_to_qdpx

GUIDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(20)]
TEXT = "R1: " + "a" * 46 + "\n\n" + "R2: " + "b" * 44
CODED = Project(
    "A study",
    coders=(ProjectCoder(GUIDS[1], "One"), ProjectCoder(GUIDS[2], "Two")),
    codes=(
        ProjectCode(GUIDS[3], "Themes", is_codable=False),
        ProjectCode(GUIDS[4], "Anger", parent=GUIDS[3]),
        ProjectCode(GUIDS[5], "Never used"),
    ),
    sources=(ProjectSource(GUIDS[6], "Session 1", TEXT),),
    codings=(
        ProjectCoding(GUIDS[7], GUIDS[6], 0, 50, GUIDS[4], GUIDS[1]),
        ProjectCoding(GUIDS[8], GUIDS[6], 25, 75, GUIDS[4], GUIDS[2]),
    ),
)


@pytest.fixture
def agreement(tmp_path):
    """Run the subcommand over a project, or over bytes that are none."""

    def run(project, *options, code=0):
        path = tmp_path / "study.qdpx"
        path.write_bytes(project if isinstance(project, bytes) else project_to_qdpx(project))
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            came_to = cli.main(["--data-dir", str(tmp_path / "data"), "analysis", "agreement", str(path), *options])
        assert (came_to, bool(err.getvalue())) == (code, bool(code)), err.getvalue()
        return err.getvalue() if code else out.getvalue()

    return run


def test_each_code_is_an_object_with_its_figures_and_null_where_nothing_varies(agreement):
    anger, unused = [json.loads(line) for line in agreement(CODED, "--json").splitlines()]

    assert unused == {"code": "Never used", "n": 100, "alpha": None, "jaccard": None}
    assert ("Anger", 100, pytest.approx(1 / 3)) == (anger["code"], anger["n"], anger["jaccard"])
    assert pytest.approx(1 - 199 * 50 / (100 * 100)) == anger["alpha"]


def test_turns_are_compared_as_wholes(agreement):
    anger, _ = [json.loads(line) for line in agreement(CODED, "--unit", "turn", "--json").splitlines()]

    assert (anger["code"], anger["n"], anger["jaccard"]) == ("Anger", 2, 0.5)


def test_a_table_shows_a_dash_for_no_figure(agreement):
    assert "Never used  100    –" in agreement(CODED)


def test_below_the_table_it_says_between_whom(agreement):
    nameless = replace(CODED.codings[1], coder=GUIDS[9])

    assert agreement(CODED).splitlines()[-1] == "Coders: One and Two"
    assert agreement(replace(CODED, codings=(CODED.codings[0], nameless))).endswith(
        f"Coders: One, Two and {GUIDS[9]}\n"
    )


def test_one_coder_is_refused_in_one_sentence(agreement):
    alone = replace(CODED, coders=CODED.coders[:1], codings=CODED.codings[:1])

    assert "fewer than two coders" in agreement(alone, code=2)


@pytest.mark.parametrize("data", [b"", b"PK no project", b"text"])
def test_a_file_that_is_no_project_is_refused_in_one_sentence(agreement, data):
    assert "is not a project that can be read here" in agreement(data, code=1)
