"""Builds ARCHITECTURE.md's table of modules from their first docstring lines; --write puts it there."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "balint_desktop"
PAGE = ROOT / "ARCHITECTURE.md"
BEGIN, END = "<!-- modules -->", "<!-- /modules -->"


def first_line(path: Path) -> str:
    """Return what a module says it is for, or raise ValueError where it says nothing."""
    told = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not told:
        raise ValueError(f"{path} does not say what it is for")
    return told.splitlines()[0]


def table() -> str:
    """Return the table: each package in bold before its modules."""
    rows = ["| module | what it is for |", "| --- | --- |"]
    modules = (path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)
    for path in sorted(modules, key=_order):
        name = path.relative_to(PACKAGE).as_posix()
        name = f"**{path.parent.relative_to(ROOT).as_posix()}/**" if path.name == "__init__.py" else f"`{name}`"
        rows.append(f"| {name} | {first_line(path).replace('|', '/')} |")
    return "\n".join(rows)


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    """Sort a package's own line first, then its modules, then the packages in it."""
    *folders, name = path.relative_to(PACKAGE).parts
    last = (0, "") if name == "__init__.py" else (1, name)
    return (*((2, folder) for folder in folders), last)


def written() -> str:
    """Return the table that stands in ARCHITECTURE.md now."""
    return PAGE.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0].strip()


def write() -> None:
    """Put the table into ARCHITECTURE.md, between its markers."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        write()
    else:
        print(table())
