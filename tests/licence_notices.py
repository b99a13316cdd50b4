"""Write the licence notices of everything that is shipped: `make notices`, after the dependencies have changed.

Python packages are those pinned in requirements.lock and, for the engine, in requirements-transcribe.lock,
with the licence files in their own metadata; the rest is listed in resources/licences/components.toml.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "licences"
NOTICES = FOLDER / "THIRD_PARTY_NOTICES.txt"
ENGINE = ROOT / ".venv-transcribe"
_HEAD = """\
Balint Desktop is made with the work of others. This file names each of them, its licence, where its source is, and
the whole text of the licence. It is made by `make notices`.
"""
_LICENCE_FILE = re.compile(r"(?i)(licen[cs]e|copying|notice)")
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
RULE = "=" * 100


def pinned(lock: str) -> list[str]:
    """Return the names of the packages in a lock file, each once."""
    return list(dict.fromkeys(_PINNED.findall(lock)))


def notices() -> str:
    """Return the whole file. Raise SystemExit if a pinned package is not installed."""
    app = pinned((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    engine = pinned((ROOT / "requirements-transcribe.lock").read_text(encoding="utf-8"))
    # Wheels without a licence file in them are listed with the components.
    more = [name for name in engine if name not in {*app, *_component_names()}]
    sections = [_package(name, _installed(name)) for name in app]
    sections += [_package(name, _installed_in_engine(name)) for name in more]
    return "\n".join([_HEAD, *_components(), *sections])


def _component_names() -> set[str]:
    return {one["name"] for one in _listed()}


def _listed() -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / "components.toml").read_text(encoding="utf-8"))["component"]


def _components() -> Iterator[str]:
    for one in _listed():
        texts = [(FOLDER / "texts" / f"{text}.txt").read_text(encoding="utf-8") for text in one["texts"]]
        about = f"Part of: {one['part_of']}\nSource: {one['source']}\n\n{one['copyright'].strip()}"
        yield _section(one["name"], one["licence"], about, texts)


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except PackageNotFoundError:
        sys.exit(f"{name} is pinned in requirements.lock and not installed: run make run first.")


def _installed_in_engine(name: str) -> Distribution:
    folders = [str(path) for path in ENGINE.glob("lib/python*/site-packages")]
    for found in distributions(name=name, path=folders):
        return found
    sys.exit(f"{name} is pinned in requirements-transcribe.lock and not installed: run make transcribe first.")


def _package(name: str, found: Distribution) -> str:
    source = found.metadata.get("Home-page") or next(iter(found.metadata.get_all("Project-URL") or ()), "")
    texts = list(dict.fromkeys(_texts(found)))
    if not texts and name.lower() in {"pyside6-essentials", "shiboken6"}:
        texts = ["The text of the LGPL is under “Qt 6” above.\n"]
    return _section(name, _licence(found), f"Source: {source.rpartition(', ')[2]}", texts)


def _licence(found: Distribution) -> str:
    stated = found.metadata.get("License-Expression") or (found.metadata.get("License") or "").partition("\n")[0]
    classified = [one.rpartition(" :: ")[2] for one in found.metadata.get_all("Classifier") or () if "License" in one]
    return stated or ", ".join(classified) or "see below"


def _texts(found: Distribution) -> Iterator[str]:
    for file in found.files or ():
        if ".dist-info" in str(file.parent) and _LICENCE_FILE.search(file.name):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")


def _section(title: str, licence: str, about: str, texts: list[str]) -> str:
    return "\n".join([RULE, title, f"Licence: {licence}", RULE, about, "", *(text.rstrip() + "\n" for text in texts)])


if __name__ == "__main__":
    NOTICES.write_text(notices(), encoding="utf-8")
    print(f"Written: {NOTICES.relative_to(ROOT)}")
