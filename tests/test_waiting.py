"""How tests wait and measure, each rule as a sentence: none may depend on the speed or load of the machine."""

from __future__ import annotations

import ast
import functools
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
# Scripts meant to measure or to lead in real time: benchmarks, the fault table, fuzzing, the trial of a package.
MEASURING = ("bench", "faults", "fuzz", "packages")
# Times compared with other times; and how long a child may live.
MOMENTS = {"waiting.py", "virtual_microphone.py", "watched_files.py", "killed_child.py", "test_online_recording.py"}
_DEADLINES = {"waitUntil", "waitSignal", "waitSignals", "waitActive", "waitExposed", "waitCallback"}
_CLOCKS = {"monotonic", "perf_counter", "process_time"}
_HEARS = re.compile(r"pytest\.mark\.(?:audio|journey)\b")


def called(tree):
    """Yield each call as it is written, with the names of its keyword arguments."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), {keyword.arg for keyword in node.keywords}


def sleeps(tree):
    names = {"time.sleep", "sleep", "QTest.qWait", "QTest.qSleep", "qtbot.wait", "self.qtbot.wait"}
    return [name for name, _ in called(tree) if name in names]


def deadlines(tree):
    return [name for name, named in called(tree) if name.split(".")[-1] in _DEADLINES and "timeout" in named]


def clocks(tree):
    return [name for name, _ in called(tree) if name.split(".")[-1] in _CLOCKS and name.split(".")[0] == "time"]


RULES = {
    "no test sleeps, it waits for a condition": (sleeps, {"waiting.py"}),
    "no test names a deadline of its own in the window": (deadlines, {"waiting.py"}),
    "no test says how long something took": (clocks, MOMENTS),
}
BROKEN = {
    "no test sleeps, it waits for a condition": ["import time\ntime.sleep(1)", "qtbot.wait(100)", "QTest.qWait(10)"],
    "no test names a deadline of its own in the window": ["qtbot.waitUntil(lambda: seen, timeout=1000)"],
    "no test says how long something took": ["import time\nbegan = time.monotonic()", "time.perf_counter()"],
}
ALLOWED = ["bench.clock.sleep(115)", "room.wait(60)", "qtbot.waitUntil(lambda: seen)", "child.wait(GENEROUS_S)"]


@functools.cache
def sources():
    """Return every test file that neither measures nor is run by hand."""
    found = (path.relative_to(TESTS) for path in TESTS.rglob("*.py"))
    return {path: (TESTS / path).read_text(encoding="utf-8") for path in found if path.parts[0] not in MEASURING}


@pytest.mark.parametrize("rule", RULES)
def test_rule(rule):
    looks, but = RULES[rule]
    found = {str(path): looks(ast.parse(text)) for path, text in sources().items() if path.name not in but}

    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule, many in BROKEN.items() for source in many])
def test_a_violation_of_a_rule_is_caught(rule, source):
    looks, _ = RULES[rule]

    assert looks(ast.parse(source))


@pytest.mark.parametrize("source", ALLOWED)
def test_code_without_violations_passes(source):
    assert [looks(ast.parse(source)) for looks, _ in RULES.values()] == [[], [], []]


def test_tests_that_hear_or_lead_are_in_the_expected_folders():
    """By make test, and by make test-steady, which runs the others in those folders too."""
    makefile = (TESTS.parent / "Makefile").read_text(encoding="utf-8")
    hearing, leading = (
        set(re.search(rf"^{name} := \$\(addprefix tests/,(.+)\)$", makefile, re.MULTILINE)[1].split())
        for name in ("HEARS", "LEADS")
    )
    lies = {path.parent.as_posix() for path, text in sources().items() if _HEARS.search(text)}

    assert lies <= hearing
    assert hearing <= leading
