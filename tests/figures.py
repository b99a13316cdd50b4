"""Print the size and shape of the code: `make figures`.

Lines count comments and blanks. A function counts from `def` to its last line, with its docstring.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence

from architecture import PACKAGE, circles, modules

TESTS = PACKAGE.parent / "tests"
SHORT = 60


def main() -> None:
    """Print one figure a line."""
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    trees = [ast.parse(source) for source in sources.values()]
    lines = [len(source.splitlines()) for source in sources.values()]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    classes = Counter(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    short = sum(count < SHORT for count in lines)
    print(f"files                  {len(lines)}, {sum(lines):,} lines; {short} under {SHORT} lines")
    print(f"lines of a file        {spread(lines)}")
    print(f"lines of a function    {spread([(node.end_lineno or 0) - node.lineno + 1 for node in functions])}")
    print(f"circles of imports     {len(circles(modules()))}")
    print(f"class names used twice {sum(count > 1 for count in classes.values())} of {len(classes)}")
    for layer in sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()):
        print(f"tests of {layer:13} {mirrored(layer)}")


def spread(counts: Sequence[int]) -> str:
    """Return the median, the 90th percentile and the greatest."""
    ordered = sorted(counts)
    return f"median {ordered[len(ordered) // 2]}, 90 % up to {ordered[len(ordered) * 9 // 10]}, most {ordered[-1]}"


def mirrored(layer: str) -> str:
    """Return how many test functions and files mirror a layer, without parameters."""
    files = sorted((TESTS / layer).rglob("test_*.py"))
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
    names = [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return f"{sum(name.startswith('test_') for name in names)} in {len(files)} files"


if __name__ == "__main__":
    main()
