"""`make test-steady`: hearing and leading tests, ten times on a quiet machine and ten beside a busy loop per core.

It can be stopped at any time and goes on where it was: the tally is kept under .pytest_cache, and begins anew when the
project changes. What a run with a failure printed is kept beside it.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from steady.tally import Condition, Run, Tally

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".pytest_cache" / "steady"
_TIMES = 10
# It ends with its parent, however that ends.
_BUSY = "import os; parent = os.getppid()\nwhile os.getppid() == parent: pass"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is missing, print the tally, and return 0 if every run was made and nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--times", type=int, default=_TIMES, help="runs in each condition (%(default)s)")
    parser.add_argument("pytest", nargs="+", help="what pytest is given, after --")
    options = parser.parse_args(arguments)
    # Like Ctrl-C, even if that is ignored: a run in the background is stopped this way.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    tally = Tally.read(KEPT / "tally.json", state_of_project(options.pytest))
    if tally.runs:
        print(f"Going on after {len(tally.runs)} runs.")
    try:
        for condition, number in list(tally.missing(options.times)):
            print(f"{condition}, run {number} of {options.times}:", end=" ", flush=True)
            run = run_once(condition, number, options.pytest, KEPT)
            tally.add(run)
            print(f"{run.tests} tests, {len(run.failed)} failed", flush=True)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here")
    print(tally.table())
    return 0 if tally.is_clean(options.times) else 1


def state_of_project(asked: Sequence[str]) -> str:
    """Return what a tally applies to: the commit, the changes since, and the tests that run."""
    text = [_git("rev-parse", "HEAD"), _git("diff", "HEAD"), "\0".join(asked).encode()]
    return hashlib.sha256(b"\0".join(text)).hexdigest()


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False).stdout


def run_once(condition: Condition, number: int, asked: Sequence[str], kept: Path) -> Run:
    """Run the tests once and return the result."""
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="steady-") as aside, _beside(condition):
        results = Path(aside) / "results.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={results}", *asked]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        tests, failed = read_results(results)
    if done.returncode and not failed:
        failed = (f"pytest itself: exit code {done.returncode}",)
    if failed:
        kept.mkdir(parents=True, exist_ok=True)
        (kept / f"{condition}-{number}.log").write_bytes(done.stdout)
    return Run(condition, number, tests, failed, round(load, 2))


def read_results(path: Path) -> tuple[int, tuple[str, ...]]:
    """Return the number of tests in a JUnit file, and the names of the failed ones."""
    try:
        cases = list(ET.parse(path).iter("testcase"))  # noqa: S314  pytest wrote it a moment ago
    except (OSError, ET.ParseError):
        return 0, ()
    bad = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    return len(cases), tuple(f"{case.get('classname')}::{case.get('name')}" for case in bad)


@contextlib.contextmanager
def _beside(condition: Condition) -> Iterator[None]:
    """Load every core for the duration of the block, if the condition asks for it."""
    cores = (os.cpu_count() or 1) if condition is Condition.BUSY else 0
    loops = [subprocess.Popen([sys.executable, "-c", _BUSY]) for _ in range(cores)]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


if __name__ == "__main__":
    sys.exit(main())
