"""Find every place in the code by which something leaves the vault: files, copies, prints, the clipboard."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from architecture import PACKAGE

# Calls that write for people, outside sealed: a file, a copy, a page, the clipboard.
WRITING = frozenset(
    {
        *("write_new", "write_sound", "save_pdf", "write_bytes", "write_text", "setMimeData", "print_"),
        *("plan_share", "share_recording", "begin_share", "plan_backup", "back_up", "copy_to"),
        *("print_text", "print_sheet", "print_card", "print_hour_card", "print_floor_card", "print_recovery_key"),
        *("print_key", "copy_text", "copy_mime"),
    }
)
GATE = frozenset({"pass_door", "pass_recording", "pass_group", "pass_people", "agreed"})
# Calls that ask the gate of names about the finished bytes. `export.save` and `copy_…` ask it themselves.
NAME_GATE = frozenset({"pass_names", "_pass_file", "_pass"})
ASKS_ITSELF = frozenset({"export.save", "copy_text", "copy_mime"})
# Calls that write, print or copy what was made, and ask nobody.
BARE = frozenset(
    {
        *("write_new", "write_sound", "write_bytes", "write_text", "setMimeData", "to the clipboard", "print_"),
        *("print_text", "print_sheet", "print_card", "_print", "print_hour_card"),
    }
)
# Files that the app writes for itself, and the layers below the gate that only move what is sealed.
OWN = ("balint_desktop.sealed.", "balint_desktop.vault.log.", "balint_desktop.capture.", "balint_desktop.rehearsal.")


def calls(source: str) -> set[str]:
    """Return the names of the functions that a module calls, and *to the clipboard* where it puts text there."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = _name(node.func)
            found.add("to the clipboard" if name == "setText" and "clipboard" in ast.dump(node.func) else name)
            if name == "save" and isinstance(node.func, ast.Attribute) and "export" in ast.dump(node.func.value):
                found.add("export.save")
    return found


def is_exit(source: str) -> bool:
    """Return whether something leaves the vault by a call in this module."""
    return bool(calls(source) & (WRITING | {"to the clipboard", "export.save"}))


def ungated_writing(source: str) -> set[str]:
    """Return the functions of a module that write, print or copy before the gate of names was asked in them."""
    found = set()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, ast.FunctionDef):
            asked, wrote = False, False
            inner = {id(one) for sub in ast.walk(function) if sub is not function for one in _inside(sub)}
            for node in _in_order(one for one in ast.walk(function) if id(one) not in inner):
                asked = asked or _name(node.func) in NAME_GATE
                is_copy = _name(node.func) == "setText" and "clipboard" in ast.dump(node.func)
                wrote = wrote or ((_name(node.func) in BARE or is_copy) and not asked)
            if wrote:
                found.add(function.name)
    return found


def _inside(node: ast.AST) -> list[ast.AST]:
    """Return what is in a function within a function: it is judged by itself."""
    return [*ast.walk(node)] if isinstance(node, ast.FunctionDef) else []


def _in_order(nodes: Iterable[ast.AST]) -> list[ast.Call]:
    found = [one for one in nodes if isinstance(one, ast.Call)]
    return sorted(found, key=lambda one: (one.lineno, one.col_offset))


def kinds_of_files(source: str) -> set[str]:
    """Return the audit names of the kinds of files that a module offers, where they are written out."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in {"FileForm", "table_forms", "note"}:
            at = {"FileForm": 2, "table_forms": 1, "note": 0}[_name(node.func)]
            if len(node.args) > at and isinstance(node.args[at], ast.Constant):
                found.add(node.args[at].value)
    return found


def sources() -> dict[str, str]:
    """Return the text of every module that may hold an exit, by its name."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = ".".join(("balint_desktop", *path.relative_to(Path(PACKAGE)).with_suffix("").parts))
        if not name.startswith(OWN):
            found[name] = path.read_text(encoding="utf-8")
    return found


def _name(of: ast.expr) -> str:
    return of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
