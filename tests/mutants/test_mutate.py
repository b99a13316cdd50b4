"""What counts as a mutant: each changes one thing that a test could see."""

from __future__ import annotations

import ast

import pytest
from mutants.mutate import mutants


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("x = a < b", "x = a <= b"),
        ("x = a + b", "x = a - b"),
        ("x = a and b", "x = a or b"),
        ("x = 3", "x = 4"),
        ("x = True", "x = False"),
        ("x = min(a, b)", "x = max(a, b)"),
        ("f()", "None"),
        ("def f():\n    return a", "def f():\n    return None"),
        ("if a:\n    f = g", "if not a:\n    f = g"),
        ("x = not a", "x = not not a"),
    ],
)
def test_each_kind_of_fault(source, changed):
    (mutant,) = mutants(source)

    assert mutant.source == ast.unparse(ast.parse(changed))


def test_annotations_docstrings_and_slots_are_left_alone():
    source = 'class C:\n    """Says 3."""\n    __slots__ = ("a",)\n    b: Literal[3]\n'

    assert mutants(source) == []


def test_each_mutant_changes_one_place_and_names_its_line():
    found = mutants("x = 1\ny = 2\n")

    assert {m.line: m.source for m in found} == {1: "x = 2\ny = 2", 2: "x = 1\ny = 3"}


def test_texts_are_not_subtracted():
    assert mutants('x = "a" + b') == []
