"""Small faults in a module's source, one at a time: the list of them, and the source with one applied."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_COMPARE = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
# Changes a node in place, and returns its new text.
Change = Callable[[], str]

_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One fault: its line, its description, and the source with it."""

    line: int
    change: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a module, in the order of its lines. Docstrings and annotations are excluded."""
    tree = ast.parse(source)
    count = len(list(_sites(tree)))
    return sorted((_mutant(tree, index) for index in range(count)), key=lambda mutant: (mutant.line, mutant.change))


def _mutant(tree: ast.Module, index: int) -> Mutant:
    changed = copy.deepcopy(tree)
    node, change = list(_sites(changed))[index]
    before = ast.unparse(node)
    after = change()
    return Mutant(node.lineno, f"{_short(before)} → {after}", ast.unparse(ast.fix_missing_locations(changed)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:87] + "..."


def _sites(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, Change]]:
    """Yield each node that can be changed, with a function that changes it in place and describes the change."""
    skipped = set(map(id, _left_alone(tree)))
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        yield from ((node, change) for change in _changes(node))


def _left_alone(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield nodes whose change no test can see: annotations, docstrings, decorators, imports for the type checker."""
    for node in ast.walk(tree):
        for root in _unseen(node):
            yield from ast.walk(root)


def _unseen(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return [*node.decorator_list, *([node.returns] if node.returns is not None else [])]
    if isinstance(node, ast.ClassDef):
        return list(node.decorator_list)
    if isinstance(node, ast.AnnAssign | ast.arg):
        return [node.annotation] if node.annotation is not None else []
    is_checkers = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    is_slots = isinstance(node, ast.Assign) and any(ast.unparse(one) == "__slots__" for one in node.targets)
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return [node] if is_checkers or is_slots or is_docstring else []


def _changes(node: ast.AST) -> Iterator[Change]:
    yield from (change for rule in (_operator, _constant, _condition, _effect) if (change := rule(node)) is not None)


def _operator(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        return lambda: _set(node, "ops", [_COMPARE[type(node.ops[0])](), *node.ops[1:]])
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC and not _makes_text(node):
        return lambda: _set(node, "op", _ARITHMETIC[type(node.op)]())
    if isinstance(node, ast.BoolOp):
        return lambda: _set(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
    return None


def _constant(node: ast.AST) -> Change | None:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bool | int | float):
        return None
    return lambda: _set(node, "value", not node.value if isinstance(node.value, bool) else node.value + 1)


def _condition(node: ast.AST) -> Change | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return lambda: _set(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        return lambda: _set(node, "test", ast.UnaryOp(ast.Not(), node.test))
    return None


def _effect(node: ast.AST) -> Change | None:
    if isinstance(node, ast.Return) and node.value is not None and not _is_none(node.value):
        return lambda: _set(node, "value", ast.Constant(None))
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return lambda: _set(node, "value", ast.Constant(None))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
        return lambda: _set(node, "func", ast.Name(_CALLED[node.func.id], ast.Load()))
    return None


def _set(node: ast.AST, field: str, value: object) -> str:
    setattr(node, field, value)
    return _short(ast.unparse(node))


def _makes_text(node: ast.BinOp) -> bool:
    """Return whether an operand is a text: there `-` raises at once, and proves nothing."""
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in (node.left, node.right))


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
