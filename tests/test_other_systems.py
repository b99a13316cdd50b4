"""What only Windows or macOS would notice, read from the code: each rule beside a line that breaks it and is caught."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "balint_desktop"
# Programs of Linux alone, which no other system has.
LINUX_ALONE = {"rehearsal", "capture/source_moved.py", "capture/monitor_sources.py"}


def is_move(call: ast.Call) -> bool:
    """Return whether a call moves a file past `disk.replace` and `disk.rename`, which wait for a virus scanner.

    A string's `replace` has two arguments, a date's has names.
    """
    if not isinstance(call.func, ast.Attribute) or call.keywords:
        return False
    is_disks = isinstance(call.func.value, ast.Name) and call.func.value.id == "disk"
    return not is_disks and call.func.attr in {"replace", "rename"} and len(call.args) == 1


def is_text_of_the_systems_encoding(call: ast.Call) -> bool:
    """Return whether a call reads or writes text without saying in which encoding: Windows' own is another."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    says = {word.arg for word in call.keywords}
    if name in {"read_text", "write_text"}:
        return "encoding" not in says and len(call.args) < (2 if name == "write_text" else 1)
    modes = [one.value for one in call.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
    return name == "fdopen" and "encoding" not in says and not any("b" in mode for mode in modes)


def opens_a_console(call: ast.Call) -> bool:
    """Return whether a program is started without saying that it gets no console window of its own."""
    if not (isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)):
        return False
    starts = call.func.value.id == "subprocess" and call.func.attr in {"run", "Popen", "call", "check_output"}
    spread = {ast.unparse(word.value) for word in call.keywords if word.arg is None}
    return starts and "own_session()" not in spread


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def modules(*but: str) -> Iterator[tuple[str, ast.AST]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).as_posix()
        if not name.startswith(but):
            yield name, ast.parse(path.read_text(encoding="utf-8"))


# Each: what breaks it, the modules that may, and a line that does.
RULES = {
    "files are moved by the functions that wait for a virus scanner": (
        is_move,
        ("sealed/disk.py",),
        "made.replace(folder)",
    ),
    "text is read and written in an encoding that is named": (
        is_text_of_the_systems_encoding,
        (),
        "path.read_text()",
    ),
    "no program opens a console window beside the app's": (
        opens_a_console,
        ("command.py", *LINUX_ALONE),
        "subprocess.run(['age'])",
    ),
}


@pytest.mark.parametrize("rule", RULES)
def test_it_holds_in_every_module(rule):
    breaks, but, _ = RULES[rule]

    assert [f"{name}:{call.lineno}" for name, tree in modules(*but) for call in calls(tree) if breaks(call)] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_line_that_breaks_it_is_caught(rule):
    breaks, _, line = RULES[rule]

    assert [breaks(call) for call in calls(ast.parse(line))] == [True]


def test_a_pipe_without_a_reader_is_nowhere_known_by_its_name_alone():
    """Windows raises another error than BrokenPipeError: `command.is_reader_gone` knows both."""
    caught = [
        f"{name}:{node.lineno}"
        for name, tree in modules("command.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler) and node.type is not None and "BrokenPipeError" in ast.unparse(node.type)
    ]

    assert caught == []
