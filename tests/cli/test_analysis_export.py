"""`balint-desktop analysis export`: a project for other software, confirmed as not encrypted, for a purpose."""

from __future__ import annotations

import pytest
from kept_sessions import GROUP, P1
from kept_vaults import passphrase_file
from study_reports import plain, reported
from study_vaults import STUDY

from balint_desktop.domain.analysis.refi_read import read_qdpx
from balint_desktop.domain.group.roster import Person, Roster
from tests.cli.conftest import Program

ASKED = ("--not-encrypted", "--purpose", "analysis")


def named(field, words):
    return words.format("Zandruvek") if field == "memo" else plain(field, words)


@pytest.fixture
def lab(tmp_path):
    return reported(tmp_path / "data", named)


@pytest.fixture
def run(lab, tmp_path):
    """Run the program over the vault of a study."""
    lab.close()
    return Program(tmp_path / "data", passphrase_file(tmp_path))


def test_a_study_is_exported_as_a_project_and_what_is_in_it_is_said(run, tmp_path):
    path = tmp_path / "study.qdpx"
    (line,) = run.lines("analysis", "export", STUDY[:8], "--to", str(path), *ASKED)
    project = read_qdpx(path.read_bytes())

    assert line == {
        "id": STUDY,
        "file": str(path),
        "purpose": "analysis",
        "texts": 2,
        "coders": 1,
        "codings": 1,
    }
    assert [one.name for one in project.sources] == ["Session 1", "Session 2"]
    assert {one.name for one in project.coders} == {"a colleague", "Consensus"}


def test_the_purpose_is_enough_to_export(run, tmp_path):
    path = tmp_path / "study.qdpx"
    run("analysis", "export", STUDY, "--to", str(path), "--purpose", "analysis")

    assert len(read_qdpx(path.read_bytes()).sources) == 2


def test_what_is_printed_says_that_it_is_not_encrypted(run, tmp_path):
    path = tmp_path / "study.qdpx"

    assert (
        run("analysis", "export", STUDY, "--to", str(path), *ASKED).stdout
        == f"{path}: 1 coded passage by 1 coder, not encrypted.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--to", "{folder}/a.docx", *ASKED), 2, "must end in .qdpx"),
        (("--to", "{folder}/a.qdpx", "--not-encrypted"), 2, "--purpose with one of analysis, sharing"),
        (("--to", "{folder}/a.qdpx", "--not-encrypted", "--purpose", "supervision"), 2, "one of analysis, sharing"),
        (("--to", "{folder}/a.qdpx", "--not-encrypted", "--purpose", "sharing"), 1, "Not everyone has agreed"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(run, tmp_path, *, arguments, code, said):
    asked = [one.format(folder=tmp_path) for one in arguments]

    assert said in run.wrong("analysis", "export", STUDY, *asked, code=code)
    assert not list(tmp_path.glob("a.*"))


def test_a_name_of_the_roster_keeps_the_project_here(lab, tmp_path):
    lab.vault.rosters.save({GROUP: Roster().with_people((Person(P1, "Zandruvek"),))})
    lab.close()
    run = Program(tmp_path / "data", passphrase_file(tmp_path))
    path = tmp_path / "study.qdpx"
    line = run.wrong("analysis", "export", STUDY, "--to", str(path), *ASKED)

    assert "A memo" in line
    assert "Zandruvek" not in line
    assert not path.exists()


def test_help_says_what_is_exported(run):
    words = " ".join(run("analysis", "export", "--help").stdout.split())

    assert "Export an analysis as a REFI-QDA project for other software, not encrypted." in words
    assert "--purpose NAME the purpose: analysis, sharing" in words
