"""Find every place in the code by which something leaves the vault: files, copies, prints, the clipboard."""

from __future__ import annotations

import ast
from pathlib import Path

from architecture import PACKAGE

# Calls that write for people, outside sealed: a file, a copy, a page, the clipboard.
WRITING = frozenset(
    {
        *("write_new", "write_sound", "save_pdf", "write_bytes", "write_text", "setMimeData", "print_"),
        *("plan_share", "share_recording", "begin_share", "plan_backup", "back_up", "copy_to"),
        *("print_text", "print_sheet", "print_card", "print_hour_card", "print_floor_card", "print_recovery_key"),
        "print_key",
    }
)
GATE = frozenset({"pass_door", "pass_recording", "pass_group", "pass_people", "agreed"})
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
