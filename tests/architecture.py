"""Reads each module's imports and clock calls without running it."""

from __future__ import annotations

import ast
import functools
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "balint_desktop"

_CLOCKS = {
    "time": {"time", "monotonic", "perf_counter", "process_time", "clock_gettime", "gmtime", "localtime", "ctime"},
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "QDateTime": {"currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch", "currentSecsSinceEpoch"},
    "QDate": {"currentDate"},
    "QTime": {"currentTime"},
}
# These read the time only without an argument.
_TAKE_A_TIME = {"gmtime", "localtime", "ctime", "strftime"}


@dataclass(frozen=True)
class Module:
    """One module: its dotted name, all its imports (also inside functions and TYPE_CHECKING), its clock calls."""

    name: str
    imports: frozenset[str]
    clocks: frozenset[str]

    @property
    def part(self) -> str:
        """Return the layer, or the module's own name at the top of the package."""
        return self.name.split(".")[1] if "." in self.name else self.name

    def imports_any(self, *names: str) -> set[str]:
        """Return the imports that are one of these names or inside it."""
        return {i for i in self.imports if any(i == name or i.startswith(name + ".") for name in names)}

    def own_parts(self) -> set[str]:
        """Return the imported parts of our own package, except its own."""
        own = {i.split(".")[1] for i in self.imports if i.startswith("balint_desktop.")}
        return own - {self.part}


def read(source: str, name: str) -> Module:
    """Return the imports and clock calls in a module's source."""
    tree = ast.parse(source)
    return Module(name, frozenset(_imports(tree)), frozenset(_clocks(tree)))


@functools.cache
def modules() -> list[Module]:
    """Return every module of the package."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        name = ".".join(part for part in parts if part != "__init__")
        found.append(read(path.read_text(encoding="utf-8"), name))
    return found


def circles(found: Iterable[Module]) -> list[list[str]]:
    """Return the sets of modules that import each other in a circle, each sorted; also inside functions."""
    known = {module.name for module in found}
    return _circles({module.name: _modules_among(module.imports, known) - {module.name} for module in found})


def circles_of_parts(found: Iterable[Module]) -> list[list[str]]:
    """Return the sets of layers that import each other in a circle."""
    graph: dict[str, set[str]] = {}
    for module in found:
        graph.setdefault(module.part, set()).update(module.own_parts())
    return _circles(graph)


def circles_of_folders(found: Iterable[Module]) -> list[list[str]]:
    """Return the sets of packages, at any depth below the first, that import each other in a circle.

    A module of the package itself (`balint_desktop.i18n`) and `__main__` belong to none. A package's own `__init__`
    counts as importing nothing: reaching a module imports it.
    """
    found = list(found)
    known = {module.name for module in found}
    packages = {one for one in known if any(other.startswith(f"{one}.") for other in known)}
    graph: dict[str, set[str]] = {}
    for module in found:
        folder = module.name.rpartition(".")[0]
        reached = _modules_among(module.imports, known) - packages
        others = {one.rpartition(".")[0] for one in reached} - {folder, "balint_desktop"}
        if folder not in {"", "balint_desktop"}:
            graph.setdefault(folder, set()).update(others)
    return _circles(graph)


def _modules_among(imports: Iterable[str], known: Collection[str]) -> set[str]:
    """Return the modules behind imports: for `from a.b import c` that is a.b.c if it is one, otherwise a.b."""
    reached = set()
    for imported in imports:
        name = imported
        while name and name not in known:
            name = name.rpartition(".")[0]
        reached.add(name)
    # The package itself counts with everything it imports.
    return reached - {"", "balint_desktop"}


def _circles(graph: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Return the strongly connected components of more than one node."""
    reach = {node: _reachable(graph, node) for node in graph}
    found = {frozenset(other for other in reach[node] if node in reach.get(other, ())) for node in graph}
    return sorted(sorted(one) for one in found if one)


def _reachable(graph: Mapping[str, Collection[str]], start: str) -> set[str]:
    seen: set[str] = set()
    to_do = [start]
    while to_do:
        for following in graph.get(to_do.pop(), ()):
            if following not in seen:
                seen.add(following)
                to_do.append(following)
    return seen


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level or node.module is None:
                raise AssertionError("imports are written in full, so that the layers can be read off them")
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"__import__", "importlib.import_module"}:
            name = node.args[0]
            yield name.value if isinstance(name, ast.Constant) else "a name made up at run time"


def _clocks(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from (f"time.{a.name}" for a in node.names if a.name.removesuffix("_ns") in _CLOCKS["time"])
        elif isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value).split(".")[-1]
            if node.attr.removesuffix("_ns") in _CLOCKS.get(owner, set()) - _TAKE_A_TIME:
                yield f"{owner}.{node.attr}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = f"{ast.unparse(node.func.value).split('.')[-1]}.{node.func.attr}"
            if (called == "time.strftime" and len(node.args) == 1) or (
                called in {f"time.{name}" for name in _TAKE_A_TIME} and not node.args
            ):
                yield called
