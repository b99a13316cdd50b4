"""Print the purpose of each module, from the first docstring lines: `make modules`."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "balint_desktop"


def first_line(path: Path) -> str:
    """Return the first docstring line of a module. Raise ValueError if there is none."""
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not docstring:
        raise ValueError(f"{path} does not say what it is for")
    return docstring.splitlines()[0]


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


if __name__ == "__main__":
    print(table())
