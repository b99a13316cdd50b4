from __future__ import annotations

import json

import pytest
from steady.tally import Condition, Run, Tally

QUIET, BUSY = Condition


def run(condition=QUIET, number=1, failed=(), tests=250, load=0.1):
    return Run(condition, number, tests, tuple(failed), load)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "tally.json"


def test_stored_runs_are_read_and_not_repeated(path):
    tally = Tally.read(path, "this state")
    tally.add(run(QUIET, 1))
    tally.add(run(BUSY, 1, failed=["a.test_b::test_c"]))

    again = Tally.read(path, "this state")
    assert again.runs == tally.runs
    assert list(again.missing(2)) == [(QUIET, 2), (BUSY, 2)]
    assert list(again.missing(1)) == []


def test_another_state_of_the_project_starts_over(path):
    Tally.read(path, "this state").add(run())

    assert Tally.read(path, "another").runs == []


@pytest.mark.parametrize("left", ["", "{", '{"key"'])
def test_an_incomplete_file_counts_as_none(path, left):
    path.parent.mkdir()
    path.write_text(left)

    assert Tally.read(path, "this state").runs == []


def test_the_conditions_take_turns(path):
    assert list(Tally(path, "k").missing(2)) == [(QUIET, 1), (BUSY, 1), (QUIET, 2), (BUSY, 2)]


def test_it_is_clean_once_every_run_is_done_and_nothing_failed(path):
    tally = Tally(path, "k")
    tally.add(run(QUIET, 1))
    assert not tally.is_clean(1)
    tally.add(run(BUSY, 1))
    assert tally.is_clean(1)
    assert not tally.is_clean(2)


def test_one_failure_among_many_runs_is_one_too_many_and_is_named(path):
    tally = Tally(path, "k")
    for number in range(1, 11):
        tally.add(run(QUIET, number))
        tally.add(run(BUSY, number, failed=["tests.journeys.test_losses::test_it"] if number == 3 else (), load=2.5))

    assert not tally.is_clean(10)
    assert tally.table().split("\n") == [
        "condition  runs  tests  failed  load when they began",
        "quiet      10    2500   0       0.1 to 0.1",
        "busy       10    2500   1       2.5 to 2.5",
        "busy, run 3: tests.journeys.test_losses::test_it",
    ]


def test_a_tally_without_runs_is_a_table_of_zeros(path):
    assert Tally(path, "k").table().split("\n")[1:] == ["quiet      0     0      0", "busy       0     0      0"]


def test_a_stored_tally_names_its_project_state(path):
    Tally.read(path, "this state").add(run())

    assert json.loads(path.read_text())["key"] == "this state"
    assert [one.name for one in path.parent.iterdir()] == ["tally.json"]
