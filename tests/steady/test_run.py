from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from steady import run as steady
from steady.tally import Condition, Run
from waiting import wait_until

GOOD = "def test_good(): pass\n"
BAD = "def test_bad(): assert False\n"
LONG = """
import pathlib, threading
def test_long():
    pathlib.Path(__file__).with_name("begun").touch()
    threading.Event().wait()
"""
ASIDE = """
import pathlib, sys
from steady import run
run.ROOT = pathlib.Path({root!r})
run.KEPT = run.ROOT / "kept"
sys.exit(run.main(["--", *{asked!r}]))
"""


@pytest.fixture
def kept(tmp_path, monkeypatch):
    folder = tmp_path / "kept"
    monkeypatch.setattr(steady, "KEPT", folder)
    return folder


@pytest.fixture
def tests(tmp_path, monkeypatch):
    """Let pytest run in a separate folder without settings."""
    monkeypatch.setattr(steady, "ROOT", tmp_path)

    def written(text):
        path = tmp_path / "test_it.py"
        path.write_text(text)
        return ["-p", "no:cacheprovider", str(path)]

    return written


@pytest.mark.parametrize("condition", Condition)
def test_a_run_counts_the_tests_and_names_the_failures(tests, kept, condition):
    done = steady.run_once(condition, 3, tests(GOOD + BAD), kept)

    assert (done.condition, done.number, done.tests) == (condition, 3, 2)
    assert done.failed == ("test_it::test_bad",)
    assert "test_bad" in (kept / f"{condition}-3.log").read_text()


def test_a_run_that_never_reaches_its_tests_is_a_failure(tests, kept):
    done = steady.run_once(Condition.QUIET, 1, [*tests(GOOD), "--no-such-option"], kept)

    assert done.tests == 0
    assert done.failed == ("pytest itself: exit code 4",)


class Runs:
    """Replaces the runs themselves."""

    def __init__(self, stops_before=None, failed=()):
        self.made = []
        self._stops_before, self._failed = stops_before, failed

    def __call__(self, condition, number, _asked, _kept):
        if (condition, number) == self._stops_before:
            raise KeyboardInterrupt
        self.made.append((condition, number))
        return Run(condition, number, 250, self._failed, 0.0)


@pytest.fixture
def run(kept, monkeypatch):
    def go(runs, *arguments):
        monkeypatch.setattr(steady, "run_once", runs)
        return steady.main([*arguments, "--", "-m", "audio"])

    return go


def test_a_stopped_run_resumes_where_it_was(run, capsys):
    first = Runs(stops_before=(Condition.BUSY, 2))
    assert run(first, "--times", "2") == 1
    assert len(first.made) == 3
    assert "goes on from here" in capsys.readouterr().out
    second = Runs()

    assert run(second, "--times", "2") == 0
    assert second.made == [(Condition.BUSY, 2)]
    assert "busy       2     500    0" in capsys.readouterr().out


def test_a_signal_stops_it_like_a_key(tests, tmp_path):
    command = [sys.executable, "-c", ASIDE.format(root=str(tmp_path), asked=tests(LONG))]
    path = {"PYTHONPATH": str(Path(steady.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **path}) as running:
        wait_until((tmp_path / "begun").exists, "a run")
        running.terminate()
        out, _ = running.communicate()

    assert running.returncode == 1
    assert "goes on from here" in out


def test_a_failure_makes_it_unsuccessful_and_the_other_runs_still_happen(run):
    runs = Runs(failed=("a::b",))

    assert run(runs, "--times", "3") == 1
    assert len(runs.made) == 6


def test_a_tally_applies_only_to_what_was_requested():
    assert steady.state_of_project(["-m", "audio"]) != steady.state_of_project(["-m", "journey"])
