"""The scope of the type checker: all of our own code, strictly; only untyped libraries are exempt."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from architecture import PACKAGE

_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<codes>\[[a-z, -]+\])?")
_INLINE = re.compile(r"#\s*mypy:")
# These settings are checked for each module: they may only make the checker stricter.
_KNOWN = {"strict", "python_version", "packages", "enable_error_code", "overrides"}


def settings():
    return tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]


def excuses(given):
    """Return what some settings leave unchecked, besides untyped libraries."""
    found = {f"{key} is set" for key in given.keys() - _KNOWN}
    for override in given.get("overrides", ()):
        found |= {f"{key} for {override['module']}" for key in override.keys() - {"module", "ignore_missing_imports"}}
        found |= {module for module in _modules(override) if module.split(".")[0] in {"balint_desktop", "*"}}
    return found


def unexplained(source):
    """Return the lines that silence the checker without a code, or without a comment that says why."""
    lines = source.splitlines()
    return [
        line.strip()
        for before, line in zip(["", *lines], lines, strict=False)
        if _INLINE.search(line)
        or ((ignore := _IGNORE.search(line)) and (ignore["codes"] is None or not _has_reason(before, line)))
    ]


def has_types(package):
    """Return whether an installed library ships types, or has a package of stubs."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return False
    origin = Path(spec.origin)
    folder = origin.parent if origin.name.startswith("__init__.") else None
    beside = folder.parent if folder is not None else origin.parent
    return (
        (folder is not None and any((folder / name).exists() for name in ("py.typed", "__init__.pyi")))
        or origin.with_suffix(".pyi").exists()
        or (beside / f"{package}-stubs").is_dir()
    )


def _modules(override):
    module = override["module"]
    return [module] if isinstance(module, str) else module


def _has_reason(before, line):
    after = line[_IGNORE.search(line).end() :]
    return bool(after.strip(" #")) or before.strip().startswith("#")


def test_the_whole_package_is_checked_strictly():
    result = settings()

    assert (result["strict"], result["packages"]) == (True, ["balint_desktop"])


def test_no_module_of_our_own_is_excluded():
    assert excuses(settings()) == set()


@pytest.mark.parametrize(
    "expected",
    [
        {"overrides": [{"module": ["balint_desktop.ui.*"], "ignore_errors": True}]},
        {"overrides": [{"module": "balint_desktop.domain.clock", "ignore_missing_imports": True}]},
        {"overrides": [{"module": "soundfile.*", "disallow_untyped_calls": False}]},
        {"overrides": [{"module": "*", "ignore_missing_imports": True}]},
        {"strict": True, "exclude": "balint_desktop/ui/"},
        {"strict": True, "disable_error_code": ["union-attr"]},
        {"strict": True, "warn_return_any": False},
    ],
)
def test_an_exclusion_is_found(expected):
    assert excuses(expected)


def test_libraries_excluded_for_missing_types_have_none():
    packages = {module.removesuffix(".*") for one in settings()["overrides"] for module in _modules(one)}

    assert {package for package in packages if has_types(package)} == set()


@pytest.mark.parametrize("package", ["PySide6", "apsw", "openpyxl", "pyrage"])
def test_types_are_found(package):
    assert has_types(package)


def test_each_silenced_line_has_its_code_and_a_reason():
    silenced = {
        str(path.relative_to(PACKAGE)): found
        for path in sorted(PACKAGE.rglob("*.py"))
        if (found := unexplained(path.read_text(encoding="utf-8")))
    }

    assert silenced == {}


@pytest.mark.parametrize(
    "source",
    [
        "call(x)  # type: ignore",
        "before()\ncall(x)  # type: ignore[arg-type]",
        "# the stub is wrong\ncall(x)  # type: ignore",
        "# mypy: ignore-errors",
    ],
)
def test_a_silenced_line_without_a_reason_is_found(source):
    assert unexplained(source)


@pytest.mark.parametrize(
    "source",
    [
        "# the stub is wrong\ncall(x)  # type: ignore[arg-type]",
        "call(x)  # type: ignore[arg-type]  # the stub is wrong",
    ],
)
def test_a_silenced_line_with_its_reason_passes(source):
    assert unexplained(source) == []
